import { closeSync, openSync, readSync } from "node:fs";

export const ARCHITECTURES = ["x64", "arm64"] as const;
export type Architecture = (typeof ARCHITECTURES)[number];

/** e_machine of an ELF file. */
const MACHINES: Readonly<Record<number, Architecture>> = { 62: "x64", 183: "arm64" };
const ELF = 0x7f454c46;
const MACHINE_AT = 18;

/** What a program or native module runs on; null for any other file. */
export function machineOf(file: string): Architecture | null {
  const head = Buffer.alloc(MACHINE_AT + 2);
  const handle = openSync(file, "r");
  const length = readSync(handle, head);
  closeSync(handle);
  if (length < head.length || head.readUInt32BE(0) !== ELF) return null;
  return MACHINES[head.readUInt16LE(MACHINE_AT)] ?? null;
}
