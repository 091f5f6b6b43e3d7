import { accepted, refused, type Result } from "../../protocol/base/result.ts";
import { type Clock, seconds } from "../../protocol/base/time.ts";
import type { LinkFault } from "../ports/byte-link.ts";
import type { Channel, ChannelListener, ConnectRefusal } from "./channel.ts";
import { Patience } from "./patience.ts";
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

/** The chip a channel is on, with the levels its inputs had just before they were watched. */
export interface GpiodOpened {
  readonly channel: GpiodChannel;
  readonly chipName: string;
  /** By input: true where the level was high. */
  readonly levels: ReadonlyMap<string, boolean>;
}

export interface GpiodChannel extends Channel {
  /** Loses the lines, and takes them anew: what is known of them is wrong. */
  distrust(): void;
}

const ENCODER = new TextEncoder();

/** gpiomon has its lines within milliseconds: one that has not by then is ended. Less than LINK_OPEN_WITHIN. */
export const GPIOMON_WATCHES_WITHIN = seconds(4);

/**
 * Finds the chip, reads the inputs and begins to watch them (libgpiod 2: gpiodetect, gpioget, gpiomon); done once they
 * are watched. No line can be read while it is watched, so a contact that moves in the few milliseconds between reading
 * and watching shows itself by its next edge alone: that repeats the level which was read.
 */
export async function openGpiodChannel(
  tools: Tools,
  clock: Clock,
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
  const watch = ["-c", chipName, "-b", bias, ...debounce, "--banner", "-F", "%o %l %e", ...inputs];
  const channel = new GpiomonChannel(tools, chipName, watch);
  const refusedFor = await channel.watches(clock);
  if (refusedFor !== null) {
    await channel.close();
    return refused(refusedFor);
  }
  return accepted({ channel, chipName, levels: new Map(inputs.map((input, at) => [input, levels[at] === "1"])) });
}

/** `gpiochip0 [pinctrl-bcm2711] (58 lines)` */
function chipNamed(lines: readonly string[], label: string): string | null {
  for (const line of lines) {
    const [, name, found] = /^(\S+) \[(.*)\] \(\d+ lines?\)/u.exec(line) ?? [];
    if (name !== undefined && found === label) return name;
  }
  return null;
}

const refusal = (end: ToolEnd): Result<never, ConnectRefusal> => refused(refusalOf(end));

const refusalOf = (end: ToolEnd): ConnectRefusal => ({
  fault: faultOfTool(end),
  detail: end.stderr.replace(/\s+/gu, " ").trim(),
});

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

class GpiomonChannel implements GpiodChannel {
  readonly #tool: RunningTool;
  #listener: ChannelListener | null = null;
  #end: ToolEnd | null = null;
  /** Its banner, which it prints once it has its lines, and then edges that nobody listens to yet. */
  readonly #early: string[] = [];
  readonly #isSameChip: () => boolean;
  readonly #said: Promise<void>;

  constructor(tools: Tools, chipName: string, args: readonly string[]) {
    const chip = tools.chipAt?.(chipName);
    this.#isSameChip = () => tools.chipAt?.(chipName) === chip;
    const said = Promise.withResolvers<void>();
    this.#said = said.promise;
    this.#tool = tools.start("gpiomon", args, {
      onLine: (line) => {
        if (this.#listener === null) this.#early.push(line);
        else this.#listener.onBytes(ENCODER.encode(line));
        said.resolve();
      },
      onEnd: (end) => {
        this.#end = end;
        this.#tell(end);
        said.resolve();
      },
    });
  }

  /** Waits until every edge is noticed from now on: null; else why none will be. */
  async watches(clock: Clock): Promise<ConnectRefusal | null> {
    await new Patience(clock).within(this.#said, GPIOMON_WATCHES_WITHIN);
    if (this.#early.shift() !== undefined) return null;
    return this.#end === null ? { fault: "failed", detail: "gpiomon does not begin to watch" } : refusalOf(this.#end);
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

  distrust(): void {
    this.#lose("failed");
  }

  async close(): Promise<void> {
    this.#listener = null;
    await this.#tool.kill();
  }

  #tell(end: ToolEnd): void {
    this.#lose(lossOf(end));
  }

  #lose(fault: LinkFault): void {
    const listener = this.#listener;
    this.#listener = null;
    listener?.onLost(fault);
  }
}
