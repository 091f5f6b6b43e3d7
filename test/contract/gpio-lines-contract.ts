import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { GpioLines, GpioLinesListener } from "../../hardware/ports/gpio-lines.ts";
import type { KeyEdge } from "../../hardware/ports/key-edge.ts";
import { assert } from "../../protocol/base/assert.ts";
import { type DurationMs, milliseconds, seconds } from "../../protocol/base/time.ts";

/** Lines with two contacts and two lamps, the fingers on them, and their cable. Plugged in, and not opened. */
export interface GpioLinesRig {
  readonly lines: GpioLines;
  readonly inputs: readonly [string, string];
  readonly outputs: readonly [string, string];
  finger(line: string, edge: KeyEdge["edge"]): void;
  isLit(line: string): boolean;
  unplug(): Promise<void>;
  plug(): Promise<void>;
  /** Lets so much of the lines' time pass, and everything under way come through. */
  pass(duration: DurationMs): Promise<void>;
  /** Lets time pass until `holds`, and fails when that takes too long. */
  until(what: string, holds: () => boolean): Promise<void>;
  /** Closes the lines and whatever stands around them; fails when anything is left. */
  release(): Promise<void>;
}

class LinesDiary implements GpioLinesListener {
  readonly words: string[] = [];
  isUp = false;
  /** What happens the very moment the lines are up. */
  readonly #atOnce: () => void;

  constructor(atOnce: () => void = () => {}) {
    this.#atOnce = atOnce;
  }

  onUp(): void {
    this.isUp = true;
    this.words.push("up");
    this.#atOnce();
  }

  onDown(reason: string): void {
    this.isUp = false;
    this.words.push(`down: ${reason}`);
  }

  onEdge(line: string, { edge }: KeyEdge): void {
    assert(this.isUp, "edges come only while the lines are up");
    this.words.push(`${line} ${edge}`);
  }

  has(word: string): boolean {
    return this.words.includes(word);
  }
}

const MOMENT = milliseconds(50);

/** What every GpioLines keeps: a chip's, an Arduino's, and those of a kernel. */
export function gpioLinesContract(name: string, makeRig: () => Promise<GpioLinesRig>): void {
  describe(`GpioLines contract: ${name}`, () => {
    let made: GpioLinesRig | null = null;
    const current = (): GpioLinesRig => {
      assert(made !== null, "the rig stands");
      return made;
    };
    beforeEach(async () => {
      made = await makeRig();
    });
    afterEach(() => current().release());
    edgesAndLamps(current);
    cableAndClose(current);
  });
}

async function opened(rig: GpioLinesRig): Promise<LinesDiary> {
  const diary = new LinesDiary();
  await rig.lines.open(diary);
  await rig.until("up", () => diary.isUp);
  return diary;
}

function edgesAndLamps(current: () => GpioLinesRig): void {
  test("edges of each contact under its own name, and none of a contact at rest", async () => {
    const rig = current();
    const [call, pause] = rig.inputs;
    const diary = await opened(rig);
    for (const [line, edge] of [
      [call, "pressed"],
      [pause, "pressed"],
      [call, "released"],
      [pause, "released"],
    ] as const) {
      rig.finger(line, edge);
      await rig.until(`${line} ${edge}`, () => diary.has(`${line} ${edge}`));
    }
    await rig.pass(seconds(5));
    expect(diary.words).toEqual(["up", `${call} pressed`, `${pause} pressed`, `${call} released`, `${pause} released`]);
  });

  test("a contact that closes the moment the lines are up is told", async () => {
    const rig = current();
    const [call, pause] = rig.inputs;
    const diary = new LinesDiary(() => rig.finger(pause, "pressed"));
    await rig.lines.open(diary);
    await rig.until("pressed", () => diary.has(`${pause} pressed`));
    rig.finger(call, "pressed");
    await rig.until("both pressed", () => diary.has(`${call} pressed`));
    expect(diary.words).toEqual(["up", `${pause} pressed`, `${call} pressed`]);
  });

  test("lamps burn each by its own order, whatever fingers do meanwhile", async () => {
    const rig = current();
    const [call] = rig.inputs;
    const [first, second] = rig.outputs;
    await opened(rig);
    rig.lines.write(first, true);
    await rig.until("lit", () => rig.isLit(first));
    rig.finger(call, "pressed");
    rig.lines.write(second, true);
    await rig.until("both lit", () => rig.isLit(first) && rig.isLit(second));
    rig.lines.write(first, false);
    rig.finger(call, "released");
    await rig.until("one lit", () => !rig.isLit(first) && rig.isLit(second));
  });
}

function cableAndClose(current: () => GpioLinesRig): void {
  test("a board that goes away is down, takes orders in silence, and comes back without a restart", async () => {
    const rig = current();
    const [call, pause] = rig.inputs;
    const diary = await opened(rig);
    rig.finger(call, "pressed");
    await rig.until("pressed", () => diary.has(`${call} pressed`));
    await rig.unplug();
    await rig.until("down", () => !diary.isUp);
    for (const line of rig.outputs) rig.lines.write(line, true);
    rig.finger(pause, "pressed");
    await rig.pass(MOMENT);
    const before = diary.words.length;
    await rig.plug();
    await rig.until("both pressed", () => diary.words.slice(before).includes(`${pause} pressed`));
    await rig.pass(MOMENT);
    expect(diary.words.slice(before).toSorted()).toEqual([`${call} pressed`, `${pause} pressed`, "up"].toSorted());
    rig.lines.write(rig.outputs[0], true);
    await rig.until("lit", () => rig.isLit(rig.outputs[0]));
  });

  test("opens without its board, and says why", async () => {
    const rig = current();
    await rig.unplug();
    const diary = new LinesDiary();
    await rig.lines.open(diary);
    await rig.until("down", () => diary.words.length > 0);
    expect(diary.words[0]).toMatch(/^down: [a-z-]+$/u);
    await rig.plug();
    await rig.until("up", () => diary.isUp);
  });

  test("after close nothing is told, orders are taken in silence, and a second close does nothing", async () => {
    const rig = current();
    const diary = await opened(rig);
    await rig.lines.close();
    const before = diary.words.length;
    rig.finger(rig.inputs[0], "pressed");
    rig.lines.write(rig.outputs[0], true);
    await rig.unplug();
    await rig.plug();
    await rig.pass(seconds(10));
    await rig.lines.close();
    expect(diary.words.length).toBe(before);
  });
}
