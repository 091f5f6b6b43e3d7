import { Agent, request } from "node:http";
import { systemClock } from "../../../hardware/system/system-clock.ts";
import { systemRandom } from "../../../hardware/system/system-random.ts";
import { elapsed } from "../../../protocol/index.ts";
import { QUEUES } from "../bench-hall.ts";
import { serveOrders } from "../worker.ts";

const agent = new Agent({ keepAlive: true });

/** One ticket over HTTP, with its idempotency key; its number. */
function issue(port: number, service: string): Promise<string> {
  const body = JSON.stringify({ service });
  const headers = {
    "content-type": "application/json",
    "content-length": Buffer.byteLength(body),
    "idempotency-key": systemRandom.uuid(),
  };
  return new Promise((resolve, reject) => {
    const asked = request(
      { agent, port, host: "127.0.0.1", method: "POST", path: "/api/tickets", headers },
      (answer) => {
        let text = "";
        answer.setEncoding("utf8").on("data", (chunk: string) => (text += chunk));
        answer.on("end", () => {
          if (answer.statusCode === 201) resolve((JSON.parse(text) as { number: string }).number);
          else reject(new Error(`status ${answer.statusCode}: ${text}`));
        });
      },
    );
    asked.on("error", reject);
    asked.end(body);
  });
}

const orders = {
  async issue({ port, count, callers = 4 }: { port: number; count: number; callers?: number }) {
    let left = count;
    const work = async (): Promise<void> => {
      while (left > 0) {
        left -= 1;
        await issue(port, QUEUES[left % QUEUES.length] ?? "a");
      }
    };
    await Promise.all(Array.from({ length: callers }, work));
  },
  async work({ port, callers, forMs }: { port: number; callers: number; forMs: number }) {
    const begun = systemClock.mono();
    const latencies: number[] = [];
    const work = async (_: unknown, n: number): Promise<void> => {
      for (let at = n; elapsed(begun, systemClock.mono()) < forMs; at += 1) {
        const sentAt = systemClock.mono();
        await issue(port, QUEUES[at % QUEUES.length] ?? "a");
        latencies.push(elapsed(sentAt, systemClock.mono()));
      }
    };
    await Promise.all(Array.from({ length: callers }, work));
    return { latencies, tookMs: elapsed(begun, systemClock.mono()) };
  },
};
export type KiosksOrders = typeof orders;
serveOrders(orders);
