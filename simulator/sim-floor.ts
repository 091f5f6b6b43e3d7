import type { VirtualCounter } from "./devices/virtual-counter.ts";
import type { FaultMix } from "./faults.ts";
import type { History } from "./history.ts";
import type { ControllerNode } from "./nodes/controller-node.ts";
import type { TerminalNode } from "./nodes/terminal-node.ts";
import type { Floor, WindowLook } from "./people/people.ts";
import { readKnownPlate } from "./people/plate-reading.ts";
import {
  type DurationMs,
  type Level,
  milliseconds,
  present,
  type ServiceId,
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
/** Milliseconds, each way. */
const KIOSK_WAY: readonly [number, number] = [1, 40];

/** The hall's people's hands and eyes, over virtual devices, with the habits and the wear that the seed has drawn. */
export class SimFloor implements Floor {
  readonly plan: WorldPlan;
  readonly #parts: FloorParts;
  #healed = false;

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

  takeTicket(serviceId: ServiceId, done: (number: TicketNumber | null) => void): void {
    const { history, chance, controller } = this.#parts;
    const key = chance.uuid();
    let answered = false;
    const finish = (number: TicketNumber | null): void => {
      if (!answered) done(number);
      answered = true;
    };
    const ask = (left: number): void => {
      if (answered) return;
      if (left === 0) return finish(null);
      history.record({ type: "ticket-asked", key, serviceId });
      const request = { service: serviceId };
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
            finish(number);
          });
        });
      });
      this.after(KIOSK_PATIENCE_MS, () => ask(left - 1));
    };
    ask(KIOSK_ASKS_MAX);
  }

  #tapOnce(window: number, staff: SimStaff): boolean {
    const terminal = this.#terminal(window);
    const { terminalId } = terminal.counter;
    let green = false;
    terminal.act(({ badgeReader, buttons }) => {
      const before = buttons.lastBeep?.count ?? 0;
      badgeReader.tap(staff.badge);
      green = buttons.lastBeep?.pattern === "accepted" && buttons.lastBeep.count > before;
    });
    const { digest: badge, staffId } = staff;
    this.#parts.history.record({ type: "tap-presented", terminalId, badge, staff: staffId, green });
    return green;
  }

  #pressOnce(window: number, button: "call" | "pause", heldFor: DurationMs): void {
    const terminal = this.#terminal(window);
    this.#parts.history.record({ type: "key-pressed", terminalId: terminal.counter.terminalId, button });
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
