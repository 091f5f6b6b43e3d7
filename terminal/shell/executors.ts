import type { CounterDevices } from "../../hardware/index.ts";
import type { Timer } from "../../protocol/index.ts";
import type { Effect } from "../core/effects.ts";
import { createLinkExecutors } from "./link-executors.ts";
import type { Feed, TerminalParts } from "./parts.ts";
import { WrittenLater } from "./written-later.ts";

export type Executors = { readonly [K in Effect["type"]]: (effect: Extract<Effect, { type: K }>) => void };

export interface OpenExecutors {
  readonly executors: Executors;
  /** Cancels what would still fire, and takes leave of the controller. */
  close(): void;
}

export function createExecutors(parts: TerminalParts, feed: Feed): OpenExecutors {
  const { clock, journal, log } = parts;
  const timers = new Set<Timer>();
  const later = new WrittenLater(clock);
  const link = createLinkExecutors(parts, feed);
  const executors: Executors = {
    ...link.executors,
    ...deviceExecutors(parts.devices),
    journal({ draft }) {
      later.settle();
      const stored = journal.append(draft);
      if (stored.ok) feed({ type: "journalled", draft, seq: stored.value.seq, at: clock.mono() });
      else feed({ type: "journal-refused", draft, reason: stored.error, at: clock.mono() });
    },
    "probe-journal"() {
      later.settle();
      const { stream } = journal.state();
      const fault = journal.probe();
      if (journal.state().stream !== stream) feed({ type: "stream-begun", journal: journal.state(), at: clock.mono() });
      feed({ type: "journal-probed", fault, at: clock.mono() });
    },
    "mark-done": ({ upTo, hallMs }) => later.add(() => journal.acknowledge(upTo, hallMs)),
    "remember-epoch": ({ epoch }) => journal.rememberEpoch(epoch),
    "keep-face": ({ face }) => later.add(() => journal.keepFace(face)),
    prune({ hallMs }) {
      later.settle();
      feed({ type: "journal-pruned", tail: journal.prune(hallMs), at: clock.mono() });
    },
    "begin-stream"() {
      later.settle();
      const { stream } = journal.state();
      journal.beginStream();
      if (journal.state().stream === stream) return; // Refused: it is ordered again.
      feed({ type: "stream-begun", journal: journal.state(), at: clock.mono() });
    },
    wake({ after, token }) {
      const due = token.for === "health" ? (parts.healthPeriod ?? after) : after;
      const timer = clock.after(due, () => {
        timers.delete(timer);
        feed({ type: "woken", token, at: clock.mono() });
      });
      timers.add(timer);
    },
    log: ({ level, event, fields }) => log[level](event, fields),
  };
  return {
    executors,
    close() {
      for (const timer of timers) timer.cancel();
      timers.clear();
      later.settle();
      link.sayLost();
    },
  };
}

type DeviceOrders = "light" | "beep" | "show-plate" | "show-keypad";

const deviceExecutors = ({
  badgeReader,
  buttons,
  nameplate,
  ratingKeypad,
}: CounterDevices): Pick<Executors, DeviceOrders> => ({
  light: ({ key, lamp }) => buttons.light(key, lamp),
  beep({ pattern }) {
    buttons.beep(pattern);
    if (pattern !== "attention") badgeReader.answer?.(pattern); // It answers a fresh card alone.
  },
  "show-plate": ({ face }) => nameplate.show(face),
  "show-keypad": ({ face }) => ratingKeypad.show(face),
});
