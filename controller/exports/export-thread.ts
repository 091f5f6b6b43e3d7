import { parentPort, workerData } from "node:worker_threads";
import { HallError, present } from "../../protocol/index.ts";
import { ExportOrder, type ThreadAnswer } from "./export-order.ts";
import { renderExport } from "./render-export.ts";

// One export in a thread of its own: it draws, says so, and ends. Whatever is no HallError ends it sooner.

const answer = await renderExport(ExportOrder.parse(workerData)).then(
  (file): ThreadAnswer => ({ type: "rendered", bytes: new Uint8Array(file) }),
  (thrown: unknown): ThreadAnswer => {
    if (!(thrown instanceof HallError)) throw thrown;
    return { type: "refused", code: thrown.code, message: thrown.message };
  },
);
present(parentPort, "the thread that gave the order").postMessage(
  answer,
  answer.type === "rendered" ? [answer.bytes.buffer] : [],
);
