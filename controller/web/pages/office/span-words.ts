/** "2026-11-12T08:00:00" as people write it: seconds only where they are not zero. */
const shown = (moment: string): string => moment.replace(/(T\d{2}:\d{2}):00$/u, "$1").replace("T", " ");

/** From and to, the second day only where it is another. Dates or moments of hall time. */
export function spanWords(from: string, to = ""): string {
  const [day = ""] = from.split("T");
  if (to === "" || to === from) return shown(from);
  const until = to.startsWith(`${day}T`) ? shown(to).slice(day.length + 1) : shown(to);
  return `${shown(from)} – ${until}`;
}
