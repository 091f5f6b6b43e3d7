import { HallConfiguration } from "../../controller/index.ts";
import { present, ServiceId } from "../../protocol/index.ts";
import { inShanghai, peopleHall, rosterOf, SIM_HALL, type SimRole, type WorldPlan } from "../world-plan.ts";

/** What the day plays; three lines with a number series each, the last one at every third window. */
const SERVICES = [
  { id: "apply", name: { zh: "综合业务", en: "General" }, queue: "a" },
  { id: "tax", name: { zh: "税务", en: "Tax" }, queue: "b" },
  { id: "social", name: { zh: "社保", en: "Social security" }, queue: "c" },
] as const;
const QUEUES = ["a", "b", "c"] as const;

/** Windows that share a voice: one call at a time. A zone has at most a quarter of the hall, and at least these. */
const ZONE_LEAST = 10;
const ZONES = 4;
/** One person who stands in for so many windows. */
const WINDOWS_PER_RELIEF = 12;

export const DAY_FROM = { hours: 7, minutes: 30 } as const;
/** Arrivals are drawn from here to the last session's end. */
const DAY_MINUTES = 10 * 60;

/** A working day, Monday, with its two sessions, and a hall whose size is asked for. */
export function dayPlan(windows: number): WorldPlan {
  const reliefs = Math.ceil(windows / WINDOWS_PER_RELIEF);
  const others: SimRole[] = [
    ...Array.from({ length: reliefs }, () => "relief" as const),
    "inspector",
    "technician",
    "untrained",
    "stranger",
    "old-card",
  ];
  const hall = peopleHall(windows, others);
  return {
    ...hall,
    services: SERVICES.map(({ id }) => ServiceId.parse(id)),
    configuration: configurationOf(hall),
    startMs: inShanghai(DAY_FROM.hours, DAY_FROM.minutes),
    minutes: DAY_MINUTES,
    tickMs: 2000,
    facesPerTick: 1,
    healthMs: 120_000, // Nobody dies on this day: fewer signs of life say as much.
    arrivalMs: 0,
  };
}

function configurationOf(hall: Pick<WorldPlan, "counters" | "staff">): HallConfiguration {
  const perZone = Math.max(ZONE_LEAST, Math.ceil(hall.counters.length / ZONES));
  return HallConfiguration.parse({
    hall: SIM_HALL,
    name: { zh: "模拟大厅", en: "Simulated hall" },
    zone: "Asia/Shanghai",
    sessions: [
      { from: "08:00", to: "12:00" },
      { from: "14:00", to: "17:30" },
    ],
    queues: QUEUES.map((id) => ({ id, letter: id.toUpperCase(), last: 9999 })),
    services: SERVICES,
    counters: hall.counters.map(({ counterId, terminalId }, at) => {
      const served = at % 3 === 2 ? QUEUES : QUEUES.slice(0, 2);
      const only = present(served.at(-1), "a queue");
      return {
        id: counterId,
        terminal: terminalId,
        title: only === "c" ? { zh: "全科窗口", en: "All services" } : { zh: "综合窗口", en: "General" },
        zone: `zone-${1 + Math.floor(at / perZone)}`,
        queues: served,
      };
    }),
    staff: rosterOf(hall),
    rules: { ticketsFromMinutes: 20 },
  });
}
