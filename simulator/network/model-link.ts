import { encodeMessage, type HallId, type TerminalId, type TerminalState, topics, WIRE } from "../../protocol/index.ts";
import { type ControllerLink, heardOn, type LinkListener, type Said } from "../../terminal/index.ts";
import type { Life } from "../time/life.ts";
import type { BrokerModel } from "./broker-model.ts";
import type { Connection } from "./connection.ts";
import { type Dialect, said, understood } from "./dialect.ts";

export interface ModelLinkParts {
  readonly broker: BrokerModel;
  readonly hall: HallId;
  readonly terminalId: TerminalId;
  readonly life: Life;
  readonly dialect: Dialect;
  /** What came down could not be read, for this reason. */
  readonly onUnread: (code: string) => void;
}

/** A terminal's way to the controller, over the broker model: encodes and reads with the product's own codecs. */
export class ModelLink implements ControllerLink {
  readonly #broker: BrokerModel;
  readonly #hall: HallId;
  readonly #terminalId: TerminalId;
  readonly #life: Life;
  readonly #dialect: Dialect;
  readonly #onUnread: (code: string) => void;
  #connection: Connection | null = null;
  #isUp = false;

  constructor({ broker, hall, terminalId, life, dialect, onUnread }: ModelLinkParts) {
    this.#broker = broker;
    this.#hall = hall;
    this.#terminalId = terminalId;
    this.#life = life;
    this.#dialect = dialect;
    this.#onUnread = onUnread;
  }

  get isUp(): boolean {
    return this.#isUp;
  }

  connect(will: TerminalState, listener: LinkListener): void {
    this.#life.touch("link connect");
    if (this.#connection?.clientOpen === true) this.#broker.leave(this.#connection, false);
    const text = said(this.#dialect, encodeMessage(WIRE.state.schema, will));
    const connection: Connection = this.#broker.connect(this.#terminalId, text, {
      life: this.#life,
      onUp: () => {
        if (this.#connection !== connection || !connection.clientOpen) return;
        this.#isUp = true;
        listener.onUp();
      },
      onDown: (reason) => {
        if (this.#connection !== connection) return;
        this.#isUp = false;
        listener.onDown(reason);
      },
      onMessage: (topic, body) => {
        if (this.#connection !== connection || !connection.clientOpen) return;
        const heard = heardOn(topic, understood(this.#dialect, body));
        if (typeof heard !== "string") return listener.onHeard(heard);
        this.#onUnread(heard);
        listener.onRefused(heard);
      },
    });
    this.#connection = connection;
  }

  say({ branch, message }: Said): void {
    this.#life.touch("link say, before");
    const connection = this.#connection;
    if (connection === null || !this.#isUp || !connection.clientOpen) return;
    const { schema } = WIRE[branch];
    const topic = topics.terminal(this.#hall, this.#terminalId, branch);
    this.#broker.say(connection, topic, said(this.#dialect, encodeMessage(schema, message)), WIRE[branch]);
    this.#life.touch("link say, after");
  }

  close(): Promise<void> {
    if (this.#connection?.clientOpen === true) this.#broker.leave(this.#connection, true);
    this.#isUp = false;
    return Promise.resolve();
  }

  /** The process has died. */
  died(quiet: boolean): void {
    if (this.#connection !== null) this.#broker.clientDied(this.#connection, quiet);
  }
}
