// The Network Block Device protocol, fixed newstyle (NetworkBlockDevice/nbd, doc/proto.md), as much as a disk needs
// that reads, writes and flushes.

const GREETING = Buffer.concat([Buffer.from("NBDMAGICIHAVEOPT"), Buffer.from([0, 0b11])]); // Fixed newstyle, no zeroes.
const REPLY_MAGIC = Buffer.from("0003e889045565a9", "hex");
const REQUEST_MAGIC = 0x25609513;
const SIMPLE_REPLY_MAGIC = 0x67446698;
/** The export has flags, and takes flushes. Neither FUA nor trim: QEMU then flushes where the guest asks for FUA. */
const EXPORT_FLAGS = 0b101;
const REQUEST_BYTES = 28;
const OPTION_BYTES = 16;

const OPTION = { exportName: 1, abort: 2, info: 6, go: 7 } as const;
const REPLY = { ack: 1, info: 3, unsupported: 0x8000_0001 } as const;
export const COMMAND = { read: 0, write: 1, disconnect: 2, flush: 3 } as const;
/** NBD_EINVAL. */
export const EINVAL = 22;

export interface NbdRequest {
  readonly type: number;
  readonly cookie: Buffer;
  readonly offset: number;
  readonly length: number;
  /** Of a write. */
  readonly bytes: Buffer;
}

export interface NbdPeer {
  send(bytes: Buffer): void;
  /** Called in the order of the wire; answer with `simpleReply`. */
  onRequest(request: NbdRequest): void;
  end(): void;
}

export function simpleReply(cookie: Buffer, error: number, bytes: Buffer = Buffer.alloc(0)): Buffer {
  const head = Buffer.alloc(16);
  head.writeUInt32BE(SIMPLE_REPLY_MAGIC, 0);
  head.writeUInt32BE(error, 4);
  cookie.copy(head, 8);
  return Buffer.concat([head, bytes]);
}

/** The server's side of one connection: bytes in, requests out. */
export class NbdSession {
  readonly #peer: NbdPeer;
  readonly #size: number;
  #buffer: Buffer = Buffer.alloc(0);
  #step: "flags" | "options" | "requests" = "flags";

  constructor(peer: NbdPeer, size: number) {
    this.#peer = peer;
    this.#size = size;
    peer.send(GREETING);
  }

  take(chunk: Buffer): void {
    this.#buffer = this.#buffer.length === 0 ? chunk : Buffer.concat([this.#buffer, chunk]);
    while (this.#takeOne());
  }

  /** False when more bytes are needed. */
  #takeOne(): boolean {
    switch (this.#step) {
      case "flags":
        if (this.#buffer.length < 4) return false;
        this.#drop(4);
        this.#step = "options";
        return true;
      case "options":
        return this.#takeOption();
      case "requests":
        return this.#takeRequest();
      default:
        return this.#step;
    }
  }

  #takeOption(): boolean {
    if (this.#buffer.length < OPTION_BYTES) return false;
    const option = this.#buffer.readUInt32BE(8);
    const length = this.#buffer.readUInt32BE(12);
    if (this.#buffer.length < OPTION_BYTES + length) return false;
    this.#drop(OPTION_BYTES + length);
    this.#answer(option);
    return true;
  }

  #answer(option: number): void {
    const send = (bytes: Buffer): void => this.#peer.send(bytes);
    const described = Buffer.alloc(10);
    described.writeBigUInt64BE(BigInt(this.#size), 0);
    described.writeUInt16BE(EXPORT_FLAGS, 8);
    if (option === OPTION.exportName) {
      send(described);
      this.#step = "requests";
    } else if (option === OPTION.go || option === OPTION.info) {
      send(optionReply(option, REPLY.info, Buffer.concat([Buffer.from([0, 0]), described])));
      send(optionReply(option, REPLY.ack));
      if (option === OPTION.go) this.#step = "requests";
    } else if (option === OPTION.abort) {
      send(optionReply(option, REPLY.ack));
      this.#peer.end();
    } else send(optionReply(option, REPLY.unsupported));
  }

  #takeRequest(): boolean {
    const buffer = this.#buffer;
    if (buffer.length < REQUEST_BYTES) return false;
    if (buffer.readUInt32BE(0) !== REQUEST_MAGIC) throw new Error("this is no NBD request");
    const type = buffer.readUInt16BE(6);
    const cookie = buffer.subarray(8, 16);
    const offset = Number(buffer.readBigUInt64BE(16));
    const length = buffer.readUInt32BE(24);
    const end = REQUEST_BYTES + (type === COMMAND.write ? length : 0);
    if (buffer.length < end) return false;
    this.#drop(end);
    this.#peer.onRequest({ type, cookie, offset, length, bytes: buffer.subarray(REQUEST_BYTES, end) });
    return true;
  }

  #drop(count: number): void {
    this.#buffer = this.#buffer.subarray(count);
  }
}

function optionReply(option: number, type: number, bytes: Buffer = Buffer.alloc(0)): Buffer {
  const head = Buffer.alloc(20);
  REPLY_MAGIC.copy(head, 0);
  head.writeUInt32BE(option, 8);
  head.writeUInt32BE(type, 12);
  head.writeUInt32BE(bytes.length, 16);
  return Buffer.concat([head, bytes]);
}
