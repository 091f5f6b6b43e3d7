import { existsSync } from "node:fs";
import { join } from "node:path";
import { messageOf } from "../../protocol/base/errors.ts";
import { accepted, refused, type Result } from "../../protocol/base/result.ts";
import type { LinkFault } from "../ports/byte-link.ts";
import type { Channel, ChannelListener, ConnectRefusal } from "./channel.ts";
import { SYSFS_GPIO, type SysfsChip, sysfsChip } from "./sysfs-chip.ts";

export interface OnoffWiring {
  /** The chip's label: pinctrl-bcm2711. */
  readonly chip: string;
  /** By offset, or by a name that `offsets` knows: sysfs has no names. */
  readonly inputs: readonly string[];
  /** Dark until they are lit. */
  readonly outputs: readonly string[];
  readonly offsets?: ReadonlyMap<string, number>;
}

/** What is used of onoff's Gpio. */
export interface OnoffGpio {
  readSync(): 0 | 1;
  writeSync(level: 0 | 1): void;
  watch(onLevel: (error: Error | null | undefined, level: 0 | 1) => void): void;
  unexport(): void;
}

export type OnoffConstructor = new (line: number, direction: "in" | "low", edge?: "both") => OnoffGpio;

/** The machine's lines. */
export interface Sysfs {
  /** Throws where its native module was not built for this Node. */
  load(): Promise<OnoffConstructor>;
  readonly root: string;
}

/** Loaded here and not at the top: its native module need not be there. */
export const systemSysfs: Sysfs = { load: async () => (await import("onoff")).Gpio, root: SYSFS_GPIO };

/** Tries once to take all lines that are used. The native module is loaded only once the chip has been seen. */
export async function openOnoffChannel(
  wiring: OnoffWiring,
  sysfs: Sysfs,
): Promise<Result<OnoffChannel, ConnectRefusal>> {
  const chip = sysfsChip(wiring.chip, sysfs.root);
  if (chip === null) return refused({ fault: "absent", detail: `no chip in sysfs is labelled ${wiring.chip}` });
  let Gpio: OnoffConstructor;
  try {
    Gpio = await sysfs.load();
  } catch (thrown) {
    return refused({ fault: "no-driver", detail: messageOf(thrown) });
  }
  const channel = new OnoffChannel({ wiring, chip, Gpio, root: sysfs.root });
  try {
    channel.take();
    return accepted(channel);
  } catch (thrown) {
    await channel.close();
    return refused({ fault: faultOfSysfs(thrown), detail: messageOf(thrown) });
  }
}

const FAULTS: ReadonlyMap<unknown, LinkFault> = new Map([
  ["EACCES", "denied"],
  ["EPERM", "denied"],
  ["EROFS", "denied"], // A unit that may not write below /sys.
  ["EBUSY", "busy"],
  ["EINVAL", "absent"],
  ["ENOENT", "absent"],
  ["ENODEV", "absent"],
]);

export const faultOfSysfs = (thrown: unknown): LinkFault =>
  (thrown instanceof Error && "code" in thrown ? FAULTS.get(thrown.code) : undefined) ?? "failed";

/** A line the chip does not have, in the words of the kernel. */
class NoLine extends Error {
  readonly code = "EINVAL";
}

/** Lines of a chip, taken. Each chunk is an input, by its place, and its level. */
export class OnoffChannel implements Channel {
  readonly #wiring: OnoffWiring;
  readonly #chip: SysfsChip;
  readonly #Gpio: OnoffConstructor;
  readonly #root: string;
  readonly #inputs: OnoffGpio[] = [];
  readonly #outputs = new Map<string, OnoffGpio>();
  #listener: ChannelListener | null = null;
  #fault: LinkFault | null = null;

  constructor(options: {
    readonly wiring: OnoffWiring;
    readonly chip: SysfsChip;
    readonly Gpio: OnoffConstructor;
    readonly root: string;
  }) {
    [this.#wiring, this.#chip, this.#Gpio, this.#root] = [options.wiring, options.chip, options.Gpio, options.root];
  }

  /** Throws the system's error. */
  take(): void {
    for (const line of this.#wiring.inputs) this.#inputs.push(new this.#Gpio(this.#numberOf(line), "in", "both"));
    for (const line of this.#wiring.outputs) this.#outputs.set(line, new this.#Gpio(this.#numberOf(line), "low"));
  }

  /** Tells all levels at once, and then each change. */
  listen(listener: ChannelListener): void {
    this.#listener = listener;
    for (const [at, gpio] of this.#inputs.entries()) {
      const read = gpio.readSync.bind(gpio);
      // onoff reads before it tells, deep in a native callback, where an error would end the process.
      gpio.readSync = () => {
        try {
          return read();
        } catch (thrown) {
          this.#lose(thrown);
          return 0;
        }
      };
      gpio.watch((error, level) => (error ? this.#lose(error) : this.#tell(at, level)));
      this.#tell(at, gpio.readSync());
    }
  }

  /** Orders go by `light`. */
  write(): void {}

  light(line: string, lit: boolean): void {
    if (this.#fault !== null) return;
    try {
      this.#outputs.get(line)?.writeSync(lit ? 1 : 0);
    } catch (thrown) {
      this.#lose(thrown);
    }
  }

  /** A chip that is gone has taken its lines with it. */
  probe(): Promise<LinkFault | null> {
    const isThere = (line: string): boolean => existsSync(join(this.#root, `gpio${this.#numberOf(line)}`));
    return Promise.resolve(this.#fault ?? (this.#wiring.inputs.every(isThere) ? null : "unplugged"));
  }

  close(): Promise<void> {
    this.#listener = null;
    this.#fault ??= "failed";
    for (const gpio of [...this.#inputs.splice(0), ...this.#outputs.values()]) {
      try {
        gpio.unexport();
      } catch {
        // Of a chip that is gone nothing is left to give back.
      }
    }
    this.#outputs.clear();
    return Promise.resolve();
  }

  #numberOf(line: string): number {
    const offset = this.#wiring.offsets?.get(line) ?? (/^\d{1,4}$/u.test(line) ? Number(line) : Number.NaN);
    if (!(offset < this.#chip.lines)) throw new NoLine(`the chip ${this.#wiring.chip} has no line ${line}`);
    return this.#chip.base + offset;
  }

  #tell(at: number, level: 0 | 1): void {
    if (this.#fault === null) this.#listener?.onBytes(Uint8Array.of(at, level));
  }

  #lose(thrown: unknown): void {
    if (this.#fault !== null) return;
    const fault = faultOfSysfs(thrown);
    this.#fault = fault === "absent" ? "unplugged" : fault;
    const listener = this.#listener;
    this.#listener = null;
    listener?.onLost(this.#fault);
  }
}
