import type {
  ButtonLampState,
  ButtonName,
  ButtonPanel,
  ButtonPanelListener,
  DeviceHealth,
} from "../../hardware/index.ts";
import type { Clock, DurationMs } from "../../protocol/index.ts";
import { VirtualContacts } from "./virtual-contacts.ts";

export type BeepPattern = "accepted" | "refused" | "attention";

/** Two buttons to be pressed by calls; lamps and beeps can be looked at. */
export class VirtualButtonPanel implements ButtonPanel {
  readonly driver = "virtual-buttons";
  readonly lamps: Record<ButtonName, ButtonLampState> = { call: "off", pause: "off" };
  /** The last beep and how many there have been: two refusals in a row are two sounds. */
  lastBeep: { readonly pattern: BeepPattern; readonly count: number } | null = null;

  readonly #contacts: VirtualContacts<ButtonName>;
  readonly #onChange: () => void;

  constructor(clock: Clock, onChange: () => void = () => {}) {
    this.#contacts = new VirtualContacts(clock);
    this.#onChange = onChange;
  }

  open(listener: ButtonPanelListener): Promise<void> {
    this.#contacts.open({
      onEdge: (button, edge) => listener.onEdge({ button, ...edge }),
      onHealth: (health) => listener.onHealth(health),
    });
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
    this.#contacts.close();
    return Promise.resolve();
  }

  press(button: ButtonName, heldFor: DurationMs): void {
    this.#contacts.press(button, heldFor);
  }

  lift(button: ButtonName): void {
    this.#contacts.lift(button);
  }

  /** From now on every press and release bounces; `gaps` as in VirtualContacts. */
  wear(gaps: readonly DurationMs[]): void {
    this.#contacts.bounces = gaps;
  }

  ail(health: DeviceHealth): void {
    this.#contacts.ail(health);
  }
}
