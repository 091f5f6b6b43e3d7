/** CRC-16 with polynomial 8005, reflected. From 0 it is CRC-16/ARC (check BB3D), from FFFF Modbus (check 4B37). */
export function crc16Arc(bytes: Iterable<number>, initial = 0): number {
  let crc = initial;
  for (const byte of bytes) {
    crc ^= byte;
    for (let bit = 0; bit < 8; bit += 1) crc = (crc & 1) === 0 ? crc >>> 1 : (crc >>> 1) ^ 0xa001;
  }
  return crc;
}
