import { AccountId } from "../../../../controller/core/access/actor.ts";
import { present } from "../../../../protocol/index.ts";
import { staffId } from "../../../support/test-hall.ts";
import type { GoldenHall } from "./golden-hall.ts";

const DEEDS = ["created", "signed-in", "password-changed", "locked-out", "signed-out"] as const;
const KEY = "cd".repeat(32);

/** Somebody signs in and looks at a record; a day closes, and its close is signed. */
export function playAccessDays(hall: GoldenHall): void {
  const accountId = AccountId.parse("manager");
  for (const deed of DEEDS) hall.run({ type: "note-account", accountId, deed });
  const view = { what: "record", people: [staffId(1)], from: null, to: null };
  hall.run({ type: "note-view", accountId, view });
  hall.run({ type: "name-log-key", key: KEY });
  hall.skip(24 * 60);
  const date = present(hall.hall.seals?.unsealed.at(-1), "the day that closed");
  const head = { fromSeq: 1, seq: hall.hall.position, hash: KEY, people: KEY };
  hall.run({ type: "seal-day", seal: { date, ...head, key: KEY, signature: KEY + KEY } });
}
