import type { VisitId } from "../../../../protocol/index.ts";
import { present } from "../../../../protocol/index.ts";
import { playAccessDays } from "./golden-access-days.ts";
import { playAppointmentDays } from "./golden-appointment-days.ts";
import { playCounterLife } from "./golden-counter-life.ts";
import { playDeskDay } from "./golden-desk-day.ts";
import { GoldenHall } from "./golden-hall.ts";
import { playOfficeDays } from "./golden-office-days.ts";
import { playStaffDay } from "./golden-staff-day.ts";

/** Every kind of event at least once. What happened before 0.1.0 was released may still be changed here. */
export function playGoldenDays(): GoldenHall {
  const hall = new GoldenHall();
  openTheHall(hall);
  serveTwoCounters(hall);
  const late = goOutAndPause(hall);
  loseAndRestart(hall);
  endTheDay(hall, late);
  playStaffDay(hall);
  playCounterLife(hall);
  playDeskDay(hall);
  playOfficeDays(hall);
  playAccessDays(hall);
  playAppointmentDays(hall);
  putBackFromCopy(hall);
  hall.loseBattery((setClock) => {
    hall.start(2, "0.1.0");
    hall.birth(1, { session: 99 });
    hall.tap(1);
    setClock();
    hall.wait(1);
  });
  return hall;
}

function openTheHall(hall: GoldenHall): void {
  hall.start(2, "0.1.0");
  hall.birth(1);
  hall.birth(2, { epochSeen: 4 });
  hall.input(1, "call-next");
  hall.tap(1, 77); // A badge nobody knows.
  hall.tap(1, 3); // A clerk who may sign on nowhere.
  hall.tap(1);
  hall.tap(1, 2); // Take over? Nobody confirms.
  hall.wait(9);
  hall.tap(2);
  hall.input(2, "call-next"); // Armed.
  hall.input(2, "disarm");
}

function serveTwoCounters(hall: GoldenHall): void {
  hall.tickets("apply", "tax", "social", "apply", "social", "apply");
  hall.input(1, "call-next"); // Too fresh: armed.
  hall.input(1, "disarm");
  hall.wait(6);
  hall.input(1, "call-next");
  hall.input(2, "call-next"); // Waits for the hall's voice.
  hall.about(2, "recall");
  hall.about(2, "no-show");
  hall.wait(12);
  hall.about(1, "recall");
  hall.about(1, "service-started");
  hall.input(1, "call-next", {}, { basis: { epoch: 1, position: 1 } }); // Outdated.
  hall.wait(20);
  hall.about(2, "no-show"); // Calls the next.
  hall.about(2, "service-started");
  hall.input(2, "pause-planned");
  hall.input(2, "pause-unplanned");
  hall.input(2, "pause-planned");
  const rated = atHand(hall, 2);
  hall.about(2, "service-finished");
  hall.input(2, "rating-given", { visitId: rated, level: 5 });
  hall.input(2, "rating-given", { visitId: rated, level: 1 }); // The first one is final.
  hall.input(2, "resume");
  hall.about(1, "service-finished");
  hall.wait(16);
  hall.input(1, "call-next"); // Ends the keypad of the visit before.
  hall.wait(2);
  hall.about(1, "service-started");
}

function goOutAndPause(hall: GoldenHall): VisitId {
  hall.about(2, "service-started");
  const late = atHand(hall, 2);
  hall.about(2, "service-finished");
  hall.wait(61); // The rating window of counter 2 closes by itself.
  hall.about(1, "service-finished");
  hall.wait(16);
  hall.input(1, "pause");
  hall.input(1, "pause");
  hall.tap(1);
  hall.wait(10); // Nobody confirms: the question lapses.
  hall.tap(1);
  hall.tap(1); // Out.
  hall.input(1, "resume");
  hall.wait(5);
  hall.tap(1); // And back.
  hall.input(1, "assistance-requested");
  hall.input(1, "device-fault", { device: "rating-keypad", fault: "stuck-key", state: "raised" });
  hall.input(1, "device-fault", { device: "rating-keypad", fault: "stuck-key", state: "cleared" });
  hall.input(1, "dance");
  return late;
}

function loseAndRestart(hall: GoldenHall): void {
  hall.lose(2, 1);
  hall.start(3, "0.1.0");
  hall.birth(1, { session: 2, boot: 2, head: 90, tail: 81 }); // Its older inputs are gone: a hole.
  hall.birth(2, { session: 2 });
  hall.birth(3);
  hall.input(2, "service-started", { visitId: atNobody });
}

function endTheDay(hall: GoldenHall, late: VisitId): void {
  hall.skip(8 * 60); // Duty has ended with the morning's session.
  hall.tap(1);
  hall.tap(2);
  hall.wait(5);
  hall.tap(2); // Half an hour before the end and later: signs off.
  hall.tickets("tax");
  hall.wait(6);
  hall.input(1, "call-next");
  hall.about(1, "service-started");
  hall.tap(1); // Signs off when this visit is done.
  hall.about(1, "service-finished");
  hall.wait(61);
  hall.input(2, "rating-given", { visitId: late, level: 4 }); // Pressed in time, arrived late.
  hall.tickets("social", "tax");
  hall.skip(24 * 60);
  hall.tap(3);
}

/** The log goes on after a copy of it: one ticket is confirmed, the rest is closed. */
function putBackFromCopy(hall: GoldenHall): void {
  hall.skipTo(9, 0);
  hall.tickets("apply", "tax", "apply");
  hall.run({ type: "note-restore", madeAtMs: hall.hall.lastRecordedAtMs });
  hall.start(3, "0.1.0");
  hall.run({ type: "settle-restored", tickets: [...hall.hall.unconfirmed].slice(-1), how: "confirm" });
  hall.run({ type: "settle-restored", tickets: "all", how: "close" });
  hall.tickets("apply");
}

const atNobody = "00000000-0000-4000-8000-00000000dead";
const atHand = (hall: GoldenHall, n: number): VisitId => present(hall.counter(n).visit, "visit").visitId;
