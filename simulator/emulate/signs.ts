import { bilingual, milliseconds, type Timer } from "../../protocol/index.ts";
import { AlphaSign } from "../wire/alpha-sign.ts";
import { BxCard } from "../wire/bx-card.ts";
import type { EmulatedDevice, Emulator, EmulatorWorld } from "./emulator.ts";

/** One of SIGN_LAYOUTS, with room for English and four rows. */
const EMULATED_SIGN = { width: 256, height: 64 } as const;

/** Tells the rows when they have changed. */
function rowTeller({ tell, sights }: EmulatorWorld): (rows: readonly string[]) => void {
  let before = "";
  return (rows) => {
    const shown = rows.filter((row) => row !== "").join(" | ");
    if (shown === before) return;
    before = shown;
    sights?.onRows?.(rows);
    tell(shown === "" ? bilingual("（空白）", "(blank)") : bilingual(`显示 ${shown}`, "shown"));
  };
}

/** A card blanks by itself what nobody renews: that is looked at so often. */
const LOOK_EVERY = milliseconds(500);

/** A sign that is spoken to, and has no keys. */
function sign(
  device: {
    readonly hear: (bytes: Uint8Array) => void;
    readonly rows: () => readonly string[];
    readonly complaints: string[];
    readonly cutPower: () => void;
  },
  world: EmulatorWorld,
): Emulator {
  const tellRows = rowTeller(world);
  let looks: Timer | null = null;
  return {
    hear(bytes) {
      device.hear(bytes);
      for (const complaint of device.complaints.splice(0)) {
        world.tell(bilingual(`不接受：${complaint}`, `refused: ${complaint}`));
      }
      tellRows(device.rows());
    },
    act: () => false,
    boot() {
      looks = world.clock.every(LOOK_EVERY, () => tellRows(device.rows()));
    },
    cutPower() {
      looks?.cancel();
      device.cutPower();
      tellRows([]);
    },
  };
}

function onbon(world: EmulatorWorld): Emulator {
  const { clock, say } = world;
  const card = new BxCard({ family: "font", ...EMULATED_SIGN, clock, say });
  return sign(
    {
      hear: (bytes) => card.hear(bytes),
      rows: () => card.rows(),
      complaints: card.complaints,
      cutPower: () => card.cutPower(),
    },
    world,
  );
}

function alpha(world: EmulatorWorld): Emulator {
  const alphaSign = new AlphaSign();
  return sign(
    {
      hear: (bytes) => alphaSign.hear(bytes),
      rows: () => alphaSign.pages,
      complaints: alphaSign.complaints,
      cutPower: () => alphaSign.cutPower(),
    },
    world,
  );
}

export const SIGNS = {
  onbon: {
    summary: bilingual("窗口屏 Onbon BX-6K，256x64", "nameplate Onbon BX-6K font card, 256x64"),
    commands: [],
    configuration: "nameplate: { driver: onbon, card: 6K, sign: 256x64, line: { path: PATH } }",
    make: onbon,
  },
  alpha: {
    summary: bilingual("窗口屏 Alpha/BetaBrite（仅西文）", "nameplate Alpha/BetaBrite (Latin only)"),
    commands: [],
    configuration: "nameplate: { driver: alpha, path: PATH }",
    make: alpha,
  },
} satisfies Readonly<Record<string, EmulatedDevice>>;
