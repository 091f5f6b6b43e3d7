import { isUtf8 } from "node:buffer";
import type { AedesOptions, Client, ConnectPacket, PublishPacket, Subscription } from "aedes";
import { type Clock, HallError, type Log, messageOf } from "../../../protocol/index.ts";
import type { BrokerRefusal, MessageListener, Peer } from "./broker.ts";
import { FOREIGN_FILTERS_MAX, OUTBOUND_BYTES_MAX } from "./broker-limits.ts";
import { judgeConnect, judgePublish } from "./client-rights.ts";
import type { Session, Sessions } from "./sessions.ts";

export interface HookParts {
  readonly sessions: Sessions;
  readonly onMessage: MessageListener;
  readonly count: (code: BrokerRefusal, peer: Peer) => void;
  readonly clock: Clock;
  readonly log: Log;
  /** False once the broker closes: the wills of those who are sent away say nothing about them. */
  readonly listening: () => boolean;
  /** How much waits to be written out to a client that is about to be sent more. */
  readonly noteOutbound: (bytes: number) => void;
}

type Hooks = Pick<
  AedesOptions,
  "preConnect" | "authenticate" | "authorizePublish" | "authorizeSubscribe" | "authorizeForward"
>;

/**
 * What a client may do. Every hook answers before it returns: one that answered later would let a stream overtake
 * itself. A throw refuses the one client; uncaught it would end the process. The broker goes on inside the callback, so
 * that is called outside of `try`, and exactly once.
 *
 * Upward messages are taken in `authorizePublish`: it sees every packet of a client once, in the client's order and
 * before it is confirmed, and its last will when it is gone. A subscription of our own would see them after several
 * turns of the event loop, QoS 0 and 1 in no common order.
 */
export function brokerHooks(parts: HookParts): Hooks {
  return {
    preConnect(client, packet, callback) {
      greet(parts, client, packet);
      callback(null, true);
    },
    authenticate(client, _username, _password, callback) {
      callback(null, sessionOf(parts, client)?.fault === null);
    },
    authorizePublish(client, packet, callback) {
      callback(refusalOf(take(parts, client, packet)));
    },
    authorizeSubscribe(client, subscription, callback) {
      callback(null, maySubscribe(parts, client, subscription) ? subscription : null);
    },
    authorizeForward(client, packet) {
      return isReading(parts, client) ? packet : null;
    },
  };
}

const sessionOf = ({ sessions }: HookParts, client: Client | null): Session | undefined =>
  client === null ? undefined : sessions.of(client.conn);

const refusalOf = (code: BrokerRefusal | null): HallError | null =>
  code === null ? null : new HallError("BROKER_REFUSED", `The broker refused a client: ${code}.`, { code });

const peerOf = ({ identity }: Session): Peer => ({ terminal: identity.terminalId });

/** `work`, with whatever it throws turned into a refusal. */
function guarded<T>({ count, log }: HookParts, session: Session, ifThrown: T, work: () => T): T {
  try {
    return work();
  } catch (thrown) {
    count("hook-threw", peerOf(session));
    log.error("broker.hook-threw", { reason: messageOf(thrown) });
    return ifThrown;
  }
}

function greet(parts: HookParts, client: Client, packet: ConnectPacket): void {
  const session = sessionOf(parts, client);
  if (session === undefined) return;
  const greeting = { ...packet, will: packet.will && { retain: false, qos: 0, ...packet.will } };
  session.fault = guarded(parts, session, "hook-threw", () => judgeConnect(session.rights, greeting));
  if (session.fault === null || session.fault === "hook-threw") return;
  parts.count(session.fault, peerOf(session));
}

/** Why the client is to be cut off; null when it is not. */
function take(parts: HookParts, client: Client | null, packet: PublishPacket): BrokerRefusal | null {
  const session = sessionOf(parts, client);
  if (session === undefined) return "no-identity";
  if (isEarlyWill(client, packet)) return "forged-will";
  return guarded(parts, session, "hook-threw", () => deliver(parts, session, packet));
}

/**
 * A will while its client is connected. The broker looks for wills of brokers it has not heard of for a while, by the
 * wall clock: when that is set, its own clients' wills are among them.
 */
const isEarlyWill = (client: Client | null, packet: Partial<PublishPacket>): boolean =>
  packet.cmd === undefined && client?.closed === false;

function deliver(parts: HookParts, session: Session, packet: PublishPacket): BrokerRefusal | null {
  const refused = (code: BrokerRefusal): BrokerRefusal => {
    parts.count(code, peerOf(session));
    return code;
  };
  const fault = judgePublish(session.rights, packet);
  if (fault !== null) return refused(fault);
  const branch = session.rights.publish.get(packet.topic);
  if (branch === undefined || !parts.listening()) return null;
  const bytes = Buffer.from(packet.payload);
  const unreadable = isUtf8(bytes)
    ? parts.onMessage(session.identity.terminalId, branch, bytes.toString("utf8"))?.code
    : "not-utf8";
  packet.retain = false; // Nobody may subscribe to it here: keeping it would only cost memory.
  if (unreadable === undefined) return null;
  parts.count(unreadable, peerOf(session));
  return session.badMessages.note(parts.clock.mono()) ? refused("bad-messages") : null;
}

/** A few foreign filters are a mistake and are answered; many are a storm, and none of the rest is looked at. */
function maySubscribe(parts: HookParts, client: Client, { topic }: Subscription): boolean {
  const session = sessionOf(parts, client);
  if (session === undefined || client.conn.destroyed) return false;
  if (session.rights.subscribe.has(topic)) return true;
  session.foreignFilters += 1;
  const isStorm = session.foreignFilters > FOREIGN_FILTERS_MAX;
  parts.count(isStorm ? "subscribe-storm" : "foreign-subscription", peerOf(session));
  if (isStorm) client.conn.destroy();
  return false;
}

/** A subscriber that lets too much pile up is dropped; the face it missed is retained and awaits its return. */
function isReading(parts: HookParts, client: Client): boolean {
  const { conn } = client;
  if (conn.destroyed) return false;
  parts.noteOutbound(conn.writableLength);
  if (conn.writableLength <= OUTBOUND_BYTES_MAX) return true;
  const session = sessionOf(parts, client);
  if (session !== undefined) parts.count("slow-subscriber", peerOf(session));
  conn.destroy();
  return false;
}
