import type { Duplex } from "node:stream";
import type { HallId, TerminalId } from "../../../protocol/index.ts";
import { BadMessageWatch } from "./bad-message-watch.ts";
import { SESSIONS_PER_TERMINAL_MAX } from "./broker-limits.ts";
import { type ClientRights, type ConnectFault, clientRights } from "./client-rights.ts";
import type { Identity } from "./peer-identity.ts";

/** One authenticated socket. */
export interface Session {
  readonly identity: Identity;
  readonly rights: ClientRights;
  readonly connection: Duplex;
  readonly badMessages: BadMessageWatch;
  /** Filters it asked for that are not its own. */
  foreignFilters: number;
  /** What its CONNECT was refused for. */
  fault: ConnectFault | "hook-threw" | null;
}

/** Who is behind which socket. Bound at the handshake, and never by anything a client says. */
export class Sessions {
  readonly #bySocket = new WeakMap<Duplex, Session>();
  readonly #live = new Map<TerminalId, Set<Session>>();

  /** Answers with the terminal's oldest session when it now has too many: that one is to end. */
  open(connection: Duplex, identity: Identity, hall: HallId, badMessages = new BadMessageWatch()): Session | null {
    const { terminalId } = identity;
    const rights = clientRights(hall, terminalId);
    const session: Session = { identity, rights, connection, badMessages, foreignFilters: 0, fault: null };
    const live = this.#live.get(terminalId) ?? new Set();
    this.#bySocket.set(connection, session);
    this.#live.set(terminalId, live.add(session));
    connection.once("close", () => {
      live.delete(session);
      if (live.size === 0 && this.#live.get(terminalId) === live) this.#live.delete(terminalId);
    });
    const [oldest = null] = live;
    return live.size > SESSIONS_PER_TERMINAL_MAX ? oldest : null;
  }

  /** Also after the socket has closed: a last will is still to be judged then. */
  of(connection: Duplex): Session | undefined {
    return this.#bySocket.get(connection);
  }

  /** Bytes read and not yet understood, or said and not yet written out, of everybody. */
  get bufferedBytes(): number {
    let bytes = 0;
    for (const { connection } of this.#all()) bytes += connection.readableLength + connection.writableLength;
    return bytes;
  }

  endAll(): void {
    for (const session of this.#all()) session.connection.destroy();
  }

  end(terminalId: TerminalId): void {
    for (const session of this.#live.get(terminalId) ?? []) session.connection.destroy();
  }

  #all(): Session[] {
    return [...this.#live.values()].flatMap((sessions) => [...sessions]);
  }
}
