import type { DeskPicture } from "../../../projections/desk-picture.ts";

type Phase = DeskPicture["phase"];

/** What the page offers now. The controller decides; this only keeps buttons away that it would surely refuse. */
export interface Possible {
  /** Transfer the ticket at hand. */
  readonly sendOn: boolean;
  /** Set the ticket aside that is being served; one that is only called has nobody to come back. */
  readonly hold: boolean;
  /** Call a ticket out of order, recall a held one. */
  readonly call: boolean;
  readonly cancel: boolean;
  /** HRS-19: at closing, whoever waits is served or declined with a reason. */
  readonly decline: boolean;
  /** AMB-28: after the cut-off the kiosk is closed, and staff decide. */
  readonly lateTicket: boolean;
  readonly pause: boolean;
  readonly resume: boolean;
  /** No-shows back into line, served ones asked back. */
  readonly bringBack: boolean;
}

export const NOTHING_POSSIBLE: Possible = {
  sendOn: false,
  hold: false,
  call: false,
  cancel: false,
  decline: false,
  lateTicket: false,
  pause: false,
  resume: false,
  bringBack: false,
};

const FREE: readonly Phase[] = ["idle", "armed", "rating"];
const PAUSABLE: readonly Phase[] = ["idle", "armed", "rating", "presumed", "serving"];

export function possibleFor({ person, phase, visit, ticketsOpen }: DeskPicture): Possible {
  if (person === null || phase === "maintenance") return NOTHING_POSSIBLE;
  return {
    sendOn: visit !== null,
    hold: phase === "serving",
    call: visit === null && FREE.includes(phase),
    cancel: true,
    decline: !ticketsOpen,
    lateTicket: !ticketsOpen,
    pause: PAUSABLE.includes(phase),
    resume: phase === "paused",
    bringBack: true,
  };
}
