import type { MessageListener } from "../../controller/index.ts";
import { parseTopic, type TerminalId, type Topic, topics, type HallId } from "../../protocol/index.ts";
import type { Chance } from "../time/chance.ts";
import type { Life } from "../time/life.ts";
import type { Scheduler } from "../time/scheduler.ts";
import { type ClientEnd, Connection } from "./connection.ts";
import type { LineQuality } from "./stream.ts";

/** What the network does wrong; asked whenever it could. */
export interface NetworkWeather {
  quality(): LineQuality;
  /** Nothing gets through between this terminal and the broker. */
  isParted(terminalId: TerminalId): boolean;
  /** Milliseconds by which the will of a broken session comes late. */
  willDelayMs(): number;
  /** True: what is under way on a session that is taken over still arrives, after the new one's birth. */
  straggles(): boolean;
}

/** A subscriber in the hall itself: boards, and whoever watches the wire. */
export type Overhears = (topic: Topic, text: string) => void;

export interface BrokerModelParts {
  readonly scheduler: Scheduler;
  readonly chance: Chance;
  readonly weather: NetworkWeather;
  readonly hall: HallId;
  readonly overhears: Overhears;
  /** A terminal was taken in, or let go. */
  readonly onSession: (connection: Connection, open: boolean) => void;
  /** A will has reached the controller. */
  readonly onWill: (connection: Connection) => void;
  /** Outside: it has begun to serve, or is gone. */
  readonly onServing?: (serves: boolean) => void;
  /** Default: it lives and dies with the controller. */
  readonly isOutside?: boolean;
}

/** The controller as a client of a broker outside of it. */
export interface HostEnd {
  readonly life: Life;
  readonly receive: MessageListener;
  readonly will: () => readonly [topic: string, text: string, delivery: { qos: 0 | 1; retain: boolean }] | null;
  onUp(): void;
  onDown(): void;
}

const CONNECT_TIMEOUT_MS = 5_000;
/** A controller that is gone without a packet is noticed by its keepalive. */
export const HOST_NOTICED_MS = 12_000;
/** Wall time of TCP, TLS and MQTT handshakes together, in ways one way. */
const HANDSHAKES = 3;

/**
 * The hall's broker, as far as anybody can tell from outside: ordered streams per connection, sessions by client id,
 * retained messages, wills. It promises nothing else, and forgets everything when it restarts. Carries text, so that
 * both ends parse what the other end wrote.
 */
export class BrokerModel {
  readonly #parts: BrokerModelParts;
  readonly #sessions = new Map<TerminalId, Connection>();
  /** Every connection that somebody still believes in. */
  readonly #connections = new Set<Connection>();
  readonly #retained = new Map<string, string>();
  /** A process of its own, which the controller joins as a client. */
  readonly isOutside: boolean;
  #serves = true;
  #hostEnd: HostEnd | null = null;
  /** Of the broker's process: what an earlier one had under way is gone. */
  #run = 0;
  /** The controller that hears what comes up, while it lives. */
  #host: { readonly life: Life; readonly receive: MessageListener } | null = null;

  constructor(parts: BrokerModelParts) {
    this.#parts = parts;
    this.isOutside = parts.isOutside === true;
  }

  get connected(): number {
    return this.#sessions.size;
  }

  /** The controller, and with it its broker, serves from now on. */
  open(life: Life, receive: MessageListener): void {
    this.#host = { life, receive };
    // Whoever still believes in a connection to the former process is told so by his next packet.
    for (const connection of this.#connections) {
      if (connection.isBlocked && !connection.brokerOpen) this.#forget(connection, "ECONNRESET");
    }
  }

  /** The process is gone: sessions, wills and retained messages with it. `quiet`: its machine too, nobody is told. */
  die(quiet: boolean): void {
    this.#host = null;
    if (this.isOutside) return this.#hostGone(quiet);
    this.#sessions.clear();
    this.#retained.clear();
    for (const connection of this.#connections) {
      this.#close(connection);
      connection.up.cut();
      if (quiet) connection.block("both");
      else this.#forget(connection, "ECONNRESET");
    }
  }

