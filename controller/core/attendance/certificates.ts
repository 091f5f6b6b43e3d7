/** How high the hospital stands that wrote a sick-leave paper. What is not known proves nothing. */
const RANKS: Readonly<Record<string, number>> = {
  clinic: 1,
  "township-clinic": 1,
  hospital: 2,
  "township-hospital": 2,
  "county-hospital": 3,
  "city-hospital": 4,
  "provincial-hospital": 5,
  "national-hospital": 6,
};

const NEEDED = { none: 0, hospital: 2, "county-hospital": 3 } as const;

export const certificateRank = (certificate: string | null): number =>
  certificate === null ? 0 : (RANKS[certificate] ?? 0);

/** ATT-14: "county level or above" includes the county's own. */
export const ranksEnough = (rank: number, needed: keyof typeof NEEDED): boolean => rank >= NEEDED[needed];
