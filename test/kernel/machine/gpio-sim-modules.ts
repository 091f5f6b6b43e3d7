import { execFileSync } from "node:child_process";
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { PROJECT } from "./virtual-machine.ts";

/** Puts the kernel's GPIO simulator into a folder of `target`, modules in their order: the distribution has none. */
export function unpackGpioSim(target: string): string {
  const script = join(PROJECT, "test/kernel/machine/build-devices.sh");
  const made = execFileSync(script, { encoding: "utf8", stdio: ["ignore", "pipe", "inherit"] }).trim();
  const folder = join(target, "gpio-sim");
  mkdirSync(folder);
  const unpack = 'gzip -dc "$1" | cpio --extract --make-directories --quiet "*modules/90[01]_*"';
  execFileSync("sh", ["-c", unpack, "sh", join(made, "devices.gz")], { cwd: folder });
  return join(folder, "modules");
}
