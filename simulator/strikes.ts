import { milliseconds, minutes, type DurationMs } from "../protocol/index.ts";
import type { FaultFamily, FaultMix } from "./faults.ts";
import type { History } from "./history.ts";
import { type BrokerModel, HOST_NOTICED_MS } from "./network/broker-model.ts";
import type { ControllerNode } from "./nodes/controller-node.ts";
import type { TerminalNode } from "./nodes/terminal-node.ts";
import type { Chance } from "./time/chance.ts";
import type { Scheduler } from "./time/scheduler.ts";
import type { Weather } from "./weather.ts";

export interface StrikeParts {
  readonly mix: FaultMix;
  readonly chance: Chance;
  readonly scheduler: Scheduler;
  readonly history: History;
  readonly weather: Weather;
  readonly broker: BrokerModel;
  readonly controller: ControllerNode;
  readonly terminals: readonly TerminalNode[];
}

/** Whether the faults are over, and what a strike takes back then. */
interface Healing {
  readonly isOver: () => boolean;
  readonly onOver: (work: () => void) => void;
}

type Strike = (chance: Chance, parts: StrikeParts, healing: Healing) => void;

const HOUR_MS = minutes(60);
const AILS = ["full", "io-error", "read-only"] as const;
const DAMAGES = ["byte", "end", "snapshot"] as const;
const DEVICES = ["buttons", "badgeReader", "ratingKeypad", "nameplate"] as const;

const some = (chance: Chance, { terminals }: StrikeParts): TerminalNode => chance.pick(terminals);

function notePress(
  { history }: StrikeParts,
  { counter }: TerminalNode,
  button: "call" | "pause",
  heldMs: number,
): void {
  history.record({ type: "key-pressed", terminalId: counter.terminalId, button, heldMs });
}

const SETTLE_TRIES = 5;

/** Somebody asks the citizens who still waits, and says so on the manager's page. */
function settleLater(chance: Chance, scheduler: Scheduler, controller: ControllerNode, tries: number): void {
  scheduler.afterMs(chance.between(15_000, 300_000), () => {
    const how = chance.happens(0.7) ? "confirm" : "close";
    const asked = controller.order({ type: "settle-restored", tickets: "all", how }, () => {});
    if (!asked && tries > 1) settleLater(chance, scheduler, controller, tries - 1);
  });
}

