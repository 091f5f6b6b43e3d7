import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import type { CanonicalBadge } from "../../../hardware/index.ts";
import { KEY_SETTLE, milliseconds, seconds, silentLog } from "../../../protocol/index.ts";
import { type VirtualCounter, virtualCounter } from "../../../simulator/devices/virtual-counter.ts";
import { openJournal } from "../../../terminal/adapters/standby-journal.ts";
import { startTerminal, TerminalConfig } from "../../../terminal/index.ts";
import type { Journal } from "../../../terminal/shell/journal.ts";
import { ack, controllerState, desired, HALL_NOW, TERMINAL } from "../../support/counter-messages.ts";
import { FakeLink } from "../../support/fake-link.ts";
import { FrozenClock } from "../../support/frozen-clock.ts";
import { SeededRandom } from "../../support/seeded-random.ts";
import { type SmallDisk, smallDisk } from "./small-disk.ts";

// A terminal on a real journal whose disk others fill, in virtual time: what it cannot keep it does not accept, and
// says so; what is unacknowledged stays; with room again it goes on by itself.

const SIGN = "存储故障，刷卡与按键无法记录";
const BADGE = "0A1B2C3D4E" as CanonicalBadge;

class Window {
  readonly clock = new FrozenClock();
  readonly link = new FakeLink();
  readonly counter: VirtualCounter = virtualCounter(this.clock);
  readonly journal: Journal;
  readonly #directory: string;

  constructor({ directory }: SmallDisk) {
    this.#directory = directory;
    const random = new SeededRandom(5);
    this.journal = openJournal({ file: join(directory, "journal.sqlite"), random, log: silentLog });
  }

  async powerOn(): Promise<void> {
    const terminal = await startTerminal({
      config: TerminalConfig.parse({
        hall: "test",
        terminal: TERMINAL,
        controller: { host: "controller" },
        directory: this.#directory,
      }),
      devices: this.counter,
      clock: this.clock,
      random: new SeededRandom(6),
      log: silentLog,
      journal: this.journal,
      connection: { link: this.link, badgeKey: new Uint8Array(32).fill(0xab) },
    });
    onTestFinished(() => terminal.close());
  }

  connect(): void {
    this.link.up();
    this.link.hear({ type: "controller", controller: controllerState("up") });
    this.acknowledge(this.journal.state().head);
    this.link.hear({ type: "desired", desired: desired(1, "idle") });
    this.wait(1);
  }

  acknowledge(upTo: number): void {
    this.link.hear({ type: "ack", ack: ack(upTo, { stream: this.journal.state().stream, now: HALL_NOW }) });
  }

  wait(forSeconds: number): void {
    this.clock.real.advance(seconds(forSeconds));
  }

  tap(): void {
    this.counter.badgeReader.tap(BADGE);
    this.wait(2);
  }

  press(): void {
    this.counter.buttons.press("call", milliseconds(100));
    this.clock.real.advance(milliseconds(100 + KEY_SETTLE));
  }

  get foot(): string | undefined {
    return this.counter.nameplate.face.lines.at(-1)?.zh;
  }

  /** Taps until one is not kept: a write-ahead log has room of its own for a while. */
  tapUntilRefused(): number {
    for (let taps = 0; taps < 5_000; taps += 1) {
      const { head } = this.journal.state();
      this.tap();
      if (this.journal.state().head === head) return head;
    }
    throw new TypeError("the disk never filled");
  }
}

test("a full disk: taps and presses are refused with a sign, what is unacknowledged stays, and it heals", async () => {
  const disk = smallDisk(4);
  const window = new Window(disk);
  await window.powerOn();
  window.connect();
  window.tap();
  expect(window.journal.state().head).toBe(1);
  disk.fill();
  const head = window.tapUntilRefused();
  window.wait(5);
  expect(window.foot).toBe(SIGN);
  window.press();
  expect(window.foot).toBe("存储故障，无法记录");
  expect(window.journal.state()).toMatchObject({ head, tail: 1, done: 0 });
  expect(window.journal.read(1, head)).toHaveLength(head);

  // What the controller has makes way, the oldest first, and nothing else.
  window.acknowledge(head - 1);
  expect(window.journal.state().done).toBe(head - 1);
  disk.free();
  window.wait(10);
  expect(window.foot).not.toBe(SIGN);
  window.tap();
  expect(window.journal.state()).toMatchObject({ head: head + 1, done: head - 1 });
  window.journal.close();
  const reopened = openJournal({
    file: join(disk.directory, "journal.sqlite"),
    random: new SeededRandom(7),
    log: silentLog,
  });
  expect(reopened.state()).toMatchObject({ head: head + 1, done: head - 1 });
  reopened.close();
});

test("a disk that is full when the mains come back: the sign stands until there is room", async () => {
  const disk = smallDisk(4);
  const first = new Window(disk);
  await first.powerOn();
  first.connect();
  first.tap();
  const { stream } = first.journal.state();
  first.journal.close();
  disk.fill();
  const window = new Window(disk);
  await window.powerOn();
  window.tap();
  window.wait(5);
  expect(window.foot).toBe(SIGN);
  expect(window.journal.state().boot).toBe(0);
  disk.free();
  window.wait(10);
  expect(window.journal.state()).toMatchObject({ stream, head: 1, boot: 2 });
  window.connect();
  window.tap();
  expect(window.journal.state().head).toBe(2);
});
