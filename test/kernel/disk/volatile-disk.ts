import type { Random } from "../../../protocol/index.ts";

const SECTOR_BYTES = 512;
/**
 * ext4 writes its superblock in place, with a checksum, and counts on the drive to write it whole, as one with sectors
 * of 4 KiB does: half a superblock is for a person with `e2fsck -b`. No cut tears it.
 */
const SUPERBLOCK = { from: 1_024, to: 2_048 };

interface PendingWrite {
  readonly offset: number;
  readonly bytes: Buffer;
}

/** What becomes of writes that no flush confirmed: each survives with this probability; one is torn within itself. */
export interface Fate {
  readonly survival: number;
  readonly tears: boolean;
}

export interface CutReport {
  readonly pending: number;
  readonly dropped: number;
  readonly torn: number;
}

/**
 * A disk with a write cache that loses power. Reads see every write. What lasts is what was written before a flush; of
 * the rest a cut keeps any part, in sectors, for a drive writes in what order it likes.
 */
export class VolatileDisk {
  readonly size: number;
  readonly #lasting: Buffer;
  readonly #seen: Buffer;
  #pending: PendingWrite[] = [];

  /** Takes `image` over as what lasts. */
  constructor(image: Buffer) {
    this.size = image.length;
    this.#lasting = image;
    this.#seen = Buffer.from(image);
  }

  read(offset: number, length: number): Buffer {
    return this.#seen.subarray(offset, offset + length);
  }

  write(offset: number, bytes: Buffer): void {
    const kept = Buffer.from(bytes);
    kept.copy(this.#seen, offset);
    this.#pending.push({ offset, bytes: kept });
  }

  flush(): void {
    for (const { offset, bytes } of this.#pending) bytes.copy(this.#lasting, offset);
    this.#pending = [];
  }

  /** Power off and on: what is read from now on is what lasts. */
  cut({ survival, tears }: Fate, random: Random): CutReport {
    const pending = this.#pending;
    const tornOne = tears && pending.length > 0 ? Math.floor(random.next() * pending.length) : -1;
    let dropped = 0;
    for (const [index, write] of pending.entries()) {
      if (index === tornOne) this.#tear(write, random);
      else if (random.next() < survival) write.bytes.copy(this.#lasting, write.offset);
      else dropped += 1;
    }
    for (const { offset, bytes } of pending) this.#lasting.copy(this.#seen, offset, offset, offset + bytes.length);
    this.#pending = [];
    return { pending: pending.length, dropped, torn: tornOne >= 0 ? 1 : 0 };
  }

  /** What a reader would find after power is back. */
  image(): Buffer {
    return this.#lasting;
  }

  #tear({ offset, bytes }: PendingWrite, random: Random): void {
    const superblockLasts = random.next() < 0.5;
    for (let at = 0; at < bytes.length; at += SECTOR_BYTES) {
      const isSuperblock = offset + at >= SUPERBLOCK.from && offset + at < SUPERBLOCK.to;
      const lasts = isSuperblock ? superblockLasts : random.next() < 0.5;
      if (lasts) bytes.copy(this.#lasting, offset + at, at, at + SECTOR_BYTES);
    }
  }
}
