import { readFileSync } from "node:fs";
import { join } from "node:path";
import { systemClock } from "../../hardware/system/system-clock.ts";
import { systemRandom } from "../../hardware/system/system-random.ts";
import {
  type Ack,
  type Desired,
  INTENT_TTL,
  isFactType,
  type MonoMs,
  type TerminalState,
  topics,
  type TerminalId,
} from "../../protocol/index.ts";
import { IDENTITY_FILES } from "../../terminal/adapters/identity-files.ts";
import { BENCH_HALL, type Credentials, terminalDirectory, terminalName } from "./bench-hall.ts";
import { LeanClient } from "./lean-client.ts";

type Press = { readonly type: string; readonly body: Record<string, string> };

/** A terminal without journal and devices: it speaks the wire, and presses as soon as the last press is answered. */
export class Caller {
  readonly #terminal: TerminalId;
  readonly #stream = systemRandom.uuid();
  readonly #faces: Desired[] = [];
  #client: LeanClient | null = null;
  #seq = 0;
  #acked = 0;
  #refused = "";
  #look: (() => void) | null = null;

  constructor(n: number) {
    this.#terminal = terminalName(n);
  }

  /** Connected, born and shown its face. */
  async connect(directory: string, n: number, port: number): Promise<void> {
    const own = terminalDirectory(directory, n);
    const read = (file: string): string => readFileSync(join(own, file), "utf8");
    const { key, certificate, authority } = IDENTITY_FILES;
    const credentials: Credentials = { key: read(key), cert: read(certificate), ca: read(authority) };
    const filters = [this.#topic("ack"), this.#topic("desired")];
    const where = { port, clientId: this.#terminal, filters };
    this.#client = await LeanClient.connect(where, credentials, (topic, payload) => this.#hear(topic, payload));
    this.#client.publish(this.#topic("state"), JSON.stringify(this.#birth()), true);
    await this.#until(() => this.#face !== undefined);
  }

  close(): void {
    this.#client?.close();
  }

  /** Ends whatever visit is at hand, and calls. Milliseconds from the call's sending to ticket and acknowledgement. */
  async call(): Promise<number> {
    await this.#endVisit();
    return this.#answered({ type: "call-next", body: {} });
  }

  /** Nobody came: one press closes the ticket at hand and calls the next. */
  passOver(): Promise<number> {
    const visit = this.#face?.visit;
    const noShow: Press = { type: "no-show", body: { visitId: visit?.visitId ?? "" } };
    return this.#answered(visit ? noShow : { type: "call-next", body: {} });
  }

  async #answered(press: Press): Promise<number> {
    const before = this.#face?.visit?.visitId;
    const sentAt = this.#send([press]);
    await this.#until(() => this.#isAnswered && (this.#face?.visit?.visitId ?? before) !== before);
    return systemClock.mono() - sentAt;
  }

  get #face(): Desired | undefined {
    return this.#faces.at(-1);
  }

  get #isAnswered(): boolean {
    if (this.#refused !== "") throw new Error(`a press was refused: ${this.#refused}`);
    return this.#acked >= this.#seq;
  }

  async #endVisit(): Promise<void> {
    const visit = this.#face?.visit;
    if (!visit) return;
    const body = { visitId: visit.visitId };
    const started: Press[] = visit.phase === "called" ? [{ type: "service-started", body }] : [];
    this.#send([...started, { type: "service-finished", body }]);
    await this.#until(() => this.#isAnswered && this.#face?.visit === null);
  }

  #send(presses: readonly Press[]): MonoMs {
    const at = systemClock.mono();
    const hallMs = systemClock.now();
    const basis = this.#face?.basis;
    const inputs = presses.map(({ type, body }) => {
      this.#seq += 1;
      const place = { v: 1, seq: this.#seq, boot: 1, type, monoMs: at, hallMs, synced: true, body };
      return isFactType(type) ? { ...place, kind: "fact" } : { ...place, kind: "intent", basis, ttlMs: INTENT_TTL };
    });
    const envelope = { v: 1, stream: this.#stream, boot: 1, sentMonoMs: at, inputs };
    this.#client?.publish(this.#topic("up"), JSON.stringify(envelope));
    return at;
  }

  #hear(topic: string, payload: Buffer): void {
    const message: unknown = JSON.parse(payload.toString("utf8"));
    if (topic.endsWith("/ack")) {
      const ack = message as Ack;
      this.#acked = Math.max(this.#acked, ack.upTo);
      this.#refused = ack.refused?.[0]?.code ?? "";
    } else this.#faces[0] = message as Desired;
    this.#look?.();
  }

  /** A refused press throws out of the socket's event and ends the process: a bench with refusals measures nothing. */
  #until(condition: () => boolean): Promise<void> {
    return new Promise((resolve) => {
      this.#look = () => {
        if (!condition()) return;
        this.#look = null;
        resolve();
      };
      this.#look();
    });
  }

  #birth(): TerminalState {
    const place = { session: 1, boot: 1, tail: 1, head: 0, done: 0, epochSeen: 0, devices: [] };
    return {
      v: 1,
      status: "online",
      stream: this.#stream as TerminalState["stream"],
      firmware: "bench",
      role: "counter",
      ...place,
    };
  }

  #topic(branch: "ack" | "desired" | "state" | "up"): string {
    return topics.terminal(BENCH_HALL, this.#terminal, branch);
  }
}
