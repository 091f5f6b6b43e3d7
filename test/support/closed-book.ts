import type { AppointmentDesk } from "../../controller/adapters/http/appointment-desk.ts";
import { bilingual, refused } from "../../protocol/index.ts";

const OFF = refused({ code: "appointment-refused", detail: "Nothing is booked here." } as const);
const off = () => Promise.resolve(OFF);
const TODAY = "2026-03-02";

/** The book of a hall that takes no appointments. */
export const CLOSED_BOOK: AppointmentDesk = {
  offer: () => ({
    open: false,
    why: bilingual("本大厅未开设预约", "This hall takes no appointments"),
    rules: [],
    services: [],
    reasons: [],
    channels: [],
    outOfHours: false,
    slotMinutes: 15,
    today: TODAY,
    until: TODAY,
  }),
  slots: (_service, date) => ({ date, slots: [] }),
  day: (date) => ({ date, bookings: [], outside: [], staff: [] }),
  breaches: () => ({ breaches: [] }),
  bookOnline: off,
  bookAtDesk: off,
  cancelOwn: off,
  cancel: off,
  checkIn: off,
  checkInAtDesk: off,
};
