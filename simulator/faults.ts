import type { Chance } from "./time/chance.ts";

/**
 * Everything that can go wrong in a simulated hall, by family. A rate is in times per virtual hour (and node, where a
 * family strikes nodes) unless the line says otherwise; null is off.
 */
export interface FaultMix {
  /** Controller: the process dies at a port call; mean of port calls between two deaths. */
  readonly controllerFuse: number | null;
  /** Controller: killed at any instant. */
  readonly controllerKill: number | null;
  readonly terminalFuse: number | null;
  readonly terminalKill: number | null;
  /** SIGSTOP-like standstill. */
  readonly controllerFreeze: number | null;
  readonly terminalFreeze: number | null;
  /** The line breaks, both ends know. */
  readonly lineReset: number | null;
  /** One or both directions go dead, nobody is told. */
  readonly lineHalfOpen: number | null;
  /** Several terminals are cut off at once. */
  readonly partition: number | null;
  /** Milliseconds of delay one way, at most. */
  readonly slowLine: number | null;
  /** Share of QoS 1 messages delivered twice. */
  readonly duplicates: number | null;
  /** Share of QoS 0 messages dropped by a busy broker. */
  readonly qos0Drops: number | null;
  /** Milliseconds by which wills come late, at most: also after the new birth. */
  readonly lateWills: number | null;
  /** Share of take-overs after which the old session's messages still arrive. */
  readonly stragglers: number | null;
  /** A card or disk refuses writes for a while: full, EIO, read-only. */
  readonly cardFault: number | null;
  readonly diskFault: number | null;
  /** The terminal comes back with an empty card. */
  readonly freshCard: number | null;
  /** A lying card loses confirmed writes when the power goes; share of deaths. */
  readonly cardForgets: number | null;
  /** The controller comes back with an older copy of its disk. */
  readonly restoredBackup: number | null;
  /** Parts per million, at most, either way. */
  readonly clockDrift: number | null;
  readonly wallStep: number | null;
  /** Share of starts with a wall clock at 1970, until somebody sets it. */
  readonly noBattery: number | null;
  /** Gaps of worn contacts, milliseconds; every press bounces. */
  readonly bounce: number | null;
  readonly chatter: number | null;
  readonly stuckKey: number | null;
  /** Share of taps presented twice, or at a second terminal at once. */
  readonly doubleTap: number | null;
  /** Share of presses and ratings hammered. */
  readonly hammering: number | null;
  /** Share of starts as another version: a newer or an older minor one, now and then a foreign major one. */
  readonly versionSkew: number | null;
  /** The hall stands behind a broker of its own, which restarts and forgets while the controller lives. */
  readonly brokerRestart: number | null;
  /** Controller or a terminal is told to stop, and started again: updates, and a technician's restarts. */
  readonly cleanStop: number | null;
  /** Mean of boundaries (clock, log, chance, each decision) between two deaths: where no port is touched, too. */
  readonly anyBoundary: number | null;
  /** Share of taps of which the reader's bytes arrive damaged. */
  readonly garbledReads: number | null;
  /** A device's plug is pulled while it is in use, and put back. */
  readonly pulledPlug: number | null;
  /** Rows that fit on a terminal's card: few, so that a day offline fills it. */
  readonly smallCard: number | null;
  /** The controller's store comes back damaged: a byte, a lost end, a torn snapshot. */
  readonly storeDamage: number | null;
}

export type FaultFamily = keyof FaultMix;

/** How likely a family is in a swarm mix, and between which rates. */
const SWARM: { readonly [K in FaultFamily]: readonly [share: number, least: number, most: number] } = {
  controllerFuse: [0.35, 400, 6000],
  controllerKill: [0.35, 0.5, 4],
  terminalFuse: [0.35, 100, 2000],
  terminalKill: [0.4, 0.3, 3],
  controllerFreeze: [0.2, 0.5, 3],
  terminalFreeze: [0.25, 0.3, 3],
  lineReset: [0.5, 0.5, 10],
  lineHalfOpen: [0.35, 0.3, 4],
  partition: [0.3, 0.5, 3],
  slowLine: [0.5, 5, 900],
  duplicates: [0.5, 0.01, 0.4],
  qos0Drops: [0.4, 0.01, 0.5],
  lateWills: [0.4, 500, 20_000],
  stragglers: [0.3, 0.1, 1],
  cardFault: [0.15, 0.2, 1.5],
  diskFault: [0.15, 0.3, 2],
  freshCard: [0.2, 0.1, 0.8],
  cardForgets: [0.15, 0.1, 0.8],
  restoredBackup: [0.15, 0.3, 1],
  clockDrift: [0.6, 10, 500],
  wallStep: [0.25, 0.3, 2],
  noBattery: [0.3, 0.2, 1],
  bounce: [0.4, 0.5, 3],
  chatter: [0.15, 0.3, 2],
  stuckKey: [0.2, 0.2, 1],
  doubleTap: [0.4, 0.05, 0.4],
  hammering: [0.4, 0.05, 0.4],
  versionSkew: [0.25, 0.1, 0.8],
  brokerRestart: [0.2, 0.5, 6],
  cleanStop: [0.25, 0.2, 2],
  anyBoundary: [0.2, 3_000, 60_000],
  garbledReads: [0.25, 0.05, 0.5],
  pulledPlug: [0.25, 0.3, 2],
  smallCard: [0.2, 1, 8],
  storeDamage: [0.12, 0.3, 1],
};

export const FAULT_FAMILIES = Object.keys(SWARM) as readonly FaultFamily[];

export const isInSwarm = (family: FaultFamily): boolean => SWARM[family][0] > 0;

export const NO_FAULTS: FaultMix = Object.fromEntries(FAULT_FAMILIES.map((family) => [family, null])) as never;

/** Which faults a seed is played with: drawn, none, or those of these families (`-name` takes one out). */
export type FaultChoice = "swarm" | "none" | readonly string[];

/**
 * The mix is drawn, not only the faults: one seed has three families at high rates, the next none but slow lines. Each
 * family has a stream of its own, so that switching one off leaves the others as they were.
 */
export function drawMix(chance: Chance, choice: FaultChoice): FaultMix {
  if (choice === "none") return NO_FAULTS;
  const mix: Record<string, number | null> = {};
  for (const family of FAULT_FAMILIES) {
    const own = chance.stream(family);
    const [share, least, most] = SWARM[family];
    const named = choice !== "swarm" && choice.includes(family);
    const present = own.happens(share) || named;
    // Uniform in the logarithm: rare and frequent are both frequent.
    const rate = least * (most / least) ** own.next();
    mix[family] = present && isChosen(family, choice) ? rate : null;
  }
  return mix as unknown as FaultMix;
}

function isChosen(family: FaultFamily, choice: Exclude<FaultChoice, "none">): boolean {
  if (choice === "swarm") return true;
  const added = choice.filter((name) => !name.startsWith("-"));
  return !choice.includes(`-${family}`) && (added.length === 0 || added.includes(family));
}

/** For people: the families that are on, with their rates. */
export const describeMix = (mix: FaultMix): string =>
  FAULT_FAMILIES.filter((family) => mix[family] !== null)
    .map((family) => `${family}=${Number(mix[family]?.toPrecision(3))}`)
    .join(" ") || "none";
