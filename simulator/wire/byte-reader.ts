import { assert } from "../../protocol/index.ts";

/** Takes a message apart from its first byte to its last; what is missing or left over is an assertion. */
export class ByteReader {
  readonly #bytes: Uint8Array;
  #at = 0;

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
  }

  get left(): number {
    return this.#bytes.length - this.#at;
  }

  u8(): number {
    const byte = this.take(1)[0];
    assert(byte !== undefined, "one byte was taken");
    return byte;
  }

  u16(): number {
    return this.u8() + this.u8() * 0x100;
  }

  u32(): number {
    return this.u16() + this.u16() * 0x1_0000;
  }

  take(count: number): Uint8Array {
    assert(count <= this.left, "the message is long enough");
    const taken = this.#bytes.slice(this.#at, this.#at + count);
    this.#at += count;
    return taken;
  }

  /** These bytes, and no others. */
  expect(...bytes: readonly number[]): void {
    for (const byte of bytes) assert(this.u8() === byte, "the message has the byte it must have");
  }
}
