import type { Nameplate, NameplateListener, PlateFace, PlateLine } from "../ports/nameplate.ts";

export interface TextNameplateOptions {
  /** Takes whole lines, each with its line end. One that throws is a fault of the plate until it works again. */
  readonly write: (text: string) => void;
}

/** Control characters could steer the technician's screen. */
const CONTROLS = /\p{Cc}+/gu;
const MARKS: Readonly<Record<PlateLine["emphasis"], string>> = { normal: "  ", strong: "* ", warning: "! " };

/**
 * The bench's plate: each new face as plain lines, "* 3号窗口  Window 3", and an empty line after it. The same face again
 * is not written again. Health: ok, or the fault "write-failed".
 */
export function createTextNameplate({ write }: TextNameplateOptions): Nameplate {
  let listener: NameplateListener | null = null;
  let shown = "";
  let broken = false;

  const say = (nowBroken: boolean): void => {
    if (nowBroken === broken) return;
    broken = nowBroken;
    listener?.onHealth(broken ? { state: "fault", fault: "write-failed" } : { state: "ok" });
  };

  return {
    driver: "text",
    open(opened) {
      listener = opened;
      listener.onHealth({ state: "ok" });
      return Promise.resolve();
    },
    show(face) {
      const text = textOf(face);
      if (listener === null || text === shown) return;
      try {
        write(text);
        shown = text;
        say(false);
      } catch {
        say(true);
      }
    },
    close() {
      listener = null;
      return Promise.resolve();
    },
  };
}

const textOf = (face: PlateFace): string => `${face.lines.map(lineOf).join("")}\n`;

function lineOf({ zh, en, emphasis }: PlateLine): string {
  const words = [zh, en].map((text) => text.replace(CONTROLS, " ").trim()).filter((text) => text !== "");
  return `${MARKS[emphasis]}${words.join("  ")}`.trimEnd().concat("\n");
}
