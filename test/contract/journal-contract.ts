import { beforeEach, describe, expect, test } from "vitest";
import { epochMs, FORMER_STREAMS_MAX, INTENT_TTL, JOURNAL_KEEP } from "../../protocol/index.ts";
import type { Draft } from "../../terminal/core/draft.ts";
import type { Journal } from "../../terminal/shell/journal.ts";
import { badgeDraft, desired, HALL_NOW } from "../support/counter-messages.ts";

const intentDraft: Draft = {
  kind: "intent",
  type: "call-next",
  body: {},
  monoMs: 5,
  hallMs: HALL_NOW,
  synced: true,
  basis: { epoch: 7, position: 3 },
  ttlMs: INTENT_TTL,
};

/** One medium: opens the journal over it, as often as the terminal boots. */
export interface JournalMedium {
  open(rowsMax?: number): Journal;
}

/** The journal under test, over the medium it is on. */
class Bench {
  readonly #blank: () => JournalMedium;
  readonly #medium: JournalMedium;
  journal: Journal;

  constructor(blank: () => JournalMedium) {
    this.#blank = blank;
    this.#medium = blank();
    this.journal = this.#medium.open();
  }

  append(count: number): void {
    for (let tap = 0; tap < count; tap += 1) this.journal.append(badgeDraft(tap));
  }

  reopen(rowsMax?: number): void {
    this.journal.close();
    this.journal = this.#medium.open(rowsMax);
  }

  seqs(from: number, to: number): number[] {
    return this.journal.read(from, to).map(({ seq }) => seq);
  }

  /** On a fresh medium of its own. */
  another(): Journal {
    return this.#blank().open();
  }
}

/** What every journal promises, whatever it is kept on. `blank` gives a fresh medium. */
export function journalContract(name: string, blank: () => JournalMedium): void {
  describe(`journal on ${name}`, () => {
    let bench: Bench;
    beforeEach(() => {
      bench = new Bench(blank);
    });
    const under = (): Bench => bench;
    keeps(under);
    acknowledges(under);
    isBounded(under);
    beginsAnew(under);
    keepsWhatItLeft(under);
    keepsFace(under);
  });
}

function keeps(under: () => Bench): void {
  test("a fresh one is empty, with a stream of its own", () => {
    const bench = under();
    expect(bench.journal.state()).toMatchObject({ boot: 1, tail: 1, head: 0, done: 0, epochSeen: 0 });
    expect(bench.journal.state().stream).not.toBe(bench.another().state().stream);
  });

  test("appending gives gapless seqs and keeps the whole input", () => {
    const bench = under();
    const first = bench.journal.append(badgeDraft(11));
    const second = bench.journal.append(intentDraft);
    expect([first.ok && first.value.seq, second.ok && second.value.seq]).toEqual([1, 2]);
    expect(bench.journal.read(1, 2)).toEqual([
      { v: 1, seq: 1, boot: 1, ...badgeDraft(11) },
      { v: 1, seq: 2, boot: 1, ...intentDraft },
    ]);
  });

  test("everything survives a restart: stream, inputs, acknowledgement, epoch; the boot counts on", () => {
    const bench = under();
    bench.append(3);
    bench.journal.acknowledge(2, epochMs(HALL_NOW));
    bench.journal.rememberEpoch(9);
    const { stream } = bench.journal.state();
    bench.reopen();
    expect(bench.journal.state()).toEqual({ stream, boot: 2, tail: 1, head: 3, done: 2, epochSeen: 9 });
    const next = bench.journal.append(badgeDraft(1));
    expect(next.ok && next.value).toMatchObject({ seq: 4, boot: 2 });
  });

  test("sessions count on across restarts", () => {
    const bench = under();
    expect([bench.journal.nextSession(), bench.journal.nextSession()]).toEqual([1, 2]);
    bench.reopen();
    expect(bench.journal.nextSession()).toBe(3);
  });
}

function acknowledges(under: () => Bench): void {
  test("acknowledgement and epoch never go back, and never beyond what is here", () => {
    const bench = under();
    bench.append(3);
    bench.journal.acknowledge(2, epochMs(HALL_NOW));
    bench.journal.acknowledge(1, epochMs(HALL_NOW));
    expect(bench.journal.state().done).toBe(2);
    bench.journal.acknowledge(99, epochMs(HALL_NOW));
    expect(bench.journal.state().done).toBe(3);
    bench.journal.rememberEpoch(9);
    bench.journal.rememberEpoch(8);
    expect(bench.journal.state().epochSeen).toBe(9);
  });

  test("acknowledged inputs stay: a restored controller is refilled from them", () => {
    const bench = under();
    bench.append(3);
    bench.journal.acknowledge(3, epochMs(HALL_NOW));
    expect(bench.seqs(1, 3)).toEqual([1, 2, 3]);
    expect(bench.seqs(2, 99)).toEqual([2, 3]);
  });
}

