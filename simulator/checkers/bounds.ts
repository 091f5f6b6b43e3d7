import { straggling } from "./allowances.ts";
import type { Checker } from "./checker.ts";

/** I13: no terminal sends more than the broker allows; and the wire hands over in the order of sending. */
export const bounds: Checker = {
  name: "bounds",
  kind: "correctness",
  check({ history }) {
    const mayBeOld = straggling(history);
    return [
      ...history.of("flooded").map(({ terminalId }) => ({ invariant: "I13", detail: `${terminalId} sent a flood` })),
      ...history
        .of("heard-out-of-order")
        .filter(({ terminalId, atMs }) => !mayBeOld(terminalId, atMs))
        .map(({ terminalId }) => ({ invariant: "order", detail: `${terminalId} was heard out of order` })),
    ];
  },
};
