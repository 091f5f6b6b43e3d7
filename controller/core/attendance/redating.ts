import { type EpochMs, epochMs } from "../../../protocol/index.ts";
import type { EventOf, HallEvent } from "../events.ts";

/** When an event happened, as the log has it or as it is known since: UTC milliseconds, ends included. */
export type EventTimes = Pick<HallEvent, "occurredAtMs" | "occurredUntilMs" | "recordedAtMs">;

/** A quartz that nobody disciplines yet: by so much of the time between both instants is the bridge wrong. */
const QUARTZ = 100 / 1e6;

/** By how much a record was behind, at least and at most. */
interface Behind {
  readonly least: number;
  readonly most: number;
}

/**
 * The times of an event whose hall time was guessed, now that the clock has been set. Within one boot of the machine
 * its monotonic clock says by how much the guess was wrong, up to the drift of a quartz. Of a boot before that nobody
 * knows more than that it was over when this one began: then only the later end moves, and the doubt says so.
 *
 * A clock that stands before the guess was not set ahead: it was met by a hall that had waited for it. Then either that
 * clock is wrong or the log was ahead, and the interval has room for both.
 *
 * An input without an age is where its terminal says, whatever this clock was set to.
 */
export function redated(event: HallEvent, setting: EventOf<"clock.set">): EventTimes {
  const { guess, recordedAtMs } = event;
  if (guess === undefined) return event;
  const { least, most } = behind(event, setting);
  const isBridged = guess.boot === setting.data.boot;
  const heardUntil = recordedAtMs + most;
  const latest = Math.min(
    guess.toldMs === undefined ? event.occurredUntilMs + most : toldUntil(event, most),
    heardUntil,
  );
  const earliest = Math.min(guess.toldMs?.[0] ?? event.occurredAtMs + least, latest);
  return {
    occurredAtMs: whole(earliest),
    occurredUntilMs: whole(latest),
    recordedAtMs: isBridged && most > 0 ? whole(recordedAtMs + (least + most) / 2) : recordedAtMs,
  };
}

function behind({ guess, recordedAtMs }: HallEvent, { data, recordedAtMs: setAtMs }: EventOf<"clock.set">): Behind {
  if (guess === undefined || guess.boot !== data.boot)
    return { least: 0, most: Math.max(0, data.bootedAtMs - recordedAtMs) };
  const by = data.bootedAtMs + guess.ms - recordedAtMs;
  const drift = Math.max(0, setAtMs - data.bootedAtMs - guess.ms) * QUARTZ;
  return by < 0 ? { least: by - drift, most: 0 } : { least: by - drift, most: by + drift };
}

/** Its terminal's own word for the later end, or else what is known of the receipt. */
const toldUntil = ({ guess, occurredUntilMs }: HallEvent, most: number): number =>
  guess?.toldMs?.[1] ?? occurredUntilMs + most;

const whole = (at: number): EpochMs => epochMs(Math.max(0, Math.floor(at)));
