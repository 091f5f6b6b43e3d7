import type { Measurement } from "./bench.ts";
import { attendance } from "./rows/attendance.ts";
import { calls } from "./rows/calls.ts";
import { herd } from "./rows/herd.ts";
import { memory } from "./rows/memory.ts";
import { presses } from "./rows/presses.ts";
import { raw } from "./rows/raw.ts";
import { restart } from "./rows/restart.ts";
import { tickets } from "./rows/tickets.ts";
import { waiting } from "./rows/waiting.ts";
import { wires } from "./rows/wires.ts";

/** In the order of the table; raw figures first, because the others are held against them. */
export const MEASUREMENTS: readonly Measurement[] = [
  raw,
  presses,
  calls,
  tickets,
  waiting,
  restart,
  attendance,
  herd,
  memory,
  wires,
];
