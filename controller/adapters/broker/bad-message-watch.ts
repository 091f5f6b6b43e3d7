import { elapsed, type MonoMs } from "../../../protocol/index.ts";
import { BAD_MESSAGES_MAX, BAD_MESSAGES_WINDOW } from "./broker-limits.ts";

/** Counts what one client sent that nobody could read. */
export class BadMessageWatch {
  #recent: MonoMs[] = [];

  /** True when this one was too much. */
  note(now: MonoMs): boolean {
    this.#recent = [...this.#recent.filter((at) => elapsed(at, now) < BAD_MESSAGES_WINDOW), now];
    return this.#recent.length >= BAD_MESSAGES_MAX;
  }
}
