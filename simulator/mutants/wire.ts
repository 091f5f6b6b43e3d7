import type { HallBus, MessageListener } from "../../controller/index.ts";
import { Ack, milliseconds, parseTopic, type TerminalId, topics, UpEnvelope } from "../../protocol/index.ts";
import type { ControllerLink, Journal } from "../../terminal/index.ts";
import type { Seams } from "../seams.ts";
import { SIM_HALL } from "../world-plan.ts";
import type { Mutant } from "./mutant.ts";

const keyOf = (terminalId: string, stream: string): string => `${terminalId}/${stream}`;

/** A bus whose acknowledgements are changed on their way out. */
const ackChanged =
  (change: (ack: Ack, terminalId: string) => Ack) =>
  (bus: HallBus): HallBus => ({
    ...bus,
    publish(topic, text, delivery) {
      const parsed = parseTopic(topic);
      const isAck = parsed?.kind === "terminal" && parsed.branch === "ack";
      const said = isAck ? JSON.stringify(change(Ack.parse(JSON.parse(text)), parsed.terminal)) : text;
      bus.publish(topic, said, delivery);
    },
  });

function withoutNeed({ need: _need, ...ack }: Ack): Ack {
  return ack;
}

/** Whatever comes is taken as the next of its stream. */
function noDedupe(): Partial<Seams> {
  const seen = new Map<string, number>();
  const receive: Seams["receive"] = (next, { cursorOf }) => {
    const taken = new Map<string, number>();
    return (terminalId, branch, text) => {
      if (branch !== "up") return next(terminalId, branch, text);
      const envelope = UpEnvelope.parse(JSON.parse(text));
      const key = keyOf(terminalId, envelope.stream);
      const inputs = envelope.inputs.map((input) => {
        seen.set(key, Math.max(seen.get(key) ?? 0, input.seq));
        const seq = Math.max(taken.get(key) ?? 0, cursorOf(terminalId, envelope.stream)) + 1;
        taken.set(key, seq);
        return { ...input, seq };
      });
      return next(terminalId, branch, JSON.stringify({ ...envelope, inputs }));
    };
  };
  const bus = ackChanged((ack, terminalId) => {
    const upTo = seen.get(keyOf(terminalId, ack.stream)) ?? 0;
    return { ...withoutNeed(ack), upTo };
  });
  return { receive, bus };
}

/** The highest seq that was heard is acknowledged, whatever is missing before it. */
function noGapCheck(): Partial<Seams> {
  const { receive, highest } = listening();
  const bus = ackChanged((ack, terminalId) => {
    const upTo = Math.max(ack.upTo, highest.get(keyOf(terminalId, ack.stream)) ?? 0);
    return { ...withoutNeed(ack), upTo };
  });
  return { receive: (next) => receive(next, null), bus };
}

/** Acknowledged as it comes in, before anything of it is decided or stored. */
function ackBeforeCommit(): Partial<Seams> {
  const { receive } = listening();
  return {
    receive: (next, { bus, epoch, clock }) =>
      receive(next, (terminalId, { stream }, upTo) => {
        const ack: Ack = { v: 1, epoch: epoch(), stream, upTo, now: clock.now(), clockTrusted: true };
        bus.publish(topics.terminal(SIM_HALL, terminalId, "ack"), JSON.stringify(ack), { qos: 0, retain: false });
      }),
  };
}

type OnEnvelope = (terminalId: TerminalId, envelope: UpEnvelope, upTo: number) => void;

function listening() {
  const highest = new Map<string, number>();
  const receive =
    (next: MessageListener, onEnvelope: OnEnvelope | null): MessageListener =>
    (terminalId, branch, text) => {
      if (branch === "up") {
        const envelope = UpEnvelope.parse(JSON.parse(text));
        const key = keyOf(terminalId, envelope.stream);
        const upTo = Math.max(highest.get(key) ?? 0, ...envelope.inputs.map(({ seq }) => seq));
        highest.set(key, upTo);
        onEnvelope?.(terminalId, envelope, upTo);
      }
      return next(terminalId, branch, text);
    };
  return { highest, receive };
}

const HOOK_MS = 20;

/** The broker's hook waits a little before it hands over: what came later may be first. */
const asyncHook: Seams["receive"] =
  (next, { clock, random }) =>
  (terminalId, branch, text) => {
    clock.after(milliseconds(HOOK_MS * random.next()), () => next(terminalId, branch, text));
    return null;
  };

const RESENT_EVERY = milliseconds(25);

/** Whatever is not acknowledged is sent again and again. */
const unlimitedResend: Seams["link"] = (link, { journal, clock }) => {
  clock.every(RESENT_EVERY, () => {
    const { stream, boot, done, head } = journal.state();
    const inputs = [...journal.read(done + 1, Math.min(head, done + 7))];
    if (inputs.length === 0) return;
    link.say({ branch: "up", message: { v: 1, stream, boot, sentMonoMs: clock.mono(), inputs } });
  });
  return link;
};

/** Whatever the version says, it is read as if it were ours. */
const majorIgnored: Seams["receive"] = (next) => (terminalId, branch, text) =>
  next(terminalId, branch, text.replace('"v":2,', '"v":1,'));

/** A message with a field that nobody knows is no message. */
const minorRefused: Seams["receive"] = (next) => (terminalId, branch, text) =>
  text.startsWith('{"v":') ? next(terminalId, branch, text) : { code: "malformed", detail: "unknown field" };

/** Whatever is said is said over and over. */
const babbling = (bus: HallBus): HallBus => ({
  ...bus,
  publish(topic, text, delivery) {
    for (let time = 0; time < 40; time += 1) bus.publish(topic, text, delivery);
  },
});

/** Silence counts also while nobody could have been heard. */
const deafListens = (bus: HallBus): HallBus => ({ ...bus, isListening: () => true });

/** Sent is taken for acknowledged, as somebody does who trusts PUBACK. */
const sentIsDone = (link: ControllerLink, { journal }: { readonly journal: Journal }): ControllerLink => ({
  connect: (will, listener) => link.connect(will, listener),
  close: () => link.close(),
  say(said) {
    link.say(said);
    const last = said.branch === "up" ? said.message.inputs.at(-1) : undefined;
    if (last !== undefined) journal.acknowledge(last.seq, last.hallMs as Parameters<Journal["acknowledge"]>[1]);
  },
});

export const WIRE_MUTANTS: readonly Mutant[] = [
  { name: "major-ignored", fault: "another major version is read as ours", seams: () => ({ receive: majorIgnored }) },
  { name: "minor-refused", fault: "an unknown field is refused", seams: () => ({ receive: minorRefused }) },
  { name: "babbling", fault: "everything is said forty times", seams: () => ({ bus: babbling }) },
  { name: "deaf-listens", fault: "silence counts while nobody can be heard", seams: () => ({ bus: deafListens }) },
  { name: "no-dedupe", fault: "a repeated input acts again", seams: noDedupe },
  { name: "no-gap-check", fault: "a gap in a stream is passed over", seams: noGapCheck },
  { name: "ack-before-commit", fault: "inputs are acknowledged as they come in", seams: ackBeforeCommit },
  { name: "async-hook", fault: "the broker hands over out of order", seams: () => ({ receive: asyncHook }) },
  {
    name: "unlimited-resend",
    fault: "inputs are sent again without a pause",
    seams: () => ({ link: unlimitedResend }),
  },
  {
    name: "sent-is-done",
    fault: "an input counts as acknowledged once it is sent",
    seams: () => ({ link: sentIsDone }),
  },
];
