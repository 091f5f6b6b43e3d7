import { createHash } from "node:crypto";

/** SHA-256 of a paper, lower-case hex: what the log keeps of it. */
export const digestOfBytes = (bytes: Uint8Array): string => createHash("sha256").update(bytes).digest("hex");
