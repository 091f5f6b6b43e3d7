import { join, resolve } from "node:path";
import type { z } from "zod";
import type { ControllerConfiguration } from "../../controller/index.ts";
import type { CanonicalBadge } from "../../hardware/index.ts";
import { bilingual, HallId } from "../../protocol/index.ts";
import type { TerminalConfig } from "../../terminal/index.ts";
import type { DemoOptions } from "./demo-options.ts";
import type { DemoCounter, DemoHall, DemoStaff } from "./hall-plan.ts";
import { wiredDevices } from "./wired-counter.ts";

export const DEMO_HALL = HallId.parse("haitang");

const NOTICES = [
  bilingual("工作时间 全天（演示）", "Open all day (demonstration)"),
  bilingual("咨询电话 12345", "Hotline 12345"),
];

/** A county's centre, with the season that its regulation leaves to the hall. */
const ATTENDANCE = { policy: "county", settings: { summer: { from: "06-01", to: "09-30" } } };

/** Out of the house: who goes by this reason is away from their post (ATT-06). */
export const OUT = "out";
/** The presets, and going out. */
const PAUSE_REASONS = [
  { id: "short-break", text: bilingual("暂离", "Short break") },
  { id: "papers", text: bilingual("取资料", "Fetching papers") },
  { id: "meeting", text: bilingual("会议", "Meeting") },
  { id: "fault", text: bilingual("设备故障", "Equipment fault") },
  { id: OUT, text: bilingual("外出", "Out of the house") },
];

/** One voice for all windows: with many of them each call must be shorter, or the calls pile up. */
const announcementSlotMs = (counters: number): number => Math.round(Math.min(4000, Math.max(800, 18_000 / counters)));

export type GivenConfiguration = z.input<typeof ControllerConfiguration>;

/** A demonstration shows its first day, too; a hall that starts in earnest is judged from its second. */
export function judgedFrom(configuration: GivenConfiguration, from: string): GivenConfiguration {
  const { hall } = configuration;
  return { ...configuration, hall: { ...hall, ...(hall.attendance && { attendance: { ...hall.attendance, from } }) } };
}

/** `controller.yaml`. Open all day, so that the demonstration works at any hour; a tap of who is on duty signs off. */
export function controllerConfiguration(
  hall: DemoHall,
  options: DemoOptions,
  digestOf: (badge: CanonicalBadge) => string,
): GivenConfiguration {
  const staffOf = ({ staffId, name, post, number, badge, counters }: DemoStaff) => ({
    id: staffId,
    name,
    post,
    number,
    badges: [digestOf(badge)],
    ...(staffId === hall.lead.staffId ? { counters: [], backup: [...counters] } : { counters: [...counters] }),
  });
  return {
    directory: resolve(options.data),
    http: { port: options.port },
    mqtt: { port: options.mqttPort },
    hall: {
      hall: DEMO_HALL,
      name: hall.name,
      zone: hall.zone,
      sessions: [{ from: "00:00", to: "24:00" }],
      queues: hall.services.map(({ queueId, letter }) => ({ id: queueId, letter })),
      services: hall.services.map(({ serviceId, queueId, name }) => ({ id: serviceId, name, queue: queueId })),
      counters: hall.counters.map(({ counterId, terminalId, title, queues }) => ({
        id: counterId,
        terminal: terminalId,
        title,
        queues: [...queues],
      })),
      staff: [hall.lead, ...hall.counters.map(({ clerk }) => clerk)].map(staffOf),
      attendance: ATTENDANCE,
      appointments: { services: hall.services.map(({ serviceId }) => ({ service: serviceId, perSlot: 2 })) },
      pauseReasons: PAUSE_REASONS,
      notices: NOTICES,
      rules: {
        callableAfterMs: 2000,
        announcementSlotMs: announcementSlotMs(hall.counters.length),
        signOffFromMinutes: 1440,
      },
    },
  };
}

/** `terminal.yaml` of one counter. Its devices are the demonstration's. */
export function terminalConfiguration(
  counter: DemoCounter,
  options: DemoOptions,
  directory: string,
): z.input<typeof TerminalConfig> {
  return {
    hall: DEMO_HALL,
    terminal: counter.terminalId,
    controller: { host: "127.0.0.1", mqttPort: options.mqttPort },
    directory: resolve(directory),
    ...(isWired(counter, options) ? { devices: wiredDevices(wiresIn(resolve(directory))) } : {}),
  };
}

/** The first counter alone, and only where it was asked for. */
export const isWired = ({ counterId }: DemoCounter, { wires }: Pick<DemoOptions, "wires">): boolean =>
  wires === true && counterId === "1";

/** Where the serial lines of a counter's devices end. */
export const wiresIn = (terminalDirectory: string): string => join(terminalDirectory, "wires");
