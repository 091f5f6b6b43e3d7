import { randomBytes } from "node:crypto";

/** Bytes nobody can foretell: for challenges to a device. */
export const drawBytes = (count: number): Uint8Array => Uint8Array.from(randomBytes(count));
