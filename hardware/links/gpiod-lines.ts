import type { Log } from "../../protocol/base/log.ts";
import { accepted } from "../../protocol/base/result.ts";
import { type Clock, type MonoMs, monoMs } from "../../protocol/base/time.ts";
import type { GpioLines, GpioLinesListener } from "../ports/gpio-lines.ts";
import { ContactLevels } from "./contact-levels.ts";
import { type GpiodOpened, type GpiodWiring, openGpiodChannel } from "./gpiod-channel.ts";
import { GpiodOutputs } from "./gpiod-outputs.ts";
import { createHealingLink } from "./healing-link.ts";
import { systemTools, type Tools } from "./tools.ts";

export interface GpiodLinesOptions {
  readonly wiring: GpiodWiring;
  /** Whether a closed contact pulls its line down (with the pull-up) or up. */
  readonly pressedLevel: "low" | "high";
  readonly clock: Clock;
  readonly log?: Log;
  readonly tools?: Tools;
}

const RISING = "1";
const FALLING = "2";

/** Lines of a GPIO chip through the tools of libgpiod 2, started again with growing pauses when they end. */
export function createGpiodLines({
  wiring,
  pressedLevel,
  clock,
  log,
  tools = systemTools,
}: GpiodLinesOptions): GpioLines {
  const outputs = new GpiodOutputs(tools);
  let opened: GpiodOpened | null = null;
  const contacts = new ContactLevels(clock, pressedLevel);
  /** Levels read before the lines were watched, of those that have not moved since. */
  const unmoved = new Map<string, boolean>();
  let upAt: MonoMs = monoMs(0);
  const move = (listener: GpioLinesListener, line: string, isHigh: boolean): void => {
    const hasMovedUnseen = unmoved.get(line) === isHigh;
    unmoved.delete(line);
    // Told as pressed and let go meanwhile: nobody knows how long ago. All is read anew.
    if (hasMovedUnseen && isHigh === (pressedLevel === "high")) return opened?.channel.distrust();
    if (hasMovedUnseen) contacts.move(listener, line, !isHigh, () => upAt);
    contacts.move(listener, line, isHigh);
  };
  const link = createHealingLink({
    name: wiring.chip,
    clock,
    log,
    connect: async () => {
      const result = await openGpiodChannel(tools, clock, wiring);
      if (!result.ok) return result;
      opened = result.value;
      return accepted(opened.channel);
    },
  });
  return {
    name: wiring.chip,
    open: (listener) =>
      link.open({
        onUp: () => {
          contacts.forget();
          upAt = clock.mono();
          if (opened !== null) outputs.attach(opened.chipName);
          listener.onUp();
          for (const [line, isHigh] of opened?.levels ?? []) {
            contacts.move(listener, line, isHigh);
            // Only the kernel's debouncing tells of true changes alone: without it a spark may look like one.
            if (wiring.debounceMs > 0) unmoved.set(line, isHigh);
          }
        },
        onDown: (fault) => {
          void outputs.detach();
          listener.onDown(fault);
        },
        onBytes: (chunk) => {
          const event = edgeIn(new TextDecoder().decode(chunk), wiring.inputs);
          if (event !== null) move(listener, event.line, event.isHigh);
        },
      }),
    write: (line, lit) => outputs.write(line, lit),
    async close() {
      await link.close();
      await outputs.detach();
    },
  };
}

/** `3 call-button 2`: offset, name (or "unnamed"), 1 for rising and 2 for falling. Anything else says nothing. */
export function edgeIn(
  text: string,
  inputs: readonly string[],
): { readonly line: string; readonly isHigh: boolean } | null {
  const [, offset, name, event] = /^(\d+) (.+) ([12])\s*$/u.exec(text) ?? [];
  const line = inputs.find((input) => input === name) ?? inputs.find((input) => input === offset);
  if (line === undefined || (event !== RISING && event !== FALLING)) return null;
  return { line, isHigh: event === RISING };
}
