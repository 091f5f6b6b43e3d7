import type { ClerkAction, DeskPicture } from "../controller/index.ts";
import type { VirtualCounter } from "./devices/virtual-counter.ts";
import type { FaultMix } from "./faults.ts";
import type { History } from "./history.ts";
import type { ControllerNode } from "./nodes/controller-node.ts";
import type { TerminalNode } from "./nodes/terminal-node.ts";
import type { CitizenHappening, Floor, WindowLook } from "./people/people.ts";
import { type PlateText, readKnownPlate } from "./people/plate-reading.ts";
import {
  Board,
  type DurationMs,
  type Level,
  milliseconds,
  present,
  type ServiceId,
  type TicketId,
  type TicketNumber,
  type Timer,
} from "../protocol/index.ts";
import type { Chance } from "./time/chance.ts";
import type { Scheduler } from "./time/scheduler.ts";
import type { SimStaff, WorldPlan } from "./world-plan.ts";

export interface FloorParts {
  readonly plan: WorldPlan;
  readonly scheduler: Scheduler;
  readonly history: History;
  readonly chance: Chance;
  readonly mix: FaultMix;
  readonly controller: ControllerNode;
  readonly terminals: readonly TerminalNode[];
}

/** A kiosk that is not answered asks again, under the same key, so many times. */
const KIOSK_ASKS_MAX = 6;
const KIOSK_PATIENCE_MS = 4_000;
const PRINTING_MS: readonly [number, number] = [700, 3_000];
/** Milliseconds, each way. */
const KIOSK_WAY: readonly [number, number] = [1, 40];

/** The hall's people's hands and eyes, over virtual devices, with the habits and the wear that the seed has drawn. */
export class SimFloor implements Floor {
  readonly plan: WorldPlan;
  readonly #parts: FloorParts;
  #healed = false;
  #boardText = "";
  #board: Board | null = null;

  constructor(parts: FloorParts) {
    this.plan = parts.plan;
    this.#parts = parts;
  }

  heal(): void {
    this.#healed = true;
  }

  nowMs(): number {
    return this.#parts.scheduler.nowUs / 1000;
  }

  epochMs(): number {
    return this.plan.startMs + this.nowMs();
  }

  after(delayMs: number, act: () => void): Timer {
    return this.#parts.scheduler.afterMs(delayMs, act);
  }

  look(window: number): WindowLook {
    const terminal = this.#terminal(window);
    if (terminal.running === null) return { plate: { sign: "dark" }, keypad: "dark" };
    const { nameplate, ratingKeypad } = terminal.devices;
    return { plate: readKnownPlate(nameplate.face.lines), keypad: ratingKeypad.face };
  }

  lines(window: number): readonly PlateText[] {
    const terminal = this.#terminal(window);
    return terminal.running === null ? [] : terminal.devices.nameplate.face.lines;
  }

