import { expect, test } from "vitest";
import { PASSAGES_MAX, Passages } from "../../../../controller/observation/passages.ts";
import {
  type DurationMs,
  epochMs,
  HallId,
  milliseconds,
  StreamId,
  type Trace,
  type TraceSpan,
} from "../../../../protocol/index.ts";
import { terminalId } from "../../../support/test-hall.ts";
import { VirtualClock } from "../../../support/virtual-clock.ts";

// How inputs are followed through the controller, in virtual time: the time to the acknowledgement for the metrics, and
// the stages for a trace, in hall time whatever the wall clock says.

const HALL_AHEAD = 1_000_000;
const stream = StreamId.parse("6f1d2a34-5b6c-4d7e-8f90-a1b2c3d4e5f6");
const t01 = terminalId(1);

function following(traced = true) {
  const clock = new VirtualClock();
  const spans: TraceSpan[] = [];
  const took: DurationMs[] = [];
  const trace: Trace = { note: (span) => void spans.push(span) };
  const passages = new Passages({
    hall: HallId.parse("test"),
    clock,
    hallNow: () => epochMs(Math.floor(clock.mono() + HALL_AHEAD)),
    onAcknowledged: (time) => void took.push(time),
    trace: traced ? trace : null,
  });
  return { clock, spans, took, passages };
}

const input = (seq: number) => ({ seq, type: "call-next" });

test("an acknowledgement ends the passage of everything it covers, once", () => {
  const { clock, took, passages } = following(false);
  passages.heard();
  for (const seq of [1, 2, 3]) passages.taken(t01, stream, input(seq));
  clock.advance(milliseconds(7));
  passages.acknowledged(t01, { stream, upTo: 2 }, clock.mono());
  passages.acknowledged(t01, { stream, upTo: 2 }, clock.mono());
  expect(took).toEqual([7, 7]);
  clock.advance(milliseconds(3));
  passages.acknowledged(t01, { stream, upTo: 3 }, clock.mono());
  expect(took).toEqual([7, 7, 10]);
});

test("an input that is handed over again, because the disk took nothing, is timed from its second arrival", () => {
  const { clock, took, passages } = following(false);
  passages.taken(t01, stream, input(1));
  clock.advance(milliseconds(500));
  passages.heard();
  passages.taken(t01, stream, input(1));
  clock.advance(milliseconds(2));
  passages.acknowledged(t01, { stream, upTo: 1 }, clock.mono());
  expect(took).toEqual([2]);
});

test("each stage is told in hall time, with what came before it", () => {
  const { clock, spans, passages } = following();
  passages.heard();
  const heardAt = clock.mono();
  clock.advance(milliseconds(1));
  passages.taken(t01, stream, input(9));
  const begun = clock.mono();
  clock.advance(milliseconds(4));
  passages.committed([{ key: `${t01}/${stream}/9`, digest: "", firstSeq: 1, answer: "" }], begun);
  passages.acknowledged(t01, { stream, upTo: 9 }, clock.mono());
  expect(spans.map(({ stage, startMs, endMs }) => [stage, startMs - HALL_AHEAD - heardAt, endMs - startMs])).toEqual([
    ["intake", 0, 1],
    ["commit", 1, 4],
    ["ack.publish", 5, 0],
  ]);
});

test("without a trace nothing is told, and decide is left as it is", () => {
  const { spans, passages } = following(false);
  const decide = () => ({ ok: true, value: [] }) as const;
  expect(passages.watching(decide)).toBe(decide);
  passages.taken(t01, stream, input(1));
  expect(spans).toEqual([]);
});

test("inputs that are never acknowledged do not pile up", () => {
  const { took, passages, clock } = following(false);
  for (let seq = 1; seq <= PASSAGES_MAX + 50; seq += 1) passages.taken(t01, stream, input(seq));
  passages.acknowledged(t01, { stream, upTo: PASSAGES_MAX + 50 }, clock.mono());
  expect(took).toHaveLength(PASSAGES_MAX);
});
