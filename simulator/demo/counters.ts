import { join } from "node:path";
import { bilingual, type Clock, type CounterId, type Log, present } from "../../protocol/index.ts";
import type { WindowSight } from "../people/citizen.ts";
import { readPlate } from "../people/plate-reading.ts";
import type { PanelBadge, PanelChange, PanelCounter, PanelHall } from "../panel/panel-contract.ts";
import type { PanelHallPort } from "../panel/panel-server.ts";
import { type CounterView, DARK_VIEW, type HandMessage } from "../wire/ipc.ts";
import { type TerminalProcess, terminalProcess, wiredProcess } from "./child-processes.ts";
import { type DemoCounter, type DemoHall, STRANGERS_BADGE } from "./hall-plan.ts";
import { Supervisor } from "./supervisor.ts";
import { WiredCounter } from "./wired-counter.ts";

export interface CountersOptions {
  readonly hall: DemoHall;
  readonly boardUrl: string;
  readonly logDirectory: string;
  readonly configFileOf: (counter: DemoCounter) => string;
  /** Serial path of counter 1's real reader. */
  readonly reader: string | null;
  /** Where the wires of this counter's devices end; null for one whose devices are virtual. */
  readonly wiresOf: (counter: DemoCounter) => string | null;
  readonly clock: Clock;
  readonly log: Log;
}

interface RunningCounter {
  readonly plan: DemoCounter;
  readonly process: TerminalProcess;
  readonly supervisor: Supervisor;
  readonly virtualReader: boolean;
  readonly wired: WiredCounter | null;
  powered: boolean;
  view: CounterView;
}

/** The windows of the demonstration: their terminal processes, and what they show and take. */
export class DemoCounters implements PanelHallPort {
  readonly #options: CountersOptions;
  readonly #counters: ReadonlyMap<string, RunningCounter>;
  readonly #watchers = new Set<(change: PanelChange) => void>();

  constructor(options: CountersOptions) {
    this.#options = options;
    this.#counters = new Map(options.hall.counters.map((plan) => [plan.counterId, this.#prepare(plan)]));
  }

  /** Rejects with HallError where wires are wanted and cannot be made. */
  async start(): Promise<void> {
    await Promise.all(this.#wired().map((wired) => wired.plug()));
    for (const { supervisor } of this.#counters.values()) supervisor.start();
  }

  async stop(): Promise<void> {
    await Promise.all([...this.#counters.values()].map(({ supervisor }) => supervisor.stop()));
    await Promise.all(this.#wired().map((wired) => wired.close()));
  }

  /** Resolves when every terminal has heard the controller. */
  allUp(): Promise<void> {
    return new Promise((resolve) => {
      const stop = this.watch(() => {
        if (![...this.#counters.values()].every(({ view }) => view.link === "up")) return;
        stop();
        resolve();
      });
    });
  }

  hall(): PanelHall {
    const { hall, boardUrl } = this.#options;
    const counters = [...this.#counters.values()].map((counter) => this.#shown(counter));
    return { hall: hall.name, zone: hall.zone, boardUrl, counters };
  }

  watch(listener: (change: PanelChange) => void): () => void {
    this.#watchers.add(listener);
    return () => this.#watchers.delete(listener);
  }

  act(counterId: string, message: HandMessage): boolean {
    return this.#counters.get(counterId)?.process.send(message) ?? false;
  }

  power(counterId: string, on: boolean): boolean {
    const counter = this.#counters.get(counterId);
    if (counter === undefined) return false;
    counter.powered = on;
    if (on) counter.supervisor.plugIn();
    else counter.supervisor.unplug();
    this.#tell(counter);
    return true;
  }

  badgeValue(counterId: string, key: string): string | undefined {
    const { lead } = this.#options.hall;
    const own = this.#counters.get(counterId)?.plan.clerk.badge;
    return new Map<string, string | undefined>([
      ["own", own],
      ["lead", lead.badge],
      ["stranger", STRANGERS_BADGE],
    ]).get(key);
  }

  windows(): ReadonlyMap<CounterId, WindowSight> {
    return new Map(
      [...this.#counters.values()].map(({ plan, view }) => [
        plan.counterId,
        { plate: readPlate(view.plate), keypad: view.keypad },
      ]),
    );
  }

  #prepare(plan: DemoCounter): RunningCounter {
    const { clock, log, reader, configFileOf, logDirectory } = this.#options;
    const realReader = plan === this.#options.hall.counters[0] ? reader : null;
    const readerArgs = realReader === null ? [] : ["--reader", realReader];
    const [name, configFile] = [plan.terminalId, configFileOf(plan)];
    const logFile = join(logDirectory, `${name}.log`);
    const wires = this.#options.wiresOf(plan);
    const show = (view: CounterView): void => this.#show(plan.counterId, view);
    const wired = wires && new WiredCounter(wires, clock, (view) => show(view));
    const process = wired
      ? wiredProcess({ name, configFile, logFile, counter: wired })
      : terminalProcess({
          name,
          args: ["--config", configFile, ...readerArgs],
          logFile,
          onMessage: ({ view }) => show(view),
          onGone: () => show(DARK_VIEW),
        });
    const supervisor = new Supervisor(process, clock, log);
    const virtualReader = realReader === null;
    return { plan, process, supervisor, virtualReader, wired: wired || null, powered: true, view: DARK_VIEW };
  }

  #wired(): readonly WiredCounter[] {
    return [...this.#counters.values()].flatMap(({ wired }) => wired ?? []);
  }

  #show(counterId: CounterId, view: CounterView): void {
    const counter = present(this.#counters.get(counterId), `counter ${counterId}`);
    counter.view = view;
    this.#tell(counter);
  }

  #tell({ plan: { counterId }, powered, view }: RunningCounter): void {
    for (const watcher of this.#watchers) watcher({ counterId, powered, view });
  }

  #shown({ plan, virtualReader, powered, view }: RunningCounter): PanelCounter {
    const { lead } = this.#options.hall;
    const badges: PanelBadge[] = [
      { key: "own", label: bilingual(`${plan.clerk.name} ${plan.clerk.number}`, `clerk ${plan.clerk.number}`) },
      { key: "lead", label: bilingual(`${lead.name} ${lead.number}`, `supervisor ${lead.number}`) },
      { key: "stranger", label: bilingual("未知卡", "an unknown card") },
    ];
    return { counterId: plan.counterId, badges, virtualReader, powered, view };
  }
}
