import { HALL_KEEPERS } from "./access.ts";
import type { HallDesk } from "./hall-desk.ts";
import { NOT_READY } from "./idempotency.ts";
import { Done } from "./kiosk-routes.ts";
import { RestoredSettlement } from "./restored-settlement.ts";
import { JSON_TYPE, type Route, route, signedIn } from "./route.ts";

/** After a restore a person says which of the open tickets are still somebody's; until then none is called. */
export const restoreRoutes = (desk: HallDesk): readonly Route[] => [
  route({
    method: "POST",
    path: "/api/restored/tickets",
    access: HALL_KEEPERS,
    operationId: "settle-restored",
    summary: "Confirms or closes tickets that were open when the hall was restored from a backup.",
    body: RestoredSettlement,
    answers: [{ status: 200, schema: Done, summary: "It is on record. A repeat changes nothing.", type: JSON_TYPE }],
    problems: [
      "malformed-request",
      "not-signed-in",
      "not-allowed",
      "action-refused",
      "hall-cannot-write",
      "too-busy",
      "not-ready",
    ],
    async handle({ body, actor }) {
      if (!desk.ready()) return NOT_READY;
      const settled = await desk.settleRestored(body, signedIn({ actor }));
      if (settled.ok) return { status: 200, body: { done: true } };
      return { refused: settled.error.code, detail: settled.error.detail, reason: settled.error.reason };
    },
  }),
];
