import { join } from "node:path";
import { seconds, type Timer } from "../../protocol/index.ts";
import { type Panel, startPanel } from "../panel/panel-server.ts";
import { controllerProcess, logDirectory } from "./child-processes.ts";
import { DemoCounters } from "./counters.ts";
import { type DemoOptions, panelPort } from "./demo-options.ts";
import type { DemoWorld } from "./demo-world.ts";
import { HallApi } from "./hall-api.ts";
import { isWired, wiresIn } from "./configurations.ts";
import { controllerFile, terminalDirectory, terminalFile } from "./hall-files.ts";
import type { DemoHall } from "./hall-plan.ts";
import { admitPeople } from "./people.ts";
import { Supervisor } from "./supervisor.ts";
import { hallUrl } from "./words.ts";

/** A terminal that is not up by then is not waited for any more: the supervisor has said why. */
const UP_WITHIN = seconds(20);

/** The processes of one hall, the panel before them, and the people in it. */
export class RunningDemo {
  /** Resolves with the exit code of a controller that will not start. */
  readonly refused: Promise<number>;
  readonly #plan: DemoHall;
  readonly #options: DemoOptions;
  readonly #world: DemoWorld;
  readonly #counters: DemoCounters;
  readonly #controller: Supervisor;
  #panel: Panel | null = null;
  #patience: Timer | null = null;
  #people: Timer | null = null;

  constructor(plan: DemoHall, options: DemoOptions, world: DemoWorld) {
    this.#plan = plan;
    this.#options = options;
    this.#world = world;
    const { clock, log } = world;
    const logs = logDirectory(options.data);
    this.#counters = new DemoCounters({
      hall: plan,
      boardUrl: `${hallUrl(options)}/`,
      logDirectory: logs,
      configFileOf: (counter) => terminalFile(options.data, counter),
      reader: options.reader,
      wiresOf: (counter) => (isWired(counter, options) ? wiresIn(terminalDirectory(options.data, counter)) : null),
      clock,
      log,
    });
    const process = controllerProcess(controllerFile(options.data), join(logs, "controller.log"));
    const { promise, resolve } = Promise.withResolvers<number>();
    this.refused = promise;
    this.#controller = new Supervisor(process, clock, log, ({ code }) => {
      world.complain(process.lastWords());
      resolve(code ?? 1);
    });
  }

  /** Starts everything at once: terminals wait for their controller by themselves. */
  async open(): Promise<void> {
    this.#controller.start();
    await this.#counters.start();
    this.#panel = await startPanel(panelPort(this.#options), this.#counters, this.#world.clock);
  }

  /** Resolves when every terminal has heard the controller, or has had time enough. */
  async up(): Promise<void> {
    const { promise, resolve } = Promise.withResolvers<void>();
    this.#patience = this.#world.clock.after(UP_WITHIN, resolve);
    await Promise.race([this.#counters.allUp(), promise]);
    this.#patience.cancel();
  }

  admitPeople(): void {
    const { clock } = this.#world;
    const api = new HallApi(hallUrl(this.#options), clock);
    this.#people = admitPeople(this.#plan, this.#counters, api, clock, this.#options.seed);
  }

  async close(): Promise<void> {
    this.#patience?.cancel();
    this.#people?.cancel();
    await Promise.all([this.#panel?.close(), this.#counters.stop()]);
    await this.#controller.stop(); // Last, so that it hears the terminals say goodbye.
  }
}
