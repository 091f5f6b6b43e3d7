import type { Log } from "../../protocol/base/log.ts";
import type { Clock } from "../../protocol/base/time.ts";
import type { GpioLines } from "../ports/gpio-lines.ts";
import { ContactLevels } from "./contact-levels.ts";
import { createHealingLink } from "./healing-link.ts";
import { openOnoffChannel, type OnoffChannel, type OnoffWiring, type Sysfs, systemSysfs } from "./onoff-channel.ts";

export interface OnoffLinesOptions {
  readonly wiring: OnoffWiring;
  /** Whether a closed contact pulls its line down or up. */
  readonly pressedLevel: "low" | "high";
  readonly clock: Clock;
  readonly log?: Log;
  readonly sysfs?: Sysfs;
}

/**
 * Lines of a GPIO chip through onoff, for kernels that still have them in sysfs. They are not pulled either way: the
 * board's description or a resistor does that. Nor debounced: the key machine judges every edge.
 */
export function createOnoffLines({
  wiring,
  pressedLevel,
  clock,
  log,
  sysfs = systemSysfs,
}: OnoffLinesOptions): GpioLines {
  const levels = new ContactLevels(clock, pressedLevel);
  let channel: OnoffChannel | null = null;
  const link = createHealingLink({
    name: wiring.chip,
    clock,
    log,
    connect: async () => {
      const opened = await openOnoffChannel(wiring, sysfs);
      channel = opened.ok ? opened.value : null;
      return opened;
    },
  });
  return {
    name: wiring.chip,
    open: (listener) =>
      link.open({
        onUp: () => {
          levels.forget();
          listener.onUp();
        },
        onDown: (fault) => {
          channel = null;
          listener.onDown(fault);
        },
        onBytes: ([at, level]) => levels.move(listener, wiring.inputs[at ?? -1] ?? "", level === 1),
      }),
    write: (line, lit) => channel?.light(line, lit),
    async close() {
      channel = null;
      await link.close();
    },
  };
}

/** Whether its native module is there and was built for this Node. */
export const loadsOnoff = (): Promise<boolean> =>
  systemSysfs.load().then(
    () => true,
    () => false,
  );
