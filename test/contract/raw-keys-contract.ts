import { expect, test } from "vitest";
import { type DurationMs, milliseconds, seconds } from "../../protocol/base/time.ts";
import type { DeviceHealth } from "../../hardware/ports/device-health.ts";
import type { KeyEdge } from "../../hardware/ports/key-edge.ts";

/** A device with keys, the fingers on them and its cable. It starts plugged in, and not opened. */
export interface RawKeysRig<Name> {
  readonly names: readonly Name[];
  open(diary: KeysDiary<Name>): Promise<void>;
  close(): Promise<void>;
  /** Puts a finger on a key, or takes it off. */
  finger(name: Name, edge: KeyEdge["edge"]): void;
  unplug(): Promise<void>;
  plug(): Promise<void>;
  /** Every order the device takes, once: none may throw, whatever state it is in. */
  order(): void;
  /** Lets so much of the device's time pass, and everything under way come through. */
  pass(duration: DurationMs): Promise<void>;
  /** Lets time pass until `holds`, and fails when that takes too long. */
  until(what: string, holds: () => boolean): Promise<void>;
  /** It tells of changes alone: what was down before it was opened it does not know. Default: it knows. */
  readonly seesChangesAlone?: boolean;
  /** For how long a key is held at most. Default: half a minute; less where time is dear. */
  readonly longHold?: DurationMs;
  /** How far the distance of two edges may be from what the finger did: bounce, polling, transport. */
  readonly tolerance: DurationMs;
}

/** Writes down what a device with keys reports. */
export class KeysDiary<Name> {
  readonly edges: (KeyEdge & { readonly name: Name })[] = [];
  readonly health: DeviceHealth[] = [];

  get isOk(): boolean {
    return this.health.at(-1)?.state === "ok";
  }

  of(name: Name): KeyEdge[] {
    return this.edges.filter((edge) => edge.name === name);
  }

  isDown(name: Name): boolean {
    return this.of(name).at(-1)?.edge === "pressed";
  }
}

const LONG_ENOUGH = milliseconds(200);

/** What every device with keys keeps, whatever the keys are for. Bounces are allowed, and none is expected. */
export function rawKeysContract<Name>(current: () => RawKeysRig<Name>): void {
  pressContract(current);
  cableContract(current);
  closeContract(current);
}

async function opened<Name>(rig: RawKeysRig<Name>): Promise<KeysDiary<Name>> {
  const diary = new KeysDiary<Name>();
  await rig.open(diary);
  await rig.until("healthy", () => diary.isOk);
  return diary;
}

async function press<Name>(rig: RawKeysRig<Name>, name: Name, heldFor: DurationMs = LONG_ENOUGH): Promise<void> {
  rig.finger(name, "pressed");
  await rig.pass(heldFor);
  rig.finger(name, "released");
  await rig.pass(LONG_ENOUGH);
}

/** Edges of one contact alternate from `pressed` on, and their time never runs back. */
function expectOrderly(edges: readonly KeyEdge[]): void {
  expect(edges.map(({ edge }) => edge)).toEqual(edges.map((_, i) => (i % 2 === 0 ? "pressed" : "released")));
  const instants = edges.map(({ at }) => Number(at));
  expect(instants).toEqual(instants.toSorted((a, b) => a - b));
}

