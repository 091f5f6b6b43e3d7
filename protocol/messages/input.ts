import { z } from "zod";
import { BadgeDigest, VisitId } from "../base/ids.ts";
import { Level } from "../base/levels.ts";
import { utf8Bytes } from "../base/utf8.ts";
import { INPUT_BYTES_MAX, INSTANT_MS_MAX, SEQ_MAX } from "../limits.ts";
import { MISFIT, readerOf } from "../schema-reader.ts";

/**
 * What the keys meant when a key was pressed: epoch and log position of the last event that changed their meaning at
 * this counter. A press on any other basis is recorded and changes nothing.
 */
export const Basis = z.object({ epoch: z.int().nonnegative(), position: z.int().nonnegative() });
export type Basis = z.infer<typeof Basis>;

const NoBody = z.object({});
const AboutVisit = z.object({ visitId: VisitId });

/**
 * Facts: what has happened and cannot be taken back. Never refused for age, never lost. They act on the live hall only
 * as the latest word for that person and counter.
 */
export const FACT_BODIES = {
  /** One presentation of a badge, until 300 ms of silence. */
  "badge-presented": z.object({ badge: BadgeDigest }),
  "service-started": AboutVisit,
  "service-finished": AboutVisit,
  /** The first key inside the rating window of this visit. */
  "rating-given": z.object({ visitId: VisitId, level: Level }),
  "assistance-requested": NoBody,
  "device-fault": z.object({
    device: z.enum(["call-key", "pause-key", "badge-reader", "rating-keypad", "nameplate"]),
    fault: z.string().regex(/^[a-z0-9-]{1,32}$/u),
    state: z.enum(["raised", "cleared"]),
  }),
} as const;

/** Intents: what somebody wants now. They carry a basis and a time to live; late or outdated ones change nothing. */
export const INTENT_BODIES = {
  "call-next": NoBody,
  recall: AboutVisit,
  /** The called citizen did not come: close the ticket, then call the next. */
  "no-show": AboutVisit,
  /** With nobody to call: back from waiting for the next arrival. */
  disarm: NoBody,
  /** Set the ticket being served aside, to be asked back to this counter. */
  hold: AboutVisit,
  /** Ask back the ticket that has been held here longest. */
  "recall-held": NoBody,
  pause: NoBody,
  /** Back from a pause, and call the next ticket if one waits. */
  resume: NoBody,
  /** Pause, pressed while paused: the next reason, or back from the pause. The controller knows which. */
  "cycle-pause": NoBody,
  /** Pause as soon as the ticket being served has ended; again: take it back. */
  "pause-planned": NoBody,
  "pause-unplanned": NoBody,
} as const;

export const INPUT_BODIES = { ...FACT_BODIES, ...INTENT_BODIES } as const;
export type FactType = keyof typeof FACT_BODIES;
export type IntentType = keyof typeof INTENT_BODIES;
export type InputType = keyof typeof INPUT_BODIES;

/** A typed input's payload: `type` and the `body` that goes with it. */
export type InputPayload = {
  [K in InputType]: { readonly type: K; readonly body: z.infer<(typeof INPUT_BODIES)[K]> };
}[InputType];
export type Fact = Extract<InputPayload, { type: FactType }>;
export type Intent = Extract<InputPayload, { type: IntentType }>;

/** Whatever JSON can carry. Named once, so that the published contract can refer to it. */
export const AnyJson = z.json();

/**
 * One thing that happened at a terminal, immutable from the moment it is journalled. `type` and `body` are left open
 * here: a well-formed input of a type this controller does not know is stored as rejected and acknowledged, so that
 * the stream never blocks. `payloadOf` gives the typed view.
 */
export const Input = z.object({
  /** Version of this input's own shape. */
  v: z.int().min(1),
  /** Gapless within its stream, from 1. */
  seq: z.int().min(1).max(SEQ_MAX),
  /** Which boot of the terminal `monoMs` belongs to: 1, 2, 3... within the stream. */
  boot: z.int().min(1),
  /** "fact" or "intent". */
  kind: z.string().min(1).max(16),
  type: z.string().min(1).max(32),
  /** Terminal's monotonic clock at the happening, milliseconds. */
  monoMs: z.number().nonnegative().max(INSTANT_MS_MAX),
  /** Terminal's best knowledge of hall time at the happening: the last hall time heard plus the time since. */
  hallMs: z.number().nonnegative().max(INSTANT_MS_MAX),
  /** False when no hall time was heard since boot: `hallMs` is then only a bound from the past. */
  synced: z.boolean(),
  /** True: the hall time last heard was not trusted (`clockTrusted`), so that `hallMs` may be far in the past. */
  guessed: z.boolean().optional(),
  basis: Basis.optional(),
  /** Intents only, milliseconds. The controller never waits longer than INTENT_TTL, whatever stands here. */
  ttlMs: z.int().min(1).max(INSTANT_MS_MAX).optional(),
  body: z.record(z.string(), AnyJson),
});
export type Input = z.infer<typeof Input>;

/**
 * True when `input` may travel: its JSON text is within INPUT_BYTES_MAX. A terminal asks before it journals, because an
 * input that no envelope may carry would stand at the head of its stream for ever.
 */
export function fitsEnvelope(input: Input): boolean {
  const text = JSON.stringify(input);
  return text.length * UNIT_BYTES_MAX <= INPUT_BYTES_MAX || utf8Bytes(text) <= INPUT_BYTES_MAX;
}

/** Of one UTF-16 unit in UTF-8: what is short enough in any script is not counted. */
const UNIT_BYTES_MAX = 3;

export const isFactType = (type: string): type is FactType => Object.hasOwn(FACT_BODIES, type);
export const isIntentType = (type: string): type is IntentType => Object.hasOwn(INTENT_BODIES, type);

/** The typed payload, or the reason why this input cannot be applied. */
export function payloadOf(input: Input): InputPayload | { readonly unusable: string } {
  const { type, kind, body } = input;
  if (input.v !== 1) return { unusable: "unknown-version" };
  if (!isFactType(type) && !isIntentType(type)) return { unusable: "unknown-type" };
  if (kind !== (isFactType(type) ? "fact" : "intent")) return { unusable: "wrong-kind" };
  if (kind === "intent" && (input.basis === undefined || input.ttlMs === undefined)) return { unusable: "no-basis" };
  const read = readerOf(INPUT_BODIES[type])(body);
  return read === MISFIT ? { unusable: "malformed-body" } : ({ type, body: read } as InputPayload);
}
