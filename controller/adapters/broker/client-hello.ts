import type { Socket } from "node:net";
import { HELLO_BYTES_MAX } from "./broker-limits.ts";

const HANDSHAKE_RECORD = 22;
const RECORD_HEADER = 5;

/**
 * Waits until the first TLS record of `socket` is there, whole: until then a client costs a descriptor and these bytes,
 * and no cryptography. They are put back for TLS to read. Exactly one of the two is called, or none if the socket ends.
 */
export function awaitHello(socket: Socket, onHello: () => void, onNoTls: () => void): void {
  let heard: Buffer = Buffer.alloc(0);
  const onReadable = (): void => {
    const chunk = socket.read() as Buffer | null;
    if (chunk === null) return;
    heard = Buffer.concat([heard, chunk]);
    const verdict = recordIn(heard);
    if (verdict === "incomplete") return;
    socket.off("readable", onReadable);
    if (verdict === "none") return onNoTls();
    socket.unshift(heard);
    onHello();
  };
  socket.on("readable", onReadable);
}

function recordIn(bytes: Buffer): "whole" | "incomplete" | "none" {
  if (bytes[0] !== HANDSHAKE_RECORD) return "none";
  if (bytes.length < RECORD_HEADER) return "incomplete";
  const length = RECORD_HEADER + bytes.readUInt16BE(3);
  if (length > HELLO_BYTES_MAX) return "none";
  return bytes.length < length ? "incomplete" : "whole";
}
