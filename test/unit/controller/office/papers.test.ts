// A paper lies in the vault and its digest in the log. What it is, its bytes say; few may read it, every reading is on
// record; it is erased for good once what rests on it is decided, and its digest stays.
import { describe, expect, test } from "vitest";
import { UNFILED_PAPERS_MAX } from "../../../../controller/core/office/evidence.ts";
import { DocumentRequest } from "../../../../controller/core/office/document-request.ts";
import { PAPER_BYTES_MAX } from "../../../../controller/office/paper-room.ts";
import { type Result, seconds } from "../../../../protocol/index.ts";
import { bodiesOf } from "../../../support/test-events.ts";
import {
  actor,
  CLERK,
  DIRECTOR,
  HEAD,
  INSPECTOR,
  OFFICE,
  OTHER_CLERK,
  SECOND_DIRECTOR,
} from "../core/office/office-rig.ts";
import { type KeptHall, keptHall } from "./keeper-rig.ts";

interface Refusal {
  readonly code: string;
  readonly reason?: { readonly code: string };
}
const codeOf = (result: Result<unknown, Refusal>): string =>
  result.ok ? "ok" : (result.error.reason?.code ?? result.error.code);

/** Lets what was asked get to the engine, and the engine's clock to its commit. */
async function done<T>(hall: KeptHall, asked: Promise<T>): Promise<T> {
  for (let turn = 0; turn < 10; turn += 1) await Promise.resolve();
  hall.pass(seconds(1));
  return asked;
}

const png = (text: string): Buffer => Buffer.concat([Buffer.from("89504e470d0a1a0a", "hex"), Buffer.from(text)]);
const keep = (hall: KeptHall, who: typeof CLERK, bytes: Buffer) =>
  done(hall, hall.papers.keep(who, { base64: bytes.toString("base64") }));

async function kept(hall: KeptHall, who: typeof CLERK, bytes = png("a sick note")): Promise<string> {
  const result = await keep(hall, who, bytes);
  expect(codeOf(result)).toBe("ok");
  return result.ok ? result.value.digest : "";
}

/** Half an hour: the office signs alone, and it is filed with the office. */
const leaveWith = (evidence: string, person = "s01"): DocumentRequest =>
  DocumentRequest.parse({
    kind: "leave",
    person,
    leave: "personal",
    from: "2026-03-03T08:30",
    to: "2026-03-03T09:00",
    reason: "x",
    evidence,
  });

async function filedLeave(hall: KeptHall, evidence: string): Promise<string> {
  const filed = await done(hall, hall.room.file(CLERK, leaveWith(evidence), null));
  expect(codeOf(filed)).toBe("ok");
  return filed.ok ? filed.value.id : "";
}

describe("a paper goes in", () => {
  test.each<[string, Buffer]>([
    ["image/png", png("x")],
    ["image/jpeg", Buffer.from("ffd8ffe000104a464946", "hex")],
    ["application/pdf", Buffer.from("%PDF-1.7 x")],
    ["application/pdf", Buffer.concat([Buffer.from("%PDF-"), Buffer.alloc(PAPER_BYTES_MAX - 5)])],
  ])("as %s by its first bytes; the log has its digest alone", async (mediaType, bytes) => {
    const hall = keptHall("2026-03-02T09:00");
    expect(await keep(hall, CLERK, bytes)).toMatchObject({ ok: true, value: { mediaType, bytes: bytes.length } });
    await keep(hall, CLERK, bytes);
    expect(bodiesOf(hall.events, "evidence.kept")).toEqual([
      { digest: expect.stringMatching(/^[0-9a-f]{64}$/u) as unknown, bytes: bytes.length, mediaType },
    ]);
  });

  test.each<[string, Buffer]>([
    ["paper-type-refused", Buffer.from("<html>a sick note</html>")],
    ["paper-type-refused", Buffer.from("GIF89a.......")],
    ["body-too-large", Buffer.concat([Buffer.from("%PDF-"), Buffer.alloc(PAPER_BYTES_MAX)])],
  ])("%s: nothing is kept", async (code, bytes) => {
    const hall = keptHall("2026-03-02T09:00");
    expect(codeOf(await keep(hall, CLERK, bytes))).toBe(code);
    expect(hall.vault.papers.size).toBe(0);
  });

  test("nobody piles up papers that no document names", async () => {
    const hall = keptHall("2026-03-02T09:00");
    for (let at = 0; at < UNFILED_PAPERS_MAX; at += 1) await kept(hall, CLERK, png(`${at}`));
    expect(codeOf(await keep(hall, CLERK, png("one more")))).toBe("papers-unfiled");
    expect(hall.vault.papers.size).toBe(UNFILED_PAPERS_MAX);
    await filedLeave(hall, await kept(hall, CLERK, png("0")));
    expect(codeOf(await keep(hall, CLERK, png("one more")))).toBe("ok");
  });

  test("nobody rests a document on what somebody else put in: so nobody reads it that way", async () => {
    const hall = keptHall("2026-03-02T09:00");
    const digest = await kept(hall, CLERK);
    const theirs = await done(hall, hall.room.file(OTHER_CLERK, leaveWith(digest, "s02"), null));
    expect(codeOf(theirs)).toBe("unknown-evidence");
    const id = await filedLeave(hall, digest);
    const signed = hall.room.sign(OFFICE, id, { decision: "approve", evidence: digest }, null);
    expect(codeOf(await done(hall, signed))).toBe("unknown-evidence");
  });
});

