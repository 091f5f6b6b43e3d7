import { z } from "zod";

/** One line of what the machine tells while it runs the tests. */
export const DeviceFact = z.object({
  part: z.string(),
  test: z.string(),
  /** Null: it passed. Else why it did not. */
  fault: z.string().nullable(),
  /** By the machine's own clock. */
  guestMs: z.number(),
});
export type DeviceFact = z.infer<typeof DeviceFact>;

/** The tests of each part, in their order. */
export const DeviceTests = z.array(z.object({ part: z.string(), test: z.string() }));
export type DeviceTests = z.infer<typeof DeviceTests>;
