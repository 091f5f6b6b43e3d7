import type { GoldenHall } from "./golden-hall.ts";

/** A day at two windows: arming, holding, presumed starts, tickets that return, pauses with their reasons. */
export function playCounterLife(hall: GoldenHall): void {
  hall.start(2, "0.1.0");
  hall.skipTo(9, 0);
  for (const n of [1, 2]) {
    hall.birth(n, { session: 11 });
    hall.tap(n);
  }
  armAndHold(hall);
  presumeAndReturn(hall);
  hall.input(1, "pause");
  hall.input(1, "cycle-pause");
  hall.wait(6);
  hall.input(1, "cycle-pause"); // Back.
}

function armAndHold(hall: GoldenHall): void {
  hall.input(2, "call-next"); // Armed.
  hall.input(2, "disarm");
  hall.input(2, "call-next");
  hall.tickets("apply", "apply");
  hall.wait(6); // Called by itself.
  hall.about(2, "service-started");
  hall.wait(3);
  hall.about(2, "hold");
}

function presumeAndReturn(hall: GoldenHall): void {
  hall.input(1, "call-next");
  hall.wait(65); // Nobody presses start.
  hall.about(1, "service-finished");
  hall.input(2, "recall-held");
  hall.wait(2);
  hall.lose(2, 11);
  hall.wait(61); // Its ticket goes back to the head of the queue.
  hall.birth(2, { session: 12 });
  hall.input(1, "call-next");
  hall.about(1, "service-started");
  hall.about(1, "service-finished");
  hall.wait(61);
}
