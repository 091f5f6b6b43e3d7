import { type Bilingual, bilingual, type CounterId, type EpochMs } from "../../protocol/index.ts";
import type { HallView } from "../core/state.ts";
import { hoursOf } from "./board.ts";
import { noticesAt } from "./notices.ts";

/** Names of one post that a plate has room for. */
const NAMES_MAX = 2;
const NAME_LENGTH_MAX = 12;

/** What a window must tell while nobody is served: hours, hotline (IDN-21), A and B post (ATT-57), notices. */
export function plateNotices(hall: HallView, counterId: CounterId, now: EpochMs): Bilingual[] {
  const hotline = hall.configuration?.hotline;
  return [
    ...hoursNotice(hall),
    ...(hotline === undefined ? [] : [bilingual(`监督热线 ${hotline}`, `Hotline ${hotline}`)]),
    ...postsNotice(hall, counterId),
    ...noticesAt(hall, now),
  ];
}

function hoursNotice(hall: HallView): Bilingual[] {
  const hours = hoursOf(hall);
  if (hours.length === 0) return [];
  const zh = hours.map(({ from, to }) => `${partOfDay(from)} ${from}-${to}`).join(" ");
  return [bilingual(`工作时间 ${zh}`, `Open ${hours.map(({ from, to }) => `${from}-${to}`).join(", ")}`)];
}

function partOfDay(from: string): string {
  if (from < "12:00") return "上午";
  return from < "18:00" ? "下午" : "晚上";
}

/** Only where a B post is named: a hall without A and B posts has nothing to tell. */
function postsNotice(hall: HallView, counterId: CounterId): Bilingual[] {
  const staff = hall.configuration?.staff ?? [];
  const namesOf = (list: "counters" | "backup"): string =>
    staff
      .filter((person) => person[list].includes(counterId))
      .slice(0, NAMES_MAX)
      .map(({ name }) => name.slice(0, NAME_LENGTH_MAX))
      .join("、");
  const a = namesOf("counters");
  const b = namesOf("backup");
  return a === "" || b === "" ? [] : [bilingual(`A岗 ${a} B岗 ${b}`, `Post A ${a}, post B ${b}`)];
}