  waitingFor(window: number): number {
    if (this.#boardText === "") return 0;
    this.#board ??= Board.parse(JSON.parse(this.#boardText));
    const { configuration } = this.plan;
    const queues = configuration.counters[window]?.queues ?? [];
    const shown = new Map(this.#board.waiting.map(({ service, waiting }) => [service, waiting]));
    // Services of one queue show the same line.
    return queues.reduce((sum, queue) => {
      const service = configuration.services.find((entry) => entry.queue === queue);
      return sum + (service === undefined ? 0 : (shown.get(service.id) ?? 0));
    }, 0);
  }

  /** What the public screens show from now on. */
  showBoard(text: string): void {
    this.#boardText = text;
    this.#board = null;
  }

  tap(window: number, staff: SimStaff): boolean {
    const green = this.#tapOnce(window, staff);
    const { chance, mix, terminals } = this.#parts;
    if (this.#strikes(mix.doubleTap)) {
      const elsewhere = chance.happens(0.4) ? chance.below(terminals.length) : window;
      this.after(chance.between(50, 1_500), () => this.#tapOnce(elsewhere, staff));
    }
    return green;
  }

  press(window: number, button: "call" | "pause", heldFor: DurationMs): void {
    this.#pressOnce(window, button, heldFor);
    const { chance, mix } = this.#parts;
    if (!this.#strikes(mix.hammering)) return;
    for (let times = 1 + chance.below(4); times > 0; times -= 1) {
      this.after(heldFor + chance.between(20, 1_500), () => this.#pressOnce(window, button, heldFor));
    }
  }

  rate(window: number, level: Level): void {
    this.#rateOnce(window, level);
    const { chance, mix } = this.#parts;
    if (!this.#strikes(mix.hammering)) return;
    for (let times = 1 + chance.below(5); times > 0; times -= 1) {
      const other = (1 + chance.below(5)) as Level;
      this.after(chance.between(10, 3_000), () => this.#rateOnce(window, other));
    }
  }

  takeTicket(
    serviceId: ServiceId,
    done: (number: TicketNumber | null, ticketId: TicketId | null) => void,
    print?: "printed" | "jammed",
  ): void {
    const { history, chance, controller } = this.#parts;
    const key = chance.uuid();
    let answered = false;
    const finish = (number: TicketNumber | null, ticketId: TicketId | null = null): void => {
      if (!answered && ticketId !== null && print !== undefined) this.#printer(ticketId, print);
      if (!answered) done(print === "jammed" ? null : number, ticketId);
      answered = true;
    };
    const ask = (left: number): void => {
      if (answered) return;
      if (left === 0) return finish(null);
      history.record({ type: "ticket-asked", key, serviceId });
      const request = { service: serviceId, ...(print !== undefined && { awaitsPrint: true }) };
      this.after(chance.between(...KIOSK_WAY), () => {
        const { life } = controller;
        controller.issueTicket(request, key, (issued) => {
          this.after(chance.between(...KIOSK_WAY), () => {
            if (life.isDead && chance.happens(0.5)) return; // The answer was cut off on its way.
            if (!issued.ok) {
              history.record({ type: "ticket-refused", key, code: issued.error.code });
              return finish(null);
            }
            const { id: ticketId, number } = issued.value;
            history.record({ type: "ticket-handed-out", key, serviceId, ticketId, number });
            finish(number, ticketId);
          });
        });
      });
      this.after(KIOSK_PATIENCE_MS, () => ask(left - 1));
    };
    ask(KIOSK_ASKS_MAX);
  }

  reEnter(ticketId: TicketId, done: (back: boolean) => void): void {
    const { chance, controller } = this.#parts;
    this.after(chance.between(...KIOSK_WAY), () => {
      const heard = controller.order({ type: "re-enter", ticketId }, ({ type }) => done(type === "committed"));
      if (!heard) done(false);
    });
  }

  atDesk(window: number, staff: SimStaff, choose: (picture: DeskPicture) => ClerkAction | null): void {
    this.#parts.controller.atDesk(this.#terminal(window).counter.counterId, staff.staffId, choose);
  }

  tell(happening: CitizenHappening): void {
    this.#parts.history.record(happening);
  }

  /** Reports until it is heard, as a kiosk does. */
  #printer(ticketId: TicketId, how: "printed" | "jammed"): void {
    const { chance, controller } = this.#parts;
    const report = (left: number): void => {
      if (left === 0) return;
      let heard = false;
      const order = { type: "confirm-print", ticketId, printed: how === "printed" } as const;
      controller.order(order, ({ type }) => {
        heard = type !== "unwritten";
      });
      this.after(KIOSK_PATIENCE_MS, () => (heard ? undefined : report(left - 1)));
    };
    this.after(chance.between(...PRINTING_MS), () => report(KIOSK_ASKS_MAX));
  }

  #tapOnce(window: number, staff: SimStaff): boolean {
    const terminal = this.#terminal(window);
    const { terminalId } = terminal.counter;
    let green = false;
    const isDamaged = this.#strikes(this.#parts.mix.garbledReads);
    terminal.act(({ buttons }) => {
      const before = buttons.lastBeep?.count ?? 0;
      terminal.present(staff.badge, isDamaged);
      green = buttons.lastBeep?.pattern === "accepted" && buttons.lastBeep.count > before;
    });
    const { digest: badge, staffId } = staff;
    this.#parts.history.record({ type: "tap-presented", terminalId, badge, staff: staffId, green });
    return green;
  }

  #pressOnce(window: number, button: "call" | "pause", heldFor: DurationMs): void {
    const terminal = this.#terminal(window);
    const { terminalId } = terminal.counter;
    this.#parts.history.record({ type: "key-pressed", terminalId, button, heldMs: heldFor });
    terminal.act((devices) => {
      this.#wear(devices);
      devices.buttons.press(button, heldFor);
    });
  }

  #rateOnce(window: number, level: Level): void {
    const terminal = this.#terminal(window);
    this.#parts.history.record({ type: "rating-pressed", terminalId: terminal.counter.terminalId, level });
    terminal.act((devices) => {
      this.#wear(devices);
      devices.ratingKeypad.rate(level);
    });
  }

  /** A worn contact bounces differently every time. */
  #wear({ buttons, ratingKeypad }: VirtualCounter): void {
    const { mix, chance } = this.#parts;
    if (mix.bounce === null || this.#healed) return;
    const gap = mix.bounce;
    const gaps = Array.from({ length: 2 * chance.below(4) }, () => milliseconds(chance.between(0.1, gap)));
    buttons.wear(gaps);
    ratingKeypad.wear(gaps);
  }

  #strikes(share: number | null): boolean {
    return share !== null && !this.#healed && this.#parts.chance.happens(share);
  }

  #terminal(window: number): TerminalNode {
    return present(this.#parts.terminals[window], `window ${window}`);
  }
}
