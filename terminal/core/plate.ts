import type { Bilingual, Desired, PersonOnDuty, TerminalId } from "../../protocol/index.ts";
import { NOTES } from "./refusals.ts";

/** One line of the sign over the window, Chinese first. The same shape as the nameplate port's. */
export interface PlateLine {
  readonly zh: string;
  readonly en: string;
  readonly emphasis: "normal" | "strong" | "warning";
}

/** The laid-out face, top line first. */
export interface PlateFace {
  readonly lines: readonly PlateLine[];
}

/** All the plate's layout depends on. */
export interface PlateView {
  readonly terminal: TerminalId;
  /** Null before the first face: nobody has said yet which window this is. */
  readonly face: Desired | null;
  readonly connected: boolean;
  /** The controller lives and says that it cannot record. */
  readonly hallUnwritable?: boolean;
  /** This terminal's own journal takes nothing. */
  readonly journalUnwritable?: boolean;
  /** False: the controller says that its own clock is not set. */
  readonly clockTrusted: boolean;
  readonly unconfirmed: boolean;
  /** The answer to what somebody did a moment ago. */
  readonly flash: { readonly text: Bilingual; readonly emphasis: PlateLine["emphasis"] } | null;
  /** Counts up; picks the notice whose turn it is. */
  readonly noticeTurn: number;
}

/** Window and service; who is there; status and ticket; then what is said just now, if anything is. */
export function layoutPlate(view: PlateView): PlateFace {
  const { face, terminal } = view;
  const head = face === null ? [line(`终端 ${terminal}`, `Terminal ${terminal}`)] : faceLines(face);
  const foot = footLine(view);
  return { lines: foot === null ? head : [...head, foot] };
}

function faceLines({ counterId, nameplate }: Desired): readonly PlateLine[] {
  const { service, person, colleague, ticketNumber } = nameplate;
  const window = counterId.toUpperCase();
  const lines = [line(`${window}号窗口 ${service.zh}`, `Counter ${window} ${service.en}`)];
  for (const who of [person, colleague]) if (who !== null) lines.push(personLine(who));
  const status = withMarks(nameplate);
  const ticket = ticketNumber === null ? "" : `${ticketNumber} `;
  lines.push(line(`${ticket}${status.zh}`, `${ticket}${status.en}`, ticketNumber === null ? "normal" : "strong"));
  return lines;
}

/** IDN-01 to IDN-05; IDN-20: who stands in for another is shown by their own name and post, and as covering. */
function personLine({ name, post, number, cover }: PersonOnDuty): PlateLine {
  const [zh, en] = cover ? [" 代岗", ", covering"] : ["", ""];
  return line(`${name} ${post.zh} 工号${number}${zh}`, `${post.en} No. ${number}${en}`);
}

const withMarks = ({ status, marks }: Desired["nameplate"]): Bilingual => ({
  zh: [status, ...marks].map(({ zh }) => zh).join(" "),
  en: [status, ...marks].map(({ en }) => en).join(", "),
});

/** The most pressing thing to say: the answer to the last gesture, then the link, then the controller's own words. */
function footLine(view: PlateView): PlateLine | null {
  const { face, connected, clockTrusted, unconfirmed, flash, noticeTurn } = view;
  if (flash !== null) return line(flash.text.zh, flash.text.en, flash.emphasis);
  if (view.journalUnwritable === true) return warning(NOTES.journalUnwritable);
  if (view.hallUnwritable === true) return warning(NOTES.hallUnwritable);
  if (unconfirmed) return warning(NOTES.unconfirmed);
  if (!connected) return warning(NOTES.noController);
  if (face === null) return null;
  if (face.prompt !== null) return line(face.prompt.zh, face.prompt.en, "strong");
  if (!clockTrusted) return warning(NOTES.clockNotSet);
  const notices = noticesTold(face);
  const notice = notices[noticeTurn % notices.length];
  return notice === undefined ? null : line(notice.zh, notice.en);
}

/** They take turns on the last line. */
export const noticesTold = ({ phase, nameplate }: Desired): readonly Bilingual[] =>
  TELLS_NOTICES.has(phase) ? nameplate.notices : [];

/** While nobody is at the window. */
const TELLS_NOTICES: ReadonlySet<Desired["phase"]> = new Set(["idle", "closed", "maintenance"]);

const line = (zh: string, en: string, emphasis: PlateLine["emphasis"] = "normal"): PlateLine => ({ zh, en, emphasis });
const warning = (text: Bilingual): PlateLine => line(text.zh, text.en, "warning");
