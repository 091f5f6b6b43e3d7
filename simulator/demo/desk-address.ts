import { readFileSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";

const DeskTokens = z.object({ tokens: z.array(z.object({ counter: z.string(), address: z.string() })) });

/** Where the controller keeps the one-time addresses of the counter pages; each opens its page once. */
export const deskTokensFile = (dataDirectory: string): string => join(dataDirectory, "keys", "desk-tokens.json");

/** The counter page's address, good once; null when there is none. */
export function deskAddress(dataDirectory: string, counter: string): string | null {
  try {
    const { tokens } = DeskTokens.parse(JSON.parse(readFileSync(deskTokensFile(dataDirectory), "utf8")));
    return tokens.find((entry) => entry.counter === counter)?.address ?? null;
  } catch {
    return null; // A hall without pages for clerks is still a hall.
  }
}
