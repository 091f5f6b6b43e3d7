import { createHmac } from "node:crypto";
import type { CanonicalBadge } from "../../hardware/index.ts";
import { BadgeDigest } from "../../protocol/index.ts";

/**
 * HMAC-SHA256 over the canonical badge (upper-case hex, as UTF-8) under the hall's 32-byte key: the only form in which
 * a badge leaves this process. Without the key nobody can try out all card numbers against it.
 */
export const createBadgeDigest =
  (key: Uint8Array) =>
  (badge: CanonicalBadge): BadgeDigest =>
    BadgeDigest.parse(createHmac("sha256", key).update(badge.toUpperCase(), "utf8").digest("hex"));
