import { z } from "zod";
import {
  Board,
  type Clock,
  type DurationMs,
  milliseconds,
  type ServiceId,
  seconds,
  TicketNumber,
  type Timer,
} from "../../protocol/index.ts";

const ANSWER_WITHIN = seconds(3);
const BOARD_EVERY = milliseconds(1000);

const Issued = z.object({ number: TicketNumber });

/** The hall's own HTTP interface, as the people of the demonstration use it: the kiosk and the board. */
export class HallApi {
  readonly #base: string;
  readonly #clock: Clock;
  #board: ReadonlyMap<ServiceId, number> | null = null;

  constructor(base: string, clock: Clock) {
    this.#base = base;
    this.#clock = clock;
  }

  /** Null when the hall gives none: closed, full, or not there. */
  async takeTicket(serviceId: ServiceId): Promise<TicketNumber | null> {
    const body = JSON.stringify({ service: serviceId });
    const headers = { "content-type": "application/json" };
    const answer = await this.#ask("/api/tickets", { method: "POST", headers, body });
    const issued = Issued.safeParse(answer);
    return issued.success ? issued.data.number : null;
  }

  /** Waiting tickets by service; null while no board is to be seen. */
  board(): ReadonlyMap<ServiceId, number> | null {
    return this.#board;
  }

  watchBoard(): Timer {
    return this.#clock.every(BOARD_EVERY, () => void this.#lookAtBoard());
  }

  async #lookAtBoard(): Promise<void> {
    const board = Board.safeParse(await this.#ask("/api/board"));
    this.#board = board.success ? new Map(board.data.waiting.map(({ service, waiting }) => [service, waiting])) : null;
  }

  /** The JSON of a successful answer; null for everything else. */
  async #ask(path: string, init: RequestInit = {}, within: DurationMs = ANSWER_WITHIN): Promise<unknown> {
    const patience = new AbortController();
    const timer = this.#clock.after(within, () => patience.abort());
    try {
      const response = await fetch(`${this.#base}${path}`, { ...init, signal: patience.signal });
      return response.ok ? await response.json() : null;
    } catch {
      return null; // Nobody there, or too slow: people try again.
    } finally {
      timer.cancel();
    }
  }
}
