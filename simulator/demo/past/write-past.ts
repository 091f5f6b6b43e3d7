import {
  Actor,
  type ClerkAction,
  completedHall,
  ControllerConfiguration,
  instantOf,
  dayNumber,
  type HallConfiguration,
  type HallSeconds,
  momentOf,
  openHallLog,
  regulationOf,
  type Regulation,
} from "../../../controller/index.ts";
import { type Clock, type EpochMs, present, TicketId } from "../../../protocol/index.ts";
import { Chance } from "../../time/chance.ts";
import { planAccounts } from "../demo-accounts.ts";
import { type GivenConfiguration as Given, judgedFrom, OUT } from "../configurations.ts";
import type { DemoHall } from "../hall-plan.ts";
import { pastDays, type PastDay, sessionOf, storyDays } from "./past-days.ts";
import { PastHall } from "./past-hall.ts";
import { livePaper } from "./past-papers.ts";
import { type Accounts, type PastOuting, tellStory } from "./past-story.ts";
import { tapsOn } from "./past-taps.ts";
import { emptyQueues, liveVisit, serve, visitsOn } from "./past-visits.ts";

export interface PastOptions {
  readonly plan: DemoHall;
  readonly clock: Pick<Clock, "now">;
  readonly seed: number;
}

const DAY_S = 86_400;
/** The mains are on from before the first session until after the last. */
const MAINS_S = { before: 3600, after: 3000 } as const;
/** After a session's end and the time for signing out, terminals are heard with empty journals. */
const HEARD_AFTER_S = 40 * 60;
const CLOSED_AFTER_S = 3600;

/**
 * Gives a hall that has no log yet a past: a fortnight's working days, decided by the controller's own program from
 * what people did, and put into the log as a whole or not at all. Deterministic from the seed, for the same date and
 * the same badges. Resolves with the configuration it is judged by: from its first day on.
 */
export async function writePast(given: Given, { plan, clock, seed }: PastOptions): Promise<PastWritten> {
  const regulation = regulationOf(completed(given));
  const days = regulation === null ? [] : pastDays(regulation, clock.now());
  const [first, last] = [days[0], days.at(-1)];
  if (regulation === null || first === undefined || last === undefined) return nothing(given);
  const configuration = judgedFrom(given, first.date);
  const hall = completed(configuration);
  const { store, seal, signer } = await openHallLog(given.directory);
  try {
    if (store.head().seq > 0) return nothing(given);
    const chance = new Chance(seed).stream("past");
    const opensAt = openingOf(first, regulation);
    const ids = chance.stream("ids");
    const past = new PastHall({ plan, configuration: hall, regulation, seal, signer, chance: ids, opensAt });
    fill(past, plan, days, chance);
    past.liveUntil(sessionOf(last, LAST).to + MAINS_S.after + CLOSED_AFTER_S);
    store.append({ records: past.disk.records, keys: [...past.disk.keys.values()] });
    for (const snapshot of past.disk.snapshots) store.saveSnapshot(snapshot);
    return { configuration, events: past.disk.records.length, refused: past.refused };
  } finally {
    store.close();
  }
}

/** Any number of sessions a day: its last. */
const LAST = Number.MAX_SAFE_INTEGER;

const completed = (given: Given): HallConfiguration =>
  completedHall(ControllerConfiguration.parse(given).hall, given.directory);

export interface PastWritten {
  readonly configuration: Given;
  readonly events: number;
  /** What the hall refused of the story, in its own words. Empty where all is well. */
  readonly refused: readonly string[];
}

const nothing = (configuration: Given): PastWritten => ({ configuration, events: 0, refused: [] });

/** The log begins with the first day, before anybody comes. */
const openingOf = ({ date }: PastDay, { zone }: Regulation): EpochMs =>
  instantOf(present(dayNumber(date), "a date") * DAY_S, zone);

function fill(past: PastHall, plan: DemoHall, days: readonly PastDay[], chance: Chance): void {
  const { ways, papers, outings } = tellStory(plan, storyDays(days), accountsOf(plan));
  for (const day of days) {
    switchMains(past, day);
    for (const { at, counterId, staffId } of tapsOn(plan, day, ways, chance.stream(`taps ${day.date}`)))
      past.at(at, () => past.tap(at, counterId, staffId));
    const visits = chance.stream(`visits ${day.date}`);
    for (const visit of visitsOn(plan, day, visits)) liveVisit(past, visit, visits);
    emptyQueues(past, plan, day, visits);
  }
  for (const paper of papers) livePaper(past, paper, chance.stream(`paper ${paper.by.id} ${momentOf(paper.filedAt)}`));
  for (const outing of outings) goOut(past, outing, chance.stream("outings"));
}

/** Terminals are switched on and off with the hall's mains, and heard with empty journals in between. */
function switchMains(past: PastHall, day: PastDay): void {
  const { terminals } = past;
  const everyTerminal = (act: "wake" | "beWell" | "sleep") => (): void => {
    for (const terminal of terminals.values()) terminal[act]();
  };
  const on = sessionOf(day, 0).from - MAINS_S.before;
  past.at(on, everyTerminal("wake"));
  past.at(on + 60, everyTerminal("beWell"));
  for (const { to } of day.sessions) past.at(to + HEARD_AFTER_S, everyTerminal("beWell"));
  past.at(sessionOf(day, LAST).to + MAINS_S.after, everyTerminal("sleep"));
}

/** Away from the window, for a reason that the office was told of: as soon as whoever is being served has gone. */
function goOut(past: PastHall, { who: { staffId }, counterId, from, to }: PastOuting, chance: Chance): void {
  const act = (action: ClerkAction): void => {
    const ticketId = TicketId.parse(chance.uuid());
    past.order({ type: "clerk-action", counterId, staffId, action, ticketId });
  };
  const leave = (at: HallSeconds): void => {
    const counter = past.hall.counters.get(counterId);
    if (at >= to || counter?.onDuty !== staffId) return;
    if (counter.visit !== null) return past.at(at + LOOK_AGAIN_S, () => leave(at + LOOK_AGAIN_S));
    act({ action: "pause", reason: OUT, minutes: Math.ceil((to - at) / LOOK_AGAIN_S) });
    past.at(to, () => act({ action: "resume" }));
    past.at(to + 1, () => serve(past, counterId, to + 1, chance)); // Whoever comes back is given who waits.
  };
  past.at(from, () => leave(from));
}

const LOOK_AGAIN_S = 60;

function accountsOf(plan: DemoHall): Accounts {
  const actors = planAccounts(plan).map(({ account, name, role, staffId }) => [
    role,
    Actor.parse({ id: account, name, roles: [role], unit: null, ...(staffId !== null && { staffId }) }),
  ]);
  return Object.fromEntries(actors) as Accounts;
}
