import type { Duplex } from "node:stream";
import type { HallId, TerminalId } from "../../../protocol/index.ts";
import { BadMessageWatch } from "./bad-message-watch.ts";
import { type ClientRights, type ConnectFault, clientRights } from "./client-rights.ts";
import type { Identity } from "./peer-identity.ts";

/** One authenticated socket. */
export interface Session {
  readonly identity: Identity;
  readonly rights: ClientRights;
  readonly connection: Duplex;
  readonly badMessages: BadMessageWatch;
  /** What its CONNECT was refused for. */
  fault: ConnectFault | "hook-threw" | null;
}

/** Who is behind which socket. Bound at the handshake, and never by anything a client says. */
export class Sessions {
  readonly #bySocket = new WeakMap<Duplex, Session>();
  readonly #live = new Set<Session>();

  open(connection: Duplex, identity: Identity, hall: HallId): void {
    const rights = clientRights(hall, identity.terminalId);
    const session: Session = { identity, rights, connection, badMessages: new BadMessageWatch(), fault: null };
    this.#bySocket.set(connection, session);
    this.#live.add(session);
    connection.once("close", () => this.#live.delete(session));
  }

  /** Also after the socket has closed: a last will is still to be judged then. */
  of(connection: Duplex): Session | undefined {
    return this.#bySocket.get(connection);
  }

  endAll(): void {
    for (const session of this.#live) session.connection.destroy();
  }

  end(terminalId: TerminalId): void {
    for (const session of this.#live) {
      if (session.identity.terminalId === terminalId) session.connection.destroy();
    }
  }
}
