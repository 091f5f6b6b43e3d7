import type { CounterDevices } from "../../hardware/index.ts";
import {
  assert,
  type Clock,
  type DeviceReport,
  elapsed,
  type Input,
  INPUTS_PER_ENVELOPE_MAX,
  type StandingFault,
  type StreamId,
  type TerminalState as Birth,
} from "../../protocol/index.ts";
import type { DeviceFaults, DeviceName } from "../core/devices.ts";
import type { Effect } from "../core/effects.ts";
import type { TerminalInput } from "../core/inputs.ts";
import type { Heard } from "./controller-link.ts";
import type { Feed, TerminalParts } from "./parts.ts";

type LinkOrders =
  | "connect"
  | "publish-birth"
  | "send-inputs"
  | "send-former"
  | "publish-reported"
  | "publish-reply"
  | "publish-health";

export interface LinkExecutors {
  readonly executors: {
    readonly [K in LinkOrders]: (effect: Extract<Effect, { type: K }>) => void;
  };
  /** What the will would say, said in person: nobody has to wait for a silence to see that this terminal is gone. */
  sayLost(): void;
}

export function createLinkExecutors(parts: TerminalParts, feed: Feed): LinkExecutors {
  const { identity, devices, journal, link, clock, random, memoryBytes } = parts;
  const startedAt = clock.mono();
  const { configuration, firmware } = identity;
  let session = 0;
  const stateOf = (status: Birth["status"], faults: DeviceFaults): Birth => {
    const { stream, boot, tail, head, done, epochSeen } = journal.state();
    const reports = deviceReports(devices, faults);
    const { role } = identity;
    const who = { v: 1, status, stream, session, boot, firmware, role } as const;
    const former = journal.former();
    const left = former.length === 0 || status === "lost" ? {} : { former: [...former] };
    return { ...who, devices: reports, faults: standing(faults), tail, head, done, ...left, epochSeen };
  };
  /** In as many envelopes as they need; none where the journal has none. */
  const send = (from: StreamId, inputs: readonly Input[]): void => {
    for (let first = 0; first < inputs.length; first += INPUTS_PER_ENVELOPE_MAX) {
      const some = inputs.slice(first, first + INPUTS_PER_ENVELOPE_MAX);
      const { boot } = journal.state();
      link.say({ branch: "up", message: { v: 1, stream: from, boot, sentMonoMs: clock.mono(), inputs: some } });
    }
  };
  const executors: LinkExecutors["executors"] = {
    connect() {
      if (journal.state().boot === 0) {
        // Nobody knows its stream yet. The core tries again.
        return feed({ type: "link-down", reason: "journal", chance: random.next(), at: clock.mono() });
      }
      session = journal.nextSession();
      link.connect(stateOf("lost", {}), {
        onUp: () => feed({ type: "link-up", at: clock.mono() }),
        onDown: (reason) => feed({ type: "link-down", reason, chance: random.next(), at: clock.mono() }),
        onHeard: (heard) => feed(inputOf(heard, clock)),
        onRefused: () => feed({ type: "message-refused", at: clock.mono() }),
      });
    },
    "publish-birth": ({ faults }) => link.say({ branch: "state", message: stateOf("online", faults) }),
    "send-inputs"({ from, to }) {
      assert(to - from < INPUTS_PER_ENVELOPE_MAX, "an envelope holds what it can hold");
      send(journal.state().stream, journal.read(from, to));
    },
    "send-former": ({ stream, from, to }) => send(stream, journal.readFormer(stream, from, to)),
    "publish-reported": ({ epoch, rev }) =>
      link.say({ branch: "reported", message: { v: 1, epoch, rev, configuration, firmware } }),
    "publish-reply": ({ reply }) => link.say({ branch: "reply", message: reply }),
    "publish-health"({ head, done, counters, hallMs }) {
      const { stream } = journal.state();
      const now = clock.mono();
      const uptimeMs = elapsed(startedAt, now);
      const clockOffsetMs = hallMs === null ? null : clock.now() - hallMs;
      const where = { stream, session, head, done };
      link.say({
        branch: "health",
        message: { v: 1, ...where, uptimeMs, memoryBytes: memoryBytes(), clockOffsetMs, counters },
      });
    },
  };
  return { executors, sayLost: () => link.say({ branch: "state", message: stateOf("lost", {}) }) };
}

function inputOf(heard: Heard, clock: Clock): TerminalInput {
  const at = clock.mono();
  switch (heard.type) {
    case "ack":
      return { type: "ack-heard", ack: heard.ack, at };
    case "desired":
      return { type: "desired-heard", desired: heard.desired, at };
    case "command":
      return { type: "command-heard", command: heard.command, at };
    case "controller":
      return { type: "controller-heard", controller: heard.controller, at };
  }
}

/** The devices as the birth lists them, each under the names by which its faults go. */
const FAULT_NAMES: Readonly<Record<keyof CounterDevices, readonly DeviceName[]>> = {
  buttons: ["call-key", "pause-key"],
  badgeReader: ["badge-reader"],
  ratingKeypad: ["rating-keypad"],
  nameplate: ["nameplate"],
};

/** A fault that was cleared stays as undefined. */
const standing = (faults: DeviceFaults): StandingFault[] =>
  Object.entries(faults).flatMap(([device, fault]) => (fault === undefined ? [] : [{ device, fault }]));

function deviceReports(devices: CounterDevices, faults: DeviceFaults): DeviceReport[] {
  const report = (name: keyof CounterDevices, device: string): DeviceReport => {
    const { driver } = devices[name];
    const ails = FAULT_NAMES[name].some((fault) => faults[fault] !== undefined);
    const state = driver === "absent" ? "absent" : ails ? "fault" : "ok";
    return { device, driver, state };
  };
  return [
    report("buttons", "buttons"),
    report("badgeReader", "badge-reader"),
    report("ratingKeypad", "rating-keypad"),
    report("nameplate", "nameplate"),
  ];
}
