// Proves that the drawn nameplate keeps every line at its place, whatever else is said, and inside the matrix.
import { expect, test } from "vitest";
import { brightnessOf, DOTS, layoutLines, type PlateLine } from "../../../../simulator/panel/pages/led-layout.ts";

const line = (zh: string, emphasis: PlateLine["emphasis"] = "normal"): PlateLine => ({ zh, en: `${zh} en`, emphasis });
const topOf = (lines: readonly PlateLine[], text: string) =>
  layoutLines(lines).find((placed) => placed.text === text)?.top;

test("a line that comes below moves none above it", () => {
  const three = [line("窗口"), line("姓名"), line("状态")];
  for (const { zh } of three) expect(topOf([...three, line("提示", "strong")], zh)).toBe(topOf(three, zh));
});

test.each([1, 2, 3, 4, 5, 6])("%d lines fit into the matrix without touching each other", (count) => {
  const placed = layoutLines(
    Array.from({ length: count }, (_, at) => line(`${at}`, at % 2 === 0 ? "strong" : "normal")),
  );
  expect(placed).toHaveLength(count * 2);
  for (const [at, { top, size }] of placed.entries()) {
    expect(size).toBeGreaterThan(0);
    expect(top + size).toBeLessThanOrEqual(placed[at + 1]?.top ?? DOTS.rows);
  }
});

test("emphasis is a colour with one meaning", () => {
  const colours = (["normal", "strong", "warning"] as const).map((each) => layoutLines([line("行", each)])[0]?.colour);
  expect(colours).toEqual(["amber", "green", "red"]);
});

test("a dot has three steps of light, brighter the more of it is covered", () => {
  expect([0, 0.2, 0.45, 0.8, 1].map(brightnessOf)).toEqual([0, 0, 0.5, 1, 1]);
});
