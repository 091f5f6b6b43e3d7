import { expect, test } from "vitest";
import {
  figuresOf,
  nameOf,
  openPosts,
  placeWords,
  type Post,
  type TodayPerson,
} from "../../../../../controller/web/pages/today/whereabouts.ts";

// What the page of today reckons by itself.

const at = (place: TodayPerson["place"], late = 0) =>
  ({ place, sessions: [{ late }] }) as unknown as Pick<TodayPerson, "place" | "sessions">;

test("everybody is counted where they are, and late ones once more", () => {
  const people = [at("on-duty"), at("on-duty", 1), at("badged"), at("out"), at("leave"), at("away")];
  expect(figuresOf(people).map(([{ en }, count]) => [en, count])).toEqual([
    ["On duty", 2],
    ["Badged in", 1],
    ["Out", 1],
    ["On leave", 1],
    ["Not there", 1],
    ["Late today", 1],
  ]);
});

test.each([
  ["on-duty", "3", "3号窗口在岗"],
  ["on-duty", null, "在岗"],
  ["out", "3", "3号窗口外出"],
  ["out", null, "外出"],
  ["badged", null, "已刷卡"],
  ["leave", null, "请假"],
  ["away", null, "未到岗"],
] as const)("%s at %s is called %s", (place, counter, zh) => {
  expect(placeWords({ place, counter }).zh).toBe(zh);
});

test("posts to be seen to: alarms first, then who has been empty for longest; held ones are not told", () => {
  const post = (counter: string, state: Post["state"], sinceMs: number | null, alarm = false): Post => ({
    counter,
    state,
    sinceMs,
    alarm,
    by: null,
    covers: null,
    a: [],
    b: [],
  });
  const posts = [post("1", "held", 1), post("2", "empty", 9), post("3", "vacant", 5), post("4", "vacant", 8, true)];
  posts.push(post("5", "vacant", null), post("6", "empty", null));
  expect(openPosts(posts).map(({ counter }) => counter)).toEqual(["4", "3", "2", "5", "6"]);
});

test("a name is shown where it may be seen, and else the id", () => {
  const people = [{ person: { person: "s01", name: "职员1" } }] as unknown as Parameters<typeof nameOf>[0];
  expect([nameOf(people, "s01"), nameOf(people, "s02")]).toEqual(["职员1", "s02"]);
});
