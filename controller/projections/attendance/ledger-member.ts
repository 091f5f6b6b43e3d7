import type { StaffId } from "../../../protocol/index.ts";
import type { Finding, Leave, Tap } from "../../core/attendance/facts.ts";
import { type DayNumber, dayNumber, dayOf } from "../../core/attendance/hall-time.ts";
import { daysTouched, onceEach, type PersonFacts } from "../../core/attendance/person-facts.ts";
import type { SessionVerdict } from "../../core/attendance/verdict.ts";
import { momentIn } from "../../core/office/document-form.ts";
import type { DocumentOf, DocumentRequest } from "../../core/office/document-request.ts";
import { spanOf } from "../../core/office/leave-filing.ts";
import type { FiledDocument } from "../../core/office/office-state.ts";
import { shiftsOf } from "../../core/office/rosters.ts";

interface Judged {
  readonly verdicts: readonly SessionVerdict[];
  /** Nothing but a new fact can change it. */
  readonly firm: boolean;
}

/** What is known of one person, by day, with the verdicts that are made of it. */
export class LedgerMember {
  readonly id: StaffId;
  from: DayNumber;
  until: DayNumber | null = null;
  readonly judged = new Map<DayNumber, Judged>();
  /** Grows with whatever may change a verdict: equal numbers, equal verdicts. */
  revision = 0;
  readonly #badges = new Map<DayNumber, Tap[]>();
  readonly #lunchByRoster = new Set<DayNumber>();
  #documents: FiledDocument[] = [];
  #corrections = new Map<DayNumber, Tap[]>();
  #facts: PersonFacts | null = null;
  readonly #taps = new Map<DayNumber, readonly Tap[]>();

  constructor(id: StaffId, from: DayNumber) {
    this.id = id;
    this.from = from;
  }

  startFrom(day: DayNumber): void {
    this.revision += 1;
    this.from = day;
    this.#facts = null;
  }

  /** Posted here until this day; null: again, or still. */
  repost(until: DayNumber | null): void {
    this.revision += 1;
    this.until = until;
    this.#facts = null;
  }

  /** The days whose verdicts it may change. */
  addTap(tap: Tap): readonly DayNumber[] {
    const days = daysTouched(tap);
    for (const day of days) {
      const known = this.#badges.get(day);
      if (known === undefined) this.#badges.set(day, [tap]);
      else known.push(tap);
      this.forget(day);
    }
    return days;
  }

