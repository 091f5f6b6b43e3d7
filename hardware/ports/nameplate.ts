import type { DeviceHealth } from "./device-health.ts";

/** One line of the plate: Chinese first, English beside it where the device has the room. */
export interface PlateLine {
  readonly zh: string;
  readonly en: string;
  readonly emphasis: "normal" | "strong" | "warning";
}

/** The laid-out face of a counter, top line first. Each sign renders what it can. */
export interface PlateFace {
  readonly lines: readonly PlateLine[];
}

/** The LED sign over the window. Reports nothing any more once `close()` has resolved. */
export interface Nameplate {
  readonly driver: string;
  open(listener: NameplateListener): Promise<void>;
  /** Replaces the whole face. Later faces overtake earlier ones that are not out yet. */
  show(face: PlateFace): void;
  close(): Promise<void>;
}

/**
 * What a sign leaves out of the face it shows. chinese, english: that language of a line. columns: the ends of lines.
 * rows: lines for which there is no room, not even in turn. colour: the emphasis. glyph: characters its font does not
 * have, a substitute in their place. blank-when-silent: a sign that goes on showing its last face when the terminal
 * is dead.
 */
export type PlateLack = "chinese" | "english" | "columns" | "rows" | "colour" | "glyph" | "blank-when-silent";

/** What a sign can show, and what of its present face it cannot. Never what the face says: names stand in it. */
export interface PlateReport {
  /** Half-width characters. */
  readonly columns: number;
  readonly rows: number;
  readonly colours: number;
  /** In a fixed order, each once. */
  readonly cannot: readonly PlateLack[];
}

export interface NameplateListener {
  onHealth(health: DeviceHealth): void;
  /** Once the sign is open and whenever it changes. */
  onReport?(report: PlateReport): void;
}
