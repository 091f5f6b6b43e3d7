import type { HallConfiguration } from "../../controller/core/configuration.ts";
import { phaseOf } from "../../controller/core/counters/counter.ts";
import { systemClock } from "../../hardware/system/system-clock.ts";
import { epochMs, type EpochMs, minutes, present, seconds } from "../../protocol/index.ts";
import { SeededRandom } from "../support/seeded-random.ts";
import { QUEUES } from "./bench-hall.ts";
import { HallWriter } from "./hall-writer.ts";

/** How long the hall is looked away from between two looks: nothing in it is quicker than that. */
const STEP = seconds(20);
const DAY = minutes(24 * 60);
/** A busy hall: a window is hardly ever without somebody. */
const ARRIVALS_PER_WINDOW_AND_STEP = 0.085;
/** So many of the last events come after the newest snapshot, as after a power cut. */
const BEHIND_SNAPSHOT = 4_000;

/** Where a window's clerk is, besides what the hall knows. */
interface Window {
  readonly n: number;
  busyUntil: EpochMs;
}

/**
 * Days of a hall with sessions 08:00-12:00 and 14:30-17:30 in Shanghai: clerks sign on and off, citizens come, are
 * called, served and rate; some do not come, some windows pause. Ends in the middle of a session.
 */
export function writeDays(directory: string, configuration: HallConfiguration, events: number) {
  const perDay = configuration.counters.length * 900;
  const days = Math.ceil(events / perDay) + 2;
  const today = Math.floor((systemClock.now() + 8 * minutes(60)) / DAY) * DAY - 8 * minutes(60);
  const writer = new HallWriter(directory, epochMs(today - days * DAY + 7.5 * minutes(60)));
  const random = new SeededRandom(4);
  const windows = configuration.counters.map((_, index): Window => ({ n: index + 1, busyUntil: epochMs(0) }));
  writer.start(configuration);
  let snapshot = 0;
  while (writer.position < events) {
    if (snapshot === 0 && writer.position > events - BEHIND_SNAPSHOT) {
      writer.saveSnapshot();
      snapshot = writer.position;
    }
    step(writer, windows, random);
  }
  writer.close();
  return { events: writer.position, snapshot, until: writer.now };
}

/** One look at the whole hall. Outside of the sessions more time passes at once. */
function step(writer: HallWriter, windows: readonly Window[], random: SeededRandom): void {
  const hour = ((writer.now + 8 * minutes(60)) % DAY) / minutes(60);
  const open = (hour >= 7.8 && hour < 12) || (hour >= 14.3 && hour < 17.5);
  const late = (hour >= 11.9 && hour < 12.4) || (hour >= 17.4 && hour < 18.2);
  if (!open && !late) {
    return writer.wait(minutes(10));
  }
  const arrivals = open ? windows.length * ARRIVALS_PER_WINDOW_AND_STEP * 2 * random.next() : 0;
  for (let n = 0; n < Math.round(arrivals); n += 1) {
    writer.ticket(present(QUEUES[Math.floor(random.next() * QUEUES.length)], "a queue"));
  }
  for (const window of windows) work(writer, window, random, late);
  writer.flush();
  writer.wait(STEP);
}

function work(writer: HallWriter, window: Window, random: SeededRandom, late: boolean): void {
  const { n } = window;
  const now = writer.now;
  if (now < window.busyUntil) return;
  const counter = writer.counter(n);
  const rest = (from: number, to: number): void => {
    window.busyUntil = epochMs(now + seconds(from + (to - from) * random.next()));
  };
  const visitId = counter.visit?.visitId ?? "";
  switch (phaseOf(counter)) {
    case "closed":
      if (!late) writer.tap(n);
      return rest(20, 120);
    case "idle":
    case "armed":
      if (late) writer.tap(n);
      else if (counter.armedSinceMs === null) writer.input(n, random.next() < 0.02 ? "pause" : "call-next");
      return rest(20, 60);
    case "called":
      if (random.next() < 0.04) writer.input(n, "no-show", { visitId });
      else writer.input(n, "service-started", { visitId });
      return rest(90, 400);
    case "presumed":
    case "serving":
      writer.input(n, "service-finished", { visitId });
      return rest(5, 40);
    case "rating":
      if (random.next() < 0.6) {
        writer.input(n, "rating-given", { visitId: counter.rating ?? "", level: 1 + Math.floor(random.next() * 5) });
        return rest(0, 10);
      }
      if (!late) writer.input(n, "call-next");
      return rest(20, 60);
    case "paused":
      writer.input(n, "resume");
      return rest(20, 60);
    default:
      return rest(20, 60);
  }
}
