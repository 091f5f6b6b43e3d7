import type { BadgeDigest, Fact } from "../../protocol/index.ts";

/**
 * One presentation of a badge is one fact, whatever the window makes of it and whether or not the controller hears.
 * What is accepted on the spot (beep, "recorded") waits for the journal; what it means is the controller's to say.
 */
export const badgeFact = (badge: BadgeDigest): Fact => ({ type: "badge-presented", body: { badge } });
