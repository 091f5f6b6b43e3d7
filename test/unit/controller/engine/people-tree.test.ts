// One person's part of a signed day can be checked against the root, whoever else is in it; nothing else fits.
import fc from "fast-check";
import { expect, test } from "vitest";
import { type Leaf, proofOf, rootOf, rootThrough } from "../../../../controller/engine/people-tree.ts";

const leaves = fc
  .uniqueArray(fc.string({ minLength: 1, maxLength: 4 }), { minLength: 1, maxLength: 40 })
  .map((subjects) => subjects.map((subject, at): Leaf => ({ subject, count: at, digest: String(at) })));

test("every leaf leads to the root; a changed one, or another's way, does not", () => {
  fc.assert(
    fc.property(leaves, fc.nat(), (all, n) => {
      const root = rootOf(all);
      const leaf = all[n % all.length] as Leaf;
      const proof = proofOf(all, leaf.subject) ?? [];
      expect(rootThrough(leaf, proof)).toBe(root);
      expect(rootThrough({ ...leaf, count: leaf.count + 1 }, proof)).not.toBe(root);
      expect(rootThrough({ ...leaf, digest: "changed" }, proof)).not.toBe(root);
    }),
  );
});

test("the order in which leaves are given does not matter", () => {
  fc.assert(
    fc.property(leaves, (all) => {
      expect(rootOf(all.toReversed())).toBe(rootOf(all));
    }),
  );
});
