import { type Clock, minutes, refused, type Result } from "../../protocol/index.ts";
import { FailureBook } from "../access/failure-book.ts";
import type { DeskRefusal } from "../adapters/http/desk-refusal.ts";
import type { AskedBack } from "../adapters/http/hall-desk.ts";
import type { MissedTicket, ReEnteredTicket } from "../adapters/http/missed-ticket.ts";
import { addressKey } from "../adapters/http/peer-address.ts";
import { digestOf } from "../engine/chain.ts";
import type { Engine } from "../engine/engine.ts";
import { deskAnswer } from "./desk-answer.ts";
import { BUSY, isBusy } from "./desk-refusals.ts";

/** Wrong checks for one number: of its 10,000 nobody finds the right one so. Product defaults, as all of these. */
export const WRONG_CHECKS_MAX = 5;
/** Wrong checks and unknown numbers from one address: a kiosk at which many mistype in a quarter of an hour. */
export const WRONG_CHECKS_AT_ADDRESS_MAX = 30;
const WITHIN = minutes(10);
const LOCKED_FOR = minutes(10);
const NUMBERS_MAX = 2_000;
const ADDRESSES_MAX = 1_000;

const LOCKED: DeskRefusal = {
  code: "too-many-checks",
  detail: "校验码错误次数过多，请到窗口恢复 Too many wrong codes: please ask at a window.",
};

/** Citizens who come back with the number and check of their paper. Wrong tries are counted, in bounded memory. */
export class ReEntryDesk {
  readonly #engine: Engine;
  readonly #numbers: FailureBook;
  readonly #addresses: FailureBook;

  constructor(engine: Engine, clock: Pick<Clock, "mono">) {
    const window = { window: WITHIN, lockedFor: LOCKED_FOR };
    this.#engine = engine;
    this.#numbers = new FailureBook(clock, { ...window, failuresMax: WRONG_CHECKS_MAX, keysMax: NUMBERS_MAX });
    const byAddress = { failuresMax: WRONG_CHECKS_AT_ADDRESS_MAX, keysMax: ADDRESSES_MAX };
    this.#addresses = new FailureBook(clock, { ...window, ...byAddress });
  }

  /** Answers after the commit. */
  async reEnter(missed: MissedTicket, { key, address }: AskedBack): Promise<Result<ReEnteredTicket, DeskRefusal>> {
    const from = addressKey(address);
    const { number } = missed;
    if (isBusy(this.#engine)) return refused(BUSY);
    if (this.#numbers.isLocked(number) || this.#addresses.isLocked(from)) return refused(LOCKED);
    this.#numbers.note(number); // Before it is judged: tries at once count too.
    this.#addresses.note(from);
    const answer = await this.#submitted(missed, key);
    const why = answer.ok ? null : answer.error.reason?.code;
    if (why !== "wrong-check") this.#numbers.forgive(number);
    if (why !== "wrong-check" && why !== "unknown-number") this.#addresses.forgive(from);
    return answer;
  }

  #submitted(missed: MissedTicket, key: string | null): Promise<Result<ReEnteredTicket, DeskRefusal>> {
    const { number, check } = missed;
    const back = (): ReEnteredTicket => ({ number });
    const digest = digestOf(JSON.stringify([number, check]));
    const answerOf = (): string => number;
    const idempotency = key === null ? {} : { key: { key: `re-entry/${key}`, digest, answerOf } };
    return new Promise((resolve) =>
      this.#engine.submit(
        { type: "re-enter-by-number", number, check },
        (outcome) => resolve(deskAnswer(outcome, back, back)),
        idempotency,
      ),
    );
  }
}
