// Proves that the panel's page makes whole halls of single changes, and reads the status off any plate.
import { expect, test } from "vitest";
import { bilingual, CounterId } from "../../../../protocol/index.ts";
import { HallPicture } from "../../../../simulator/panel/pages/hall-picture.ts";
import { statusLine } from "../../../../simulator/panel/pages/status-line.ts";
import type { PanelCounter, PanelHall } from "../../../../simulator/panel/panel-contract.ts";
import { DARK_VIEW } from "../../../../simulator/wire/ipc.ts";

const counter = (id: string): PanelCounter => ({
  counterId: CounterId.parse(id),
  badges: [],
  virtualReader: true,
  powered: true,
  view: DARK_VIEW,
});
const HALL: PanelHall = {
  hall: bilingual("海棠区", "Haitang"),
  zone: "Asia/Shanghai",
  boardUrl: "http://127.0.0.1/",
  counters: [counter("1"), counter("2")],
};

test("a change replaces its counter's view and power, and leaves the others alone", () => {
  const picture = new HallPicture();
  picture.whole(JSON.stringify(HALL));
  const change = { counterId: "2", powered: false, view: { ...DARK_VIEW, link: "up" } };
  const hall = JSON.parse(picture.changed(JSON.stringify(change))) as PanelHall;
  expect(hall.counters.map(({ powered, view }) => [powered, view.link])).toEqual([
    [true, "down"],
    [false, "up"],
  ]);
});

test("a change before the hall, or of a counter that is not in it, changes nothing", () => {
  const picture = new HallPicture();
  const change = JSON.stringify({ counterId: "9", powered: false, view: DARK_VIEW });
  expect(picture.changed(change)).toBe("null");
  picture.whole(JSON.stringify(HALL));
  expect(JSON.parse(picture.changed(change))).toEqual(HALL);
});

test("the status is the line after the window's and the person's", () => {
  const line = (zh: string) => ({ zh, en: "", emphasis: "normal" as const });
  expect(statusLine([line("1号窗口"), line("王敏 工号101"), line("正在服务")]).zh).toBe("正在服务");
  expect(statusLine([line("1号窗口"), line("暂停服务"), line("咨询电话")]).zh).toBe("暂停服务");
  expect(statusLine([line("终端 t01")]).zh).toBe("终端 t01");
  expect(statusLine([]).zh).toBe("未启动");
});
