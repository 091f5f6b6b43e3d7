import type { Basis, Bilingual, InputPayload, MonoMs } from "../../protocol/index.ts";
import { doing, inTurn } from "./compose.ts";
import { counted } from "./counters.ts";
import { draftOf } from "./draft.ts";
import { logged, wake } from "./effects.ts";
import type { PlateLine } from "./plate.ts";
import { type RefusalCode, REFUSALS } from "./refusals.ts";
import type { TerminalState, TerminalStep } from "./terminal-state.ts";
import { FLASH_SHOWN } from "./timings.ts";

// What several machines order in the same way.

/** To the journal. Nothing is accepted, shown or sent before it comes back as `journalled`. */
export const journal = (state: TerminalState, payload: InputPayload, at: MonoMs, basis?: Basis): TerminalStep => [
  state,
  [{ type: "journal", draft: draftOf(payload, at, state.hallTime, basis) }],
];

/** Says `text` on the plate's last line for a while. */
export function flash(state: TerminalState, text: Bilingual, emphasis: PlateLine["emphasis"]): TerminalStep {
  const number = state.flashes + 1;
  const flashed = { ...state, flash: { number, text, emphasis }, flashes: number };
  return [flashed, [wake(FLASH_SHOWN, { for: "flash", number })]];
}

/** A key is refused here and now, with the reason. */
export const refuse = (state: TerminalState, code: RefusalCode): TerminalStep =>
  inTurn(
    counted(state, "keysRefused"),
    (next) => flash(next, REFUSALS[code], "warning"),
    doing({ type: "beep", pattern: "refused" }, logged("key.refused", { code })),
  );
