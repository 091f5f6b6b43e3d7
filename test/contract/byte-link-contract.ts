import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { assert } from "../../protocol/base/assert.ts";
import type { ByteLink, ByteLinkListener } from "../../hardware/ports/byte-link.ts";

/** A link and the device at its other end. It starts unplugged. */
export interface ByteLinkRig {
  readonly link: ByteLink;
  plug(): Promise<void>;
  unplug(): Promise<void>;
  /** The device says something. */
  say(text: string): void;
  /** All the device has heard so far. */
  heard(): string;
  /** From now on, until the next plug, the device takes nothing. Where it `stalls`. */
  stall?(): void;
  /** Lets time pass until `holds`, and fails when that takes too long. */
  until(what: string, holds: () => boolean): Promise<void>;
  /** Several attempts of the link later. */
  linger(): Promise<void>;
  /** After `close`: whatever was said to the link would have been reported by now. Plugs the device if need be. */
  afterwards(): Promise<void>;
  release(): Promise<void>;
}

/** Writes down what a link reports; bytes that follow one another are one entry. */
export class LinkDiary implements ByteLinkListener {
  readonly entries: string[] = [];
  readonly #onEntry: (entry: string) => void;

  constructor(onEntry: (entry: string) => void = () => {}) {
    this.#onEntry = onEntry;
  }

  onUp(): void {
    this.#write("up");
  }

  onDown(reason: string): void {
    this.#write(`down ${reason}`);
  }

  onBytes(chunk: Uint8Array): void {
    const text = Buffer.from(chunk).toString("latin1");
    const last = this.entries.at(-1);
    if (last?.startsWith("bytes ")) this.entries[this.entries.length - 1] = last + text;
    else this.#write(`bytes ${text}`);
  }

  #write(entry: string): void {
    this.entries.push(entry);
    this.#onEntry(entry);
  }
}

export interface ByteLinkTraits {
  /** False for links whose other direction carries levels of lines and not bytes. */
  readonly hears?: boolean;
  /** The rig can play a device that takes nothing more. Default: it cannot. */
  readonly stalls?: boolean;
}

/** What every link keeps, the fake and the real ones. */
export function byteLinkContract(
  name: string,
  makeRig: () => Promise<ByteLinkRig>,
  { hears = true, stalls = false }: ByteLinkTraits = {},
): void {
  describe(`ByteLink contract: ${name}`, () => {
    let made: ByteLinkRig | null = null;
    const current = (): ByteLinkRig => {
      assert(made !== null, "the rig stands");
      return made;
    };
    beforeEach(async () => {
      made = await makeRig();
    });
    afterEach(() => current().release());
    comesAndGoes(current);
    tellsBytes(current);
    if (hears) hearsBytes(current);
    if (stalls) takesNothing(current);
    closes(current);
  });
}

const reached = (rig: ByteLinkRig, diary: LinkDiary, ...entries: string[]): Promise<void> =>
  rig.until(entries.join(", "), () => diary.entries.join() === entries.join());

async function opened(rig: ByteLinkRig): Promise<LinkDiary> {
  const diary = new LinkDiary();
  await rig.plug();
  await rig.link.open(diary);
  await reached(rig, diary, "up");
  return diary;
}

function comesAndGoes(current: () => ByteLinkRig): void {
  test("opens without its device, says so once, and comes up when it comes", async () => {
    const rig = current();
    const diary = new LinkDiary();
    await rig.link.open(diary);
    await reached(rig, diary, "down absent");
    await rig.linger();
    expect(diary.entries).toEqual(["down absent"]);
    await rig.plug();
    await reached(rig, diary, "down absent", "up");
  });

  test("goes down when the device goes, and heals each time it is back", async () => {
    const rig = current();
    const diary = await opened(rig);
    for (const word of ["one", "two"]) {
      const before = [...diary.entries];
      await rig.unplug();
      await rig.until("down", () => diary.entries.length > before.length);
      expect(diary.entries.at(-1)).toMatch(/^down (?:unplugged|hung-up)$/u);
      await rig.linger();
      expect(diary.entries).toHaveLength(before.length + 1);
      await rig.plug();
      await rig.until("up", () => diary.entries.at(-1) === "up");
      rig.say(word);
      await rig.until(word, () => diary.entries.at(-1) === `bytes ${word}`);
    }
  });
}

