import type { Command, Decide, HallView } from "../../controller/index.ts";
import type { Mutant } from "./mutant.ts";

type InputCommand = Extract<Command, { type: "apply-input" }>;
type DraftOf = Extract<ReturnType<Decide>, { ok: true }>["value"][number];

const onInput =
  (mend: (hall: HallView, command: InputCommand) => InputCommand) =>
  (decide: Decide): Decide =>
  (hall, command) =>
    decide(hall, command.type === "apply-input" ? mend(hall, command) : command);

const counterOf = (hall: HallView, { terminalId }: Pick<InputCommand, "terminalId">) => {
  const counterId = hall.counterAt.get(terminalId);
  return counterId === undefined ? undefined : hall.counters.get(counterId);
};

const noTimeToLive = onInput((_hall, command) => ({
  ...command,
  occurred: { ...command.occurred, earliest: command.at },
}));

const noBasisCheck = onInput((hall, command) => {
  const basis = counterOf(hall, command)?.basis;
  if (basis === undefined || command.input.kind !== "intent") return command;
  return { ...command, input: { ...command.input, basis } };
});

/** Whoever is called to that counter or served there now gets the rating. */
const ratingForAnyVisit = onInput((hall, command) => {
  const visitId = counterOf(hall, command)?.visit?.visitId ?? null;
  if (visitId === null || command.input.type !== "rating-given") return command;
  return { ...command, input: { ...command.input, body: { ...command.input.body, visitId } } };
});

const oldWillTrusted =
  (decide: Decide): Decide =>
  (hall, command) => {
    const known = command.type === "note-loss" ? hall.terminals.get(command.terminalId) : undefined;
    if (command.type !== "note-loss" || known === undefined || known.stream === null) return decide(hall, command);
    return decide(hall, { ...command, stream: known.stream, session: known.session });
  };

const oldBirthTrusted =
  (decide: Decide): Decide =>
  (hall, command) => {
    if (command.type !== "note-birth") return decide(hall, command);
    const terminals = new Map(hall.terminals);
    terminals.delete(command.terminalId);
    return decide({ ...hall, terminals }, command);
  };

const silenceIgnored =
  (decide: Decide): Decide =>
  (hall, command) =>
    command.type === "note-loss" && command.sign === "silence" ? { ok: true, value: [] } : decide(hall, command);

const sameEpoch =
  (decide: Decide): Decide =>
  (hall, command) => {
    const decided = decide(hall, command);
    if (!decided.ok || command.type !== "start" || hall.epoch === 0) return decided;
    const drafts = decided.value.map(
      (draft): DraftOf =>
        draft.type === "controller.started" ? { ...draft, data: { ...draft.data, epoch: hall.epoch } } : draft,
    );
    return { ok: true, value: drafts };
  };

const UTC = "UTC";

const utcDay =
  (decide: Decide): Decide =>
  (hall, command) => {
    const { configuration } = hall;
    const utc = configuration === null ? null : { ...configuration, zone: UTC };
    const start = command.type === "start" ? { ...command, configuration: { ...command.configuration } } : command;
    if (start.type === "start") start.configuration.zone = UTC;
    return decide({ ...hall, configuration: utc }, start);
  };

/** Of those of one rank, the last to come is the first to be called. */
const wrongTieBreak =
  (decide: Decide): Decide =>
  (hall, command) => {
    if (command.type !== "apply-input" && command.type !== "tick") return decide(hall, command);
    const lines = new Map([...hall.lines].map(([queueId, line]) => [queueId, lastFirst(line)]));
    return decide({ ...hall, lines }, command);
  };

type Line = NonNullable<ReturnType<HallView["lines"]["get"]>>;

function lastFirst(line: Line): Line {
  const turned = Object.create(line) as Line;
  const first = (): ReturnType<Line["first"]> => {
    const head = line.first();
    return head && line.head(line.size).findLast(({ rank }) => rank === head.rank);
  };
  const kept = Object.fromEntries(
    (["has", "ahead", "head", "before", "olderBehind", "ticketIds"] as const).map((name) => [
      name,
      line[name].bind(line),
    ]),
  );
  return Object.assign(Object.defineProperty(turned, "size", { get: () => line.size }), kept, { first });
}

