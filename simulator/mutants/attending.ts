import type { MessageListener } from "../../controller/index.ts";
import { type Input, UpEnvelope } from "../../protocol/index.ts";
import type { Mutant } from "./mutant.ts";

/** Taps alone: what is dated wrongly changes no press. */
const tapsDated =
  (date: (input: Input, envelope: UpEnvelope) => Input) =>
  (next: MessageListener): MessageListener =>
  (terminalId, branch, text) => {
    const read = branch === "up" ? UpEnvelope.safeParse(JSON.parse(text)) : null;
    if (read?.success !== true) return next(terminalId, branch, text); // Of another version, perhaps.
    const { data: envelope } = read;
    const inputs = envelope.inputs.map((input) => (input.type === "badge-presented" ? date(input, envelope) : input));
    return next(terminalId, branch, JSON.stringify({ ...envelope, inputs }));
  };

/** Beyond any time that the hall has told. */
const AFTER_ALL_MS = 4_000_000_000_000;
const sentThen = tapsDated((input, { boot, sentMonoMs }) => ({
  ...input,
  boot,
  monoMs: sentMonoMs,
  hallMs: AFTER_ALL_MS,
}));

const SLOW_MS = 30_000;
const slow = tapsDated((input) => ({
  ...input,
  monoMs: Math.max(0, input.monoMs - SLOW_MS),
  hallMs: Math.max(0, input.hallMs - SLOW_MS),
}));

/** What people's attendance would suffer from, and nothing else. */
export const ATTENDING: readonly Mutant[] = [
  {
    name: "tap-dated-when-sent",
    fault: "a tap counts from when it was sent, not from when it was made",
    seams: () => ({ receive: sentThen }),
  },
  { name: "tap-dated-early", fault: "a tap counts from half a minute before", seams: () => ({ receive: slow }) },
];
