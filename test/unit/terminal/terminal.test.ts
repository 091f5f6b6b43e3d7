import { expect, test } from "vitest";
import type { CanonicalBadge } from "../../../hardware/index.ts";
import { type Level, milliseconds, seconds, silentLog, StreamId } from "../../../protocol/index.ts";
import { type VirtualCounter, virtualCounter } from "../../../simulator/devices/virtual-counter.ts";
import { type RunningTerminal, startTerminal, TerminalConfig, type TerminalView } from "../../../terminal/index.ts";
import { ack, controllerState, desired, HALL_NOW, TERMINAL, VISIT_A } from "../../support/counter-messages.ts";
import { FakeLink } from "../../support/fake-link.ts";
import { blankCard, type Card, MemoryJournal } from "../../support/memory-journal.ts";
import { SeededRandom } from "../../support/seeded-random.ts";
import { VirtualClock } from "../../support/virtual-clock.ts";

// Proves the shell in virtual time: what the core orders happens, in order, on the right device or wire.

const CONFIG = TerminalConfig.parse({
  hall: "test",
  terminal: TERMINAL,
  controller: { host: "controller" },
  directory: "/nowhere",
});
const BADGE = "0A1B2C3D4E" as CanonicalBadge;

class Bench {
  readonly clock = new VirtualClock();
  readonly views: TerminalView[] = [];
  readonly card: Card;
  link = new FakeLink();
  counter: VirtualCounter = virtualCounter(this.clock);
  terminal: RunningTerminal | null = null;
  readonly #random = new SeededRandom(5);

  constructor(card: Card = blankCard()) {
    this.card = card;
  }

