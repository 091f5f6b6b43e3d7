import { createHmac, createSecretKey } from "node:crypto";
import type { CanonicalBadge } from "../../hardware/index.ts";
import { BadgeDigest } from "../../protocol/index.ts";

/**
 * HMAC-SHA256 over the canonical badge (upper-case hex, as UTF-8) under the hall's 32-byte key: the only form in which
 * a badge leaves this process. Without the key nobody can try out all card numbers against it.
 */
export function createBadgeDigest(key: Uint8Array): (badge: CanonicalBadge) => BadgeDigest {
  const secret = createSecretKey(key);
  return (badge) => BadgeDigest.parse(createHmac("sha256", secret).update(badge.toUpperCase(), "utf8").digest("hex"));
}
