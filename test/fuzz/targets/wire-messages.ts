import { assert, decodeMessage, MESSAGE_DEPTH_MAX, WIRE, type WireBranch } from "../../../protocol/index.ts";
import { EXAMPLES } from "../../../protocol/examples.ts";
import { bytesOf, type FuzzTarget, textOf } from "../fuzz-target.ts";

const BRANCHES = Object.keys(WIRE) as WireBranch[];

/**
 * The first byte chooses the branch, the rest is the message. What is accepted can be said again and means the same:
 * otherwise two readers of one message would differ.
 */
function fuzz(bytes: Uint8Array): void {
  const { schema } = WIRE[BRANCHES[(bytes[0] ?? 0) % BRANCHES.length] ?? "state"];
  const decoded = decodeMessage(schema, textOf(bytes.subarray(1)));
  if (!decoded.ok) {
    assert(!decoded.error.detail.includes("\n"), "a fault is one line");
    return;
  }
  const said = JSON.stringify(decoded.value);
  const again = decodeMessage(schema, said);
  assert(again.ok, "what was read can be said");
  assert(JSON.stringify(again.value) === said, "what is said means what was read");
}

const nested = (depth: number): string => `${"[".repeat(depth)}${"]".repeat(depth)}`;
const onBranch = (branch: WireBranch, text: string): Uint8Array =>
  bytesOf(String.fromCharCode(BRANCHES.indexOf(branch)) + text);

export const wireMessages: FuzzTarget = {
  name: "wire-messages",
  fuzz,
  seeds: () => [
    ...BRANCHES.map((branch) => onBranch(branch, JSON.stringify(EXAMPLES[branch]))),
    onBranch("up", nested(MESSAGE_DEPTH_MAX + 1)),
    onBranch("state", '{"__proto__":{"v":1},"constructor":{"prototype":{}}}'),
  ],
};
