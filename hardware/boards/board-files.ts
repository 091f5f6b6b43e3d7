import { z } from "zod";

/** Boards whose wiring is known by name. Beside this file each has a YAML of its own. */
export const BOARD_NAMES = ["bench", "orange-pi-zero-2w", "raspberry-pi-4", "raspberry-pi-5", "x86-arduino"] as const;
export type BoardName = (typeof BOARD_NAMES)[number];

/** A chip's label as `gpiodetect` shows it in brackets, and its lines that are led out: name to offset. */
export const BoardChip = z.strictObject({
  label: z.string().min(1).max(64),
  lines: z.record(z.string().regex(/^[A-Z][A-Z0-9_]{1,31}$/u), z.int().min(0).max(1023)),
});
export type BoardChip = z.output<typeof BoardChip>;

/** What a board's file says besides how devices are wired to it, which its reader checks. */
export const boardFacts = {
  title: z.strictObject({ zh: z.string().min(1), en: z.string().min(1) }),
  /** Empty: what is wired to the machine itself is not known. */
  chips: z.array(BoardChip),
};

export const boardFile = (name: BoardName): URL => new URL(`./${name}.yaml`, import.meta.url);
