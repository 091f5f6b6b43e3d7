import { KEEPALIVE_SECONDS_MAX, PACKET_BYTES_MAX } from "../../protocol/index.ts";
import { isLoopback } from "../adapters/http/loopback.ts";
import type { ExternalBrokerAddress } from "../config.ts";

/** Outgoing messages that may wait for one client: more than all terminals of a hall send at once after a power cut. */
const QUEUED_MESSAGES_MAX = 10_000;
const QUEUED_BYTES_MAX = 32 * 1024 * 1024;
/** Bytes of memory for everything. A client whose message would exceed it is disconnected. */
const MEMORY_BYTES_MAX = 512 * 1024 * 1024;
/** 500 terminals, their half-dead predecessors after a power cut, and room. */
const CONNECTIONS_MAX = 2_000;

export const MOSQUITTO_FILES = {
  configuration: "mosquitto.conf",
  rules: "topic-rules.acl",
  authority: "authority.pem",
  server: "server.pem",
  revoked: "revoked.pem",
} as const;

export interface MosquittoOptions {
  readonly address: ExternalBrokerAddress;
  /** Absolute; where the files will lie. */
  readonly directory: string;
  /** Whom Mosquitto becomes when it is started as root. */
  readonly user: string;
}

/** `mosquitto.conf` for Mosquitto 2.0.11 and later: mutual TLS 1.3 alone, identity from the certificate, bounds. */
export function mosquittoConfiguration({ address, directory, user }: MosquittoOptions): string {
  const path = (name: string): string => `${directory}/${name}`;
  const isHere = address.host === "localhost" || isLoopback(address.host);
  const listener = isHere ? `${address.port} ${address.host}` : `${address.port}`;
  return `user ${user}
per_listener_settings false
log_dest stderr
log_type error
log_type warning
log_type notice

# Nothing in the broker is truth: after a restart everybody says everything again.
persistence false
# Without it a round trip takes up to 88 ms instead of 0.2.
set_tcp_nodelay true

# What clients may cost.
max_packet_size ${PACKET_BYTES_MAX}
max_keepalive ${KEEPALIVE_SECONDS_MAX}
max_inflight_messages 0
max_queued_messages ${QUEUED_MESSAGES_MAX}
max_queued_bytes ${QUEUED_BYTES_MAX}
memory_limit ${MEMORY_BYTES_MAX}
queue_qos0_messages false
# A session that outlives its socket is a queue; this is the shortest life it can be given.
persistent_client_expiration 1h
sys_interval 0

acl_file ${path(MOSQUITTO_FILES.rules)}
allow_anonymous false
allow_zero_length_clientid false

listener ${listener}
max_connections ${CONNECTIONS_MAX}
max_qos 1
tls_version tlsv1.3
cafile ${path(MOSQUITTO_FILES.authority)}
certfile ${path(MOSQUITTO_FILES.server)}
keyfile ${path(MOSQUITTO_FILES.server)}
crlfile ${path(MOSQUITTO_FILES.revoked)}
require_certificate true
# The certificate's name is the identity, and the client id too, whatever a client claims: nobody can take over another.
use_identity_as_username true
use_username_as_clientid true
`;
}
