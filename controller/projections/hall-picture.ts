import { z } from "zod";
import {
  Bilingual,
  CounterId,
  CounterPhase,
  type EpochMs,
  PersonOnDuty,
  ServiceId,
  TerminalId,
  TicketNumber,
} from "../../protocol/index.ts";
import { phaseOf } from "../core/counters/counter.ts";
import type { HallView } from "../core/state.ts";
import { faceOf } from "./face.ts";
import { pauseOf, PausePicture } from "./pause-picture.ts";

/** One window as `/api/counters` tells it. */
export const CounterPicture = z.object({
  counter: CounterId,
  terminal: TerminalId,
  title: Bilingual,
  phase: CounterPhase,
  person: PersonOnDuty.nullable(),
  pause: PausePicture.nullable(),
  ticketNumber: TicketNumber.nullable(),
  callCount: z.int().nonnegative(),
  /** Tickets waiting for this window. */
  waiting: z.int().nonnegative(),
});
export type CounterPicture = z.infer<typeof CounterPicture>;

/** One service as `/api/services` tells it. */
export const ServicePicture = z.object({ id: ServiceId, name: Bilingual, waiting: z.int().nonnegative() });
export type ServicePicture = z.infer<typeof ServicePicture>;

export function countersOf(hall: HallView, now: EpochMs): CounterPicture[] {
  return [...hall.counters.values()].map((counter) => {
    const { nameplate, visit, waiting } = faceOf(hall, counter, now);
    return {
      counter: counter.counterId,
      terminal: counter.terminalId,
      title: nameplate.service,
      phase: phaseOf(counter),
      person: nameplate.person,
      pause: pauseOf(hall, counter),
      ticketNumber: nameplate.ticketNumber,
      callCount: visit?.callCount ?? 0,
      waiting,
    };
  });
}

export function servicesOf(hall: HallView): ServicePicture[] {
  return (hall.configuration?.services ?? []).map(({ id, name, queue }) => ({
    id,
    name,
    waiting: hall.lines.get(queue)?.size ?? 0,
  }));
}