  /** Outside: the process is gone, and with it all it knew; nobody's will is said. It serves again after a while. */
  restart(forMs: number): void {
    if (!this.#serves) return;
    this.#serves = false;
    this.#run += 1;
    this.#host = null;
    this.#sessions.clear();
    this.#retained.clear();
    for (const connection of this.#connections) {
      this.#close(connection);
      this.#forget(connection, "ECONNRESET");
    }
    const end = this.#hostEnd;
    this.#hostEnd = null;
    this.#parts.onServing?.(false);
    if (end !== null) this.#toHost(end, () => end.onDown());
    this.#parts.scheduler.afterMs(forMs, () => this.serve());
  }

  /** Serves again, if it does not. */
  serve(): void {
    if (this.#serves) return;
    this.#serves = true;
    this.#parts.onServing?.(true);
  }

  /** Outside: the controller dials. Its end hears `onUp`, or `onDown` when nobody serves. */
  joinHost(end: HostEnd): void {
    this.#parts.scheduler.afterMs(
      HANDSHAKES,
      () => {
        if (!this.#serves) return this.#toHost(end, () => end.onDown());
        this.#hostEnd = end;
        this.#host = { life: end.life, receive: end.receive };
        this.#toHost(end, () => end.onUp());
        // What was kept is heard after that, and never before.
        const kept = [...this.#retained];
        this.#parts.scheduler.afterMs(0, () => {
          for (const [topic, text] of kept) this.#arrived(topic, text, false);
        });
      },
      end.life,
    );
  }

  /** Outside: the controller has not answered for longer than its keepalive allows. */
  dropHost(): void {
    const end = this.#hostEnd;
    if (end === null) return;
    this.#host = null;
    this.#hostGone(false);
    this.#toHost(end, () => end.onDown());
  }

  leaveHost(): void {
    this.#hostEnd = null;
    this.#host = null;
  }

  /** A terminal dials. Its end hears one `onDown`, with or without an `onUp` before it. */
  connect(terminalId: TerminalId, will: string, client: ClientEnd): Connection {
    const { scheduler, chance, weather } = this.#parts;
    const quality = weather.quality();
    const connection = new Connection({
      terminalId,
      client,
      will,
      quality,
      scheduler,
      chance,
      onBrokerNotices: (silent) => this.#breakSession(silent),
      onClientNotices: (deaf) => this.#hangUp(deaf),
    });
    this.#connections.add(connection);
    const way = (quality.delayMs + quality.jitterMs * chance.next()) * HANDSHAKES;
    scheduler.afterMs(way, () => this.#admit(connection));
    return connection;
  }

  /** From the terminal's end: it is closed on purpose, or abandoned. `politely`: no will. */
  leave(connection: Connection, politely: boolean): void {
    connection.clientOpen = false;
    connection.down.cut();
    if (!politely) return this.#fin(connection);
    connection.up.send(() => this.#endSession(connection), null);
  }

  /** The controller's, as its port: hands `text` over to whoever has subscribed. */
  publish(topic: string, text: string, { qos, retain }: { readonly qos: 0 | 1; readonly retain: boolean }): void {
    if (retain) this.#retained.set(topic, text);
    const parsed = parseTopic(topic);
    if (parsed === null) return;
    this.#parts.overhears(parsed, text);
    if (parsed.kind === "terminal") this.#deliver(this.#sessions.get(parsed.terminal), topic, text, qos);
    else if (parsed.branch === "controller") {
      for (const session of this.#sessions.values()) this.#deliver(session, topic, text, qos);
    }
  }

  /** The controller ends a terminal's session. */
  disconnect(terminalId: TerminalId): void {
    const session = this.#sessions.get(terminalId);
    if (session !== undefined) this.#breakSession(session);
  }

  /** The line breaks; both ends are told at once. */
  reset(terminalId: TerminalId): void {
    for (const connection of this.#of(terminalId)) this.#breakSession(connection);
  }

  block(terminalId: TerminalId, direction: "up" | "down" | "both"): void {
    for (const connection of this.#of(terminalId)) connection.block(direction);
  }

  free(terminalId: TerminalId): void {
    for (const connection of this.#of(terminalId)) {
      const nobody = this.isOutside ? !this.#serves : this.#host === null;
      if (nobody || !connection.brokerOpen) this.#forget(connection, "ECONNRESET");
      else if (!connection.clientOpen) this.#breakSession(connection);
      else connection.free();
    }
  }

  /** The terminal's process or box has died. `quiet`: its power is gone, no packet says so. */
  clientDied(connection: Connection, quiet: boolean): void {
    connection.clientOpen = false;
    connection.down.cut();
    if (quiet) connection.block("up");
    else this.#fin(connection);
  }

  /** A message from the terminal's end. */
  say(connection: Connection, topic: string, text: string, delivery: { qos: 0 | 1; retained: boolean }): void {
    connection.up.send(() => this.#arrived(topic, text, delivery.retained), delivery.qos);
  }

  #of(terminalId: TerminalId): Connection[] {
    return [...this.#connections].filter((connection) => connection.terminalId === terminalId);
  }

  #admit(connection: Connection): void {
    const { scheduler, weather, hall } = this.#parts;
    if (!connection.clientOpen) return void this.#connections.delete(connection);
    const stands = !this.isOutside && this.#host?.life.isFrozen === true;
    if (weather.isParted(connection.terminalId) || stands) {
      scheduler.afterMs(CONNECT_TIMEOUT_MS, () => this.#forget(connection, "connack timeout"));
      return;
    }
    if (this.isOutside ? !this.#serves : this.#host === null) return this.#forget(connection, "ECONNREFUSED");
    const { terminalId } = connection;
    const former = this.#sessions.get(terminalId);
    if (former !== undefined) this.#takeOver(former);
    connection.brokerOpen = true;
    this.#parts.onSession(connection, true);
    this.#sessions.set(terminalId, connection);
    const { client } = connection;
    connection.down.send(() => this.#toClient(connection, () => client.onUp()), null);
    const own = (["ack", "desired", "command"] as const).map((branch) => topics.terminal(hall, terminalId, branch));
    for (const topic of [topics.hall(hall, "controller"), ...own]) {
      const text = this.#retained.get(topic);
      if (text !== undefined) this.#deliver(connection, topic, text, 1);
    }
  }

  /** The same client id again: the older session ends, and its will is published. */
  #takeOver(former: Connection): void {
    if (this.#parts.weather.straggles()) {
      this.#close(former);
      this.#sessions.delete(former.terminalId);
      this.#publishWill(former);
      former.dropClient("taken over");
      this.#parts.scheduler.afterMs(CONNECT_TIMEOUT_MS, () => this.#forget(former, "taken over"));
    } else this.#breakSession(former);
  }

  #deliver(session: Connection | undefined, topic: string, text: string, qos: 0 | 1): void {
    if (session === undefined) return;
    const { client } = session;
    session.down.send(() => this.#toClient(session, () => client.onMessage(topic, text)), qos);
  }

  #toClient(connection: Connection, run: () => void): void {
    if (!connection.clientOpen) return;
    this.#parts.scheduler.deliver(connection.client.life, run);
  }

  #arrived(topic: string, text: string, retained: boolean): void {
    const host = this.#host;
    if (retained && (host !== null || this.isOutside)) this.#retained.set(topic, text);
    if (host === null) return;
    const parsed = parseTopic(topic);
    if (parsed?.kind !== "terminal" || !parsed.up) return;
    const { terminal, branch } = parsed;
    if (branch === "ack" || branch === "desired" || branch === "command") return;
    this.#parts.scheduler.deliver(host.life, () => void host.receive(terminal, branch, text));
  }

  /** The terminal has given up on a dead line; the broker learns of it if anything still gets through. */
  #hangUp(connection: Connection): void {
    connection.dropClient("keepalive");
    if (connection.brokerOpen) this.#fin(connection);
    else this.#forget(connection, "keepalive");
  }

  /** The terminal's socket has closed without a goodbye. */
  #fin(connection: Connection): void {
    connection.up.send(() => this.#breakSession(connection), null);
  }

  /** The session is over for the broker, which publishes its will and tells the other end if it can. */
  #breakSession(connection: Connection): void {
    const wasOpen = connection.brokerOpen;
    this.#endSession(connection);
    if (wasOpen) this.#publishWill(connection);
  }

  #endSession(connection: Connection): void {
    this.#close(connection);
    if (this.#sessions.get(connection.terminalId) === connection) this.#sessions.delete(connection.terminalId);
    // A client behind a dead line learns of it by its own keepalive.
    if (connection.clientOpen && connection.isBlocked) connection.up.cut();
    else this.#forget(connection, "closed");
  }

  #close(connection: Connection): void {
    if (connection.brokerOpen) this.#parts.onSession(connection, false);
    connection.brokerOpen = false;
  }

  #forget(connection: Connection, reason: string): void {
    connection.cut();
    connection.dropClient(reason);
    this.#connections.delete(connection);
  }

  #publishWill(connection: Connection): void {
    const { scheduler, weather, hall } = this.#parts;
    const host = this.#host;
    if (host === null && !this.isOutside) return;
    const topic = topics.terminal(hall, connection.terminalId, "state");
    const delayMs = weather.willDelayMs();
    const run = this.#run;
    const said = (): void => {
      if (run !== this.#run) return; // Gone with the broker that was to say it.
      this.#parts.onWill(connection);
      this.#arrived(topic, connection.will, true);
    };
    scheduler.afterMs(delayMs, said, this.isOutside ? null : (host?.life ?? null));
  }

  /** Outside: the broker goes on, and says the controller's will once it has noticed. */
  #hostGone(quiet: boolean): void {
    const end = this.#hostEnd;
    this.#hostEnd = null;
    if (end === null) return;
    const will = end.will();
    if (will === null) return;
    const [topic, text, delivery] = will;
    const run = this.#run;
    this.#parts.scheduler.afterMs(quiet ? HOST_NOTICED_MS : 0, () => {
      if (run !== this.#run || this.#hostEnd !== null) return; // A newer connection of it had ended this one.
      this.publish(topic, text, delivery);
    });
  }

  #toHost({ life }: HostEnd, run: () => void): void {
    this.#parts.scheduler.afterMs(0, run, life);
  }
}
