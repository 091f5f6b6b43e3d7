import type { Clock, HallError, Log, Random, TerminalId, Trace } from "../protocol/index.ts";
import { HouseDoor } from "./access/house-door.ts";
import { type Authority, openAuthority } from "./adapters/authority/authority.ts";
import type { HallEngine } from "./assembled-engine.ts";
import type { Broker, Delivery, Peer } from "./adapters/broker/broker.ts";
import type { TrafficLimits } from "./adapters/broker/broker-limits.ts";
import { startEmbeddedBroker } from "./adapters/broker/embedded-broker.ts";
import { type HttpServer, startHttpServer } from "./adapters/http/http-server.ts";
import type { ControllerConfiguration, ExternalBrokerAddress } from "./config.ts";
import { openEvidenceVault } from "./adapters/evidence/evidence-vault.ts";
import { completedHall } from "./adapters/policies/hall-policy.ts";
import { ExportPress } from "./exports/export-press.ts";
import { AttendanceKeeper } from "./office/attendance-keeper.ts";
import { Turns } from "./office/in-turns.ts";
import { openDaySigner } from "./adapters/authority/log-seal.ts";
import { DaySealing } from "./day-sealing.ts";
import { DiskWatch } from "./adapters/store/disk-watch.ts";
import { BookDesk } from "./desks/appointment-desk.ts";
import { frontDesk } from "./desks/front-desk.ts";
import { ReEntryDesk } from "./desks/re-entry-desk.ts";
import type { MachineBoot } from "./engine/engine.ts";
import { openHallEngine } from "./hall-engine.ts";
import { HallProgram } from "./hall-program.ts";
import { pagesUrl } from "./pages-url.ts";
import { preflight } from "./preflight.ts";
import { type Observation, openObservation } from "./observation/observation.ts";
import { RefusalBook, type RefusalCode } from "./terminals/refusal-book.ts";
import { VERSION } from "./version.ts";
import { pageRoutes } from "./web/page-routes.ts";

export interface ControllerOptions {
  readonly config: ControllerConfiguration;
  readonly clock: Clock;
  readonly boot?: MachineBoot | undefined;
  readonly random: Random;
  readonly log: Log;
  /** Nothing is written or acknowledged any more; the process must end now. */
  readonly onFatal: (error: HallError) => void;
  readonly traffic?: TrafficLimits;
  /** Where to tell how inputs pass. Default: nowhere. */
  readonly trace?: Trace | undefined;
}

export interface RunningController {
  readonly httpPort: number;
  readonly mqttPort: number;
  /** Where the hall's first account is made, once; null when there is one. For the console, and never for the log. */
  readonly firstAccountUrl: string | null;
  /** Says goodbye, commits what waits and lets go of everything. */
  close(): Promise<void>;
}

/**
 * One hall's controller, ready to serve when it resolves. Rejects with a HallError when it cannot start (see
 * `exit-codes.ts`), and has then let go of whatever it held.
 */
export async function startController(options: ControllerOptions): Promise<RunningController> {
  const { directory, hall } = options.config;
  const config = { ...options.config, hall: completedHall(hall, directory) };
  await preflight(config, options.clock);
  const controller = new Controller({ ...options, config });
  try {
    await controller.start();
    return controller;
  } catch (thrown) {
    await controller.close();
    throw thrown;
  }
}

class Controller implements RunningController {
  readonly #options: ControllerOptions;
  readonly #observation: Observation;
  readonly #hall: HallEngine;
  readonly #program: HallProgram;
  readonly #keeper: AttendanceKeeper;
  readonly #refusals: RefusalBook;
  readonly #door: HouseDoor;
  readonly #press: ExportPress;
  #broker: Broker | null = null;
  #http: HttpServer | null = null;
  #disk: DiskWatch | null = null;
  readonly #sealing: DaySealing;
  #ready = false;

