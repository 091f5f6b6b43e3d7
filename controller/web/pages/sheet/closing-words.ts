import type { Words } from "../../design/design.ts";

const DAY_MS = 86_400_000;

/** Until when one may object. An end at midnight is the evening's: 24:00 of the last day. `at`: YYYY-MM-DDTHH:MM:SS. */
export function closingWords(at: string): Words {
  const [date = "", time = ""] = at.split("T");
  const isMidnight = time.startsWith("00:00");
  const last = isMidnight ? new Date(Date.parse(`${date}T00:00:00Z`) - DAY_MS).toISOString().slice(0, 10) : date;
  const until = `${last} ${isMidnight ? "24:00" : time.slice(0, 5)}`;
  return { zh: `异议截止 ${until}`, en: `objections until ${until}` };
}
