// The clerk's page: its address names the window, its buttons follow the window, its dialogs say exactly one action.
import { expect, test } from "vitest";
import { ClerkAction } from "../../../../../controller/core/desk/clerk-action.ts";
import type { DeskPicture } from "../../../../../controller/projections/desk-picture.ts";
import { type Question, wishOf } from "../../../../../controller/web/pages/counter/clerk-wish.ts";
import { readAddress } from "../../../../../controller/web/pages/counter/counter-address.ts";
import { bindingWords, minutesWords } from "../../../../../controller/web/pages/counter/desk-words.ts";
import { NOTHING_POSSIBLE, possibleFor } from "../../../../../controller/web/pages/counter/possible.ts";
import { newsOf, UNCONFIRMED } from "../../../../../controller/web/pages/counter/use-desk.ts";

const VISIT = "0b7c5a54-2f0e-4c9e-9a07-7d9ac1f8a001";
const TICKET = "0b7c5a54-2f0e-4c9e-9a07-7d9ac1f8a002";

function deskIn(change: Partial<DeskPicture>): DeskPicture {
  const desk = {
    counter: "3",
    phase: "idle",
    person: { staffId: "s1", name: "李敏" },
    visit: null,
    ticketsOpen: true,
    staff: [{ staff: "s2", name: "王强", counter: null }],
  };
  return { ...desk, ...change } as unknown as DeskPicture;
}

function formOf(fields: Readonly<Record<string, string>>): FormData {
  const form = new FormData();
  for (const [name, value] of Object.entries(fields)) form.set(name, value);
  return form;
}

test.each([
  ["http://hall:9180/counter/3", "3"],
  ["http://hall:9180/counter/3?print=1", "3"],
  ["http://hall:9180/counter?counter=3", "3"],
  ["http://hall/counter", null],
])("%s names counter %s", (href, counter) => {
  expect(readAddress(href)).toBe(counter);
});

test("nothing is offered while nobody is on duty or the window is in maintenance", () => {
  expect(possibleFor(deskIn({ person: null }))).toEqual(NOTHING_POSSIBLE);
  expect(possibleFor(deskIn({ phase: "maintenance" }))).toEqual(NOTHING_POSSIBLE);
});

test("calls are offered to a free window alone, declining and late tickets after closing alone", () => {
  const visit = { visit: VISIT, number: "A017" } as unknown as DeskPicture["visit"];
  expect(possibleFor(deskIn({}))).toMatchObject({ call: true, sendOn: false, decline: false, lateTicket: false });
  const serving = possibleFor(deskIn({ phase: "serving", visit }));
  expect(serving).toMatchObject({ call: false, sendOn: true, hold: true, pause: true });
  expect(possibleFor(deskIn({ phase: "called", visit }))).toMatchObject({ sendOn: true, hold: false });
  expect(possibleFor(deskIn({ phase: "paused" }))).toMatchObject({ call: false, resume: true, pause: false });
  expect(possibleFor(deskIn({ ticketsOpen: false }))).toMatchObject({ decline: true, lateTicket: true });
});

const TRANSFER: Question = { kind: "transfer", visit: VISIT, number: "A017" };
const CALL: Question = { kind: "reason", action: "call-ticket", ticket: TICKET, number: "A020" };

test.each<[string, Question, Readonly<Record<string, string>>, object]>([
  ["a service", TRANSFER, { to: "service", service: "tax" }, { action: "transfer", to: { service: "tax" } }],
  ["a counter", TRANSFER, { to: "counter", counter: "4", "leg-service": "" }, { to: { counter: "4" } }],
  ["a person", TRANSFER, { to: "staff", staff: "s2", "leg-service": "tax" }, { to: { staff: "s2" }, service: "tax" }],
  ["a pause", { kind: "pause" }, { reason: "meeting", minutes: "15" }, { reason: "meeting", minutes: 15 }],
  ["a pause of unknown length", { kind: "pause" }, { reason: "meeting", minutes: "0" }, { reason: "meeting" }],
  ["a call out of order", CALL, { reason: "urgent" }, { action: "call-ticket", ticket: TICKET, reason: "urgent" }],
  ["a late ticket", { kind: "late-ticket" }, { service: "tax", reason: "urgent" }, { action: "late-ticket" }],
])("the dialog for %s says an action that the hall understands", (_name, question, fields, wish) => {
  const said = wishOf(question, formOf(fields));
  expect(said).toMatchObject(wish);
  expect(ClerkAction.safeParse(said).error?.issues).toBeUndefined();
});

test.each<[string, Question, Readonly<Record<string, string>>]>([
  ["a transfer to nobody", TRANSFER, { to: "counter", service: "tax" }],
  ["a call out of order without a reason (QUE-04)", CALL, {}],
  ["declining without a reason (HRS-19)", { ...CALL, action: "decline" }, { reason: "" }],
  ["a late ticket without a service", { kind: "late-ticket" }, { reason: "urgent" }],
])("%s is not sent", (_name, question, fields) => {
  expect(wishOf(question, formOf(fields))).toBeNull();
});

test("an action without an answer is neither done nor refused: the clerk is told to look", () => {
  expect(newsOf({ kind: "away" })).toEqual({ words: UNCONFIRMED, refused: true });
});

test("a ticket bound to somebody who is not there says so", () => {
  const ticket = { boundTo: { counter: null, staff: "s2" }, there: false } as unknown as DeskPicture["waiting"][number];
  expect(bindingWords(ticket, deskIn({}))).toEqual({ zh: "指定 王强（不在）", en: "For 王强 (away)" });
  expect(bindingWords({ ...ticket, boundTo: null }, deskIn({}))).toBeNull();
});

test("two clocks that differ a little never make a negative wait", () => {
  expect(minutesWords(5_000, 0)).toEqual({ zh: "0 分钟", en: "0 min" });
  expect(minutesWords(0, 179_000).zh).toBe("2 分钟");
});
