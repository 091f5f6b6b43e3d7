// Number and check at the kiosk: a repeat under its key is answered as the first was, wrong checks are counted by
// number and by address, named bounds end the guessing, and the count ends by itself. Virtual time throughout.
import { expect, test } from "vitest";
import { checkOf } from "../../../../controller/core/queue/ticket-check.ts";
import { decide, evolve } from "../../../../controller/core/hall.ts";
import {
  ReEntryDesk,
  WRONG_CHECKS_AT_ADDRESS_MAX,
  WRONG_CHECKS_MAX,
} from "../../../../controller/desks/re-entry-desk.ts";
import { GENESIS_HASH, recordOf } from "../../../../controller/engine/chain.ts";
import { createEngine } from "../../../../controller/engine/single-writer.ts";
import { MemoryDisk, openMemoryEventStore } from "../../../../controller/engine/memory-event-store.ts";
import { epochMs, minutes, seconds, silentLog, TicketNumber } from "../../../../protocol/index.ts";
import { SeededRandom } from "../../../support/seeded-random.ts";
import { TestHall, testConfiguration } from "../../../support/test-hall.ts";
import { VirtualClock } from "../../../support/virtual-clock.ts";

/** A001 is a no-show; a desk stands before the hall as it is then. */
function missedAtDesk() {
  const hall = new TestHall(testConfiguration(2, { reEntryWithinMs: 3_600_000 }));
  hall.signOn(1);
  hall.ticket();
  hall.wait(6_000);
  hall.input(1, "call-next");
  const check = checkOf(hall.ticketId("A001"));
  hall.wait(26_000);
  hall.input(1, "no-show", hall.visit(1));
  const clock = new VirtualClock(epochMs(hall.now));
  const disk = new MemoryDisk();
  for (const event of hall.events) disk.records.push({ seq: event.seq, record: recordOf(event), hash: GENESIS_HASH });
  const engine = createEngine({
    store: openMemoryEventStore(disk),
    clock,
    log: silentLog,
    random: new SeededRandom(1),
    decide,
    evolve,
    hall: hall.hall,
    onFatal(error) {
      throw error;
    },
  });
  const desk = new ReEntryDesk(engine, clock);
  const ask = async (given: string, { number = "A001", address = "10.0.0.1", key = null as string | null } = {}) => {
    const asked = desk.reEnter({ number: TicketNumber.parse(number), check: given }, { key, address });
    for (let turn = 0; turn < 5; turn += 1) await Promise.resolve();
    clock.advance(seconds(1));
    const answer = await asked;
    return answer.ok ? "back" : (answer.error.reason?.code ?? answer.error.code);
  };
  const wrong = String((Number(check) + 1) % 10_000).padStart(4, "0");
  return { ask, check, wrong, pass: (ms: ReturnType<typeof minutes>) => clock.advance(ms) };
}

const repeat = async (times: number, work: (n: number) => Promise<string>): Promise<string[]> => {
  const answers: string[] = [];
  for (let n = 0; n < times; n += 1) answers.push(await work(n));
  return answers;
};

test("a repeat under its key hears that it worked; a new request hears that it waits", async () => {
  const { ask, check } = missedAtDesk();
  expect(await ask(check, { key: "touch-1" })).toBe("back");
  expect(await ask(check, { key: "touch-1" })).toBe("back");
  expect(await ask("0000", { key: "touch-1" })).toBe("key-reused");
  expect(await ask(check, { key: "touch-2" })).toBe("still-waiting");
});

test("so many wrong checks end the guessing for that number, wherever it is guessed, for a while", async () => {
  const { ask, check, wrong, pass } = missedAtDesk();
  const guesses = await repeat(WRONG_CHECKS_MAX, (n) => ask(wrong, { address: `10.0.0.${n}` }));
  expect(new Set(guesses)).toEqual(new Set(["wrong-check"]));
  expect(await ask(check, { address: "10.0.0.99" })).toBe("too-many-checks");
  expect(await ask("0000", { number: "A900" })).toBe("unknown-number"); // Other numbers are not concerned.
  pass(minutes(10));
  expect(await ask(check)).toBe("back");
});

test("whoever has the paper is not kept out by a slip before, nor counted", async () => {
  const { ask, check, wrong } = missedAtDesk();
  await repeat(WRONG_CHECKS_MAX - 1, () => ask(wrong));
  expect(await ask(check)).toBe("back");
  expect(new Set(await repeat(2 * WRONG_CHECKS_MAX, () => ask(check)))).toEqual(new Set(["still-waiting"]));
});

test("so many wrong tries from one address end its guessing through all numbers; another kiosk goes on", async () => {
  const { ask, check } = missedAtDesk();
  const numbers = (n: number): string => `A${900 + n}`;
  const tries = await repeat(WRONG_CHECKS_AT_ADDRESS_MAX, (n) => ask("0000", { number: numbers(n) }));
  expect(new Set(tries)).toEqual(new Set(["unknown-number"]));
  expect(await ask(check)).toBe("too-many-checks");
  expect(await ask(check, { address: "10.0.0.2" })).toBe("back");
});
