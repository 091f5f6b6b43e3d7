import type { Checker, Violation } from "./checker.ts";

/** I5 from the log alone: nobody is on duty at two windows. */
export const duty: Checker = {
  name: "duty",
  kind: "correctness",
  check({ events }) {
    const where = new Map<string, string>();
    const violations: Violation[] = [];
    for (const event of events) {
      switch (event.type) {
        case "staff.signed-on":
        case "staff.took-over": {
          const staffId = event.type === "staff.signed-on" ? event.data.staffId : event.data.by;
          const { counterId } = event.data;
          const other = where.get(staffId);
          if (other !== undefined) {
            violations.push({
              invariant: "I5",
              detail: `seq ${event.seq}: ${staffId} at ${counterId} and at ${other}`,
            });
          }
          if (event.type === "staff.took-over") where.delete(event.data.covered);
          where.set(staffId, counterId);
          break;
        }
        case "staff.signed-off":
        case "duty.ended":
          where.delete(event.data.staffId);
          break;
        default:
      }
    }
    return violations;
  },
};
