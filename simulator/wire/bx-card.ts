import {
  Bitmap,
  BX_ANY_CARD,
  BX_START,
  type BxFamily,
  type BxState,
  decodeBxEnvelope,
  decodeBxFrame,
  encodeBxEnvelope,
  encodeBxFrame,
  encodeBxReply,
} from "../../hardware/index.ts";
import { assert, Bug, type Clock, seconds, type Timer } from "../../protocol/index.ts";
import { type BxArea, type BxOrder, readBxOrder } from "./bx-orders.ts";

/** A picture of the largest sign, and all around it. */
const CARD_BODY_BYTES_MAX = 8192;
const CARD_ADDRESS = 0x0001;

export interface BxCardOptions {
  readonly family: BxFamily;
  readonly width: number;
  readonly height: number;
  readonly clock: Clock;
  /** What the card says. */
  readonly say: (bytes: Uint8Array) => void;
  /** 5: it counts x and width in bytes. Default: 6. */
  readonly generation?: 5 | 6;
}

interface Shown extends BxArea {
  readonly ends: Timer | null;
}

/** An Onbon BX card and its diodes, to the byte. Stricter than a real one: what it does not take it notes. */
export class BxCard {
  /** Why frames were not taken; a driver that works leaves it empty. */
  readonly complaints: string[] = [];
  /** Frames taken. */
  taken = 0;
  isOn = false;
  /** A card whose answers are lost, or that takes nothing. */
  mood: "well" | "mute" | "refusing" = "well";

  readonly #options: BxCardOptions;
  readonly #areas = new Map<number, Shown>();
  #state: BxState = BX_START;

  constructor(options: BxCardOptions) {
    this.#options = options;
  }

  hear(bytes: Uint8Array): void {
    const [state, found] = decodeBxEnvelope(this.#state, bytes, CARD_BODY_BYTES_MAX);
    this.#state = state;
    for (const envelope of found) {
      if (envelope.kind === "bad") this.complaints.push(envelope.reason);
      else this.#obey(envelope.body);
    }
  }

  /** Power goes and comes back: dynamic areas live in memory alone. */
  cutPower(): void {
    for (const { ends } of this.#areas.values()) ends?.cancel();
    this.#areas.clear();
    this.#state = BX_START;
    this.isOn = false;
  }

  /** What a font card shows, row by row; escapes for colours left out. Blank rows are "". */
  rows(): readonly string[] {
    const texts = [...this.#areas.values()].toSorted((a, b) => a.y - b.y).map(({ shows }) => textOf(shows));
    return this.isOn ? texts : texts.map(() => "");
  }

  /** What a picture card shows. */
  picture(): Bitmap {
    const [area] = this.#areas.values();
    const { width, height } = this.#options;
    return this.isOn && area !== undefined && "picture" in area.shows ? area.shows.picture : new Bitmap(width, height);
  }

  #obey(body: Uint8Array): void {
    const { family, generation = 6 } = this.#options;
    const frame = decodeBxFrame(family, body);
    if (frame === null) return void this.complaints.push("header");
    if (frame.destination !== BX_ANY_CARD && frame.destination !== CARD_ADDRESS) return;
    try {
      if (this.mood !== "refusing") this.#carryOut(readBxOrder(family, frame.content, generation));
      this.#answer(this.mood !== "refusing");
    } catch (thrown) {
      if (!(thrown instanceof Bug)) throw thrown;
      this.complaints.push(thrown.message);
      this.#answer(false);
    }
  }

  #carryOut(order: BxOrder): void {
    this.taken += 1;
    if (order.type === "power") this.isOn = order.on;
    if (order.type === "clear") for (const id of this.#areas.keys()) this.#remove(id);
    if (order.type !== "areas") return;
    for (const id of order.deleted) this.#remove(id);
    for (const area of order.areas) this.#show(area);
  }

  #show(area: BxArea): void {
    const { width, height, clock } = this.#options;
    assert(area.x + area.width <= width && area.y + area.height <= height, "an area lies on the sign");
    this.#remove(area.id);
    const { staleAfterSeconds: stale } = area;
    const ends = stale === null ? null : clock.after(seconds(stale), () => void this.#areas.delete(area.id));
    this.#areas.set(area.id, { ...area, ends });
  }

  #remove(id: number): void {
    this.#areas.get(id)?.ends?.cancel();
    this.#areas.delete(id);
  }

  #answer(taken: boolean): void {
    if (this.mood === "mute") return;
    const { family, say } = this.#options;
    const content = encodeBxReply(taken ? { kind: "ack" } : { kind: "nack", error: 1 });
    say(encodeBxEnvelope(encodeBxFrame(family, { destination: 0x8000, source: CARD_ADDRESS, content })));
  }
}

const textOf = (shows: BxArea["shows"]): string =>
  "text" in shows
    ? new TextDecoder("gbk")
        .decode(shows.text)
        .replace(/\\C[0-9]/gu, "")
        .trimEnd()
    : "";
