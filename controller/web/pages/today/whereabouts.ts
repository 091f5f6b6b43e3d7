import type { AttendanceToday } from "../../../projections/attendance/attendance-pictures.ts";
import type { Words } from "../../design/design.ts";

export type TodayPerson = AttendanceToday["people"][number];
export type Post = AttendanceToday["posts"][number];

export const PLACE_TONE: Readonly<Record<TodayPerson["place"], string>> = {
  "on-duty": "good",
  out: "pause",
  badged: "act",
  leave: "act",
  away: "off",
};

/** Where somebody is, as far as the hall knows. */
export function placeWords({ place, counter }: Pick<TodayPerson, "place" | "counter">): Words {
  switch (place) {
    case "on-duty":
      return counter === null
        ? { zh: "在岗", en: "On duty" }
        : { zh: `${counter}号窗口在岗`, en: `On duty at window ${counter}` };
    case "out":
      return counter === null
        ? { zh: "外出", en: "Out" }
        : { zh: `${counter}号窗口外出`, en: `Out from window ${counter}` };
    case "badged":
      return { zh: "已刷卡", en: "Badged in" };
    case "leave":
      return { zh: "请假", en: "On leave" };
    case "away":
      return { zh: "未到岗", en: "Not there" };
    default:
      return place satisfies never;
  }
}

/** A badge was held up at a moment; everything else has lasted since then. */
export const sinceWords = (place: TodayPerson["place"], time: string): Words =>
  place === "badged" ? { zh: time, en: `at ${time}` } : { zh: `自 ${time}`, en: `since ${time}` };

export const POST_WORDS: Readonly<Record<Post["state"], Words>> = {
  held: { zh: "有人", en: "Held" },
  covered: { zh: "顶岗", en: "Covered" },
  vacant: { zh: "缺岗", en: "Vacant" },
  empty: { zh: "空岗", en: "Empty" },
  closed: { zh: "未开", en: "Closed" },
};

const isLate = ({ sessions }: Pick<TodayPerson, "sessions">): boolean => sessions.some(({ late }) => late > 0);

/** How many are where, and how many were late today. */
export function figuresOf(people: readonly Pick<TodayPerson, "place" | "sessions">[]): (readonly [Words, number])[] {
  const at = (place: TodayPerson["place"]): number => people.filter((each) => each.place === place).length;
  return [
    [{ zh: "在岗", en: "On duty" }, at("on-duty")],
    [{ zh: "已刷卡", en: "Badged in" }, at("badged")],
    [{ zh: "外出", en: "Out" }, at("out")],
    [{ zh: "请假", en: "On leave" }, at("leave")],
    [{ zh: "未到岗", en: "Not there" }, at("away")],
    [{ zh: "今日迟到", en: "Late today" }, people.filter(isLate).length],
  ];
}

/** Posts that somebody must see to: those with an alarm first, then the longest. */
export const openPosts = (posts: readonly Post[]): Post[] =>
  posts
    .filter(({ state }) => state === "vacant" || state === "empty")
    .toSorted((a, b) => Number(b.alarm) - Number(a.alarm) || sinceOf(a) - sinceOf(b));

/** One whose beginning nobody saw comes last. */
const sinceOf = ({ sinceMs }: Post): number => sinceMs ?? Number.MAX_SAFE_INTEGER;

/** The name behind a staff id, as far as it may be seen here. */
export const nameOf = (people: readonly Pick<TodayPerson, "person">[], id: string): string =>
  people.find(({ person }) => person.person === id)?.person.name ?? id;
