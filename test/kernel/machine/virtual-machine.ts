import { type ChildProcessByStdio, execFileSync, spawn } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Readable, Writable } from "node:stream";
import { fileURLToPath } from "node:url";
import { ended } from "../../integration/kill/hands.ts";

export const PROJECT = fileURLToPath(new URL("../../..", import.meta.url)).replace(/\/$/u, "");

/** What the machine is told on its kernel's command line. */
export type BootOptions = Readonly<Record<string, string>>;

export interface MachineOptions {
  /** As `buildMachine` gives it. */
  readonly kernel: string;
  /** A script of the project, run in the machine. */
  readonly script: string;
  readonly options: BootOptions;
  /** NBD socket of the data disk. */
  readonly disk: string;
  /** Shared with the machine at /cache, `writable` by it or not. */
  readonly share: { readonly path: string; readonly writable: boolean };
  /** Where its console and its programs' output go. */
  readonly logs: string;
  readonly onFacts: (chunk: string) => void;
}

/** Makes kernel and initramfs, or finds them made. */
export function buildMachine(): string {
  const script = join(PROJECT, "test/kernel/machine/build.sh");
  return execFileSync(script, { encoding: "utf8", stdio: ["ignore", "pipe", "inherit"] }).trim();
}

/** A virtual machine without KVM; the host's files are its programs. */
export class VirtualMachine {
  /** Its standard input stays open: at an end there, QEMU would close the channel of the facts. */
  readonly #qemu: ChildProcessByStdio<Writable, Readable, Readable>;
  #complaints = "";

  constructor(options: MachineOptions) {
    this.#qemu = spawn("qemu-system-x86_64", argumentsOf(options), { stdio: ["pipe", "pipe", "pipe"] });
    this.#qemu.stdout.setEncoding("utf8").on("data", options.onFacts);
    this.#qemu.stderr.setEncoding("utf8").on("data", (chunk: string) => (this.#complaints += chunk));
  }

  /** Why QEMU itself is not content; empty when it is. */
  get complaints(): string {
    return this.#complaints;
  }

  /** Resolves when the machine is off. */
  async off(): Promise<void> {
    await ended(this.#qemu);
  }

  /** SIGKILL; resolves when everything said before has been heard. */
  async kill(): Promise<void> {
    const drained = new Promise<void>((resolve) => this.#qemu.stdout.once("close", () => resolve()));
    if (this.#qemu.exitCode === null && this.#qemu.signalCode === null) this.#qemu.kill("SIGKILL");
    await ended(this.#qemu);
    if (!this.#qemu.stdout.closed) await drained;
  }
}

function argumentsOf({ kernel, script, options, disk, share, logs }: MachineOptions): string[] {
  const boot = { ...options, project: PROJECT, run: join(PROJECT, script), cache: share.writable ? "rw" : "ro" };
  const words = Object.entries(boot).map(([name, value]) => `${name}=${value}`);
  const server = `file.driver=nbd,file.server.type=unix,file.server.path=${disk}`;
  const valued = [
    ["-accel", "tcg"],
    ["-cpu", "max"],
    ["-machine", "q35"],
    ["-m", "1024"],
    ["-smp", "2"],
    ["-display", "none"],
    ["-kernel", join(kernel, "vmlinux")],
    ["-initrd", join(kernel, "initrd.gz")],
    ["-append", `console=ttyS0 quiet loglevel=4 panic=-1 ${words.join(" ")}`],
    ["-chardev", `file,id=console,path=${logs}/console.log,append=on`],
    ["-serial", "chardev:console"],
    ["-device", "virtio-serial-pci"],
    ["-chardev", "stdio,id=facts,signal=off"],
    ["-device", "virtserialport,chardev=facts,nr=1"],
    ["-chardev", `file,id=output,path=${logs}/output.log,append=on`],
    ["-device", "virtserialport,chardev=output,nr=2"],
    ["-device", "virtio-rng-pci"],
    ["-fsdev", "local,id=host,path=/,security_model=none,multidevs=remap,readonly=on"],
    ["-device", "virtio-9p-pci,fsdev=host,mount_tag=host"],
    ["-fsdev", `local,id=cache,path=${share.path},security_model=none,multidevs=remap`],
    ["-device", "virtio-9p-pci,fsdev=cache,mount_tag=cache"],
    ["-drive", `if=virtio,format=raw,cache=none,${server}`],
  ];
  return ["-nodefaults", "-no-user-config", "-no-reboot", ...valued.flat()];
}

export const lastLines = (file: string, count: number): string =>
  readFileSync(file, "utf8").trimEnd().split("\n").slice(-count).join("\n");
