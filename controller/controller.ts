import { type Clock, type HallError, type Log, milliseconds, type Random, type Timer } from "../protocol/index.ts";
import { type Authority, openAuthority } from "./adapters/authority/authority.ts";
import type { Broker, Delivery } from "./adapters/broker/broker.ts";
import type { TrafficLimits } from "./adapters/broker/broker-limits.ts";
import { startEmbeddedBroker } from "./adapters/broker/embedded-broker.ts";
import { type HttpServer, startHttpServer } from "./adapters/http/http-server.ts";
import { type ControllerMetrics, createMetrics } from "./adapters/metrics.ts";
import type { ControllerConfiguration } from "./config.ts";
import { announcement } from "./controller-announcement.ts";
import type { HallEvent } from "./core/events.ts";
import { DeskSessions } from "./desk-sessions.ts";
import { createIntake, type Intake } from "./engine/intake.ts";
import { frontDesk } from "./front-desk.ts";
import { type HallEngine, openHallEngine } from "./hall-engine.ts";
import { BoardPublisher } from "./projections/board-publisher.ts";
import { FacePublisher } from "./projections/face-publisher.ts";
import { sendAckThrough } from "./terminals/send-ack.ts";
import { TerminalWatch } from "./terminals/terminal-watch.ts";
import { upMessages } from "./terminals/up-messages.ts";
import { onHallTime } from "./on-hall-time.ts";
import { VERSION } from "./version.ts";
import { pageRoutes } from "./web/page-routes.ts";

const TICK = milliseconds(250);

export interface ControllerOptions {
  readonly config: ControllerConfiguration;
  readonly clock: Clock;
  readonly random: Random;
  readonly log: Log;
  /** Nothing is written or acknowledged any more; the process must end now. */
  readonly onFatal: (error: HallError) => void;
  readonly traffic?: TrafficLimits;
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
  readonly #metrics: ControllerMetrics;
  readonly #hall: HallEngine;
  readonly #intake: Intake;
  readonly #watch: TerminalWatch;
  readonly #faces: FacePublisher;
  readonly #board: BoardPublisher;
  readonly #desks: DeskSessions;
  #broker: Broker | null = null;
  #http: HttpServer | null = null;
  #ticks: Timer | null = null;
  #ready = false;
  #clockTrusted = true;

