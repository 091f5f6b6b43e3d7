import {
  type Ack,
  BadgeDigest,
  bilingual,
  type ControllerState,
  CounterId,
  type Desired,
  StaffId,
  type StreamId,
  TerminalId,
  TicketNumber,
  VisitId,
} from "../../protocol/index.ts";
import type { Draft } from "../../terminal/core/draft.ts";

// Messages of a controller to one counter, complete and valid, of which a test names only what it is about.

export const TERMINAL = TerminalId.parse("t-03");
export const STREAM = "5b0d4a3e-1d1c-4c60-9c5c-6f0f6f1c7a01" as StreamId;
export const VISIT_A = VisitId.parse("00000000-0000-4000-8000-00000000000a");
export const VISIT_B = VisitId.parse("00000000-0000-4000-8000-00000000000b");
/** 2026-03-02 09:00 in Shanghai. */
export const HALL_NOW = Date.UTC(2026, 2, 2, 1);

const VISIT_PHASES: ReadonlySet<string> = new Set(["called", "presumed", "serving"]);

/** A face of revision `rev`; a phase that needs a visit gets VISIT_A with ticket A001. */
export function desired(rev: number, phase: Desired["phase"], more: Partial<Desired> = {}): Desired {
  const attended = VISIT_PHASES.has(phase);
  const ticketNumber = TicketNumber.parse("A001");
  return {
    v: 1,
    epoch: 7,
    rev,
    terminalId: TERMINAL,
    counterId: CounterId.parse("3"),
    phase,
    basis: { epoch: 7, position: rev },
    nameplate: {
      service: bilingual("综合服务", "General service"),
      status: bilingual(phase, phase),
      person: {
        staffId: StaffId.parse("s1"),
        name: "李明",
        post: bilingual("审批岗", "Approvals"),
        number: "012",
        cover: false,
      },
      colleague: null,
      marks: [],
      ticketNumber: attended ? ticketNumber : null,
      notices: [],
    },
    lamps: { call: "on", pause: "off" },
    prompt: null,
    visit: attended
      ? { visitId: VISIT_A, ticketNumber, phase: phase === "serving" ? "serving" : "called", callCount: 1 }
      : null,
    rating: null,
    pausePlanned: false,
    waiting: 0,
    ...more,
  };
}

export const ack = (upTo: number, more: Partial<Ack> = {}): Ack => ({
  v: 1,
  epoch: 7,
  stream: STREAM,
  upTo,
  now: HALL_NOW,
  clockTrusted: true,
  ...more,
});

export const controllerState = (status: "up" | "down", epoch = 7): ControllerState => ({
  v: 1,
  status,
  epoch,
  version: "0.1.0",
  protocol: { min: 1, max: 1 },
  hallMs: HALL_NOW,
});

/** A badge presented at monotonic time `monoMs`, before it is journalled. */
export const badgeDraft = (monoMs: number): Draft => ({
  kind: "fact",
  type: "badge-presented",
  body: { badge: BadgeDigest.parse("cd".repeat(32)) },
  monoMs,
  hallMs: HALL_NOW,
  synced: true,
});
