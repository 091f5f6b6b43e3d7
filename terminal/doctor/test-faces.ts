import type { Nameplate, PlateFace, PlateLine } from "../../hardware/index.ts";
import { type Bilingual, bilingual, type Clock, seconds, type Timer } from "../../protocol/index.ts";

const line = (zh: string, en = "", emphasis: PlateLine["emphasis"] = "normal"): PlateLine => ({ zh, en, emphasis });

/** What is painted to see whether a sign is whole: dots, rows, colours, languages, rare characters, nothing. */
export const TEST_FACES: readonly { readonly name: Bilingual; readonly face: PlateFace }[] = [
  { name: bilingual("满屏", "full"), face: { lines: Array.from({ length: 4 }, () => line("■".repeat(8))) } },
  {
    name: bilingual("行序", "rows"),
    face: { lines: ["一", "二", "三", "四"].map((row, at) => line(`第${row}行`, `row ${at + 1}`)) },
  },
  {
    name: bilingual("颜色", "colours"),
    face: {
      lines: [line("普通 绿", "normal"), line("醒目 黄", "strong", "strong"), line("警告 红", "warning", "warning")],
    },
  },
  {
    name: bilingual("叫号", "a call"),
    face: { lines: [line("1号窗口 综合受理", "Counter 1"), line("A001 请到窗口办理", "A001 please come", "strong")] },
  },
  { name: bilingual("生僻字", "rare characters"), face: { lines: [line("喆堃珺玥䶮", "rare")] } },
  { name: bilingual("空白", "blank"), face: { lines: [] } },
];

/** Long enough to look at it, and for a sign of few rows to take its turns. */
export const TEST_FACE_FOR = seconds(6);

/** Paints one face after the other; resolves when the last has stood its time. Health and lacks are told on the way. */
export async function paintTestFaces(
  nameplate: Nameplate,
  clock: Clock,
  tell: (text: Bilingual) => void,
  stopped: Promise<void>,
): Promise<void> {
  await nameplate.open({
    onHealth: (health) =>
      health.state === "ok"
        ? tell(bilingual("窗口屏 正常", "nameplate: well"))
        : tell(bilingual(`窗口屏 故障 ${health.fault}`, `nameplate: fault ${health.fault}`)),
    onReport: ({ columns, rows, colours, cannot }) => {
      const lacks = cannot.length === 0 ? "–" : cannot.join(", ");
      const size = `${columns} x ${rows}`;
      tell(
        bilingual(`${size}，${colours} 色，不能显示：${lacks}`, `${size}, ${colours} colours, cannot show: ${lacks}`),
      );
    },
  });
  let timer: Timer | null = null;
  const painted = new Promise<void>((resolve) => {
    const paint = (at: number): void => {
      const next = TEST_FACES[at];
      if (next === undefined) return resolve();
      tell(bilingual(`测试图 ${next.name.zh}`, `test pattern: ${next.name.en}`));
      nameplate.show(next.face);
      timer = clock.after(TEST_FACE_FOR, () => paint(at + 1));
    };
    paint(0);
  });
  await Promise.race([painted, stopped]);
  (timer as Timer | null)?.cancel();
  await nameplate.close();
}
