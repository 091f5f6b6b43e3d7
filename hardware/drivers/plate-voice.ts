import type { NameplateListener, PlateReport } from "../ports/nameplate.ts";

/** Speaks to a sign's listener: only what has changed, and nothing once it is silenced. */
export class PlateVoice {
  #listener: NameplateListener | null = null;
  /** Undefined: nothing has been said yet; null: well. */
  #fault: string | null | undefined = undefined;
  #report = "";

  get isOpen(): boolean {
    return this.#listener !== null;
  }

  open(listener: NameplateListener): void {
    this.#listener = listener;
  }

  silence(): void {
    this.#listener = null;
  }

  /** Null: the sign is well. */
  sayHealth(fault: string | null): void {
    if (fault === this.#fault) return;
    this.#fault = fault;
    this.#listener?.onHealth(fault === null ? { state: "ok" } : { state: "fault", fault });
  }

  sayReport(report: PlateReport): void {
    const words = JSON.stringify(report);
    if (words === this.#report || this.#listener === null) return;
    this.#report = words;
    this.#listener.onReport?.(report);
  }
}
