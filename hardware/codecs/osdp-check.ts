/** CRC-16 of OSDP: polynomial 1021, not reflected, from 1D0F. */
export function osdpCrc(bytes: Iterable<number>): number {
  let crc = 0x1d0f;
  for (const byte of bytes) {
    crc ^= byte << 8;
    for (let bit = 0; bit < 8; bit += 1) crc = ((crc & 0x8000) === 0 ? crc << 1 : (crc << 1) ^ 0x1021) & 0xffff;
  }
  return crc;
}

/** The byte that makes the sum of all bytes zero. */
export function osdpChecksum(bytes: Iterable<number>): number {
  let sum = 0;
  for (const byte of bytes) sum += byte;
  return -sum & 0xff;
}
