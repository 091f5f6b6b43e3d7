import {
  type Basis,
  type Input,
  type InputPayload,
  INTENT_TTL,
  isFactType,
  type MonoMs,
} from "../../protocol/index.ts";
import { type HallTime, hallTimeAt } from "./hall-time.ts";

/** An input before the journal has given it its seq and boot. */
export type Draft = InputPayload & {
  readonly kind: "fact" | "intent";
  readonly monoMs: number;
  readonly hallMs: number;
  readonly synced: boolean;
  readonly guessed?: true;
  readonly basis?: Basis;
  readonly ttlMs?: number;
};

/** `basis` goes with intents and with them alone: it and the time to live are what keeps a late press from firing. */
export function draftOf(payload: InputPayload, at: MonoMs, hallTime: HallTime, basis?: Basis): Draft {
  const { hallMs, synced } = hallTimeAt(hallTime, at);
  // Whole milliseconds, rounded down: hall time is a lower bound and stays one.
  const isGuess = synced && hallTime.guessed === true;
  const when = {
    monoMs: Math.floor(at),
    hallMs: Math.floor(hallMs),
    synced,
    ...(isGuess && { guessed: true as const }),
  };
  if (isFactType(payload.type)) return { ...payload, kind: "fact", ...when };
  return { ...payload, kind: "intent", ...when, basis, ttlMs: INTENT_TTL };
}

/** The input as it is kept and sent, immutable from here on. */
export function inputOf(draft: Draft, seq: number, boot: number): Input {
  const { kind, type, body, monoMs, hallMs, synced, guessed, basis, ttlMs } = draft;
  return { v: 1, seq, boot, kind, type, monoMs, hallMs, synced, guessed, basis, ttlMs, body: { ...body } };
}
