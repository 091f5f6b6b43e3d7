import {
  type Enrolment,
  type EnrolmentRequest,
  HallError,
  type Random,
  type Result,
  accepted,
  refused,
} from "../../protocol/index.ts";
import type { Authority, EnrolmentFault } from "../adapters/authority/authority.ts";
import type { DeskRefusal, HallDesk, IssuedTicket, TicketRequest } from "../adapters/http/hall-desk.ts";
import type { ControllerMetrics } from "../adapters/metrics.ts";
import type { BookDesk } from "./appointment-desk.ts";
import { clerkDesk } from "./clerk-desk.ts";
import type { RecordView } from "../core/access/access-event-bodies.ts";
import type { Actor } from "../core/access/actor.ts";
import type { Order } from "../core/commands.ts";
import { BUSY, CANNOT_WRITE, isBusy, refusalOf } from "./desk-refusals.ts";
import type { Engine } from "../engine/engine.ts";
import type { EvidenceVault } from "../adapters/evidence/evidence-vault.ts";
import type { AttendanceKeeper } from "../office/attendance-keeper.ts";
import type { ExportPress } from "../exports/export-press.ts";
import { ExportRoom } from "../office/export-room.ts";
import type { Turns } from "../office/in-turns.ts";
import { OfficeRoom } from "../office/office-room.ts";
import { PaperRoom } from "../office/paper-room.ts";
import { boardOf } from "../projections/board.ts";
import { diskAlarm, type HallAlarm, writeAlarm } from "../projections/alarms.ts";
import { hallOverview } from "../projections/hall-overview.ts";
import { countersOf, servicesOf } from "../projections/hall-picture.ts";
import { kioskOf } from "../projections/kiosk-picture.ts";
import type { RefusalBook } from "../terminals/refusal-book.ts";
import type { TerminalWatch } from "../terminals/terminal-watch.ts";
import type { ReEntryDesk } from "./re-entry-desk.ts";
import { takeTicket } from "./ticket-desk.ts";

export interface DeskParts {
  readonly engine: Engine;
  readonly authority: Authority;
  readonly watch: TerminalWatch;
  readonly refusals: RefusalBook;
  readonly metrics: ControllerMetrics;
  readonly random: Random;
  readonly keeper: AttendanceKeeper;
  readonly vault: EvidenceVault;
  readonly press: ExportPress;
  readonly turns: Turns;
  readonly reEntries: ReEntryDesk;
  readonly appointments: BookDesk;
  /** The hall's data directory. */
  readonly directory: string;
  readonly ready: () => boolean;
  /** Per cent of the disk in use, when that is worth an alarm; 0 otherwise. */
  readonly diskAlarm?: () => number;
}

const ENROLMENT_REFUSALS: { readonly [K in EnrolmentFault]: DeskRefusal } = {
  "bad-token": { code: "bad-token", detail: "The token is unknown, used, expired, or of another terminal." },
  "bad-request": { code: "malformed-csr", detail: "Send a PKCS#10 request for a P-256 key, signed by that key." },
  "too-many-attempts": { code: "too-many-attempts", detail: "Nobody is enrolled for an hour after ten wrong tokens." },
};

/** The hall behind its HTTP interface. */
export function frontDesk(parts: DeskParts): HallDesk {
  const { engine, watch, metrics, ready } = parts;
  const now = () => engine.time().at;
  return {
    ready,
    services: () => servicesOf(engine.hall),
    board() {
      if (engine.hall.configuration === null) return null;
      const { epoch, position } = engine.hall;
      return { ...boardOf(engine.hall, now()), epoch, rev: Math.max(1, position) };
    },
    counters: () => countersOf(engine.hall, now()),
    terminals: () => watch.pictures(),
    refusals: () => parts.refusals.pictures(),
    overview: () => hallOverview(engine.hall, now(), alarmsOf(parts)),
    settleRestored: (settlement, { id }) => submitted(parts, { type: "settle-restored", ...settlement, by: id }),
    viewed: (actor, view) => viewed(parts, actor, view),
    writable: () => engine.unwritable === null,
    kiosk: () => (engine.hall.configuration === null ? null : kioskOf(engine.hall, now())),
    confirmPrint: (ticketId, printed) => submitted(parts, { type: "confirm-print", ticketId, printed }),
    reEnterByNumber: (missed, asked) => parts.reEntries.reEnter(missed, asked),
    reEnter: (ticketId) => submitted(parts, { type: "re-enter", ticketId }),
    clerks: clerkDesk(parts),
    appointments: parts.appointments,
    office: new OfficeRoom({ ...parts, viewed: (actor, view) => viewed(parts, actor, view) }),
    papers: new PaperRoom({ ...parts, viewed: (actor, view) => viewed(parts, actor, view) }),
    exports: new ExportRoom({ ...parts, viewed: (actor, view) => viewed(parts, actor, view) }),
    issueTicket: (request, key) => issueTicket(parts, request, key),
    answerAssistance: (counterId, { id }) => submitted(parts, { type: "clear-assistance", counterId, by: id }),
    enrol: (request) => enrol(parts, request),
    metrics: async () => ({ text: await metrics.text(), type: metrics.contentType }),
  };
}

function alarmsOf({ engine, diskAlarm: diskFullness }: DeskParts): readonly HallAlarm[] {
  if (engine.unwritable !== null) return [writeAlarm(engine.unwritable)];
  const percent = diskFullness?.() ?? 0;
  return percent === 0 ? [] : [diskAlarm(percent)];
}

function issueTicket(
  { engine, random }: DeskParts,
  request: TicketRequest,
  key: string | null,
): Promise<Result<IssuedTicket, DeskRefusal>> {
  if (isBusy(engine)) return Promise.resolve(refused(BUSY));
  return new Promise((resolve) => takeTicket(engine, random, request, key, resolve));
}

/** An order about one ticket, which is answered with no more than that it is done. */
function submitted({ engine }: DeskParts, order: Order): Promise<Result<null, DeskRefusal>> {
  if (isBusy(engine)) return Promise.resolve(refused(BUSY));
  return new Promise((resolve) =>
    engine.submit(order, (outcome) => {
      if (outcome.type === "unwritten") return resolve(refused(CANNOT_WRITE));
      resolve(outcome.type === "rejected" ? refused(refusalOf(outcome.rejection)) : accepted(null));
    }),
  );
}

/** Nothing is recorded of who looks at their own. */
function viewed(parts: DeskParts, actor: Actor, view: RecordView): Promise<Result<null, DeskRefusal>> {
  const people = view.people.filter((staffId) => staffId !== actor.staffId);
  if (people.length === 0) return Promise.resolve(accepted(null));
  return submitted(parts, { type: "note-view", accountId: actor.id, view: { ...view, people } });
}

async function enrol({ authority }: DeskParts, request: EnrolmentRequest): Promise<Result<Enrolment, DeskRefusal>> {
  const enrolled = await unlessUnwritable(authority.enrol(request));
  if (enrolled === null) return refused(CANNOT_WRITE);
  return enrolled.ok ? enrolled : refused(ENROLMENT_REFUSALS[enrolled.error]);
}

/** Null when the disk did not take what had to be written. The terminal asks again. */
async function unlessUnwritable<T>(work: Promise<T>): Promise<T | null> {
  try {
    return await work;
  } catch (thrown) {
    if (thrown instanceof HallError && thrown.code === "FILE_UNWRITABLE") return null;
    throw thrown;
  }
}
