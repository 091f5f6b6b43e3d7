import {
  decodeMessage,
  HALL_BRANCHES_DOWN,
  type HallId,
  KEEPALIVE_SECONDS_MAX,
  MESSAGE_BYTES_MAX,
  TERMINAL_BRANCHES_DOWN,
  TERMINAL_BRANCHES_UP,
  type TerminalId,
  TerminalState,
  topics,
  wireOf,
} from "../../../protocol/index.ts";

export type UpBranch = (typeof TERMINAL_BRANCHES_UP)[number];

/** What one terminal may do, by exact topics: no filter with a wildcard can ever be among them. */
export interface ClientRights {
  readonly terminalId: TerminalId;
  readonly publish: ReadonlyMap<string, UpBranch>;
  readonly subscribe: ReadonlySet<string>;
}

export function clientRights(hall: HallId, terminalId: TerminalId): ClientRights {
  return {
    terminalId,
    publish: new Map(TERMINAL_BRANCHES_UP.map((branch) => [topics.terminal(hall, terminalId, branch), branch])),
    subscribe: new Set([
      ...TERMINAL_BRANCHES_DOWN.map((branch) => topics.terminal(hall, terminalId, branch)),
      ...HALL_BRANCHES_DOWN.map((branch) => topics.hall(hall, branch)),
    ]),
  };
}

/** A PUBLISH or a last will, as far as it is judged. */
export interface Publication {
  readonly topic: string;
  readonly qos: number;
  readonly retain: boolean;
  readonly payload: string | Uint8Array;
}

export type PublishFault = "foreign-topic" | "wrong-delivery" | "too-large";

export function judgePublish(rights: ClientRights, packet: Publication): PublishFault | null {
  const branch = rights.publish.get(packet.topic);
  if (branch === undefined) return "foreign-topic";
  const { qos, retained } = wireOf(branch);
  if (packet.qos !== qos || packet.retain !== retained) return "wrong-delivery";
  return packet.payload.length > MESSAGE_BYTES_MAX ? "too-large" : null;
}

/** A CONNECT, as far as it is judged. */
export interface Greeting {
  readonly clientId: string;
  readonly protocolVersion?: number | undefined;
  readonly clean?: boolean | undefined;
  readonly keepalive?: number | undefined;
  readonly will?: Publication | undefined;
}

export type ConnectFault = "protocol-version" | "client-id" | "persistent-session" | "keepalive" | "forged-will";

const MQTT_3_1_1 = 4;

export function judgeConnect(rights: ClientRights, greeting: Greeting): ConnectFault | null {
  const { clientId, protocolVersion, clean, keepalive = 0, will } = greeting;
  if (protocolVersion !== MQTT_3_1_1) return "protocol-version";
  if (clientId !== rights.terminalId) return "client-id";
  if (clean !== true) return "persistent-session"; // A session that outlives its socket is a queue without a bound.
  if (keepalive < 1 || keepalive > KEEPALIVE_SECONDS_MAX) return "keepalive";
  return will === undefined || isOwnWill(rights, will) ? null : "forged-will";
}

function isOwnWill(rights: ClientRights, will: Publication): boolean {
  if (rights.publish.get(will.topic) !== "state" || judgePublish(rights, will) !== null) return false;
  const state = decodeMessage(TerminalState, Buffer.from(will.payload).toString("utf8"));
  return state.ok && state.value.status === "lost";
}
