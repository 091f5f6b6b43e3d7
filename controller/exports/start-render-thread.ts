import { Worker } from "node:worker_threads";
import { messageOf } from "../../protocol/index.ts";
import { type ExportOrder, ThreadAnswer } from "./export-order.ts";

/** How a thread's work ended. "died": of itself, by a bug or for want of memory. */
export type ThreadEnd = ThreadAnswer | { readonly type: "died"; readonly reason: string };

/** Draws one export apart from the hall's work. `onEnd` comes once, and never after `stop`. */
export type StartThread = (order: ExportOrder, onEnd: (end: ThreadEnd) => void) => { stop(): void };

/** Of JavaScript objects, in the thread alone: a sheet of the largest hall takes a fraction of it. */
const HEAP_MEGABYTES_MAX = 512;

/** Threads of one program, each with a heap of its own: what it runs out of, the controller does not. */
export const threadsOf =
  (program: URL, heapMegabytes: number): StartThread =>
  (order, onEnd) => {
    let ended = false;
    const end = (how: ThreadEnd): void => {
      if (ended) return;
      ended = true;
      onEnd(how);
    };
    const thread = new Worker(program, {
      workerData: order,
      execArgv: [],
      resourceLimits: { maxOldGenerationSizeMb: heapMegabytes },
    });
    thread.on("message", (message: unknown) => {
      const answer = ThreadAnswer.safeParse(message);
      end(answer.success ? answer.data : { type: "died", reason: "it said what nobody understands" });
    });
    thread.on("error", (error) => end({ type: "died", reason: messageOf(error) }));
    thread.on("exit", (code) => end({ type: "died", reason: `it ended with code ${code}` }));
    return {
      stop() {
        ended = true;
        void thread.terminate();
      },
    };
  };

export const startRenderThread = threadsOf(new URL("./export-thread.ts", import.meta.url), HEAP_MEGABYTES_MAX);
