import { type BadgeReader, type CanonicalBadge, createRdm6300Reader, encodeRdm6300 } from "../../hardware/index.ts";
import { type Clock, milliseconds, type Timer } from "../../protocol/index.ts";
import type { Chance } from "../time/chance.ts";
import { MemoryWire } from "../wire/memory-wire.ts";

/** A resting card is read so often, this far apart: well within the silence that ends a presentation. Milliseconds. */
const FRAMES = 4;
const FRAME_MS = 60;

/** The product's own serial reader on a wire of which the bytes arrive damaged: at least the last frame is whole. */
export class NoisyReader {
  readonly device: BadgeReader;
  readonly #wire: MemoryWire;
  readonly #clock: Clock;
  readonly #chance: Chance;
  readonly #frames: Timer[] = [];

  constructor(clock: Clock, chance: Chance) {
    this.#clock = clock;
    this.#chance = chance;
    this.#wire = new MemoryWire(clock);
    this.device = createRdm6300Reader({ link: this.#wire.byteLink(), clock });
  }

  /** A card near the coil for as long as it takes. `damaged`: all frames but the last come as garbage. */
  tap(badge: CanonicalBadge, damaged: boolean): void {
    const frame = encodeRdm6300(badge, { version: 0 });
    for (const timer of this.#frames.splice(0)) timer.cancel(); // There is room for one card at the coil.
    for (let nth = 1; nth <= FRAMES; nth += 1) {
      const bytes = damaged && nth < FRAMES ? this.#damage(frame) : frame;
      this.#frames.push(this.#clock.after(milliseconds(nth * FRAME_MS), () => this.#wire.say(bytes)));
    }
  }

  unplug(): void {
    this.#wire.unplug();
  }

  plug(): void {
    this.#wire.plug();
  }

  /** One flipped bit, a lost tail, or noise before it: none of them can be taken for another card. */
  #damage(frame: Uint8Array): Uint8Array {
    const chance = this.#chance;
    const how = chance.below(3);
    const at = 1 + chance.below(frame.length - 2);
    if (how === 0) return frame.slice(0, at);
    if (how === 1) return Uint8Array.from([...Array.from({ length: 5 }, () => chance.below(256)), ...frame.slice(at)]);
    return frame.map((byte, index) => (index === at ? byte ^ (1 << chance.below(7)) : byte));
  }
}
