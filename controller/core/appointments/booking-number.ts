import type { HallView } from "../state.ts";

export const BOOKING_DIGITS = 6;
const NUMBERS = 10 ** BOOKING_DIGITS - 1;

/** After a restore the book leaves out so many numbers: those drawn since the copy are in citizens' hands. */
export const RESTORED_BOOKINGS_GAP = 1_000;

export interface DrawnBooking {
  readonly bookingNumber: string;
  readonly drawn: number;
}

/** The next number that no booking of the book has. It is digits alone, which no ticket number is. */
export function drawBookingNumber({ appointments }: HallView): DrawnBooking {
  const taken = new Set([...(appointments?.bookings.values() ?? [])].map(({ bookingNumber }) => bookingNumber));
  let drawn = (appointments?.drawn ?? 0) + 1;
  while (taken.has(numberAt(drawn))) drawn += 1;
  return { bookingNumber: numberAt(drawn), drawn };
}

const numberAt = (drawn: number): string => String(((drawn - 1) % NUMBERS) + 1).padStart(BOOKING_DIGITS, "0");
