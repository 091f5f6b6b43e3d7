import type { DeviceHealth, Nameplate, NameplateListener, PlateFace } from "../../hardware/index.ts";

/** A sign without diodes: what it shows can be read. */
export class VirtualNameplate implements Nameplate {
  readonly driver = "virtual-plate";
  face: PlateFace = { lines: [] };

  readonly #onChange: () => void;
  #listener: NameplateListener | null = null;

  constructor(onChange: () => void = () => {}) {
    this.#onChange = onChange;
  }

  open(listener: NameplateListener): Promise<void> {
    this.#listener = listener;
    listener.onHealth({ state: "ok" });
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
    this.#listener?.onHealth(health);
  }
}
