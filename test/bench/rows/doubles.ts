import { openLogReader } from "../../../controller/adapters/store/sqlite-log-reader.ts";
import { readEvent } from "../../../controller/engine/upcast.ts";
import type { Row } from "../report.ts";

/** From the log itself: tickets called twice, and numbers given again while the first was open. */
export function doublesRow(directory: string, name: string): Row {
  const reader = openLogReader(directory);
  const called = new Set<string>();
  const numberOf = new Map<string, string>();
  const open = new Set<string>();
  let doubles = 0;
  let seen = 0;
  try {
    for (const stored of reader.read(1, reader.head().seq)) {
      const { type, data } = readEvent(stored);
      if (type === "ticket.issued") {
        seen += 1;
        if (open.has(data.number)) doubles += 1;
        open.add(data.number);
        numberOf.set(data.ticketId, data.number);
      } else if (type === "ticket.called") {
        seen += 1;
        if (called.has(data.ticketId)) doubles += 1;
        called.add(data.ticketId);
      } else if (type === "ticket.closed") open.delete(numberOf.get(data.ticketId) ?? "");
    }
  } finally {
    reader.close();
  }
  const mark = { of: "measured", bound: "at-most", value: 0 } as const;
  return { name, measured: doubles, unit: "count", samples: seen, mark };
}
