import {
  type Board,
  type BoardLine,
  type BoardVoice,
  CallId,
  CounterId,
  MAIN_ZONE,
  TicketNumber,
  VisitId,
} from "../../../../../protocol/index.ts";

const uuid = (text: string): string =>
  `00000000-0000-4000-8000-${Array.from(text, (sign) => sign.charCodeAt(0).toString(16))
    .join("")
    .slice(-12)
    .padStart(12, "0")}`;

export const lineOf = (number: string, phase: BoardLine["phase"] = "called", counter = "1"): BoardLine => ({
  visitId: VisitId.parse(uuid(number)),
  ticketNumber: TicketNumber.parse(number),
  counterId: CounterId.parse(counter),
  zone: MAIN_ZONE,
  phase,
  callCount: 1,
  calledAtMs: 0,
});

export const voiceOf = (number: string, callCount = 1): BoardVoice => ({
  zone: MAIN_ZONE,
  callId: CallId.parse(uuid(`${number}${callCount}`)),
  visitId: VisitId.parse(uuid(number)),
  ticketNumber: TicketNumber.parse(number),
  counterId: CounterId.parse("1"),
  callCount,
});

export const boardWith = (lines: BoardLine[], announcing: BoardVoice[]): Board => ({
  v: 1,
  epoch: 1,
  rev: 1,
  hall: { zh: "大厅", en: "Hall" },
  lines,
  waiting: [],
  announcing,
  paused: [],
  hours: [],
  hotline: null,
  notices: [],
});