/** Everybody may sign on everywhere, and where else they are on duty is not looked at. */
const doubleSignOn =
  (decide: Decide): Decide =>
  (hall, command) => {
    if (command.type !== "apply-input" || command.input.type !== "badge-presented") return decide(hall, command);
    const here = counterOf(hall, command)?.counterId;
    const staff = new Map(
      [...hall.staff].map(([id, member]) => {
        const elsewhere = member.onDutyAt !== null && member.onDutyAt !== here;
        return [id, elsewhere ? { ...member, onDutyAt: null } : member];
      }),
    );
    const { configuration } = hall;
    if (configuration === null) return decide(hall, command);
    const everywhere = configuration.counters.map(({ id }) => id);
    const open = { ...configuration, staff: configuration.staff.map((one) => ({ ...one, counters: everywhere })) };
    return decide({ ...hall, staff, configuration: open }, command);
  };

/** That the clock has been set is never put on record. */
const settingUnsaid =
  (decide: Decide): Decide =>
  (hall, command) => {
    const decided = decide(hall, command);
    return decided.ok ? { ok: true, value: decided.value.filter(({ type }) => type !== "clock.set") } : decided;
  };

/** Facts that come late are thrown away, as presses are. */
const lateFactsRefused =
  (decide: Decide): Decide =>
  (hall, command) => {
    if (command.type !== "apply-input" || command.input.kind !== "fact") return decide(hall, command);
    if (command.at - command.occurred.earliest <= 5_000) return decide(hall, command);
    return { ok: false, error: { code: "too-late", detail: "" } };
  };

/** A counter that is busy gets another ticket. */
const secondTicket =
  (decide: Decide): Decide =>
  (hall, command) => {
    const counter = command.type === "apply-input" ? counterOf(hall, command) : undefined;
    const isBusy = counter !== undefined && counter.visit !== null;
    if (command.type !== "apply-input" || !isBusy) return decide(hall, command);
    if (command.input.type !== "recall" && command.input.type !== "no-show") return decide(hall, command);
    const counters = new Map(hall.counters).set(counter.counterId, { ...counter, visit: null });
    return decide({ ...hall, counters }, { ...command, input: { ...command.input, type: "call-next", body: {} } });
  };

const decideOnly = (name: string, fault: string, decide: (decide: Decide) => Decide): Mutant => ({
  name,
  fault,
  seams: () => ({ decide }),
});

export const DECIDING: readonly Mutant[] = [
  decideOnly("no-time-to-live", "a press acts however old it is", noTimeToLive),
  decideOnly("no-basis-check", "a press acts though the keys mean something else by now", noBasisCheck),
  decideOnly("rating-for-any-visit", "a rating counts for whoever is at the window when it arrives", ratingForAnyVisit),
  decideOnly("old-will-trusted", "a will counts for whichever session is running", oldWillTrusted),
  decideOnly("old-birth-trusted", "a birth of an older session counts", oldBirthTrusted),
  decideOnly("silence-ignored", "only a will says that a terminal is gone", silenceIgnored),
  decideOnly("same-epoch", "a restart goes on under the old epoch", sameEpoch),
  decideOnly("utc-day", "the business day rolls at midnight UTC", utcDay),
  decideOnly("wrong-tie-break", "of equal rank, the last to come is called first", wrongTieBreak),
  decideOnly("double-sign-on", "somebody on duty signs on at another window", doubleSignOn),
  decideOnly("late-facts-refused", "taps that come late are refused like presses", lateFactsRefused),
  decideOnly("setting-unsaid", "that the clock was set is never put on record", settingUnsaid),
  decideOnly("second-ticket", "a busy counter gets a second ticket", secondTicket),
];
