import { join } from "node:path";
import { systemClock } from "../../hardware/system/system-clock.ts";
import { systemRandom } from "../../hardware/system/system-random.ts";
import { elapsed, milliseconds, type MonoMs, seconds, silentLog } from "../../protocol/index.ts";
import { type VirtualCounter, virtualCounter } from "../../simulator/devices/virtual-counter.ts";
import { openSqliteJournal } from "../../terminal/adapters/sqlite-journal.ts";
import { type RunningTerminal, startTerminal, TerminalConfig, type TerminalView } from "../../terminal/index.ts";
import { BENCH_HALL, terminalDirectory, terminalName } from "./bench-hall.ts";

const FINGER = milliseconds(60);
const ANSWER_WITHIN = seconds(3);
const TICKET = /^[A-Z]\d{4} /u;

/** The product's own terminal with its own journal; only devices are virtual, and what they show is watched. */
export class PressedTerminal {
  readonly #devices: VirtualCounter;
  #terminal: RunningTerminal | null = null;
  #journalledAt: MonoMs | null = null;
  #answer: ((latency: number | null) => void) | null = null;
  #beeps = 0;
  #connectedAt: number | null = null;
  #onConnected: ((at: number) => void)[] = [];

  private constructor() {
    this.#devices = virtualCounter(systemClock, () => this.#look());
  }

  static async start(directory: string, n: number, mqttPort: number): Promise<PressedTerminal> {
    const pressed = new PressedTerminal();
    const own = terminalDirectory(directory, n);
    const controller = { host: "127.0.0.1", mqttPort };
    const config = TerminalConfig.parse({ hall: BENCH_HALL, terminal: terminalName(n), controller, directory: own });
    const world = { clock: systemClock, random: systemRandom, log: silentLog };
    const journal = openSqliteJournal({ file: join(own, "journal.sqlite"), ...world });
    const append = journal.append.bind(journal);
    journal.append = (draft) => {
      // The key has settled and means a call: from here on the product works. Before it, only its debounce waits.
      if (draft.type === "call-next") pressed.#journalledAt = systemClock.mono();
      return append(draft);
    };
    const onView = (view: TerminalView): void => pressed.#see(view);
    pressed.#terminal = await startTerminal({ config, devices: pressed.#devices, journal, onView, ...world });
    return pressed;
  }

  get isConnected(): boolean {
    return this.#connectedAt !== null;
  }

  /** Wall clock, milliseconds, of when it had its controller: at once if it has. */
  connected(): Promise<number> {
    if (this.#connectedAt !== null) return Promise.resolve(this.#connectedAt);
    return new Promise((resolve) => this.#onConnected.push(resolve));
  }

  /**
   * Presses the key that goes on from where the counter is. For a call: milliseconds from the settled key to the ticket
   * on the nameplate; null for every other press, and for one whose key is dead still. Rejects without an answer.
   */
  async press(): Promise<number | null> {
    const { phase, pending } = this.#terminal?.view ?? {};
    const { buttons } = this.#devices;
    if (pending === true || this.#answer !== null) return null;
    if (phase === "called") buttons.press("pause", FINGER);
    else if (phase === "serving" || phase === "presumed") buttons.press("call", FINGER);
    else if (phase === "idle" || phase === "rating") return this.#call();
    return null;
  }

  async close(): Promise<void> {
    await this.#terminal?.close();
  }

  #call(): Promise<number | null> {
    const { buttons } = this.#devices;
    this.#journalledAt = null;
    this.#beeps = buttons.lastBeep?.count ?? 0;
    return new Promise((resolve, reject) => {
      const late = systemClock.after(ANSWER_WITHIN, () => {
        this.#answer = null;
        reject(new Error("no new face within 3 s"));
      });
      this.#answer = (latency) => {
        late.cancel();
        this.#answer = null;
        resolve(latency);
      };
      buttons.press("call", FINGER);
    });
  }

  #look(): void {
    const { buttons, nameplate } = this.#devices;
    const { lastBeep } = buttons;
    if (lastBeep?.pattern === "refused" && lastBeep.count > this.#beeps) return this.#answer?.(null);
    if (this.#journalledAt === null) return;
    const isCalled = nameplate.face.lines.some(({ zh, emphasis }) => emphasis === "strong" && TICKET.test(zh));
    if (isCalled) this.#answer?.(elapsed(this.#journalledAt, systemClock.mono()));
  }

  #see({ connected }: TerminalView): void {
    if (!connected) this.#connectedAt = null;
    if (!connected || this.#connectedAt !== null) return;
    const at = systemClock.now();
    this.#connectedAt = at;
    for (const tell of this.#onConnected.splice(0)) tell(at);
  }
}
