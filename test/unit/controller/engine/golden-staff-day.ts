import { HallConfiguration } from "../../../../controller/core/configuration.ts";
import { badge, counterId, testConfiguration } from "../../../support/test-hall.ts";
import type { GoldenHall } from "./golden-hall.ts";

/** A day of everybody who is not simply a clerk at a window of their own. */
export function playStaffDay(hall: GoldenHall): void {
  hall.run({ type: "start", version: "0.1.0", configuration: staffHall() });
  hall.skipTo(8, 30);
  hall.tap(1, 1);
  hall.wait(10);
  hall.tap(1, 2); // Shares the window.
  hall.wait(10);
  hall.tap(1, 1); // Serves again.
  hall.tap(2, 9); // A technician.
  hall.wait(10);
  hall.tap(2, 9);
  hall.tap(2, 3);
  hall.wait(10);
  hall.tap(2, 4);
  hall.wait(5);
  hall.tap(2, 4); // Takes over from 3.
  hall.input(2, "assistance-requested");
  hall.tap(2, 8); // An inspector.
  hall.input(2, "assistance-requested");
  hall.run({ type: "clear-assistance", counterId: counterId(2) });
  hall.tap(9, 1); // At the desk.
  hall.wait(10);
  hall.tap(2, 4);
  hall.wait(5);
  hall.tap(2, 4); // Out, and not back.
  hall.skipTo(12, 31); // Everybody's duty ends, but that of who has lunch duty.
  const sessions = [{ from: "08:00", to: "17:00" }];
  hall.run({ type: "start", version: "0.1.0", configuration: { ...staffHall(), sessions } });
  hall.skipTo(18, 1);
}

/** Window 1 is shared; 3 has window 2, 4 covers it; 8 inspects, 9 repairs; terminal 9 is the desk at the entrance. */
function staffHall(): HallConfiguration {
  const base = testConfiguration(2);
  const someone = (n: number, more: object) => ({ ...base.staff[0], id: `s0${n}`, badges: [badge(n)], ...more });
  return HallConfiguration.parse({
    ...base,
    counters: base.counters.map((counter) => ({ ...counter, shared: counter.id === "1" })),
    desks: [{ terminal: "t09", kind: "desk" }],
    lunchDuty: [{ staff: ["s01"] }],
    staff: [
      someone(1, { counters: ["1"] }),
      someone(2, { counters: ["1"] }),
      someone(3, { counters: ["2"] }),
      someone(4, { counters: [], backup: ["2"] }),
      someone(8, { counters: [], roles: ["inspector"] }),
      someone(9, { counters: [], roles: ["technician"] }),
    ],
  });
}
