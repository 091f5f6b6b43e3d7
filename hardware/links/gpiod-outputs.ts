import type { RunningTool, Tools } from "./tools.ts";

/**
 * Outputs, each held by a gpioset of its own: a line that nobody holds may fall back. A change replaces the holder once
 * it is gone; of several changes meanwhile the last one counts.
 */
export class GpiodOutputs {
  readonly #tools: Tools;
  readonly #lines = new Map<string, { wanted: boolean; holder: RunningTool | null; changing: Promise<void> | null }>();
  #chip: string | null = null;

  constructor(tools: Tools) {
    this.#tools = tools;
  }

  /** The chip is there; nothing is lit until it is written. */
  attach(chipName: string): void {
    this.#chip = chipName;
  }

  write(name: string, lit: boolean): void {
    if (this.#chip === null) return;
    const line = this.#lines.get(name) ?? { wanted: !lit, holder: null, changing: null };
    this.#lines.set(name, line);
    if (line.wanted === lit) return;
    line.wanted = lit;
    line.changing ??= this.#change(name).finally(() => (line.changing = null));
  }

  /** Lets go of all lines. */
  async detach(): Promise<void> {
    this.#chip = null;
    const lines = [...this.#lines.values()];
    this.#lines.clear();
    await Promise.all(
      lines.map(async (line) => {
        await line.changing;
        await line.holder?.kill();
      }),
    );
  }

  async #change(name: string): Promise<void> {
    const line = this.#lines.get(name);
    for (let held: boolean | null = null; line !== undefined && this.#chip !== null && held !== line.wanted; ) {
      await line.holder?.kill();
      line.holder = null;
      if (this.#chip === null) return;
      held = line.wanted;
      line.holder = this.#tools.start("gpioset", ["-c", this.#chip, `${name}=${held ? 1 : 0}`], {
        onLine: () => {},
        onEnd: () => {},
      });
    }
  }
}
