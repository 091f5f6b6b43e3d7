import { type EpochMs, epochMs, type Input, seconds, type UpEnvelope } from "../../protocol/index.ts";
import type { Occurred } from "../core/commands.ts";

/** Longest that an envelope is under way on a living connection: keepalive breaks it before that. */
const TRANSPORT_MAX = seconds(15);

/**
 * When an input happened, as an interval that certainly contains it as far as the terminal's clocks go.
 *
 * Its later end is the receipt minus the input's monotonic age, known when the envelope is of the same boot. Its
 * earlier end is `hallMs`: the hall's time as the terminal knew it then. Before it had heard any since its boot, that
 * is only the last contact, perhaps of yesterday: a known age then bounds it from below too. After a reboot the age is
 * unknown: a synchronised `hallMs` is then the best word there is, and otherwise all that is known lies between the
 * last contact and the receipt.
 */
export function occurredAt(envelope: UpEnvelope, input: Input, receivedAt: EpochMs): Occurred {
  const latest = Math.min(latestEnd(envelope, input, receivedAt), receivedAt);
  const ageIsKnown = input.boot === envelope.boot;
  const floor = ageIsKnown && !input.synced ? Math.max(0, latest - TRANSPORT_MAX) : 0;
  const earliest = Math.min(Math.max(input.hallMs, floor), latest);
  return { earliest: epochMs(Math.floor(earliest)), latest: epochMs(Math.floor(latest)), ageKnown: ageIsKnown };
}

function latestEnd(envelope: UpEnvelope, input: Input, receivedAt: EpochMs): number {
  if (input.boot === envelope.boot) return Math.max(0, receivedAt - (envelope.sentMonoMs - input.monoMs));
  return input.synced ? input.hallMs : receivedAt;
}
