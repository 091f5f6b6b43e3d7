import { beforeAll, describe, expect, test } from "vitest";
import type { EventType, HallEvent } from "../../../../controller/index.ts";
import { type DayFigures, dayFigures } from "../../../../simulator/day/day-figures.ts";
import { dayReport } from "../../../../simulator/day/day-report.ts";
import { type PlayedDay, playDay } from "../../../../simulator/day/play-day.ts";
import { columnsOf } from "../../../../simulator/day/text-width.ts";

// One small day, played once. Its figures are counted a second time here, in another way, from the same log.

let day: PlayedDay;
let figures: DayFigures;
beforeAll(() => {
  day = playDay({ counters: 4, citizens: 150, seed: 11 });
  figures = dayFigures(day);
});

const of = <K extends EventType>(type: K): Extract<HallEvent, { type: K }>[] =>
  day.events.filter((event): event is Extract<HallEvent, { type: K }> => event.type === type);

/** Everything the log says about one ticket, in order. */
const aboutTickets = (): Map<string, HallEvent[]> => {
  const stories = new Map<string, HallEvent[]>();
  for (const event of day.events) {
    if (!("ticketId" in event.data)) continue;
    stories.set(event.data.ticketId, [...(stories.get(event.data.ticketId) ?? []), event]);
  }
  return stories;
};

describe("the figures of a day", () => {
  test("every ticket is counted under one outcome", () => {
    const { issued, ...outcomes } = figures.tickets;
    expect(issued).toBe(of("ticket.issued").length);
    expect(Object.values(outcomes).reduce((sum, count) => sum + count, 0)).toBe(issued);
    expect(outcomes.served).toBeGreaterThan(100);
    const last = [...aboutTickets().values()].map((events) => events.findLast(({ type }) => type === "ticket.closed"));
    const servedLast = last.filter((event) => event?.type === "ticket.closed" && event.data.outcome === "served");
    expect(outcomes.served).toBe(servedLast.length);
  });

  test("closures less comings-back are the closed tickets: nobody is lost between", () => {
    const { issued, open } = figures.tickets;
    expect(of("ticket.closed").length - of("ticket.re-entered").length).toBe(issued - open);
  });

  test("waiting is from the paper to the first call", () => {
    const waits = [...aboutTickets().values()]
      .flatMap((events) => {
        const called = events.find(({ type }) => type === "ticket.called");
        return called === undefined ? [] : [called.recordedAtMs - (events[0]?.recordedAtMs ?? 0)];
      })
      .sort((a, b) => a - b);
    const mean = waits.reduce((sum, wait) => sum + wait, 0) / waits.length;
    expect(figures.waiting).toMatchObject({ meanMs: Math.round(mean), maxMs: waits.at(-1) });
    const notAbove = (limit: number): number => waits.filter((wait) => wait <= limit).length / waits.length;
    expect(notAbove(figures.waiting?.p90Ms ?? 0)).toBeGreaterThanOrEqual(0.9);
    expect(notAbove((figures.waiting?.p90Ms ?? 0) - 1)).toBeLessThan(0.9);
  });

  test("the longest queue is the most tickets between paper and call, as counted at every call", () => {
    expect(figures.peakQueue.waiting).toBe(Math.max(...figures.quarters.map(({ waitingMost }) => waitingMost)));
    expect(figures.peakQueue.waiting).toBeGreaterThan(0);
    const arrivals = figures.quarters.reduce((sum, quarter) => sum + quarter.arrivals, 0);
    expect(arrivals).toBe(figures.citizens.came);
    expect(arrivals).toBe(150);
  });

  test("every question for a rating was answered or ran out, and levels add up", () => {
    const { asked, given, levels, share } = figures.ratings;
    expect(asked).toBe(of("rating.given").length + of("rating.expired").length);
    expect(Object.values(levels).reduce((sum, count) => sum + count, 0)).toBe(given);
    expect(share).toBeCloseTo(given / asked, 10);
  });

  // Serving time by the product's own sum, against the intervals that the figures are made from.
  test("utilisation is serving over duty, as the visits' own times say", () => {
    const servedMs = of("visit.ended").reduce((sum, { data }) => sum + data.servedMs, 0);
    const onDuty = new Map<string, number>();
    let dutyMs = 0;
    for (const event of day.events) {
      if (event.type === "staff.signed-on") onDuty.set(event.data.counterId, event.occurredAtMs);
      if (event.type !== "staff.signed-off" && event.type !== "duty.ended") continue;
      dutyMs += event.occurredAtMs - (onDuty.get(event.data.counterId) ?? Number.NaN);
    }
    const { mean, min, max } = figures.windows.utilisation;
    expect(mean).toBeGreaterThan((0.93 * servedMs) / dutyMs); // Legs that were sent on have no end of their own.
    expect(mean).toBeLessThan((1.07 * servedMs) / dutyMs);
    expect(min).toBeLessThanOrEqual(mean);
    expect(max).toBeGreaterThanOrEqual(mean);
    expect(max).toBeLessThan(1);
  });

  test("every tap that was made is on record, and every window is closed at last", () => {
    expect(figures.taps.all).toBe(day.history.of("tap-presented").length);
    expect(of("staff.signed-on").length).toBe(of("staff.signed-off").length + of("duty.ended").length);
  });

  test("the same day again has the same figures; another seed has others", () => {
    expect(dayFigures(playDay(day.options))).toEqual(figures);
    expect(dayFigures(playDay({ ...day.options, seed: 12 })).waiting).not.toEqual(figures.waiting);
  });
});

describe("the report", () => {
  test.each([76, 80, 120])("fits into %i columns", (width) => {
    for (const line of dayReport(figures, width).split("\n")) expect(columnsOf(line)).toBeLessThanOrEqual(width);
  });

  test("an empty day is told without a fault", () => {
    const empty = dayFigures(playDay({ counters: 1, citizens: 0, seed: 1 }));
    expect(empty.tickets.issued).toBe(0);
    expect(dayReport(empty, 80)).not.toContain("NaN");
  });
});