function pressContract<Name>(current: () => RawKeysRig<Name>): void {
  test("each key is reported under its own name, pressed first and released last", async () => {
    const rig = current();
    const diary = await opened(rig);
    for (const name of rig.names) {
      await press(rig, name);
      await rig.until("released", () => diary.of(name).length > 0 && !diary.isDown(name));
      expectOrderly(diary.of(name));
    }
    expect(diary.edges.length).toBe(rig.names.flatMap((name) => diary.of(name)).length);
  });

  test("the first edge and the last are as far apart as the finger held", async () => {
    const rig = current();
    const [name] = rig.names;
    if (name === undefined) return expect.unreachable("a device without keys");
    const diary = await opened(rig);
    await press(rig, name, milliseconds(1600));
    const edges = diary.of(name);
    const span = Number(edges.at(-1)?.at) - Number(edges[0]?.at);
    expect(Math.abs(span - 1600)).toBeLessThanOrEqual(rig.tolerance);
  });

  test("fingers on several keys at once are kept apart", async () => {
    const rig = current();
    const diary = await opened(rig);
    for (const name of rig.names) rig.finger(name, "pressed");
    await rig.pass(LONG_ENOUGH);
    expect(rig.names.every((name) => diary.isDown(name))).toBe(true);
    for (const name of rig.names) rig.finger(name, "released");
    await rig.pass(LONG_ENOUGH);
    for (const name of rig.names) {
      expectOrderly(diary.of(name));
      expect(diary.isDown(name)).toBe(false);
    }
  });

  test("a key that is held is reported once, for however long", async () => {
    const rig = current();
    const [name] = rig.names;
    if (name === undefined) return expect.unreachable("a device without keys");
    const diary = await opened(rig);
    rig.finger(name, "pressed");
    await rig.pass(LONG_ENOUGH);
    const before = diary.edges.length;
    await rig.pass(rig.longHold ?? seconds(30));
    expect(diary.edges.length).toBe(before);
    expect(diary.isDown(name)).toBe(true);
  });
}

function cableContract<Name>(current: () => RawKeysRig<Name>): void {
  test("a device that goes away says so, reports nothing meanwhile, and is well again when it is back", async () => {
    const rig = current();
    const diary = await opened(rig);
    await rig.unplug();
    await rig.until("fault", () => !diary.isOk);
    const health = diary.health.at(-1);
    expect(health?.state === "fault" && health.fault).toMatch(/^[a-z0-9-]{1,32}$/u);
    for (const name of rig.names) await press(rig, name);
    rig.order();
    expect(diary.edges).toEqual([]);
    await rig.plug();
    await rig.until("healthy", () => diary.isOk);
    for (const name of rig.names) await press(rig, name);
    for (const name of rig.names) expectOrderly(diary.of(name));
    expect(rig.names.every((name) => diary.of(name).length >= 2)).toBe(true);
  });

  test("a key that is down when the device comes is reported as pressed", async () => {
    const rig = current();
    const [name] = rig.names;
    if (name === undefined) return expect.unreachable("a device without keys");
    rig.finger(name, "pressed");
    await rig.pass(LONG_ENOUGH);
    const diary = await opened(rig);
    if (rig.seesChangesAlone !== true) await rig.until("down", () => diary.isDown(name));
    await rig.unplug();
    await rig.until("fault", () => !diary.isOk);
    const before = diary.edges.length;
    await rig.plug();
    await rig.until("down again", () => diary.edges.length > before && diary.isDown(name));
    expect(diary.edges[before]?.edge).toBe("pressed");
    rig.finger(name, "released");
    await rig.until("up", () => !diary.isDown(name));
  });

  test("opens without its device, and reports keys when it comes", async () => {
    const rig = current();
    await rig.unplug();
    const diary = new KeysDiary<Name>();
    await rig.open(diary);
    await rig.until("fault", () => diary.health.at(-1)?.state === "fault");
    await rig.plug();
    await rig.until("healthy", () => diary.isOk);
    for (const name of rig.names) await press(rig, name);
    for (const name of rig.names) expectOrderly(diary.of(name));
  });
}

function closeContract<Name>(current: () => RawKeysRig<Name>): void {
  test("nothing is reported after close, orders are taken in silence, and a second close does nothing", async () => {
    const rig = current();
    const diary = await opened(rig);
    for (const name of rig.names) rig.finger(name, "pressed");
    await rig.close();
    const [edges, healths] = [diary.edges.length, diary.health.length];
    for (const name of rig.names) rig.finger(name, "released");
    await rig.unplug();
    await rig.plug();
    await rig.pass(seconds(5));
    rig.order();
    await rig.close();
    expect([diary.edges.length, diary.health.length]).toEqual([edges, healths]);
  });
}
