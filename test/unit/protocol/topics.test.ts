import fc from "fast-check";
import { expect, test } from "vitest";
import {
  HALL_BRANCHES_DOWN,
  HallId,
  parseTopic,
  TERMINAL_BRANCHES_DOWN,
  TERMINAL_BRANCHES_UP,
  TerminalId,
  TOPIC_BYTES_MAX,
  TOPIC_LEVELS_MAX,
  topics,
} from "../../../protocol/index.ts";

const slug = fc.stringMatching(/^[a-z0-9][a-z0-9-]{0,31}$/u);
const hallIds = slug.map((text) => HallId.parse(text));
const terminalIds = slug.map((text) => TerminalId.parse(text));
const LONGEST_ID = "a".repeat(32);

// What is written by `topics` is read back by `parseTopic` as exactly what was meant, for every branch and every id.
test("a terminal's topic is read as it was written", () => {
  const branches = fc.constantFrom(...TERMINAL_BRANCHES_UP, ...TERMINAL_BRANCHES_DOWN);
  fc.assert(
    fc.property(hallIds, terminalIds, branches, (hall, terminal, branch) => {
      const up = (TERMINAL_BRANCHES_UP as readonly string[]).includes(branch);
      const read = parseTopic(topics.terminal(hall, terminal, branch));
      expect(read).toEqual({ kind: "terminal", hall, terminal, branch, up });
    }),
  );
});

// Topics that were written once are kept: by hall and terminal, not by terminal alone.
test("the same terminal in another hall has topics of its own", () => {
  const terminal = TerminalId.parse("t-01");
  const written = ["north", "south", "north"].map((hall) => topics.terminal(HallId.parse(hall), terminal, "up"));
  expect(written).toEqual(["north", "south", "north"].map((hall) => `hallward/1/${hall}/terminals/t-01/up`));
});

test("a hall's topic is read as it was written", () => {
  fc.assert(
    fc.property(hallIds, fc.constantFrom(...HALL_BRANCHES_DOWN), (hall, branch) => {
      expect(parseTopic(topics.hall(hall, branch))).toEqual({ kind: "hall", hall, branch, up: false });
    }),
  );
});

test("whatever text comes, reading it back gives that text or nothing", () => {
  const level = fc.oneof(slug, fc.constantFrom("hallward", "1", "terminals", "up", "ack", "board", ""), fc.string());
  fc.assert(
    fc.property(fc.array(level, { maxLength: 7 }), (levels) => {
      const text = levels.join("/");
      const read = parseTopic(text);
      if (read === null) return;
      const again =
        read.kind === "hall"
          ? topics.hall(read.hall, read.branch)
          : topics.terminal(read.hall, read.terminal, read.branch);
      expect(again).toBe(text);
    }),
  );
});

test.each([
  ["an empty topic", ""],
  ["only the root", "hallward"],
  ["no branch", "hallward/1/h"],
  ["no major", "hallward/h/board"],
  ["another major", "hallward/2/h/board"],
  ["a major with a zero before it", "hallward/01/h/board"],
  ["another root", "hallway/1/h/board"],
  ["an upper-case root", "Hallward/1/h/board"],
  ["a leading slash", "/hallward/1/h/board"],
  ["a trailing slash", "hallward/1/h/board/"],
  ["a newline at the end", "hallward/1/h/board\n"],
  ["a nul at the end", "hallward/1/h/board\u0000"],
  ["an empty hall", "hallward/1//board"],
  ["an empty terminal", "hallward/1/h/terminals//up"],
  ["no terminal branch", "hallward/1/h/terminals/t"],
  ["an unknown branch", "hallward/1/h/terminals/t/down"],
  ["an unknown hall branch", "hallward/1/h/boards"],
  ["a hall branch of a terminal", "hallward/1/h/terminals/t/board"],
  ["a terminal branch of the hall", "hallward/1/h/up"],
  ["another family", "hallward/1/h/screens/t/up"],
  ["one level too many", "hallward/1/h/terminals/t/up/x"],
  ["a multi-level wildcard", "hallward/1/h/#"],
  ["a wildcard terminal", "hallward/1/h/terminals/+/up"],
  ["a wildcard hall", "hallward/1/+/board"],
  ["a wildcard inside an id", "hallward/1/h/terminals/t+/up"],
  ["a broker's own topic", "$SYS/broker/clients"],
  ["a shared subscription", "$share/g/hallward/1/h/board"],
  ["__proto__ as hall", "hallward/1/__proto__/board"],
  ["__proto__ as terminal", "hallward/1/h/terminals/__proto__/up"],
  ["__proto__ as branch", "hallward/1/h/terminals/t/__proto__"],
  ["constructor as branch", "hallward/1/h/constructor"],
  ["an upper-case terminal", "hallward/1/h/terminals/T/up"],
  ["a full-width letter", "hallward/1/h/terminals/ａ/up"],
  ["Chinese", "hallward/1/大厅/board"],
  ["a blank", "hallward/1/h /board"],
  ["an id of 33 characters", `hallward/1/${LONGEST_ID}a/board`],
  ["a very long topic", `hallward/1/h/${"x".repeat(100_000)}`],
])("%s is no topic", (_what, text) => {
  expect(parseTopic(text)).toBeNull();
});

test("the longest topic is within the limits that the broker enforces", () => {
  const hall = HallId.parse(LONGEST_ID);
  const terminal = TerminalId.parse(LONGEST_ID);
  for (const branch of [...TERMINAL_BRANCHES_UP, ...TERMINAL_BRANCHES_DOWN]) {
    const text = topics.terminal(hall, terminal, branch);
    expect(text.length).toBeLessThanOrEqual(TOPIC_BYTES_MAX);
    expect(text.split("/").length).toBeLessThanOrEqual(TOPIC_LEVELS_MAX);
    expect(parseTopic(text)).not.toBeNull();
  }
});

test("the controller subscribes to one upward branch of every terminal", () => {
  expect(topics.everyTerminal(HallId.parse("h"), "up")).toBe("hallward/1/h/terminals/+/up");
});
