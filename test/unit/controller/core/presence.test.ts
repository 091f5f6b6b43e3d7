// Proves who is thought to be there: a late will or birth of an older session changes nothing (I9, I10), inputs that
// are gone are an explicit hole (I4), and a restored controller jumps past every epoch its terminals have seen.
import { expect, test } from "vitest";
import { StreamId, type TerminalState } from "../../../../protocol/index.ts";
import { TestHall, terminalId, typesOf, uuid } from "../../../support/test-hall.ts";

const stream = StreamId.parse(uuid(900_001));
const terminal = terminalId(1);

const birth = (change: Partial<TerminalState> = {}): TerminalState => ({
  v: 1,
  status: "online",
  stream,
  session: 5,
  boot: 1,
  firmware: "0.1.0",
  role: "counter",
  devices: [],
  tail: 1,
  head: 0,
  done: 0,
  epochSeen: 1,
  ...change,
});
const born = (hall: TestHall, change: Partial<TerminalState> = {}) =>
  typesOf(hall.run({ type: "note-birth", terminalId: terminal, birth: birth(change) }));
const lost = (hall: TestHall, session: number) =>
  typesOf(hall.run({ type: "note-loss", terminalId: terminal, stream, session, sign: "will" }));

test.each([
  ["its own session", 5, ["terminal.lost"]],
  ["an older session", 4, []],
])("a will of %s", (_, session, events) => {
  const hall = new TestHall();
  born(hall);
  expect(lost(hall, session)).toEqual(events);
  expect(hall.hall.terminals.get(terminal)?.online).toBe(events.length === 0);
});

test.each([
  ["a newer session", { session: 6 }, ["terminal.born"]],
  ["the same session again", { session: 5 }, []],
  ["an older session", { session: 4 }, []],
  ["a fresh card", { stream: StreamId.parse(uuid(777)), session: 1 }, ["terminal.born"]],
])("a birth of %s", (_, change, events) => {
  const hall = new TestHall();
  born(hall);
  expect(born(hall, change)).toEqual(events);
});

test("a restart of the controller holds nobody for present until heard", () => {
  const hall = new TestHall();
  born(hall);
  hall.run({ type: "start", version: "test", configuration: hall.hall.configuration as never });
  expect(hall.hall.terminals.get(terminal)?.online).toBe(false);
  expect(born(hall, { session: 6 })).toEqual(["terminal.born"]);
});

test("inputs the terminal no longer has are an explicit hole", () => {
  const hall = new TestHall();
  expect(born(hall, { tail: 8 })).toEqual(["terminal.born", "stream.hole"]);
  expect([...hall.hall.cursors.values()]).toEqual([7]);
});

// A restored log asks for what is left of the streams before; what is gone from the card it must not wait for.
test("so are those of a stream it has left behind, where the log lacks something that is still there", () => {
  const hall = new TestHall();
  const former = StreamId.parse(uuid(777));
  const left = { former: [{ stream: former, tail: 4, head: 6 }] };
  expect(born(hall, left)).toEqual(["terminal.born", "stream.hole"]);
  expect(hall.hall.cursors.get(`${terminal}/${former}`)).toBe(3);
  expect(born(hall, { session: 6, former: [{ stream: former, tail: 4, head: 6 }] })).toEqual(["terminal.born"]);
  expect(born(hall, { session: 7, former: [{ stream: former, tail: 3, head: 3 }] })).toEqual(["terminal.born"]);
});

test.each([
  ["a higher epoch", 9, 10],
  ["one that cannot be", 9_000_000_000, 1],
])("a terminal has seen %s", (_, epochSeen, epoch) => {
  const hall = new TestHall();
  born(hall, { epochSeen });
  expect(hall.hall.epoch).toBe(epoch);
});
