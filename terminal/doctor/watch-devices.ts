import type { CanonicalBadge, CounterDevices, DeviceHealth } from "../../hardware/index.ts";
import type { Bilingual } from "../../protocol/index.ts";

/** What a hand did, or what a device says of itself, as it happens. */
export interface Seen {
  readonly what: "button" | "badge" | "bad-frame" | "rating" | "health";
  readonly device: "buttons" | "badge-reader" | "rating-keypad";
  /** The key, the masked digest, the fault. */
  readonly value: string;
  readonly text: Bilingual;
}

/** So much of a digest tells two badges apart on a bench, and nobody's number. */
const MASK_LENGTH = 8;

const NAMES: Readonly<Record<Seen["device"], Bilingual>> = {
  buttons: { zh: "按键", en: "buttons" },
  "badge-reader": { zh: "读卡器", en: "badge reader" },
  "rating-keypad": { zh: "评价器", en: "rating keypad" },
};
const EDGES: Readonly<Record<"pressed" | "released", Bilingual>> = {
  pressed: { zh: "按下", en: "pressed" },
  released: { zh: "松开", en: "released" },
};

/** Opens the input devices and tells what they say. A badge is told by the head of its digest, never by its number. */
export async function watchDevices(
  { buttons, badgeReader, ratingKeypad }: CounterDevices,
  digest: (badge: CanonicalBadge) => string,
  tell: (seen: Seen) => void,
): Promise<{ close(): Promise<void> }> {
  const healthOf = (device: Seen["device"], driver: string) => (health: DeviceHealth) => {
    if (driver === "absent") return;
    const value = health.state === "ok" ? "ok" : health.fault;
    const name = { zh: `${NAMES[device].zh} ${driver}`, en: `${NAMES[device].en} ${driver}` };
    const well = { zh: `${name.zh} 正常`, en: `${name.en}: well` };
    const text = health.state === "ok" ? well : { zh: `${name.zh} 故障 ${value}`, en: `${name.en}: fault ${value}` };
    tell({ what: "health", device, value, text });
  };
  await Promise.all([
    buttons.open({
      onHealth: healthOf("buttons", buttons.driver),
      onEdge({ button, edge }) {
        const text = { zh: `按键 ${button} ${EDGES[edge].zh}`, en: `button ${button} ${EDGES[edge].en}` };
        tell({ what: "button", device: "buttons", value: `${button} ${edge}`, text });
      },
    }),
    badgeReader.open({
      onHealth: healthOf("badge-reader", badgeReader.driver),
      onBadge({ badge }) {
        const value = `${digest(badge).slice(0, MASK_LENGTH)}…`;
        tell({ what: "badge", device: "badge-reader", value, text: { zh: `刷卡 ${value}`, en: `badge ${value}` } });
      },
      onBadFrame(value) {
        const text = { zh: `读卡数据有误 ${value}`, en: `bad frame: ${value}` };
        tell({ what: "bad-frame", device: "badge-reader", value, text });
      },
    }),
    ratingKeypad.open({
      onHealth: healthOf("rating-keypad", ratingKeypad.driver),
      onEdge({ level, edge }) {
        const text = { zh: `评价键 ${level} ${EDGES[edge].zh}`, en: `rating key ${level} ${EDGES[edge].en}` };
        tell({ what: "rating", device: "rating-keypad", value: `${level} ${edge}`, text });
      },
    }),
  ]);
  return {
    async close() {
      await Promise.all([buttons, badgeReader, ratingKeypad].map((device) => device.close()));
    },
  };
}
