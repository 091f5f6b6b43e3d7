import type { PanelChange, PanelHall } from "../panel-contract.ts";

/** Makes whole halls of changes to single counters. Texts in, texts out: it stands inside the page's event stream. */
export class HallPicture {
  #hall: PanelHall | null = null;

  whole(text: string): string {
    this.#hall = JSON.parse(text) as PanelHall;
    return text;
  }

  /** A change before the first whole hall, or of a counter that is not in it, changes nothing. */
  changed(text: string): string {
    const { counterId, view, powered } = JSON.parse(text) as PanelChange;
    if (this.#hall === null) return "null";
    const counters = this.#hall.counters.map((counter) =>
      counter.counterId === counterId ? { ...counter, view, powered } : counter,
    );
    this.#hall = { ...this.#hall, counters };
    return JSON.stringify(this.#hall);
  }
}
