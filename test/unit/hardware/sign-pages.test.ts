// The laid-out face on signs of every size: nothing that fits in turns is lost, and what is pressing is never away.
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { columnsOf, rowsOf, SIGN_LAYOUTS, type SignSize } from "../../../hardware/drivers/sign-layouts.ts";
import { layoutSign, SIGN_PAGES_MAX, type SignPage, widthOf } from "../../../hardware/drivers/sign-pages.ts";
import type { PlateFace, PlateLine } from "../../../hardware/ports/nameplate.ts";

const line = (zh: string, en = "", emphasis: PlateLine["emphasis"] = "normal"): PlateLine => ({ zh, en, emphasis });
const SERVING: PlateFace = {
  lines: [
    line("3号窗口 综合", "Counter 3 General"),
    line("陈一 科员 工号007", "Clerk No. 007"),
    line("A012 正在办理", "A012 serving", "strong"),
    line("服务热线 12345", "Hotline 12345"),
  ],
};
const textsOf = (pages: readonly SignPage[]): string[][] => pages.map((page) => page.map(({ text }) => text));
const on = (size: SignSize, face: PlateFace) => layoutSign(face, SIGN_LAYOUTS[size]);
const sizes = Object.keys(SIGN_LAYOUTS) as SignSize[];

const anyEmphasis = fc.constantFrom("normal" as const, "strong" as const, "warning" as const);
const anyText = fc.stringMatching(/^(?:[A-Z0-9 ]|[\u4e00-\u4e20]){0,14}$/u);
const anyFace = fc.array(fc.record({ zh: anyText, en: anyText, emphasis: anyEmphasis }), { maxLength: 5 });

describe("on known signs", () => {
  test("128 x 64 has room for all four lines", () => {
    expect(textsOf(on("128x64", SERVING).pages)).toEqual([
      ["3号窗口 综合", "陈一 科员", "A012 正在办理", "服务热线 12345"],
      ["3号窗口 综合", "工号007", "A012 正在办理", "服务热线 12345"],
    ]);
  });

  test("128 x 32 holds the called ticket while the others take turns", () => {
    expect(textsOf(on("128x32", SERVING).pages)).toEqual([
      ["3号窗口 综合", "A012 正在办理"],
      ["陈一 科员", "A012 正在办理"],
      ["工号007", "A012 正在办理"],
      ["A012 正在办理", "服务热线 12345"],
    ]);
  });

  test("64 x 16 takes turns, and begins with the ticket", () => {
    const { pages, first } = on("64x16", SERVING);
    expect(textsOf(pages).map(String)).toEqual([
      "3号窗口",
      "综合",
      "陈一",
      "科员",
      "工号007",
      "A012",
      "正在办理",
      "服务热线",
      "12345",
    ]);
    expect(textsOf(pages)[first]).toEqual(["A012"]);
  });

  test("256 x 64 has the English beside the Chinese", () => {
    const { pages, cannot } = on("256x64", SERVING);
    expect(textsOf(pages)[0]?.[2]).toBe("A012 正在办理  A012 serving");
    expect([...cannot]).toEqual([]);
    expect([...on("128x32", SERVING).cannot]).toEqual(["english"]);
  });

  test("a face without lines is one page without rows", () => {
    expect(on("64x32", { lines: [] })).toMatchObject({ pages: [[]], first: 0, pressing: "" });
  });

  test("more pages than anybody waits for are cut, and told", () => {
    const { pages, cannot } = on("64x16", { lines: [line("一二三四五六七八九十".repeat(9))] });
    expect([pages.length, cannot.has("rows")]).toEqual([SIGN_PAGES_MAX, true]);
  });

  test("control characters do not get to the sign", () => {
    expect(textsOf(on("64x16", { lines: [line("甲\u001b\n乙")] }).pages)).toEqual([["甲 乙"]]);
  });
});

test.each(sizes)("%s: every page fits, and has what is pressing where rows are held for it", (size) => {
  const layout = SIGN_LAYOUTS[size];
  fc.assert(
    fc.property(anyFace, (lines) => {
      const { pages, first } = layoutSign({ lines }, layout);
      expect(pages.length).toBeGreaterThan(0);
      expect(first).toBeLessThan(pages.length);
      for (const page of pages) {
        expect(page.length).toBeLessThanOrEqual(rowsOf(layout));
        for (const { text } of page) expect(widthOf(text)).toBeLessThanOrEqual(columnsOf(layout));
        const pressing = lines.filter(({ emphasis }) => emphasis !== "normal").length;
        const held = Math.min(layout.held, pressing);
        expect(page.filter(({ emphasis }) => emphasis !== "normal").length).toBeGreaterThanOrEqual(held);
      }
    }),
  );
});

test.each(sizes)("%s: every character of the Chinese is shown on some page", (size) => {
  fc.assert(
    fc.property(anyFace, (lines) => {
      const { pages, cannot } = on(size, { lines });
      fc.pre(!cannot.has("rows"));
      const shown = pages
        .flat()
        .map(({ text }) => text)
        .join("");
      for (const { zh } of lines) for (const character of zh.replaceAll(" ", "")) expect(shown).toContain(character);
    }),
  );
});
