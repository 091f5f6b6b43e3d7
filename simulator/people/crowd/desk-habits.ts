import type { ClerkAction, DeskPicture } from "../../../controller/index.ts";
import type { Chance } from "../../time/chance.ts";
import type { SimStaff } from "../../world-plan.ts";
import type { Crowd } from "./crowd.ts";

/** What two buttons cannot say, a clerk says on the page in the own browser. */
export class DeskHabits {
  readonly #crowd: Crowd;
  readonly #chance: Chance;
  readonly #at: { readonly window: number; readonly holder: SimStaff };

  constructor(crowd: Crowd, chance: Chance, at: { readonly window: number; readonly holder: SimStaff }) {
    this.#crowd = crowd;
    this.#chance = chance;
    this.#at = at;
  }

  wantsOutOfOrder(): boolean {
    return this.#chance.happens(this.#crowd.habits.outOfOrder);
  }

  wantsToDecline(): boolean {
    return this.#chance.happens(this.#crowd.habits.declines);
  }

  wantsPause(): boolean {
    return this.#chance.happens(0.3);
  }

  transfer(): void {
    this.#act(({ visit, services, counters, staff }) => {
      if (visit === null) return null;
      const to = this.#chance.below(4);
      const away = counters.filter(({ counter, person }) => person !== null && counter !== this.#counterId);
      const target =
        to === 0 && away.length > 0
          ? { counter: this.#chance.pick(away).counter }
          : to === 1 && staff.length > 0
            ? { staff: this.#chance.pick(staff).staff }
            : { service: this.#chance.pick(services).service };
      return { action: "transfer", visit: visit.visit, to: target };
    });
  }

  hold(): void {
    this.#act(({ visit }) => (visit === null ? null : { action: "hold", visit: visit.visit }));
  }

  callOutOfOrder(): void {
    this.#act(({ waiting, reasons }) => {
      const there = waiting.filter((ticket) => ticket.there);
      if (there.length === 0) return null;
      const { ticket } = this.#chance.pick(there);
      return { action: "call-ticket", ticket, reason: this.#chance.pick(reasons.outOfOrder).id };
    });
  }

  decline(): void {
    this.#act(({ waiting, reasons, ticketsOpen }) => {
      const last = waiting.at(-1);
      if (last === undefined || ticketsOpen) return null;
      return { action: "decline", ticket: last.ticket, reason: this.#chance.pick(reasons.decline).id };
    });
  }

  pause(): void {
    this.#act(({ pauseReasons }) => ({
      action: "pause",
      reason: this.#chance.pick(pauseReasons).id,
      minutes: 1 + this.#chance.below(15),
    }));
  }

  get #counterId(): string | undefined {
    return this.#crowd.floor.plan.counters[this.#at.window]?.counterId;
  }

  #act(choose: (picture: DeskPicture) => ClerkAction | null): void {
    this.#crowd.floor.atDesk(this.#at.window, this.#at.holder, choose);
  }
}
