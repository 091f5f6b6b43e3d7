import {
  type Bilingual,
  bilingual,
  type BusinessDate,
  businessDayOf,
  type EpochMs,
  instantAt,
  present,
} from "../../protocol/index.ts";
import type { HallConfiguration } from "../core/configuration.ts";
import type { HallView } from "../core/state.ts";

/** As many as plates and boards take. */
const NOTICES_MAX = 8;

/** What idle plates and screens show in turn at `now`: changed hours first, then the hall's own notices of the day. */
export function noticesAt(hall: HallView, now: EpochMs): Bilingual[] {
  const configuration = present(hall.configuration, "configuration");
  const { date } = businessDayOf(now, configuration.zone);
  const notices = configuration.notices.flatMap((notice) => {
    if (!("text" in notice)) return [notice];
    const { text, from, until } = notice;
    return (from === undefined || from <= date) && (until === undefined || date <= until) ? [text] : [];
  });
  return [...changesOfHours(configuration, date, now), ...notices].slice(0, NOTICES_MAX);
}

/** HRS-12: told from its publication until the day it holds. */
function changesOfHours({ hoursChanges, zone }: HallConfiguration, today: BusinessDate, now: EpochMs): Bilingual[] {
  return hoursChanges
    .filter(({ from, publishedAt }) => {
      const [date, time] = publishedAt.split("T");
      return from > today && instantAt(date as BusinessDate, time ?? "00:00", zone) <= now;
    })
    .map(({ from, sessions }) => {
      const [year, month, day] = from.split("-").map(Number);
      const hours = sessions.map((session) => `${session.from}-${session.to}`).join(" ");
      return bilingual(`${month}月${day}日起工作时间改为 ${hours}`, `From ${year}-${month}-${day} open ${hours}`);
    });
}
