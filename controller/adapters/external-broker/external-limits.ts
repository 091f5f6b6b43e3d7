import { minutes, seconds } from "../../../protocol/index.ts";
import type { Allowance } from "../broker/broker-limits.ts";

// What an external broker, and a terminal behind it, may cost the controller (I13). Product defaults.

/** Bytes waiting for a broker that does not read. Beyond them it is left, and everything is said anew on return. */
export const UNSENT_BYTES_MAX = 8 * 1024 * 1024;
/** Messages it has not confirmed. */
export const UNCONFIRMED_MAX = 20_000;
/** Messages that come in between the subscription and its answer: the retained birth of every terminal. */
export const EARLY_MESSAGES_MAX = 2_000;
/** It must pass on the controller's own birth within this time of it. */
export const ECHO_WITHIN = seconds(5);
/** What is still to be written gets so long at the end. */
export const CLOSE_WITHIN = seconds(1);
/** The same trouble is said again after this time. */
export const SAY_AGAIN_AFTER = minutes(1);
/**
 * Messages of one terminal. More are dropped, and it sends again what was not acknowledged: a terminal that refills a
 * restored controller is far below, one that floods costs no more than this.
 */
export const MESSAGES: Allowance = { perSecond: 200, burst: 1_000, debt: 0 };
