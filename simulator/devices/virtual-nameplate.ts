import type { DeviceHealth, Nameplate, NameplateListener, PlateFace } from "../../hardware/index.ts";

/** A sign without diodes: what it shows can be read. */
export class VirtualNameplate implements Nameplate {
  readonly driver = "virtual-plate";
  face: PlateFace = { lines: [] };

  readonly #onChange: () => void;
  #listener: NameplateListener | null = null;
  #health: DeviceHealth = { state: "ok" };

  constructor(onChange: () => void = () => {}) {
    this.#onChange = onChange;
  }

  open(listener: NameplateListener): Promise<void> {
    this.#listener = listener;
    listener.onHealth(this.#health);
    return Promise.resolve();
  }

  show(face: PlateFace): void {
    this.face = face;
    this.#onChange();
  }

  close(): Promise<void> {
    this.#listener = null;
    return Promise.resolve();
  }

  ail(health: DeviceHealth): void {
    this.#health = health;
    this.#listener?.onHealth(health);
  }
}
