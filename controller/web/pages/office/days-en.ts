/** "half a day" is 0.5 days here, as the sheet counts it. */
export const daysEn = (days: number): string => (days === 1 ? "1 day" : `${days} days`);
