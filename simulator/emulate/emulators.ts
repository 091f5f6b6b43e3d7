import type { EmulatedDevice } from "./emulator.ts";
import { KEYS } from "./keys.ts";
import { READERS } from "./readers.ts";
import { SIGNS } from "./signs.ts";

/** Everything `hallward emulate` can be. */
export const EMULATORS: Readonly<Record<string, EmulatedDevice>> = { ...READERS, ...KEYS, ...SIGNS };