  get journal(): MemoryJournal {
    return new MemoryJournal(this.card, () => StreamId.parse(this.#random.uuid()));
  }

  async powerOn(): Promise<void> {
    this.link = new FakeLink();
    this.counter = virtualCounter(this.clock);
    this.terminal = await startTerminal({
      config: CONFIG,
      devices: this.counter,
      clock: this.clock,
      random: this.#random,
      log: silentLog,
      journal: this.journal,
      connection: { link: this.link, badgeKey: new Uint8Array(32).fill(0xab) },
      onView: (view) => this.views.push(view),
    });
  }

  async online(face = desired(1, "idle")): Promise<void> {
    await this.powerOn();
    this.link.up();
    this.link.hear({ type: "controller", controller: controllerState("up") });
    this.acknowledge();
    this.link.hear({ type: "desired", desired: face });
    this.clock.advance(seconds(1));
  }

  acknowledge(): void {
    const stream = this.card.stream ?? undefined;
    this.link.hear({ type: "ack", ack: ack(this.card.head, { ...(stream && { stream }), now: HALL_NOW }) });
  }

  /** A finger on the call key for 100 ms, and the moment until its release counts. */
  tapCall(): void {
    this.counter.buttons.press("call", milliseconds(100));
    this.clock.advance(milliseconds(110));
  }

  rate(level: Level): void {
    this.counter.ratingKeypad.rate(level);
    this.clock.advance(milliseconds(10));
  }

  inputs(): string[] {
    return this.link.on("up").flatMap(({ inputs }) => inputs.map(({ type }) => type));
  }
}

test("the plate is shown once it is open, and the first attempt goes out at once", async () => {
  const bench = new Bench();
  await bench.powerOn();
  expect(bench.counter.nameplate.face.lines.map(({ zh }) => zh)).toEqual(["终端 t-03", "未连接控制器"]);
  expect(bench.link.wills).toMatchObject([{ status: "lost", session: 1, boot: 1, role: "counter" }]);
});

test("a connection births with the session its will has", async () => {
  const bench = new Bench();
  await bench.powerOn();
  bench.link.down("ECONNREFUSED");
  bench.clock.advance(seconds(1));
  bench.link.up();
  expect(bench.link.wills.map(({ session }) => session)).toEqual([1, 2]);
  expect(bench.link.on("state")).toMatchObject([{ status: "online", session: 2, head: 0, tail: 1, done: 0 }]);
  expect(bench.link.on("state")[0]?.devices.map(({ device, state }) => `${device} ${state}`)).toEqual([
    "buttons ok",
    "badge-reader ok",
    "rating-keypad ok",
    "nameplate ok",
  ]);
});

test("key, lamp, beep and wire: a press goes through", async () => {
  const bench = new Bench();
  await bench.online();
  bench.tapCall();
  expect(bench.inputs()).toEqual(["call-next"]);
  expect(bench.counter.buttons.lamps.call).toBe("blink");
  expect(bench.counter.buttons.lastBeep?.pattern).toBe("accepted");
  expect(bench.link.on("up")[0]).toMatchObject({ boot: 1, sentMonoMs: 1110, inputs: [{ monoMs: 1100 }] });
  expect(bench.views.at(-1)).toMatchObject({ pending: true, connected: true, phase: "idle" });
});

test("a badge leaves only as its digest", async () => {
  const bench = new Bench();
  await bench.online();
  bench.counter.badgeReader.tap(BADGE);
  const [envelope] = bench.link.on("up");
  expect(envelope?.inputs[0]?.body["badge"]).toMatch(/^[0-9a-f]{64}$/u);
  expect(JSON.stringify(bench.link.said)).not.toContain(BADGE);
});

test("a finished visit is rated, and thanked for once it is kept", async () => {
  const bench = new Bench();
  await bench.online(desired(1, "serving"));
  bench.tapCall();
  expect(bench.counter.ratingKeypad.face).toBe("asking");
  bench.rate(4);
  expect(bench.counter.ratingKeypad.face).toBe("thanks");
  expect(bench.inputs()).toEqual(["service-finished", "rating-given"]);
});

// The face comes back before the controller has heard of the rating: the journal remembers it.
test("after a power cut a rated visit is not asked about again, and its rating is sent", async () => {
  const bench = new Bench();
  await bench.online(desired(1, "serving"));
  bench.link.down();
  bench.tapCall();
  bench.rate(4);
  await bench.powerOn();
  bench.link.up();
  const rating = { visitId: VISIT_A, openedAtMs: HALL_NOW, closesAtMs: HALL_NOW + 60_000 };
  bench.link.hear({ type: "desired", desired: desired(2, "rating", { rating }) });
  expect(bench.counter.ratingKeypad.face).toBe("dark");
  const stream = bench.card.stream ?? undefined;
  bench.link.hear({ type: "ack", ack: ack(0, stream && { stream }) });
  expect(bench.inputs()).toEqual(["service-finished", "rating-given"]);
  expect(bench.link.on("up").flatMap(({ inputs }) => inputs.map(({ boot }) => boot))).toEqual([1, 1]);
});

// Hall time of the last input is the best bound there is until the hall is heard again.
test("before the hall is heard, an input carries the last hall time known and says that it is not synced", async () => {
  const bench = new Bench();
  await bench.online();
  bench.counter.badgeReader.tap(BADGE);
  await bench.powerOn();
  bench.counter.badgeReader.tap(BADGE);
  expect(bench.journal.read(1, 2).map(({ hallMs, synced }) => [hallMs, synced])).toEqual([
    [HALL_NOW + 1000, true],
    [HALL_NOW + 1000, false],
  ]);
});

test("health says how the terminal is", async () => {
  const bench = new Bench();
  await bench.online();
  bench.counter.badgeReader.tap(BADGE);
  bench.counter.badgeReader.garble("checksum");
  bench.link.refuse("malformed");
  bench.clock.advance(seconds(10));
  expect(bench.link.on("health")).toMatchObject([
    {
      session: 1,
      head: 1,
      done: 0,
      uptimeMs: 10_000,
      clockOffsetMs: 0,
      counters: { badges: 1, badgeFramesBad: 1, messagesRefused: 1 },
    },
  ]);
});

test("an absent device is no fault, a broken one is a fact", async () => {
  const bench = new Bench();
  await bench.online();
  bench.counter.badgeReader.ail({ state: "fault", fault: "unplugged" });
  expect(bench.inputs()).toEqual(["device-fault"]);
  bench.link.down();
  bench.clock.advance(seconds(1));
  bench.link.up();
  expect(bench.link.on("state").at(-1)?.devices).toContainEqual({
    device: "badge-reader",
    driver: "virtual-reader",
    state: "fault",
  });
  expect(bench.link.on("state").at(-1)?.faults).toEqual([{ device: "badge-reader", fault: "unplugged" }]);
  bench.counter.badgeReader.ail({ state: "ok" });
  bench.link.down();
  bench.clock.advance(seconds(1));
  bench.link.up();
  expect(bench.link.on("state").at(-1)?.faults).toEqual([]);
});

test("closing says goodbye, stops every timer and takes nothing more", async () => {
  const bench = new Bench();
  await bench.online();
  await bench.terminal?.close();
  await bench.terminal?.close();
  expect(bench.link.on("state").at(-1)).toMatchObject({ status: "lost", session: 1 });
  expect(bench.link.isClosed).toBe(true);
  expect(bench.clock.pending).toBe(0);
  bench.counter.badgeReader.tap(BADGE);
  expect(bench.card.head).toBe(0);
});