  constructor(options: ControllerOptions) {
    this.#options = options;
    const { config, clock, boot, random, log, onFatal } = options;
    this.#observation = this.#observe();
    const { ofEngine, passages } = this.#observation;
    this.#hall = openHallEngine({ directory: config.directory, clock, boot, random, log, onFatal, ...ofEngine });
    this.#observation.follow(this.#hall.engine);
    this.#refusals = new RefusalBook(() => this.#hall.engine.time().at);
    this.#program = new HallProgram({
      configuration: config.hall,
      engine: this.#hall,
      bus: {
        publish: this.#publish,
        disconnect: (terminalId) => this.#broker?.disconnect(terminalId),
        isListening: () => this.#broker?.listening !== false,
      },
      clock,
      log,
      onChange: this.#changed,
      onRefused: this.#onRefused,
      passages,
    });
    const { engine, store } = this.#hall;
    const emptyAt = (terminalId: TerminalId) => this.#program.watch.emptyAt(terminalId);
    this.#keeper = new AttendanceKeeper({ engine, store, clock, random, log, emptyAt });
    this.#press = new ExportPress({ clock, log });
    this.#sealing = new DaySealing({ engine, store, signer: openDaySigner(config.directory), clock, log });
    this.#door = new HouseDoor({
      directory: config.directory,
      clock,
      log,
      note: (accountId, deed) => engine.submit({ type: "note-account", accountId, deed }, () => {}),
    });
  }

  get httpPort(): number {
    return this.#http?.port ?? 0;
  }

  get mqttPort(): number {
    return this.#broker?.port ?? 0;
  }

  /** After the `#`: it reaches neither the server's log nor a proxy's. */
  get firstAccountUrl(): string | null {
    const { http, names } = this.#options.config;
    const token = this.#door.drawFirstToken();
    return token === null ? null : `${pagesUrl({ ...http, port: this.httpPort }, names)}/sign-in#first=${token}`;
  }

  async start(): Promise<void> {
    const authority = await this.#openAuthority();
    this.#http = await this.#openHttp(authority);
    const { externalBroker } = this.#options.config;
    if (externalBroker === undefined) this.#broker = await this.#openBroker(authority);
    await new Promise<void>((resolve) => this.#program.begin(resolve));
    // Its will says the epoch, which the start has raised.
    if (externalBroker !== undefined) this.#broker = await this.#connectBroker(externalBroker, authority);
    this.#disk = new DiskWatch(this.#options.config.directory, this.#options.clock, this.#options.log, this.#changed);
    this.#sealing.begin();
    this.#program.startTicks();
    this.#keeper.start();
    this.#ready = true;
  }

  async close(): Promise<void> {
    this.#ready = false;
    this.#sealing.close();
    this.#keeper.close();
    this.#disk?.close();
    this.#observation.close();
    this.#program.quiesce();
    this.#press.close();
    await this.#http?.close();
    await this.#broker?.close();
    this.#program.close();
  }

  readonly #publish = (topic: string, text: string, delivery: Delivery): void => {
    this.#broker?.publish(topic, text, delivery);
  };

  readonly #onRefused = (code: RefusalCode, peer: Peer): void => {
    this.#observation.metrics.refused(code);
    this.#refusals.note(code, peer);
  };

  readonly #changed = (): void => this.#http?.changed();

  #observe(): Observation {
    const { config, clock, trace = null } = this.#options;
    return openObservation({
      hallId: config.hall.hall,
      clock,
      trace,
      hall: () => this.#hall,
      program: () => this.#program,
      connections: () => this.#broker?.connected ?? 0,
      brokerLoad: () => this.#broker?.load,
      listeners: () => this.#http?.listeners ?? 0,
    });
  }

  #openAuthority(): Promise<Authority> {
    const { config, clock, log } = this.#options;
    return openAuthority({
      directory: config.directory,
      hall: config.hall.hall,
      names: config.names,
      clock,
      log,
      onRevoked: (terminalId) => this.#onRevoked(terminalId),
    });
  }

  #openHttp(authority: Authority): Promise<HttpServer> {
    const { config, clock, random, log } = this.#options;
    const { engine } = this.#hall;
    const ready = () => this.#ready && !engine.ended;
    const desk = frontDesk({
      engine,
      authority,
      watch: this.#program.watch,
      refusals: this.#refusals,
      metrics: this.#observation.metrics,
      random,
      keeper: this.#keeper,
      vault: openEvidenceVault(config.directory),
      press: this.#press,
      turns: new Turns(clock),
      reEntries: new ReEntryDesk(engine, clock),
      appointments: new BookDesk({ engine, random, clock }),
      directory: config.directory,
      ready,
      diskAlarm: () => (this.#disk !== null && this.#disk.level > 0 ? this.#disk.percent : 0),
    });
    const pages = pageRoutes(config.hall.zone);
    return startHttpServer({
      ...config.http,
      names: config.names,
      version: VERSION,
      desk,
      door: this.#door,
      pages,
      clock,
      log,
    });
  }

  #openBroker(authority: Authority): Promise<Broker> {
    const { config, clock, log, traffic } = this.#options;
    return startEmbeddedBroker({
      ...config.mqtt,
      hall: config.hall.hall,
      tls: authority.tls,
      isRevoked: (fingerprint) => authority.isRevoked(fingerprint),
      onMessage: this.#program.receive,
      onRefused: this.#onRefused,
      clock,
      log,
      ...(traffic && { traffic }),
    });
  }

  async #connectBroker(where: ExternalBrokerAddress, authority: Authority): Promise<Broker> {
    const { config, clock, random, log } = this.#options;
    const { connectExternalBroker } = await import("./adapters/external-broker/external-broker.ts");
    const broker = connectExternalBroker({
      ...where,
      hall: config.hall.hall,
      tls: await authority.clientTls(),
      will: () => this.#program.will(),
      onUp: () => this.#program.sayAgain(),
      onMessage: this.#program.receive,
      onRefused: this.#onRefused,
      clock,
      random,
      log,
    });
    this.#program.engine.onCommitted((events) => {
      const newEpoch = events.some(({ type }) => type === "controller.started" || type === "epoch.raised");
      if (newEpoch) broker.renewWill();
    });
    return broker;
  }

  #onRevoked(terminalId: TerminalId): void {
    this.#broker?.disconnect(terminalId);
    if (this.#options.config.externalBroker === undefined) return;
    this.#options.log.warn("broker.revocations-outdated", { terminal: terminalId, run: "hallward broker mosquitto" });
  }
}