  constructor(options: ControllerOptions) {
    this.#options = options;
    const { config, clock, random, log, onFatal } = options;
    this.#metrics = this.#openMetrics();
    const onCommit = this.#metrics.committed;
    this.#hall = openHallEngine({ directory: config.directory, clock, random, log, onCommit, onFatal });
    const { engine, store } = this.#hall;
    const sendAck = sendAckThrough(config.hall.hall, this.#publish);
    this.#intake = createIntake({ engine, store, clock, log, sendAck });
    const hallTime = onHallTime(clock, () => engine.time().at);
    this.#faces = new FacePublisher(engine.hall, hallTime, this.#publish);
    this.#board = new BoardPublisher(engine.hall, hallTime, this.#publish, this.#changed);
    this.#watch = this.#openWatch();
    this.#desks = new DeskSessions({ directory: config.directory, host: config.http.host, hall: engine.hall });
    engine.onCommitted((events) => this.#onCommitted(events));
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
    this.#broker = await this.#openBroker(authority);
    // Submitted before the event loop can bring in the first message: nothing is decided under the former epoch.
    await this.#begin();
    this.#desks.open(this.httpPort);
    this.#ticks = this.#options.clock.every(TICK, () => this.#tick());
    this.#ready = true;
  }

  async close(): Promise<void> {
    if (this.#ready) this.#publish(...announcement("down", this.#hall.engine));
    this.#ready = false;
    this.#ticks?.cancel();
    this.#board.close();
    await this.#http?.close();
    await this.#broker?.close();
    this.#hall.close();
  }

  readonly #publish = (topic: string, text: string, delivery: Delivery): void => {
    this.#broker?.publish(topic, text, delivery);
  };

  readonly #changed = (): void => this.#http?.changed();

  #begin(): Promise<void> {
    const order = { type: "start", version: VERSION, configuration: this.#options.config.hall } as const;
    return new Promise((resolve) => this.#hall.engine.submit(order, () => resolve()));
  }

  #tick(): void {
    this.#watchClock();
    this.#hall.engine.submit({ type: "tick" }, () => {});
    this.#watch.onTick();
    this.#faces.onTick();
    this.#board.onTick();
  }

  /** A clock that contradicts the hall's time is said once, and once more when it is right again. */
  #watchClock(): void {
    const { trusted } = this.#hall.engine.time();
    if (trusted === this.#clockTrusted) return;
    this.#clockTrusted = trusted;
    const { log, clock } = this.#options;
    const aheadMs = Math.round(clock.now() - this.#hall.engine.time().at);
    if (trusted) log.info("clock.trusted");
    else log.warn("clock.untrusted", { wallClockAheadMs: aheadMs });
  }

  #onCommitted(events: readonly HallEvent[]): void {
    const newEpoch = events.some(({ type }) => type === "controller.started" || type === "epoch.raised");
    if (newEpoch) this.#publish(...announcement("up", this.#hall.engine));
    this.#faces.onCommitted(events);
    this.#board.onCommitted(events);
  }

  #openMetrics(): ControllerMetrics {
    const hall = () => this.#hall.engine.hall;
    return createMetrics({
      journalPosition: () => hall().position,
      epoch: () => hall().epoch,
      backlog: () => this.#hall.engine.backlog,
      clockTrusted: () => this.#hall.engine.time().trusted,
      breaches: () => this.#hall.invariants.breaches,
      terminalsOnline: () => this.#watch.online,
      connections: () => this.#broker?.connected ?? 0,
      listeners: () => this.#http?.listeners ?? 0,
      waiting: () => [...hall().lines].map(([queue, line]) => [queue, line.size] as const),
      inputs: () => {
        const { applied, repeated, beyondGap, quarantined, oversized } = this.#intake.counters;
        return Object.entries({ applied, repeated, beyondGap, quarantined, oversized });
      },
      acks: () => this.#intake.counters.acks,
      needs: () => this.#intake.counters.needs,
    });
  }

  #openWatch(): TerminalWatch {
    const { clock, log } = this.#options;
    return new TerminalWatch({
      engine: this.#hall.engine,
      intake: this.#intake,
      clock,
      log,
      repeatFace: (counterId) => this.#faces.repeat(counterId),
      faceRevOf: (counterId) => this.#faces.revOf(counterId),
      disconnect: (terminalId) => this.#broker?.disconnect(terminalId),
      onChange: this.#changed,
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
      onRevoked: (terminalId) => this.#broker?.disconnect(terminalId),
    });
  }

  #openHttp(authority: Authority): Promise<HttpServer> {
    const { config, clock, random, log } = this.#options;
    const { engine } = this.#hall;
    const ready = () => this.#ready && !engine.ended;
    const sessions = this.#desks;
    const desk = frontDesk({ engine, authority, watch: this.#watch, metrics: this.#metrics, random, sessions, ready });
    const pages = pageRoutes();
    return startHttpServer({ ...config.http, names: config.names, version: VERSION, desk, pages, clock, log });
  }

  #openBroker(authority: Authority): Promise<Broker> {
    const { config, clock, log, traffic } = this.#options;
    return startEmbeddedBroker({
      ...config.mqtt,
      hall: config.hall.hall,
      tls: authority.tls,
      isRevoked: (fingerprint) => authority.isRevoked(fingerprint),
      onMessage: upMessages({ intake: this.#intake, watch: this.#watch, log }),
      onRefused: (code) => this.#metrics.refused(code),
      clock,
      log,
      ...(traffic && { traffic }),
    });
  }
}