const ALL_BYTES = String.fromCharCode(...Array.from({ length: 256 }, (_, value) => value));

function tellsBytes(current: () => ByteLinkRig): void {
  test("tells bytes of every value, in order and unchanged", async () => {
    const rig = current();
    const diary = await opened(rig);
    rig.say(ALL_BYTES);
    rig.say(ALL_BYTES);
    await reached(rig, diary, "up", `bytes ${ALL_BYTES}${ALL_BYTES}`);
  });
}

function hearsBytes(current: () => ByteLinkRig): void {
  test("the device hears bytes of every value, in order and unchanged", async () => {
    const rig = current();
    await opened(rig);
    rig.link.write(Buffer.from(ALL_BYTES, "latin1"));
    rig.link.write(Buffer.from(ALL_BYTES, "latin1"));
    await rig.until("all heard", () => rig.heard() === ALL_BYTES + ALL_BYTES);
  });

  test("drops what is written while it is down", async () => {
    const rig = current();
    const diary = new LinkDiary();
    rig.link.write(Buffer.from("before open"));
    await rig.link.open(diary);
    await reached(rig, diary, "down absent");
    rig.link.write(Buffer.from("while down"));
    await rig.plug();
    await reached(rig, diary, "down absent", "up");
    rig.link.write(Buffer.from("while up"));
    await rig.until("heard", () => rig.heard().endsWith("while up"));
    expect(rig.heard()).toBe("while up");
  });
}

function takesNothing(current: () => ByteLinkRig): void {
  test("a device that takes nothing more is a fault, and is well again when it is back", async () => {
    const rig = current();
    const diary = await opened(rig);
    assert(rig.stall !== undefined, "the rig stalls");
    rig.stall();
    rig.link.write(Buffer.from("not taken"));
    await rig.until("down", () => diary.entries.includes("down hung-up"));
    await rig.unplug();
    await rig.plug();
    await rig.until("up", () => diary.entries.at(-1) === "up");
    rig.link.write(Buffer.from("taken"));
    await rig.until("heard", () => rig.heard() === "taken");
  });
}

function closes(current: () => ByteLinkRig): void {
  test("closed while up it reports nothing more, and hears nothing more", async () => {
    const rig = current();
    const diary = await opened(rig);
    await rig.link.close();
    rig.say("late");
    rig.link.write(Buffer.from("late"));
    await rig.afterwards();
    expect(diary.entries).toEqual(["up"]);
    expect(rig.heard()).toBe("");
  });

  test("closed while down it does not come up", async () => {
    const rig = current();
    const diary = new LinkDiary();
    await rig.link.open(diary);
    await reached(rig, diary, "down absent");
    await rig.link.close();
    await rig.afterwards();
    expect(diary.entries).toEqual(["down absent"]);
  });

  test("closed in the midst of opening it never comes up", async () => {
    const rig = current();
    await rig.plug();
    const diary = new LinkDiary();
    const opening = rig.link.open(diary);
    const before = diary.entries.length; // A link may be up at once.
    await rig.link.close();
    await opening;
    rig.say("late");
    await rig.afterwards();
    expect(diary.entries).toHaveLength(before);
  });

  test("closed by its own listener it says no more", async () => {
    const rig = current();
    await rig.plug();
    let closing = Promise.resolve();
    const diary = new LinkDiary(() => {
      closing = rig.link.close();
    });
    await rig.link.open(diary);
    await reached(rig, diary, "up");
    await closing;
    rig.say("late");
    await rig.afterwards();
    expect(diary.entries).toEqual(["up"]);
  });

  test("closing again, or without opening, does nothing", async () => {
    const rig = current();
    await rig.link.close();
    await rig.link.close();
    await Promise.all([rig.link.close(), rig.link.close()]);
  });
}
