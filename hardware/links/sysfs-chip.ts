import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

/** Where kernels with CONFIG_GPIO_SYSFS have it. Raspberry Pi OS 13 and Orange Pi's own kernels do not. */
export const SYSFS_GPIO = "/sys/class/gpio";

export interface SysfsChip {
  /** The number of its first line among all lines of the machine: another one on each board and kernel. */
  readonly base: number;
  readonly lines: number;
}

/**
 * The chip of that label, the lowest where there are several; null when there is none, or no sysfs for chips at all.
 * These files are the kernel's memory and no disk's: reading them waits for nothing.
 */
export function sysfsChip(label: string, root: string = SYSFS_GPIO): SysfsChip | null {
  const chips = chipFolders(root).flatMap((folder): SysfsChip[] => {
    const [found, base, lines] = ["label", "base", "ngpio"].map((file) => textOf(join(root, folder, file)));
    const chip = { base: Number.parseInt(base ?? "", 10), lines: Number.parseInt(lines ?? "", 10) };
    return found === label && chip.base >= 0 && chip.lines > 0 ? [chip] : [];
  });
  return chips.toSorted((a, b) => a.base - b.base)[0] ?? null;
}

function chipFolders(root: string): readonly string[] {
  try {
    return readdirSync(root).filter((entry) => /^gpiochip\d+$/u.test(entry));
  } catch {
    return [];
  }
}

function textOf(file: string): string {
  try {
    return readFileSync(file, "utf8").trim();
  } catch {
    return "";
  }
}
