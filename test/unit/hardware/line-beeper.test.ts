// A beeper on a line: its patterns to the millisecond, and never left sounding.
import { expect, test } from "vitest";
import { type BeepPattern, LineBeeper } from "../../../hardware/drivers/line-beeper.ts";
import { milliseconds, seconds } from "../../../protocol/base/time.ts";
import { VirtualClock } from "../../support/virtual-clock.ts";

function setUp() {
  const clock = new VirtualClock();
  const heard: string[] = [];
  let sounding = false;
  const beeper = new LineBeeper(clock, (sounds) => {
    if (sounds !== sounding) heard.push(`${sounds ? "on" : "off"} ${Number(clock.mono())}`);
    sounding = sounds;
  });
  return { clock, beeper, heard, isSounding: () => sounding };
}

test.each<[BeepPattern, readonly string[]]>([
  ["accepted", ["on 0", "off 80"]],
  ["refused", ["on 0", "off 80", "on 160", "off 240", "on 320", "off 400"]],
  ["attention", ["on 0", "off 500"]],
])("%s", (pattern, expected) => {
  const { clock, beeper, heard } = setUp();
  beeper.beep(pattern);
  clock.advance(seconds(10));
  expect(heard).toEqual(expected);
  expect(clock.pending).toBe(0);
});

test("a pattern that begins in the midst of another is heard whole, and the other no more", () => {
  const { clock, beeper, heard } = setUp();
  beeper.beep("refused");
  clock.advance(milliseconds(200));
  beeper.beep("accepted");
  clock.advance(seconds(10));
  expect(heard).toEqual(["on 0", "off 80", "on 160", "off 200", "on 200", "off 280"]);
});

test("silenced at any instant, it is silent and stays so", () => {
  for (let at = 0; at <= 420; at += 20) {
    const { clock, beeper, isSounding } = setUp();
    beeper.beep("refused");
    clock.advance(milliseconds(at));
    beeper.silence();
    expect([isSounding(), clock.pending]).toEqual([false, 0]);
  }
});
