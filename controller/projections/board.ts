import {
  type Board,
  BOARD_LINES_MAX,
  BOARD_SERVICES_MAX,
  type BoardLine,
  type EpochMs,
  present,
} from "../../protocol/index.ts";
import type { HallView } from "../core/state.ts";

/** The public board without its place in the order of boards, which the publisher gives it. */
export type BoardPicture = Omit<Board, "epoch" | "rev">;

/** What citizens see: called and served tickets, the newest call on top, and how many wait. Numbers only (DEV-36). */
export function boardOf(hall: HallView, now: EpochMs): BoardPicture {
  const configuration = present(hall.configuration, "configuration");
  return {
    v: 1,
    hall: configuration.name,
    lines: linesOf(hall),
    waiting: configuration.services.slice(0, BOARD_SERVICES_MAX).map(({ id, name, queue }) => ({
      service: id,
      name,
      waiting: hall.lines.get(queue)?.size ?? 0,
    })),
    announcing: hall.voice !== null && hall.voice.untilMs > now ? hall.voice.visitId : null,
  };
}

function linesOf(hall: HallView): BoardLine[] {
  const lines: BoardLine[] = [];
  for (const { visit, counterId } of hall.counters.values()) {
    if (visit === null) continue;
    const { visitId, number, callCount, calledAtMs } = visit;
    lines.push({ visitId, ticketNumber: number, counterId, callCount, calledAtMs });
  }
  return lines.sort((a, b) => b.calledAtMs - a.calledAtMs).slice(0, BOARD_LINES_MAX);
}
