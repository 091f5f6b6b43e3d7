import type {
  ButtonEdge,
  ButtonLampState,
  ButtonName,
  ButtonPanel,
  ButtonPanelListener,
  DeviceHealth,
} from "../../hardware/index.ts";
import type { Clock, DurationMs, Timer } from "../../protocol/index.ts";

export type BeepPattern = "accepted" | "refused" | "attention";

/** Two buttons without contacts: calls stand for fingers, lamps and beeps can be looked at. */
export class VirtualButtonPanel implements ButtonPanel {
  readonly driver = "virtual-buttons";
  readonly lamps: Record<ButtonName, ButtonLampState> = { call: "off", pause: "off" };
  /** The last beep and how many there have been: two refusals in a row are two sounds. */
  lastBeep: { readonly pattern: BeepPattern; readonly count: number } | null = null;

  readonly #clock: Clock;
  readonly #onChange: () => void;
  readonly #fingers = new Map<ButtonName, Timer>();
  #listener: ButtonPanelListener | null = null;

  constructor(clock: Clock, onChange: () => void = () => {}) {
    this.#clock = clock;
    this.#onChange = onChange;
  }

  open(listener: ButtonPanelListener): Promise<void> {
    this.#listener = listener;
    listener.onHealth({ state: "ok" });
    return Promise.resolve();
  }

  light(button: ButtonName, lamp: ButtonLampState): void {
    this.lamps[button] = lamp;
    this.#onChange();
  }

  beep(pattern: BeepPattern): void {
    this.lastBeep = { pattern, count: (this.lastBeep?.count ?? 0) + 1 };
    this.#onChange();
  }

  close(): Promise<void> {
    for (const finger of this.#fingers.values()) finger.cancel();
    this.#fingers.clear();
    this.#listener = null;
    return Promise.resolve();
  }

  /** A finger goes down now, and lifts `heldFor` later or at `lift`. A second finger on the same key adds nothing. */
  press(button: ButtonName, heldFor: DurationMs): void {
    if (this.#fingers.has(button)) return;
    const finger = this.#clock.after(heldFor, () => this.lift(button));
    this.#fingers.set(button, finger);
    this.#report(button, "pressed");
  }

  lift(button: ButtonName): void {
    this.#fingers.get(button)?.cancel();
    if (this.#fingers.delete(button)) this.#report(button, "released");
  }

  /** A broken wire, or its repair. */
  ail(health: DeviceHealth): void {
    this.#listener?.onHealth(health);
  }

  #report(button: ButtonName, edge: ButtonEdge["edge"]): void {
    this.#listener?.onEdge({ button, edge, at: this.#clock.mono() });
  }
}
