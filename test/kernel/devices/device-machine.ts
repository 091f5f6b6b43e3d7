import { execFileSync, spawn } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { milliseconds } from "../../../protocol/index.ts";
import { systemClock } from "../../../hardware/system/system-clock.ts";
import { ended } from "../../integration/kill/hands.ts";
import { PROJECT } from "../machine/virtual-machine.ts";
import { DeviceFact, DeviceTests } from "./device-fact.ts";
import { bundleDevicePrograms, joinArchives, packDeviceProgram } from "./device-program.ts";
import { buildOnoffModule } from "./onoff-module.ts";

/** A hung machine must not hang the run. */
const MACHINE_WITHIN = milliseconds(1_500_000);
const LOG_LINES = 40;

/** The machine whose devices do not exist, and the tests that run in it. */
export class DeviceMachine {
  readonly tests: DeviceTests;
  readonly #directory: string;
  readonly #bundle: string;

  private constructor(directory: string, bundle: string) {
    this.#directory = directory;
    this.#bundle = bundle;
    const listed = execFileSync(process.execPath, [bundle, "--list"], { encoding: "utf8" });
    this.tests = DeviceTests.parse(JSON.parse(listed));
  }

  static async make(): Promise<DeviceMachine> {
    const directory = mkdtempSync(join(tmpdir(), "hallward-devices-"));
    return new DeviceMachine(directory, await bundleDevicePrograms(directory));
  }

  /** One boot, from power-on to power-off. What each test came to, by part and title. */
  async run(parts: readonly string[]): Promise<ReadonlyMap<string, DeviceFact>> {
    if (parts.includes("onoff")) buildOnoffModule();
    const script = join(PROJECT, "test/kernel/machine/build-devices.sh");
    const made = execFileSync(script, { encoding: "utf8", stdio: ["ignore", "pipe", "inherit"] }).trim();
    const [program, initrd] = ["program.cpio", "initrd"].map((file) => join(this.#directory, file)) as [string, string];
    packDeviceProgram(this.#bundle, this.#directory, program);
    joinArchives([join(made, "devices.gz"), program], initrd);
    const facts = await this.#boot(join(made, "vmlinux"), initrd, parts);
    return new Map(facts.map((fact) => [keyOf(fact), fact]));
  }

  /** What the machine's programs said last. */
  lastWords(): string {
    const files = ["console.log", "output.log"].map((file) => join(this.#directory, file)).filter(existsSync);
    return files.map((file) => readFileSync(file, "utf8").split("\n").slice(-LOG_LINES).join("\n")).join("\n");
  }

  remove(): void {
    rmSync(this.#directory, { recursive: true, force: true });
  }

  async #boot(kernel: string, initrd: string, parts: readonly string[]): Promise<readonly DeviceFact[]> {
    const qemu = spawn("qemu-system-x86_64", argumentsOf(kernel, initrd, parts, this.#directory), {
      stdio: ["pipe", "pipe", "inherit"],
    });
    let said = "";
    qemu.stdout.setEncoding("utf8").on("data", (chunk: string) => (said += chunk));
    const drained = new Promise<void>((resolve) => qemu.stdout.once("close", () => resolve()));
    const patience = systemClock.after(MACHINE_WITHIN, () => qemu.kill("SIGKILL"));
    await ended(qemu);
    patience.cancel();
    await drained;
    const lines = said.split("\n").slice(0, -1);
    return lines.map((line) => DeviceFact.parse(JSON.parse(line)));
  }
}

export const keyOf = ({ part, test }: { readonly part: string; readonly test: string }): string => `${part}: ${test}`;

/**
 * `-icount ...,sleep=off`: the machine's time is the count of its instructions, one a nanosecond, and while nothing is
 * to be done it is at once the next timer's. So time in it does not depend on the host, and waits cost nothing.
 */
function argumentsOf(kernel: string, initrd: string, parts: readonly string[], logs: string): readonly string[] {
  const valued = [
    ["-accel", "tcg"],
    ["-icount", "shift=0,sleep=off"],
    ["-cpu", "max"],
    ["-machine", "q35"],
    ["-m", "1536"],
    ["-smp", "1"],
    ["-display", "none"],
    ["-kernel", kernel],
    ["-initrd", initrd],
    ["-append", `console=ttyS0 quiet loglevel=4 panic=-1 parts=${parts.join(",")}`],
    ["-chardev", `file,id=console,path=${logs}/console.log`],
    ["-serial", "chardev:console"],
    ["-device", "virtio-serial-pci"],
    ["-chardev", "stdio,id=facts,signal=off"],
    ["-device", "virtserialport,chardev=facts,nr=1"],
    ["-chardev", `file,id=output,path=${logs}/output.log`],
    ["-device", "virtserialport,chardev=output,nr=2"],
    ["-device", "virtio-rng-pci"],
  ];
  return ["-nodefaults", "-no-user-config", "-no-reboot", ...valued.flat()];
}
