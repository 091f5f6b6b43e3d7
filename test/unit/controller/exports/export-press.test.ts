// Exports are drawn one after the other, and nothing that a drawing thread does harms anybody else: one that takes too
// long is stopped, one that dies or fails is answered with its code, and more than the queue holds is refused at once.
import { describe, expect, test } from "vitest";
import type { ExportOrder } from "../../../../controller/exports/export-order.ts";
import {
  EXPORT_BYTES_MAX,
  EXPORT_WITHIN,
  EXPORTS_OF_ONE_MAX,
  EXPORTS_WAITING_MAX,
  ExportPress,
} from "../../../../controller/exports/export-press.ts";
import type { ThreadEnd } from "../../../../controller/exports/start-render-thread.ts";
import { silentLog } from "../../../../protocol/index.ts";
import { VirtualClock } from "../../../support/virtual-clock.ts";

const orderOf = (period: string): ExportOrder => ({
  kind: "sheet",
  directory: "nowhere",
  unit: "all",
  period,
  position: 1,
  format: "csv",
});

interface Drawing {
  readonly period: string;
  readonly end: (how: ThreadEnd) => void;
  stopped: boolean;
}

function openPress() {
  const clock = new VirtualClock();
  const drawings: Drawing[] = [];
  const press = new ExportPress({
    clock,
    log: silentLog,
    startThread(order, end) {
      const drawing: Drawing = { period: order.period, end, stopped: false };
      drawings.push(drawing);
      return { stop: () => void (drawing.stopped = true) };
    },
  });
  const codeOf = async (answer: ReturnType<ExportPress["draw"]>): Promise<string> => {
    const result = await answer;
    return result.ok ? Buffer.from(result.value).toString("utf8") : result.error.code;
  };
  const draw = (who: string, period = "2026-03") => codeOf(press.draw(who, orderOf(period)));
  return { clock, drawings, press, draw };
}

const rendered = (text: string): ThreadEnd => ({ type: "rendered", bytes: new Uint8Array(Buffer.from(text)) });

describe("the press", () => {
  test("one drawing at a time, in the order they were asked for", async () => {
    const { drawings, draw } = openPress();
    const [first, second] = [draw("a", "2026-01"), draw("b", "2026-02")];
    expect(drawings.map(({ period }) => period)).toEqual(["2026-01"]);
    drawings[0]?.end(rendered("one"));
    expect(drawings.map(({ period }) => period)).toEqual(["2026-01", "2026-02"]);
    drawings[1]?.end(rendered("two"));
    expect([await first, await second]).toEqual(["one", "two"]);
  });

  test("more than the queue holds is refused at once, and so is a third of the same account", async () => {
    const { drawings, draw } = openPress();
    const own = Array.from({ length: EXPORTS_OF_ONE_MAX }, () => draw("a"));
    expect(await draw("a")).toBe("EXPORT_BUSY");
    const others = Array.from({ length: EXPORTS_WAITING_MAX - own.length + 1 }, (_, at) => draw(`b${at}`));
    expect(await draw("c")).toBe("EXPORT_BUSY");
    for (let at = 0; at < own.length + others.length; at += 1) drawings[at]?.end(rendered("done"));
    expect(new Set(await Promise.all([...own, ...others]))).toEqual(new Set(["done"]));
    const again = draw("a");
    drawings.at(-1)?.end(rendered("again"));
    expect(await again).toBe("again");
  });

  test("one that takes too long is stopped; the next is drawn", async () => {
    const { clock, drawings, draw } = openPress();
    const [slow, next] = [draw("a"), draw("b")];
    clock.advance(EXPORT_WITHIN);
    expect(await slow).toBe("EXPORT_SLOW");
    expect([drawings[0]?.stopped, drawings.length]).toEqual([true, 2]);
    drawings[0]?.end(rendered("too late"));
    drawings[1]?.end(rendered("in time"));
    expect(await next).toBe("in time");
  });

  test.each<[string, ThreadEnd]>([
    ["EXPORT_FAILED", { type: "died", reason: "no memory" }],
    ["EXPORT_TOO_LARGE", { type: "rendered", bytes: new Uint8Array(EXPORT_BYTES_MAX + 1) }],
    ["FONT_MISSING", { type: "refused", code: "FONT_MISSING", message: "no font" }],
  ])("%s is said as such; the next is drawn", async (code, how) => {
    const { drawings, draw } = openPress();
    const [failed, next] = [draw("a"), draw("b")];
    drawings[0]?.end(how);
    drawings[1]?.end(rendered("next"));
    expect([await failed, await next]).toEqual([code, "next"]);
  });

  test("closing answers everybody and stops the thread; nothing is taken afterwards", async () => {
    const { clock, drawings, press, draw } = openPress();
    const asked = [draw("a"), draw("b")];
    press.close();
    expect(await Promise.all([...asked, draw("c")])).toEqual(["EXPORT_BUSY", "EXPORT_BUSY", "EXPORT_BUSY"]);
    expect([drawings.length, drawings[0]?.stopped]).toEqual([1, true]);
    drawings[0]?.end(rendered("late"));
    clock.advance(EXPORT_WITHIN);
    expect(drawings.length).toBe(1);
  });
});
