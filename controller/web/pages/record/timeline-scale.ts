/** Seconds into the day of HH:MM:SS or YYYY-MM-DDTHH:MM:SS. */
export function secondsOf(time: string): number {
  const [hours = 0, minutes = 0, seconds = 0] = time
    .slice(time.indexOf("T") + 1)
    .split(":")
    .map(Number);
  return hours * 3_600 + minutes * 60 + seconds;
}

export interface Scale {
  readonly fromHour: number;
  readonly toHour: number;
  /** Place of a time between 0 and 100; what lies outside stands at the edge. */
  readonly at: (time: string) => number;
}

const HOUR = 3_600;
/** Room before the first and after the last thing that is shown. */
const MARGIN = HOUR / 2;

/** Whole hours around everything that happened or was due; a day without anything shows working hours. */
export function scaleOf(times: readonly string[]): Scale {
  const seconds = times.map(secondsOf);
  const first = seconds.length === 0 ? 8 * HOUR : Math.min(...seconds) - MARGIN;
  const last = seconds.length === 0 ? 18 * HOUR : Math.max(...seconds) + MARGIN;
  const fromHour = Math.max(0, Math.floor(first / HOUR));
  const toHour = Math.min(24, Math.max(fromHour + 1, Math.ceil(last / HOUR)));
  const at = (time: string): number => {
    const part = (secondsOf(time) - fromHour * HOUR) / ((toHour - fromHour) * HOUR);
    return Math.min(100, Math.max(0, part * 100));
  };
  return { fromHour, toHour, at };
}