/** Families that strike the controller strike at their rate; those that strike terminals at their rate per terminal. */
const STRIKES: { readonly [K in FaultFamily]?: { readonly perTerminal: boolean; readonly strike: Strike } } = {
  controllerKill: { perTerminal: false, strike: (c, { controller }) => controller.kill("killed", c.happens(0.3)) },
  terminalKill: { perTerminal: true, strike: (c, parts) => some(c, parts).kill("killed", c.happens(0.5)) },
  controllerFreeze: {
    perTerminal: false,
    strike(c, { controller, terminals, broker, scheduler }) {
      const ms = c.between(1_000, 40_000);
      controller.freeze(ms);
      if (broker.isOutside)
        return void (ms > HOST_NOTICED_MS && scheduler.afterMs(HOST_NOTICED_MS, () => broker.dropHost()));
      for (const { counter } of terminals) blockFor(scheduler, broker, counter.terminalId, "both", ms);
    },
  },
  terminalFreeze: {
    perTerminal: true,
    strike(c, parts) {
      const ms = c.between(500, 40_000);
      const terminal = some(c, parts);
      terminal.freeze(ms);
      blockFor(parts.scheduler, parts.broker, terminal.counter.terminalId, "up", ms);
    },
  },
  lineReset: { perTerminal: true, strike: (c, parts) => parts.broker.reset(some(c, parts).counter.terminalId) },
  lineHalfOpen: {
    perTerminal: true,
    strike(c, parts) {
      const { terminalId } = some(c, parts).counter;
      const direction = c.pick(["up", "down", "both"] as const);
      blockFor(parts.scheduler, parts.broker, terminalId, direction, c.between(500, 60_000));
    },
  },
  partition: {
    perTerminal: false,
    strike(c, { terminals, weather, broker, scheduler }) {
      const ms = c.between(2_000, 180_000);
      for (const { counter } of terminals) {
        if (c.happens(0.4)) continue;
        weather.part(counter.terminalId);
        blockFor(scheduler, broker, counter.terminalId, "both", ms);
        scheduler.afterMs(ms, () => weather.join(counter.terminalId));
      }
    },
  },
  cardFault: {
    perTerminal: true,
    strike(c, parts) {
      const terminal = some(c, parts);
      terminal.fault = c.pick(AILS);
      parts.scheduler.afterMs(c.between(1_000, 60_000), () => {
        terminal.fault = null;
      });
    },
  },
  diskFault: {
    perTerminal: false,
    strike(c, { controller, scheduler }) {
      controller.fault = c.pick(AILS);
      scheduler.afterMs(c.between(1_000, 60_000), () => {
        controller.fault = null;
      });
    },
  },
  freshCard: {
    perTerminal: true,
    strike(c, parts) {
      const terminal = some(c, parts);
      const offlineMs = c.happens(0.5) ? c.between(5_000, 120_000) : 0;
      if (offlineMs > 0) blockFor(parts.scheduler, parts.broker, terminal.counter.terminalId, "both", offlineMs);
      parts.scheduler.afterMs(offlineMs, () => {
        terminal.replaceCard();
        terminal.kill("card replaced", true);
      });
    },
  },
  cardForgets: {
    perTerminal: true,
    strike(c, parts) {
      const terminal = some(c, parts);
      terminal.forget(1 + c.below(4));
      terminal.kill("power cut", true);
    },
  },
  restoredBackup: {
    perTerminal: false,
    strike(c, { controller, scheduler }, { isOver }) {
      controller.takeBackup();
      scheduler.afterMs(c.between(10_000, 900_000), () => {
        if (isOver()) return;
        controller.restoreBackup();
        controller.kill("restored from a backup", false);
        settleLater(c, scheduler, controller, SETTLE_TRIES);
      });
    },
  },
  brokerRestart: { perTerminal: false, strike: (c, { broker }) => broker.restart(c.between(300, 30_000)) },
  cleanStop: {
    perTerminal: true,
    strike: (c, parts) => (c.happens(0.3) ? parts.controller : some(c, parts)).stop(),
  },
  pulledPlug: {
    perTerminal: true,
    strike(c, parts) {
      some(c, parts).unplug(c.pick(DEVICES), c.between(500, 120_000));
    },
  },
  storeDamage: {
    perTerminal: false,
    strike(c, { controller, scheduler, weather }) {
      controller.takeBackup();
      const how = c.pick(DAMAGES);
      scheduler.afterMs(c.between(10_000, 600_000), () => {
        if (weather.isHealed) return;
        controller.damage(how, c.next());
        controller.kill("power cut", c.happens(0.5));
        if (how === "snapshot") return;
        scheduler.afterMs(c.between(5_000, 200_000), () => {
          controller.restoreBackup();
          settleLater(c, scheduler, controller, SETTLE_TRIES);
        });
      });
    },
  },
  wallStep: {
    perTerminal: false,
    strike(c, parts) {
      const node = c.happens(0.6) ? parts.controller : some(c, parts);
      const far = c.happens(0.3) ? 86_400_000 : 120_000;
      const { clock } = node;
      clock.stepWall(c.between(-far, far));
    },
  },
  chatter: {
    perTerminal: true,
    strike(c, parts) {
      const button = c.pick(["call", "pause"] as const);
      const gaps = Array.from({ length: 2 * (5 + c.below(20)) }, () => milliseconds(c.between(2, 90)));
      const terminal = some(c, parts);
      notePress(parts, terminal, button, 60 + gaps.reduce((sum, gap) => sum + gap, 0));
      terminal.act(({ buttons }) => {
        buttons.wear(gaps);
        buttons.press(button, milliseconds(60));
        buttons.wear([]);
      });
    },
  },
  stuckKey: {
    perTerminal: true,
    strike(c, parts, { onOver }) {
      const held: DurationMs = milliseconds(c.between(9_000, 60_000));
      const terminal = some(c, parts);
      const button = c.pick(["call", "pause"] as const);
      notePress(parts, terminal, button, held);
      terminal.act(({ buttons }) => buttons.press(button, held));
      onOver(() => terminal.act(({ buttons }) => buttons.lift(button)));
    },
  },
};

/** The families that strike, and are told to the history when they do. */
export const STRIKING = Object.keys(STRIKES) as readonly FaultFamily[];

/** Arms every family that is on. What is struck is told to the history; `heal` ends it all. */
export class Strikes {
  readonly #parts: StrikeParts;
  #healed = false;
  readonly #takenBack: (() => void)[] = [];
  readonly #healing: Healing = {
    isOver: () => this.#healed,
    onOver: (work) => void this.#takenBack.push(work),
  };

  constructor(parts: StrikeParts) {
    this.#parts = parts;
  }

  arm(): void {
    for (const [family, { perTerminal, strike }] of Object.entries(STRIKES)) {
      const rate = this.#parts.mix[family as FaultFamily];
      if (rate === null) continue;
      const nodes = perTerminal ? this.#parts.terminals.length : 1;
      this.#await(family, HOUR_MS / (rate * nodes), strike, this.#parts.chance.stream(family));
    }
  }

  heal(): void {
    this.#healed = true;
    for (const takeBack of this.#takenBack) takeBack();
  }

  #await(family: string, meanMs: number, strike: Strike, chance: Chance): void {
    this.#parts.scheduler.afterMs(chance.gap(meanMs), () => {
      if (this.#healed) return;
      this.#parts.history.record({ type: "fault", family, node: null, detail: "" });
      strike(chance, this.#parts, this.#healing);
      this.#await(family, meanMs, strike, chance);
    });
  }
}

function blockFor(
  scheduler: Scheduler,
  broker: BrokerModel,
  terminalId: Parameters<BrokerModel["block"]>[0],
  direction: "up" | "down" | "both",
  forMs: number,
): void {
  broker.block(terminalId, direction);
  scheduler.afterMs(forMs, () => broker.free(terminalId));
}