describe("a paper is read", () => {
  test("by who put it in, whom it is about and who signs; each reading of another's is on record", async () => {
    const hall = keptHall("2026-03-02T09:00");
    const digest = await kept(hall, CLERK);
    expect(codeOf(await hall.papers.read(OFFICE, digest))).toBe("not-allowed");
    await filedLeave(hall, digest);
    expect(codeOf(await hall.papers.read(CLERK, digest))).toBe("ok");
    expect(hall.views).toEqual([]);
    const read = await hall.papers.read(OFFICE, digest);
    expect(read.ok && read.value.bytes.equals(png("a sick note"))).toBe(true);
    expect(read).toMatchObject({ value: { mediaType: "image/png", name: `附件_${digest.slice(0, 8)}.png` } });
    expect(hall.views).toEqual(["office evidence s01"]);
    for (const who of [OTHER_CLERK, HEAD, INSPECTOR]) {
      expect([who.id, codeOf(await hall.papers.read(who, digest))]).toEqual([who.id, "not-allowed"]);
    }
    expect(codeOf(await hall.papers.read(OFFICE, "0".repeat(64)))).toBe("unknown-document");
  });

  test("one that is not what was put in is not handed out", async () => {
    const hall = keptHall("2026-03-02T09:00");
    const digest = await kept(hall, CLERK);
    hall.vault.papers.set(digest, { mediaType: "image/png", base64: png("another").toString("base64") });
    expect(codeOf(await hall.papers.read(CLERK, digest))).toBe("unknown-document");
  });
});

describe("a paper is erased", () => {
  const erase = async (hall: KeptHall, who: typeof CLERK, digest: string): Promise<string> =>
    codeOf(await done(hall, hall.papers.erase(who, digest, "依法")));

  test("by office or manager, once what rests on it is decided; its digest stays, and readers hear of it", async () => {
    const hall = keptHall("2026-03-02T09:00");
    const digest = await kept(hall, CLERK);
    const id = await filedLeave(hall, digest);
    expect(await erase(hall, CLERK, digest)).toBe("not-yours");
    expect(await erase(hall, INSPECTOR, digest)).toBe("not-yours");
    expect(await erase(hall, DIRECTOR, digest)).toBe("paper-in-use");
    expect(codeOf(await done(hall, hall.room.sign(OFFICE, id, { decision: "approve" }, null)))).toBe("ok");
    expect(await erase(hall, actor("deputy", ["manager"], 1), digest)).toBe("own-benefit");
    expect(await erase(hall, OFFICE, digest)).toBe("ok");
    expect(hall.vault.papers.size).toBe(0);
    expect(bodiesOf(hall.events, "evidence.erased")).toEqual([{ digest, reason: "依法" }]);
    expect(codeOf(await hall.papers.read(OFFICE, digest))).toBe("paper-erased");
    expect(codeOf(await hall.papers.read(INSPECTOR, digest))).toBe("not-allowed");
    const list = await hall.room.documents(CLERK, "leave");
    expect(list).toMatchObject({ value: [{ evidence: [digest], erased: [digest] }] });
  });

  test("a repeat finishes what a crash interrupted", async () => {
    const hall = keptHall("2026-03-02T09:00");
    const digest = await kept(hall, CLERK);
    const paper = hall.vault.papers.get(digest);
    expect(await erase(hall, DIRECTOR, digest)).toBe("ok");
    if (paper !== undefined) hall.vault.papers.set(digest, paper);
    expect(await erase(hall, SECOND_DIRECTOR, digest)).toBe("unknown-evidence");
    expect(hall.vault.papers.size).toBe(0);
  });
});
