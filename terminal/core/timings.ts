import { seconds } from "../../protocol/index.ts";

// How long this terminal shows things. No rule and nobody else's behaviour hangs on them: product defaults.

/** A refusal, an answer or "recorded" on the plate's last line. */
export const FLASH_SHOWN = seconds(4);
/** The keypad's thanks. */
export const THANKS_SHOWN = seconds(3);
/** One of several notices, before the next takes its turn. */
export const NOTICE_TURN = seconds(8);
/** How often a journal that takes nothing is tried again. */
export const JOURNAL_PROBE_PERIOD = seconds(3);
/** How often the journal is looked through for acknowledged inputs past their keeping. */
export const PRUNE_PERIOD = seconds(3600);