  /** The days on which it stood. */
  dropTap(tap: Tap): readonly DayNumber[] {
    const days = daysTouched(tap);
    for (const day of days) {
      const left = (this.#badges.get(day) ?? []).filter((known) => known !== tap);
      if (left.length > 0) this.#badges.set(day, left);
      else this.#badges.delete(day);
      this.forget(day);
    }
    return days;
  }

  forget(day: DayNumber): void {
    this.revision += 1;
    this.judged.delete(day);
    this.#taps.delete(day);
  }

  setLunchByRoster(day: DayNumber, on: boolean): void {
    if (this.#lunchByRoster.has(day) === on) return;
    if (on) this.#lunchByRoster.add(day);
    else this.#lunchByRoster.delete(day);
    this.#facts = null;
    this.forget(day);
  }

  /** A document that concerns this person was filed, or its state changed. */
  noteDocument(document: FiledDocument): void {
    this.revision += 1;
    if (!this.#documents.includes(document)) this.#documents.push(document);
    this.#facts = null;
    this.judged.clear();
    this.#taps.clear();
  }

  get documents(): readonly FiledDocument[] {
    return this.#documents;
  }

  tapsOn(day: DayNumber): readonly Tap[] {
    const known = this.#taps.get(day);
    if (known !== undefined) return known;
    this.facts(); // Corrections are worked out with the rest.
    const taps = onceEach([...(this.#badges.get(day) ?? []), ...(this.#corrections.get(day) ?? [])]);
    this.#taps.set(day, taps);
    return taps;
  }

  /** Every tap of these days, each once, in order of days. */
  tapsBetween(from: DayNumber, to: DayNumber): Tap[] {
    const days = [...new Set([...this.#badges.keys(), ...this.#corrections.keys()])];
    const within = days.filter((day) => day >= from && day <= to).toSorted((a, b) => a - b);
    return within.flatMap((day) => this.tapsOn(day).filter(({ at }) => dayOf(at) === day));
  }

  facts(): PersonFacts {
    if (this.#facts !== null) return this.#facts;
    const holding = this.#documents.filter(({ state }) => state === "holds").map(({ document }) => document);
    const of = <K extends DocumentRequest["kind"]>(kind: K) =>
      holding.filter((document): document is DocumentOf<K> => document.kind === kind);
    this.#corrections = Map.groupBy(of("correction").flatMap(tapOfCorrection), ({ at }) => dayOf(at));
    const lunch = of("lunch-duty").flatMap(({ date }) => dayNumber(date) ?? []);
    const taps = { get: (day: DayNumber) => this.tapsOn(day) } as ReadonlyMap<DayNumber, readonly Tap[]>;
    this.#facts = {
      person: { id: this.id, from: this.from, until: this.until },
      taps,
      leave: this.#leave().toSorted((a, b) => a.from - b.from || a.to - b.to),
      lunchDuty: new Set([...this.#lunchByRoster, ...lunch]),
      roster: new Map(of("shifts").flatMap(shiftsOf)),
      findings: of("finding").flatMap(findingOf),
      warnings: of("warning")
        .flatMap(({ date }) => dayNumber(date) ?? [])
        .toSorted((a, b) => a - b),
    };
    return this.#facts;
  }

  #leave(): Leave[] {
    return this.#documents.flatMap((filed): Leave[] => {
      const { document, state } = filed;
      if (state === "cancelled" || state === "late") return [];
      const plain = { person: this.id, special: false, certificate: null, substitute: null, requestedAt: null };
      if (document.kind === "leave" && document.person === this.id) return [this.#leaveOf(filed, document)];
      if (state !== "holds") return [];
      const rest = { ...plain, state: "approved" as const, returnedAt: null };
      if (document.kind === "permit") {
        const substitute = document.substitute ?? null;
        const kind = document.purpose === "personal" ? "oral" : "business";
        return [{ ...rest, ...spanOf(document), kind, substitute, leavesPost: true }];
      }
      return document.kind === "meeting" ? [{ ...rest, ...spanOf(document), kind: "training" }] : [];
    });
  }

  #leaveOf(filed: FiledDocument, leave: DocumentOf<"leave">): Leave {
    const states = { waiting: "requested", holds: "approved", refused: "rejected" } as const;
    const returns = this.#documents.flatMap(({ document, state }) =>
      document.kind === "return" && state === "holds" && document.leave === filed.documentId
        ? (momentIn(document.at) ?? [])
        : [],
    );
    return {
      person: this.id,
      ...spanOf(leave),
      kind: leave.leave,
      state: states[filed.state as keyof typeof states],
      requestedAt: filed.filedAtHallS ?? null,
      special: leave.special,
      certificate: filed.certificate,
      substitute: leave.substitute ?? null,
      returnedAt: returns.length === 0 ? null : Math.min(...returns),
    };
  }
}

/** An approved correction adds a tap; it never changes one. */
function tapOfCorrection({ person, at: claimed, direction }: DocumentOf<"correction">): Tap[] {
  const at = momentIn(claimed);
  if (at === null) return [];
  const sure = { earliest: at, latest: at, terminal: "", role: null, badge: "valid" as const };
  return [{ person, at, direction, ...sure, source: "correction" }];
}

function findingOf({ finding, date, session, persons, void: voids }: DocumentOf<"finding">): Finding[] {
  const day = dayNumber(date);
  if (day === null) return [];
  return [
    {
      kind: finding,
      day,
      session,
      persons,
      voids: voids.flatMap(({ person, at }) => {
        const moment = momentIn(at);
        return moment === null ? [] : [{ person, at: moment }];
      }),
    },
  ];
}
