import type { Board } from "../../../../protocol/index.ts";
import {
  Bi,
  clockTime,
  LanguageSwitch,
  linkWords,
  type Live,
  useLive,
  useNow,
  type Words,
} from "../../design/design.ts";
import { inZone, noticeAt } from "./board-words.ts";
import { CalledLines } from "./called-lines.tsx";
import { IdleScreen, SidePanel } from "./side-panel.tsx";
import type { SoundState } from "./sound.ts";
import { type SoundControl, useSound } from "./use-sound.ts";

const CLOCK_EVERY_MS = 1_000;
const NAMES = ["board"] as const;
const HINT: Words = { zh: "请听到叫号后到窗口办理", en: "Please come to the window when your number is called" };

export function BoardPage({ zone }: { readonly zone: string | null }) {
  const live = useLive<{ board: Board }>(NAMES);
  const { board } = live.pictures;
  const sound = useSound(board, zone);
  const now = useNow(CLOCK_EVERY_MS);
  const lines = inZone(board?.lines ?? [], zone);
  return (
    <div class="board">
      <header class="board-head">
        <h1>
          <Bi {...(board?.hall ?? { zh: "叫号", en: "Now calling" })} />
        </h1>
        <time>{clockTime(now)}</time>
      </header>
      <main class="board-body">
        {board !== undefined && lines.length === 0 ? (
          <IdleScreen board={board} notice={noticeAt(board.notices, now)} />
        ) : (
          <CalledLines lines={lines} announcing={board?.announcing ?? []} />
        )}
        <SidePanel board={board} lines={lines} notice={noticeAt(board?.notices ?? [], now)} nowMs={now} />
      </main>
      <BoardFoot live={live} sound={sound} />
    </div>
  );
}

function BoardFoot({ live, sound }: { readonly live: Live<object>; readonly sound: SoundControl }) {
  const lost = linkWords(live);
  return (
    <footer class={lost === null ? "board-foot" : "board-foot down"}>
      <p role="status">
        <Bi {...(lost ?? HINT)} />
      </p>
      <SoundButton {...sound} />
      <LanguageSwitch />
    </footer>
  );
}

const SOUND_WORDS: Readonly<Record<SoundState, Words>> = {
  off: { zh: "声音已关，按此打开", en: "Sound is off: press to turn on" },
  voice: { zh: "声音已开", en: "Sound is on" },
  chime: { zh: "仅提示音（无中文语音）", en: "Chime only: no Chinese voice here" },
  none: { zh: "本机没有声音", en: "No sound here" },
};

const SoundButton = ({ state, toggle }: SoundControl) => (
  <button
    type="button"
    class={state === "off" ? "button sound off" : "button sound"}
    aria-pressed={state === "voice" || state === "chime"}
    disabled={state === "none"}
    onClick={toggle}
  >
    <Bi {...SOUND_WORDS[state]} />
  </button>
);
