import { type EpochMs, epochMs, type Input, seconds, type UpEnvelope } from "../../protocol/index.ts";
import type { Occurred } from "../core/commands.ts";

/** Longest that a message is under way on a living connection, either way: keepalive breaks it before that. */
export const TRANSPORT_MAX = seconds(15);

/**
 * When an input happened, as an interval that certainly contains it as far as the terminal's clocks go.
 *
 * Its later end is the receipt minus the input's monotonic age, known when the envelope is of the same boot. Its
 * earlier end is `hallMs`: the hall's time as the terminal knew it then. Before it had heard any since its boot, that
 * is only the last contact, perhaps of yesterday: a known age then bounds it from below too.
 *
 * After a reboot the age is unknown, and all that is known lies between the last contact and that reboot. A
 * synchronised `hallMs` says more: the time was that or later, by as long as the message from which the terminal had it
 * was under way, which nobody measured. So the doubt is the longest a message can have taken.
 *
 * A `hallMs` that the terminal had from a clock which nobody trusted is no more than such a bound from the past: the
 * clock may have been set since.
 */
export function occurredAt(envelope: UpEnvelope, input: Input, receivedAt: EpochMs): Occurred {
  const latest = Math.min(latestEnd(envelope, input, receivedAt), receivedAt);
  const ageIsKnown = input.boot === envelope.boot;
  const earliest = ageIsKnown ? earliestByAge(input, latest) : Math.min(input.hallMs, latest);
  const told = ageIsKnown ? {} : { toldMs: toldBy(input) };
  return {
    earliest: epochMs(Math.floor(earliest)),
    latest: epochMs(Math.floor(latest)),
    ageKnown: ageIsKnown,
    ...told,
  };
}

/**
 * `hallMs`, where that is the hall's time then. A word from the past, or one that contradicts the age by more than a
 * message can take (the hall's time has been behind since), leaves what the age says and how long a message can take.
 */
function earliestByAge(input: Input, latest: number): number {
  const floor = Math.max(0, latest - TRANSPORT_MAX);
  const { hallMs } = input;
  if (hallMs > latest) return isHallTime(input) && hallMs <= latest + TRANSPORT_MAX ? latest : floor;
  return isHallTime(input) ? hallMs : Math.max(hallMs, floor);
}

/** Whether `hallMs` is the hall's time, and not only before it. */
const isHallTime = ({ synced, guessed }: Input): boolean => synced && guessed !== true;

const toldBy = (input: Input): NonNullable<Occurred["toldMs"]> => [
  epochMs(Math.floor(input.hallMs)),
  isHallTime(input) ? epochMs(Math.floor(input.hallMs + TRANSPORT_MAX)) : null,
];

function latestEnd(envelope: UpEnvelope, input: Input, receivedAt: EpochMs): number {
  const { boot, sentMonoMs } = envelope;
  if (input.boot === boot) return Math.max(0, receivedAt - (sentMonoMs - input.monoMs));
  const bootedAt = input.boot < boot ? Math.max(0, receivedAt - sentMonoMs) : receivedAt;
  return isHallTime(input) ? Math.min(input.hallMs + TRANSPORT_MAX, bootedAt) : bootedAt;
}
