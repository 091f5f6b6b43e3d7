// Times on pages are the hall's: a browser may stand in any zone, and often stands in UTC.

/** A day in the hall, as its calendar has it. */
export interface CalendarDay {
  readonly year: number;
  /** 1 to 12. */
  readonly month: number;
  readonly day: number;
}

const formats = new Map<string, Intl.DateTimeFormat>();

/** The zone that the page's html names; empty where none does: then the browser's own. */
function hallZone(): string {
  return typeof document === "undefined" ? "" : (document.documentElement.dataset["zone"] ?? "");
}

function partsOf(atMs: number, zone: string): Readonly<Record<string, string>> {
  const format =
    formats.get(zone) ??
    new Intl.DateTimeFormat("en-GB", {
      ...(zone !== "" && { timeZone: zone }),
      hourCycle: "h23",
      year: "numeric",
      month: "2-digit",
      day: "2-digit",
      hour: "2-digit",
      minute: "2-digit",
    });
  formats.set(zone, format);
  return Object.fromEntries(format.formatToParts(atMs).map(({ type, value }) => [type, value]));
}

/** HH:MM in the hall. */
export function clockTime(atMs: number, zone: string = hallZone()): string {
  const { hour = "", minute = "" } = partsOf(atMs, zone);
  return `${hour}:${minute}`;
}

export function calendarDay(atMs: number, zone: string = hallZone()): CalendarDay {
  const { year, month, day } = partsOf(atMs, zone);
  return { year: Number(year), month: Number(month), day: Number(day) };
}
