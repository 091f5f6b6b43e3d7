import { accepted, refused, type Result } from "../../protocol/base/result.ts";
import type { LinkFault } from "../ports/byte-link.ts";
import type { Channel, ChannelListener, ConnectRefusal } from "./channel.ts";
import { type RunningTool, runTool, type ToolEnd, type Tools } from "./tools.ts";

export interface GpiodWiring {
  /** The chip's label as `gpiodetect` shows it in brackets: gpiochip numbers change from boot to boot. */
  readonly chip: string;
  /** Input lines by name, or by offset where the board has not named them. */
  readonly inputs: readonly string[];
  readonly bias: "pull-up" | "pull-down" | "disabled";
  /** The kernel's own debouncing. More than 5 ms would delay what the key machine judges. */
  readonly debounceMs: number;
}

/** The chip a channel is on, with the levels its inputs had when it was opened. */
export interface GpiodOpened {
  readonly channel: Channel;
  readonly chipName: string;
  /** By input: true where the level was high. */
  readonly levels: ReadonlyMap<string, boolean>;
}

const ENCODER = new TextEncoder();

/**
 * Finds the chip, reads the inputs and begins to watch them (libgpiod 2: gpiodetect, gpioget, gpiomon). A contact that
 * moves in the few milliseconds between reading and watching is noticed with its next edge.
 */
export async function openGpiodChannel(
  tools: Tools,
  { chip, inputs, bias, debounceMs }: GpiodWiring,
): Promise<Result<GpiodOpened, ConnectRefusal>> {
  const detected = await runTool(tools, "gpiodetect", []);
  if (detected.code !== 0) return refusal(detected);
  const chipName = chipNamed(detected.lines, chip);
  if (chipName === null) return refused({ fault: "absent", detail: `no chip is labelled ${chip}` });
  const read = await runTool(tools, "gpioget", ["-c", chipName, "-b", bias, "--numeric", ...inputs]);
  const levels = (read.lines[0] ?? "").trim().split(/\s+/u);
  if (read.code !== 0 || levels.length !== inputs.length) return refusal(read);
  const debounce = debounceMs > 0 ? ["--debounce-period", `${debounceMs}ms`] : [];
  const watch = ["-c", chipName, "-b", bias, ...debounce, "-F", "%o %l %e", ...inputs];
  return accepted({
    channel: new GpiomonChannel(tools, chipName, watch),
    chipName,
    levels: new Map(inputs.map((input, at) => [input, levels[at] === "1"])),
  });
}

/** `gpiochip0 [pinctrl-bcm2711] (58 lines)` */
function chipNamed(lines: readonly string[], label: string): string | null {
  for (const line of lines) {
    const [, name, found] = /^(\S+) \[(.*)\] \(\d+ lines?\)/u.exec(line) ?? [];
    if (name !== undefined && found === label) return name;
  }
  return null;
}

const refusal = (end: ToolEnd): Result<never, ConnectRefusal> =>
  refused({ fault: faultOfTool(end), detail: end.stderr.replace(/\s+/gu, " ").trim() });

/** The tools say it in the C library's English words alone. */
export function faultOfTool({ missing, stderr }: ToolEnd): LinkFault {
  if (missing) return "no-driver";
  if (/permission denied|operation not permitted/iu.test(stderr)) return "denied";
  if (/busy/iu.test(stderr)) return "busy";
  return /no such|cannot find|not found/iu.test(stderr) ? "absent" : "failed";
}

/** A chip that was watched and is not there any more was unplugged. */
function lossOf(end: ToolEnd): LinkFault {
  const fault = faultOfTool(end);
  return fault === "absent" ? "unplugged" : fault;
}

class GpiomonChannel implements Channel {
  readonly #tool: RunningTool;
  #listener: ChannelListener | null = null;
  #end: ToolEnd | null = null;
  #early: string[] = [];

  readonly #isSameChip: () => boolean;

  constructor(tools: Tools, chipName: string, args: readonly string[]) {
    const chip = tools.chipAt?.(chipName);
    this.#isSameChip = () => tools.chipAt?.(chipName) === chip;
    this.#tool = tools.start("gpiomon", args, {
      onLine: (line) => {
        if (this.#listener === null) this.#early.push(line);
        else this.#listener.onBytes(ENCODER.encode(line));
      },
      onEnd: (end) => {
        this.#end = end;
        this.#tell(end);
      },
    });
  }

  listen(listener: ChannelListener): void {
    this.#listener = listener;
    for (const line of this.#early.splice(0)) listener.onBytes(ENCODER.encode(line));
    if (this.#end !== null) this.#tell(this.#end);
  }

  write(): void {}

  /** Kernels before 6.6 do not wake gpiomon when its chip goes: it waits for ever, and its lines stay held. */
  probe(): Promise<LinkFault | null> {
    if (this.#end !== null) return Promise.resolve(lossOf(this.#end));
    return Promise.resolve(this.#isSameChip() ? null : "unplugged");
  }

  async close(): Promise<void> {
    this.#listener = null;
    await this.#tool.kill();
  }

  #tell(end: ToolEnd): void {
    const listener = this.#listener;
    this.#listener = null;
    listener?.onLost(lossOf(end));
  }
}
