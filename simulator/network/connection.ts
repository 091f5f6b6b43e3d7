import type { TerminalId } from "../../protocol/index.ts";
import type { Chance } from "../time/chance.ts";
import type { Life } from "../time/life.ts";
import type { Scheduler, Wake } from "../time/scheduler.ts";
import { type LineQuality, Stream } from "./stream.ts";

/** The end of a connection at the terminal. */
export interface ClientEnd {
  readonly life: Life;
  onUp(): void;
  onDown(reason: string): void;
  onMessage(topic: string, text: string): void;
}

/** MQTT.js gives up one to two keepalives (8 s) after the last answer, the broker after one and a half. */
const CLIENT_NOTICES_MS: readonly [number, number] = [8_000, 16_000];
const BROKER_NOTICES_MS = 12_000;

/** One TCP connection with its MQTT session. Either end may believe in it while the other knows better. */
export class Connection {
  readonly terminalId: TerminalId;
  readonly client: ClientEnd;
  readonly will: string;
  readonly up: Stream;
  readonly down: Stream;
  /** The terminal takes it for open. */
  clientOpen = true;
  /** The broker has a session on it. */
  brokerOpen = false;
  readonly #scheduler: Scheduler;
  readonly #chance: Chance;
  readonly #onBrokerNotices: () => void;
  readonly #onClientNotices: () => void;
  #watches: Wake[] = [];

  constructor(parts: {
    readonly terminalId: TerminalId;
    readonly client: ClientEnd;
    readonly will: string;
    readonly quality: LineQuality;
    readonly scheduler: Scheduler;
    readonly chance: Chance;
    /** The broker's keepalive has run out. */
    readonly onBrokerNotices: (connection: Connection) => void;
    /** The terminal's has: it hangs up. */
    readonly onClientNotices: (connection: Connection) => void;
  }) {
    const { scheduler, chance, quality } = parts;
    this.terminalId = parts.terminalId;
    this.client = parts.client;
    this.will = parts.will;
    this.#scheduler = scheduler;
    this.#chance = chance;
    this.#onBrokerNotices = () => parts.onBrokerNotices(this);
    this.#onClientNotices = () => parts.onClientNotices(this);
    this.up = new Stream(scheduler, chance, quality);
    this.down = new Stream(scheduler, chance, quality);
  }

  /** Packets go nowhere from now on, and nobody is told: each end finds out by its own keepalive, if ever. */
  block(direction: "up" | "down" | "both"): void {
    if (direction !== "down") this.up.block();
    if (direction !== "up") this.down.block();
    if (this.#watches.length > 0) return;
    // Any lost direction costs the client its ping answers; only a lost way up costs the broker its pings.
    const notices = this.#chance.between(...CLIENT_NOTICES_MS);
    this.#watches.push(this.#scheduler.afterMs(notices, this.#onClientNotices));
    if (direction === "down") return;
    this.#watches.push(this.#scheduler.afterMs(BROKER_NOTICES_MS, this.#onBrokerNotices));
  }

  /** The way is free again; whoever has not given up goes on with what was held back. */
  free(): void {
    this.#unwatch();
    this.up.free();
    this.down.free();
  }

  /** The terminal stands still, or its broker does: pings are not answered, but bytes wait in the socket's buffers. */
  get isBlocked(): boolean {
    return this.up.isBlocked || this.down.isBlocked;
  }

  /** The terminal learns, now, that it is over. Safe when it knows already, or is dead. */
  dropClient(reason: string): void {
    if (!this.clientOpen) return;
    this.clientOpen = false;
    this.down.cut();
    const { client } = this;
    if (!client.life.isDead) this.#scheduler.afterMs(0, () => client.onDown(reason), client.life);
  }

  /** Both directions are dead. */
  cut(): void {
    this.#unwatch();
    this.up.cut();
    this.down.cut();
  }

  #unwatch(): void {
    for (const watch of this.#watches) watch.cancel();
    this.#watches = [];
  }
}
