import { type Clock, HallError, type Log, type Random, type TerminalId, type Trace } from "../protocol/index.ts";
import { type Authority, openAuthority } from "./adapters/authority/authority.ts";
import type { HallEngine } from "./assembled-engine.ts";
import type { Broker, Delivery, Peer } from "./adapters/broker/broker.ts";
import type { TrafficLimits } from "./adapters/broker/broker-limits.ts";
import { startEmbeddedBroker } from "./adapters/broker/embedded-broker.ts";
import { type HttpServer, startHttpServer } from "./adapters/http/http-server.ts";
import type { ControllerConfiguration, ExternalBrokerAddress } from "./config.ts";
import { DiskWatch } from "./adapters/store/disk-watch.ts";
import { DeskSessions } from "./desk-sessions.ts";
import { frontDesk } from "./front-desk.ts";
import { openHallEngine } from "./hall-engine.ts";
import { HallProgram } from "./hall-program.ts";
import { preflight } from "./preflight.ts";
import { type Observation, openObservation } from "./observation.ts";
import { RefusalBook, type RefusalCode } from "./terminals/refusal-book.ts";
import { VERSION } from "./version.ts";
import { pageRoutes } from "./web/page-routes.ts";

export interface ControllerOptions {
  readonly config: ControllerConfiguration;
  readonly clock: Clock;
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
  /** Says goodbye, commits what waits and lets go of everything. */
  close(): Promise<void>;
}

/**
 * One hall's controller, ready to serve when it resolves. Rejects with a HallError when it cannot start (see
 * `exit-codes.ts`), and has then let go of whatever it held.
 */
export async function startController(options: ControllerOptions): Promise<RunningController> {
  await preflight(options.config, options.clock);
  const controller = new Controller(options);
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
  readonly #refusals: RefusalBook;
  readonly #desks: DeskSessions;
  #broker: Broker | null = null;
  #http: HttpServer | null = null;
  #disk: DiskWatch | null = null;
  #ready = false;

  constructor(options: ControllerOptions) {
    this.#options = options;
    const { config, clock, random, log, onFatal } = options;
    this.#observation = this.#observe();
    const { ofEngine, passages } = this.#observation;
    this.#hall = openHallEngine({ directory: config.directory, clock, random, log, onFatal, ...ofEngine });
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
    const { hall } = this.#hall.engine;
    this.#desks = new DeskSessions({ directory: config.directory, host: config.http.host, hall });
  }

  get httpPort(): number {
    return this.#http?.port ?? 0;
  }

  get mqttPort(): number {
    return this.#broker?.port ?? 0;
  }

  async start(): Promise<void> {
    const authority = await this.#openAuthority();
    this.#http = await this.#openHttp(authority);
    const { externalBroker } = this.#options.config;
    if (externalBroker === undefined) this.#broker = await this.#openBroker(authority);
    await new Promise<void>((resolve) => this.#program.begin(resolve));
    // Its will says the epoch, which the start has raised.
    if (externalBroker !== undefined) this.#broker = await this.#connectBroker(externalBroker, authority);
    this.#openDesks();
    this.#program.engine.onWritable((fault) => {
      if (fault === null) this.#openDesks();
    });
    this.#disk = new DiskWatch(this.#options.config.directory, this.#options.clock, this.#options.log, this.#changed);
    this.#program.startTicks();
    this.#ready = true;
  }

  /** On a full disk there are no new addresses for counter pages; everything else goes on. */
  #openDesks(): void {
    try {
      this.#desks.open(this.httpPort);
    } catch (thrown) {
      if (!(thrown instanceof HallError)) throw thrown;
      this.#options.log.warn("desks.unwritten", { code: thrown.code, reason: thrown.message });
    }
  }

  async close(): Promise<void> {
    this.#ready = false;
    this.#disk?.close();
    this.#observation.close();
    this.#program.quiesce();
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
    const sessions = this.#desks;
    const desk = frontDesk({
      engine,
      authority,
      watch: this.#program.watch,
      refusals: this.#refusals,
      metrics: this.#observation.metrics,
      random,
      sessions,
      ready,
      diskAlarm: () => (this.#disk !== null && this.#disk.level > 0 ? this.#disk.percent : 0),
    });
    const pages = pageRoutes(config.hall.zone);
    return startHttpServer({ ...config.http, names: config.names, version: VERSION, desk, pages, clock, log });
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
