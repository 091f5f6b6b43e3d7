import "./wire/leave-with-parent.ts";
import { createRdm6300Reader, createSerialLink, type CanonicalBadge, RDM6300_BAUD_RATE } from "../hardware/index.ts";
import { type Clock, HallError, type Log, milliseconds, type Random, unreachable } from "../protocol/index.ts";
import { startTerminal, type TerminalConfig } from "../terminal/index.ts";
import { type VirtualCounter, virtualCounter, withReader } from "./devices/virtual-counter.ts";
import { type CounterView, HandMessage, PRESS_MS_MAX, type TerminalMessage } from "./wire/ipc.ts";

export interface VirtualTerminalOptions {
  readonly config: TerminalConfig;
  /** Serial path of a real RDM6300; null for the virtual reader. */
  readonly reader: string | null;
  readonly clock: Clock;
  readonly random: Random;
  readonly log: Log;
}

/** The product's own terminal over virtual devices, moved and watched by the parent process. Resolves when closed. */
export async function runVirtualTerminal({
  config,
  reader,
  clock,
  random,
  log,
}: VirtualTerminalOptions): Promise<void> {
  if (process.send === undefined) throw new HallError("USAGE", "virtual-terminal is started by hallward demo alone");
  const stop = new AbortController();
  const stopped = new Promise<void>((resolve) =>
    stop.signal.addEventListener("abort", () => resolve(), { once: true }),
  );
  for (const signal of ["SIGTERM", "SIGINT"] as const) process.once(signal, () => stop.abort());

  const shown = new ShownToParent(clock);
  const counter = virtualCounter(clock, () => shown.changed());
  shown.counter = counter;
  process.on("message", (raw) => {
    const message = HandMessage.safeParse(raw);
    if (!message.success) return log.warn("hand.refused", { reason: message.error.issues[0]?.message });
    if (message.data.type === "close") stop.abort();
    else move(counter, message.data);
  });
  process.channel?.unref(); // Listening has made it a reason to stay again.

  const link = reader === null ? null : createSerialLink({ path: reader, baudRate: RDM6300_BAUD_RATE, clock, log });
  const devices = link === null ? counter : withReader(counter, createRdm6300Reader({ link, clock }));
  const world = { clock, random, log, signal: stop.signal };
  const onView = ({ connected }: { readonly connected: boolean }): void => shown.linkIs(connected ? "up" : "down");
  try {
    const terminal = await startTerminal({ config, devices, ...world, onView });
    await stopped;
    await terminal.close();
  } catch (thrown) {
    if (!stop.signal.aborted) throw thrown; // Told to stop while it waited for its enrolment: that is no failure.
  }
}

function move(counter: VirtualCounter, message: Exclude<HandMessage, { type: "close" }>): void {
  switch (message.type) {
    case "press":
      return counter.buttons.press(message.button, milliseconds(message.heldForMs));
    case "finger":
      if (message.edge === "released") return counter.buttons.lift(message.button);
      return counter.buttons.press(message.button, milliseconds(PRESS_MS_MAX));
    case "tap":
      return counter.badgeReader.tap(message.badge as CanonicalBadge);
    case "rate":
      return counter.ratingKeypad.rate(message.level);
    default:
      return unreachable(message);
  }
}

/** Sends the whole view to the parent, once per turn of the event loop in which something changed. */
class ShownToParent {
  counter: VirtualCounter | null = null;
  readonly #clock: Clock;
  #link: CounterView["link"] = "down";
  #due = false;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  linkIs(link: CounterView["link"]): void {
    this.#link = link;
    this.changed();
  }

  changed(): void {
    if (this.#due) return;
    this.#due = true;
    this.#clock.soon(() => {
      this.#due = false;
      this.#send();
    });
  }

  #send(): void {
    if (this.counter === null || !process.connected) return;
    const { buttons, nameplate, ratingKeypad } = this.counter;
    const plate = nameplate.face.lines.map(({ zh, en, emphasis }) => ({ zh, en, emphasis }));
    const view: CounterView = {
      plate,
      lamps: { ...buttons.lamps },
      keypad: ratingKeypad.face,
      beep: buttons.lastBeep,
      link: this.#link,
    };
    const message: TerminalMessage = { type: "view", view };
    process.send?.(message, undefined, {}, () => {}); // The parent may be gone.
  }
}
