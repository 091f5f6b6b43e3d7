import { createSecureContext, type SecureContext } from "node:tls";
import type { Clock, HallId, Log, TerminalId, TerminalState } from "../../protocol/index.ts";
import type { ControllerLink, LinkListener, Said } from "../shell/controller-link.ts";
import { MqttConnection } from "./mqtt-connection.ts";

export interface MqttLinkOptions {
  readonly host: string;
  readonly port: number;
  readonly hall: HallId;
  readonly terminal: TerminalId;
  /** PEM. The certificate's common name is the terminal's id; the authority is the only root that is trusted. */
  readonly key: string;
  readonly certificate: string;
  readonly authority: string;
  readonly clock: Clock;
  readonly log: Log;
}

/** MQTT 3.1.1 over TLS 1.3 with a client certificate: one connection object per attempt, nothing carried over. */
export const createMqttLink = (options: MqttLinkOptions): ControllerLink => new MqttLink(options);

class MqttLink implements ControllerLink {
  readonly #options: MqttLinkOptions;
  readonly #secureContext: SecureContext;
  #connection: MqttConnection | null = null;

  constructor(options: MqttLinkOptions) {
    const { key, certificate, authority } = options;
    this.#options = options;
    this.#secureContext = createSecureContext({ key, cert: certificate, ca: authority, minVersion: "TLSv1.3" });
  }

  connect(will: TerminalState, listener: LinkListener): void {
    const { host, port, hall, terminal, log } = this.#options;
    const secureContext = this.#secureContext;
    this.#connection?.abandon();
    this.#connection = new MqttConnection({ host, port, hall, terminal, secureContext, will, listener, log });
  }

  say(said: Said): void {
    this.#connection?.say(said);
  }

  async close(): Promise<void> {
    const connection = this.#connection;
    this.#connection = null;
    await connection?.end(this.#options.clock);
  }
}
