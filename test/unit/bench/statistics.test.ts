import { describe, expect, test } from "vitest";
import { isMet, jsonOf, ratioOf, type Row, shown, tableOf } from "../../bench/report.ts";
import { Samples } from "../../bench/statistics.ts";
import { optionsFrom } from "../../bench/options.ts";

// What the bench says of its figures is reckoned right: percentiles, ratios, marks, the table and its JSON.

describe("samples", () => {
  test.each([
    [50, 5],
    [90, 9],
    [91, 10],
    [99, 10],
    [100, 10],
    [1, 1],
  ])("percentile %i of 1 to 10 is the smallest that so many are not above: %i", (percent, expected) => {
    expect(new Samples([10, 9, 8, 7, 6, 5, 4, 3, 2, 1]).percentile(percent)).toBe(expected);
  });

  test("sort by value and not by spelling, and again after more have come", () => {
    const samples = new Samples([9, 100, 20]);
    expect(samples.median).toBe(20);
    samples.addAll([3, 4]);
    expect([samples.median, samples.p99, samples.mean, samples.count]).toEqual([9, 100, 27.2, 5]);
  });

  test("none have no percentile, and what is no number is no sample", () => {
    expect(() => new Samples().median).toThrow("there are samples");
    expect(() => new Samples().add(Number.NaN)).toThrow("a sample is a number");
  });
});

describe("rows", () => {
  const row: Row = { name: "call", measured: 3, unit: "ms", samples: 7, baseline: { name: "ms raw", value: 2 } };
  const within = (of: "measured" | "ratio", value: number) => ({ of, bound: "at-most", value }) as const;

  test.each<[string, Row, boolean | null]>([
    ["no mark", row, null],
    ["a ratio that is kept, exactly", { ...row, mark: within("ratio", 1.5) }, true],
    ["a ratio that is not", { ...row, mark: within("ratio", 1.49) }, false],
    ["a figure that is kept", { ...row, mark: within("measured", 3) }, true],
    ["a figure that is too low", { ...row, mark: { of: "measured", bound: "at-least", value: 3.1 } }, false],
    ["a figure that is high enough", { ...row, mark: { of: "measured", bound: "at-least", value: 3 } }, true],
    [
      "a ratio to what was not measured",
      { ...row, baseline: { name: "raw", value: Number.NaN }, mark: within("ratio", 2) },
      false,
    ],
    ["a ratio without a baseline", { name: "x", measured: 1, unit: "s", samples: 1, mark: within("ratio", 2) }, false],
  ])("%s", (_, marked, met) => {
    expect(isMet(marked)).toBe(met);
  });

  test("are a table with the ratio first, and the same as JSON", () => {
    const rows: Row[] = [
      { ...row, mark: within("ratio", 1.2) },
      { name: "double calls", measured: 0, unit: "count", samples: 9 },
    ];
    expect(tableOf(rows).split("\n")).toEqual([
      "ratio  measured  baseline     mark     met  what          n",
      "1.50x  3.00 ms   2.00 ms raw  <= 1.2x  NO   call          7",
      "       0 count                              double calls  9",
    ]);
    expect(jsonOf(rows)).toEqual([
      { ...rows[0], ratio: 1.5, met: false },
      { ...rows[1], ratio: null, met: null },
    ]);
    expect(ratioOf(row)).toBe(1.5);
  });

  test.each([
    [0, "0"],
    [0.12345, "0.123"],
    [1.2345, "1.23"],
    [12.345, "12.3"],
    [1234.5, "1235"],
    [Number.NaN, "?"],
  ])("%d is shown as %s", (value, text) => {
    expect(shown(value)).toBe(text);
  });
});

describe("options", () => {
  test("measurements by name, several, and where the JSON goes", () => {
    const asked = ["--quick", "--only", "calls", "--only", "raw", "--json", "x.json"];
    expect(optionsFrom(asked, ["raw", "calls"])).toEqual({ quick: true, only: ["calls", "raw"], json: "x.json" });
    expect(optionsFrom([], ["raw"])).toEqual({ quick: false, only: [], json: ".build/bench.json" });
  });

  test.each([[["--only", "speed"]], [["--fast"]]])("%j is refused", (asked) => {
    expect(() => optionsFrom(asked, ["raw"])).toThrow(expect.objectContaining({ code: "USAGE" }));
  });
});
