import { afterEach, expect, test } from "vitest";
import { seconds } from "../../../protocol/index.ts";
import { badgeDraft, controllerState } from "../../support/counter-messages.ts";
import { TerminalBench } from "../../support/terminal-bench.ts";
import { TerminalCoreRig } from "../../support/terminal-core-rig.ts";

// What people see when nothing can be recorded: at the hall, or at the terminal itself.

let bench: TerminalBench | null = null;
afterEach(() => bench?.close());

const saysIt = (status: "up" | "down") => ({
  type: "controller" as const,
  controller: { ...controllerState(status), ...(status === "down" && { because: "storage" }) },
});

test("a hall that cannot write refuses a press with that reason, and facts are kept all the same", async () => {
  bench = new TerminalBench();
  await bench.online();
  bench.link.hear(saysIt("down"));
  expect(bench.foot).toBe("大厅磁盘已满或无法写入");
  bench.press("call");
  expect(bench.foot).toBe("大厅无法存储，不可操作");
  expect(bench.journalled()).toEqual([]);
  bench.link.hear(saysIt("up"));
  bench.clock.real.advance(seconds(5));
  bench.press("call");
  expect(bench.journalled().map(({ type }) => type)).toEqual(["call-next"]);
});

test("a journal that takes nothing: the sign stands from the first refusal until something is taken again", () => {
  const rig = new TerminalCoreRig();
  rig.feed({ type: "journal-refused", draft: badgeDraft(1), reason: "journal-unwritable" });
  expect(rig.foot).toBe("存储故障，无法记录");
  rig.advance(seconds(5));
  expect(rig.foot).toBe("存储故障，刷卡与按键无法记录");
  rig.feed({ type: "journal-probed", fault: "journal-unwritable" });
  expect(rig.foot).toBe("存储故障，刷卡与按键无法记录");
  rig.feed({ type: "journal-probed", fault: null });
  expect(rig.foot).not.toBe("存储故障，刷卡与按键无法记录");
  rig.feed({ type: "journal-refused", draft: badgeDraft(2), reason: "journal-full" });
  rig.advance(seconds(5));
  rig.feed({ type: "journalled", draft: badgeDraft(3), seq: 1 });
  rig.advance(seconds(5));
  expect(rig.foot).not.toBe("存储故障，刷卡与按键无法记录");
});
