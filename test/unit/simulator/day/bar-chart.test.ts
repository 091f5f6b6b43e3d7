import { expect, test } from "vitest";
import { barChart } from "../../../../simulator/day/bar-chart.ts";
import { columnsOf, padEnd } from "../../../../simulator/day/text-width.ts";

const bars = [0, 1, 8, 16].map((value, at) => ({ value, label: at === 0 ? "08" : "" }));

// Two lines of eight steps each: 16 fills both, 8 one, 1 is one step, 0 is nothing.
test("bars stand eight steps a line", () => {
  expect(barChart(bars, { width: 12, height: 2 })).toEqual([
    "    16 ┤   █",
    "       │ ▁██",
    "     0 └────",
    "        08",
  ]);
});

test("bars are as wide as the terminal has room for, with gaps when they are broad", () => {
  const [top] = barChart(bars, { width: 8 + 4 * 4, height: 2 });
  expect(top).toBe("    16 ┤            ███");
});

test("little is not nothing", () => {
  const [, line] = barChart(
    [
      { value: 1, label: "" },
      { value: 10_000, label: "" },
    ],
    { width: 20, height: 2 },
  );
  expect(line).toContain("▁");
});

test("Chinese takes two columns", () => {
  expect(columnsOf("取号 T")).toBe(6);
  expect(padEnd("取号", 6)).toBe("取号  ");
});