function isBounded(under: () => Bench): void {
  test("pruning drops what was acknowledged seven days ago, and nothing else", () => {
    const bench = under();
    bench.append(4);
    bench.journal.acknowledge(2, epochMs(HALL_NOW));
    bench.journal.acknowledge(3, epochMs(HALL_NOW + 1000));
    expect(bench.journal.prune(epochMs(HALL_NOW + JOURNAL_KEEP - 1))).toBe(1);
    expect(bench.journal.prune(epochMs(HALL_NOW + JOURNAL_KEEP))).toBe(3);
    expect(bench.seqs(1, 9)).toEqual([3, 4]);
    expect(bench.journal.prune(epochMs(HALL_NOW + 9 * JOURNAL_KEEP))).toBe(4);
    expect(bench.journal.state()).toMatchObject({ tail: 4, head: 4, done: 3 });
  });

  test("seqs go on after everything is pruned", () => {
    const bench = under();
    bench.append(2);
    bench.journal.acknowledge(2, epochMs(HALL_NOW));
    expect(bench.journal.prune(epochMs(HALL_NOW + JOURNAL_KEEP))).toBe(3);
    bench.reopen();
    expect(bench.journal.state()).toMatchObject({ tail: 3, head: 2, done: 2 });
    const next = bench.journal.append(badgeDraft(1));
    expect(next.ok && next.value.seq).toBe(3);
  });

  test("a full one drops the oldest acknowledged input, never an unacknowledged one", () => {
    const bench = under();
    bench.reopen(3);
    bench.append(3);
    expect(bench.journal.append(badgeDraft(9))).toEqual({ ok: false, error: "journal-full" });
    expect(bench.journal.probe()).toBe("journal-full");
    bench.journal.acknowledge(1, epochMs(HALL_NOW));
    expect(bench.journal.probe()).toBeNull();
    expect(bench.journal.append(badgeDraft(9)).ok).toBe(true);
    expect(bench.journal.append(badgeDraft(9)).ok).toBe(false);
    expect(bench.seqs(1, 9)).toEqual([2, 3, 4]);
    expect(bench.journal.state()).toMatchObject({ tail: 2, head: 4, done: 1 });
  });
}

function beginsAnew(under: () => Bench): void {
  // A tap that was lit green is never lost. The controller knows a doubled one; one that is gone it cannot know.
  test("a new stream takes along all that is not acknowledged, under new seqs, each of the boot it was", () => {
    const bench = under();
    bench.append(3);
    bench.journal.acknowledge(1, epochMs(HALL_NOW));
    const before = bench.journal.state().stream;
    const session = bench.journal.nextSession();
    bench.reopen();
    bench.append(2);
    const older = bench.journal.read(2, 3);
    bench.journal.beginStream();
    const { stream, ...position } = bench.journal.state();
    expect(stream).not.toBe(before);
    expect(position).toEqual({ boot: 2, tail: 1, head: 4, done: 0, epochSeen: 0 });
    const carried = bench.journal.read(1, 9);
    expect(carried.slice(0, 2)).toEqual(older.map((input, index) => ({ ...input, seq: index + 1 })));
    expect(carried.map(({ seq, boot, monoMs }) => [seq, boot, monoMs])).toEqual([
      [1, 1, 1],
      [2, 1, 2],
      [3, 2, 0],
      [4, 2, 1],
    ]);
    expect(bench.journal.nextSession()).toBe(session + 1);
    const next = bench.journal.append(badgeDraft(9));
    expect(next.ok && next.value).toMatchObject({ seq: 5, boot: 2 });
  });
}

function keepsWhatItLeft(under: () => Bench): void {
  test("what was acknowledged of a stream that was left behind stays, as it was, and over a restart", () => {
    const bench = under();
    bench.append(3);
    bench.journal.acknowledge(2, epochMs(HALL_NOW));
    const { stream } = bench.journal.state();
    const told = bench.journal.read(1, 2);
    expect(bench.journal.former()).toEqual([]);
    bench.journal.beginStream();
    expect(bench.journal.former()).toEqual([{ stream, tail: 1, head: 2 }]);
    bench.reopen();
    expect(bench.journal.former()).toEqual([{ stream, tail: 1, head: 2 }]);
    expect(bench.journal.readFormer(stream, 1, 9)).toEqual(told);
    expect(bench.journal.readFormer(stream, 2, 2)).toEqual(told.slice(1));
    expect(bench.journal.readFormer(bench.journal.state().stream, 1, 9)).toEqual([]);
  });

  test("a stream of which nothing was acknowledged leaves nothing behind; of many, the last ones stay", () => {
    const bench = under();
    bench.append(1);
    bench.journal.beginStream();
    expect(bench.journal.former()).toEqual([]);
    const left: string[] = [];
    for (let streams = 0; streams <= FORMER_STREAMS_MAX; streams += 1) {
      bench.append(1);
      bench.journal.acknowledge(2, epochMs(HALL_NOW));
      left.push(bench.journal.state().stream);
      bench.journal.beginStream();
    }
    expect(bench.journal.former().map(({ stream }) => stream)).toEqual(left.slice(1));
  });

  test("it goes after seven days, and makes way for what is new before anything else does", () => {
    const bench = under();
    bench.append(3);
    bench.journal.acknowledge(2, epochMs(HALL_NOW));
    const { stream } = bench.journal.state();
    bench.journal.beginStream(); // One is carried: three rows, as before.
    bench.reopen(3);
    expect(bench.journal.probe()).toBeNull();
    expect(bench.journal.append(badgeDraft(4)).ok).toBe(true);
    expect(bench.journal.former()).toEqual([{ stream, tail: 2, head: 2 }]);
    bench.journal.prune(epochMs(HALL_NOW + JOURNAL_KEEP - 1));
    expect(bench.journal.former()).toHaveLength(1);
    bench.journal.prune(epochMs(HALL_NOW + JOURNAL_KEEP));
    expect([bench.journal.former(), bench.seqs(1, 9)]).toEqual([[], [1, 2]]);
  });
}

function keepsFace(under: () => Bench): void {
  test("the last face kept survives a restart and a new stream; a fresh journal has none", () => {
    const bench = under();
    expect(bench.journal.keptFace()).toBeNull();
    bench.journal.keepFace(desired(1, "called"));
    bench.journal.keepFace(desired(2, "serving"));
    bench.reopen();
    expect(bench.journal.keptFace()).toEqual(desired(2, "serving"));
    bench.journal.beginStream();
    expect(bench.journal.keptFace()).toEqual(desired(2, "serving"));
  });
}
