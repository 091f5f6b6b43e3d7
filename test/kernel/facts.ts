import { z } from "zod";

/**
 * What somebody was told, as the guest says it to the host the moment it was told: one line each on a channel that
 * needs no disk. From then on no power cut may undo it.
 */
export const Fact = z.discriminatedUnion("type", [
  /** Every terminal hears its controller again, started by nobody's hand. */
  z.object({ type: z.literal("ready"), uptimeMs: z.number() }),
  /** The hall answered a citizen at the kiosk. */
  z.object({ type: z.literal("ticket"), id: z.string(), number: z.string() }),
  /** The reader's light went green: the tap is in the terminal's journal. */
  z.object({ type: z.literal("green"), terminal: z.string(), badge: z.string() }),
  /** The keypad thanked: one more rating is in the terminal's journal. */
  z.object({ type: z.literal("thanked"), terminal: z.string() }),
  /** A nameplate shows the number: the call is in the hall's log. */
  z.object({ type: z.literal("called"), terminal: z.string(), number: z.string() }),
  /** The controller acknowledged a terminal's inputs up to this one: they are in the hall's log. */
  z.object({ type: z.literal("acked"), terminal: z.string(), stream: z.string(), upTo: z.number() }),
  /** Every journal is acknowledged to its end, and nobody presses any more. */
  z.object({ type: z.literal("settled") }),
  /** A program of the product, or the machine itself, gave up: never right here. */
  z.object({ type: z.literal("failed"), what: z.string() }),
]);
export type Fact = z.infer<typeof Fact>;

export const lineOfFact = (number: number, fact: Fact): string => `${number} ${JSON.stringify(fact)}\n`;

/** Cuts the channel's bytes into facts. A line without its end was never said; a missing number is a broken channel. */
export class FactReader {
  #rest = "";
  #count = 0;

  take(chunk: string): Fact[] {
    const lines = (this.#rest + chunk).split("\n");
    this.#rest = lines.pop() ?? "";
    return lines.map((line) => this.#read(line));
  }

  #read(line: string): Fact {
    const space = line.indexOf(" ");
    this.#count += 1;
    if (line.slice(0, space) !== String(this.#count)) throw new Error(`fact ${this.#count} is missing before: ${line}`);
    return Fact.parse(JSON.parse(line.slice(space + 1)));
  }
}
