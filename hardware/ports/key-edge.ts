import type { MonoMs } from "../../protocol/base/time.ts";

/**
 * One edge of a contact, raw: reported as soon as it is seen, bounces and all. A driver that settles contacts itself
 * may do so, within 5 ms; what counts as a press is the terminal's business. Edges of one contact alternate, the first
 * is `pressed`, and their instants never run back. Over a fault of its device a contact counts as let go without an
 * edge: one that is closed when the device is opened or back is reported as `pressed` then.
 */
export interface KeyEdge {
  readonly edge: "pressed" | "released";
  /** When it happened, by the monotonic clock: the hardware's own timestamp where there is one. */
  readonly at: MonoMs;
}
