// Each emulated device over a cable in memory, against the product's own driver for it: what is typed is what the
// terminal sees, a pulled plug is a pulled plug, and what it does not understand it says.
import { expect, test } from "vitest";
import {
  type ByteLink,
  canonicalBadge,
  createAlphaNameplate,
  createBxFontPainter,
  createOsdpReader,
  createPn532Reader,
  createRdm6300Reader,
  createSerialKeypad,
  createSignNameplate,
  createWiegandReader,
  type BadgeReader,
  ONE_BYTE,
  SIGN_LAYOUTS,
} from "../../../hardware/index.ts";
import { type Level, milliseconds, seconds } from "../../../protocol/index.ts";
import { Emulation } from "../../../simulator/emulate/emulation.ts";
import type { EmulatorSights } from "../../../simulator/emulate/emulator.ts";
import { EMULATORS } from "../../../simulator/emulate/emulators.ts";
import type { WireEnd, WireEndListener } from "../../../simulator/emulate/wire-end.ts";
import { MemoryWire } from "../../../simulator/wire/memory-wire.ts";
import { present } from "../../../protocol/base/assert.ts";
import { VirtualClock } from "../../support/virtual-clock.ts";

function bench(name: string, sights: Partial<EmulatorSights> = {}) {
  const clock = new VirtualClock();
  const cable = new MemoryWire(clock);
  cable.unplug("absent");
  const told: string[] = [];
  const wire = (listener: WireEndListener): WireEnd => {
    cable.onHeard = (bytes) => listener.onHeard(bytes);
    return {
      plug: async () => cable.plug(),
      unplug: async () => cable.unplug(),
      say: (bytes) => cable.say(bytes),
      close: async () => cable.unplug(),
    };
  };
  const device = present(EMULATORS[name], name);
  const emulation = new Emulation({ device, wire, clock, tell: ({ en }) => void told.push(en), sights });
  return { clock, link: cable.byteLink(), emulation, told };
}

const WIEGAND_34 = { format: "hex-line", content: "wiegand", bits: 34, fill: "front" } as const;
const READERS: readonly (readonly [string, (link: ByteLink, clock: VirtualClock) => BadgeReader])[] = [
  ["rdm6300", (link, clock) => createRdm6300Reader({ link, clock })],
  ["wiegand", (link, clock) => createWiegandReader({ link, clock, frame: WIEGAND_34 })],
  ["osdp", (link, clock) => createOsdpReader({ link, clock, address: 0, keys: null, digits: "decimal" })],
  ["pn532", (link, clock) => createPn532Reader({ link, clock })],
];

test.each(READERS)("%s: a typed card is read, once, before and after a replug", async (name, make) => {
  const { clock, link, emulation } = bench(name);
  const seen: string[] = [];
  await emulation.plug();
  const reader = make(link, clock);
  const onHealth = ({ state }: { readonly state: string }): void => void seen.push(state);
  await reader.open({ onHealth, onBadge: ({ badge }) => void seen.push(badge), onBadFrame: () => {} });
  await clock.advanceSettled(seconds(3));
  expect(await emulation.type("tap 0086f444")).toBe(true);
  await clock.advanceSettled(seconds(5));
  await emulation.type("unplug");
  await clock.advanceSettled(seconds(5));
  expect(await emulation.type("tap 0086f444")).toBe(false);
  await emulation.type("plug");
  await clock.advanceSettled(seconds(5));
  await emulation.type("tap 00C0FFEE");
  await clock.advanceSettled(seconds(5));
  expect(seen).toEqual(["ok", canonicalBadge("0086F444"), "fault", "ok", canonicalBadge("00C0FFEE")]);
  expect(await emulation.type("tap 12")).toBe(false);
  await reader.close();
  await emulation.close();
});

test("keypad: a typed key is pressed and let go", async () => {
  const { clock, link, emulation } = bench("keypad");
  const edges: string[] = [];
  await emulation.plug();
  const keys = new Map<number, Level>(([1, 2, 3, 4, 5] as const).map((level) => [0x30 + level, level]));
  const keypad = createSerialKeypad({ link, clock, frame: ONE_BYTE, keys });
  await keypad.open({ onHealth: () => {}, onEdge: ({ level, edge }) => void edges.push(`${level} ${edge}`) });
  await emulation.type("key 3");
  await clock.advanceSettled(seconds(2));
  expect(edges).toEqual(["3 pressed", "3 released"]);
  expect(await emulation.type("key 6")).toBe(false);
  await keypad.close();
});

test.each(["onbon", "alpha"])("%s: what the sign shows is told, and nothing once it has no power", async (name) => {
  const rows: string[] = [];
  const { clock, link, emulation } = bench(name, {
    onRows: (shown) => void rows.push(shown.filter(Boolean).join("/")),
  });
  await emulation.plug();
  const layout = SIGN_LAYOUTS["256x64"];
  const sign =
    name === "alpha"
      ? createAlphaNameplate({ link, clock, columns: 15, rows: 1 })
      : createSignNameplate({
          link,
          clock,
          layout,
          painter: createBxFontPainter({ layout, generation: 6, colours: 1 }),
        });
  await sign.open({ onHealth: () => {} });
  sign.show({ lines: [{ zh: name === "alpha" ? "" : "一号窗口", en: "Counter 1", emphasis: "normal" }] });
  await clock.advanceSettled(seconds(5));
  expect(rows.at(-1)).toContain("Counter 1");
  await emulation.type("unplug");
  expect(rows.at(-1)).toBe("");
  await sign.close();
  await emulation.close();
});

test("firmata: a typed press closes the contact for so long; a pin it has not is refused", async () => {
  const { emulation } = bench("firmata");
  await emulation.plug();
  expect(await emulation.type("press D2 1700")).toBe(true);
  for (const nonsense of ["press D1", "press D2 0", "push D2", "press", "release X"]) {
    expect(await emulation.type(nonsense)).toBe(false);
  }
  expect(await emulation.type("  ")).toBe(true);
  await emulation.close();
});

test("every device says in both languages what it is, what may be typed, and how it is configured", () => {
  for (const { summary, configuration } of Object.values(EMULATORS)) {
    expect(summary.zh).toMatch(/[\u4e00-\u9fff]/u);
    expect(summary.en).toMatch(/^[\u0020-\u007e]+$/u);
    expect(configuration).toContain("PATH");
  }
  expect(Object.keys(EMULATORS).toSorted()).toEqual(
    ["alpha", "firmata", "keypad", "onbon", "osdp", "pn532", "rdm6300", "wiegand"].toSorted(),
  );
});

test("a plug that is pulled by somebody else is told, and can be put back", async () => {
  const clock = new VirtualClock();
  let broken = (): void => {};
  let plugs = 0;
  const told: string[] = [];
  const wire = (listener: WireEndListener): WireEnd => {
    broken = () => listener.onBroken();
    const none = async (): Promise<void> => {};
    return { plug: async () => void (plugs += 1), unplug: none, close: none, say: () => {} };
  };
  const device = present(EMULATORS["rdm6300"], "rdm6300");
  const emulation = new Emulation({ device, wire, clock, tell: ({ en }) => void told.push(en) });
  await emulation.plug();
  broken();
  await emulation.type("plug");
  clock.advance(milliseconds(1));
  expect([plugs, told]).toEqual([2, ["plugged in", "the wire broke: type plug", "plugged in"]]);
});
