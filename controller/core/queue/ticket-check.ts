import type { TicketId } from "../../../protocol/index.ts";

/** Digits of the check beside a ticket's number: a product default, short enough to be typed standing. */
export const CHECK_DIGITS = 4;
const CHECKS = 10 ** CHECK_DIGITS;
/** Of a UUID, 32 bits drawn by chance: what they leave over by division is as good as nothing. */
const HEX_DIGITS = 8;

/**
 * What stands on the paper beside the number, and nowhere else: boards show numbers to everybody, and nobody is to come
 * back as somebody else. It follows from the ticket's id, which only the paper's kiosk and the hall know.
 */
export const checkOf = (ticketId: TicketId): string =>
  String(Number.parseInt(ticketId.slice(-HEX_DIGITS), 16) % CHECKS).padStart(CHECK_DIGITS, "0");
