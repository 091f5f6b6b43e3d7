import { request } from "node:http";
import { onTestFinished } from "vitest";

export interface ServerEvent {
  readonly id: string;
  readonly event: string;
  readonly data: unknown;
}

/** Reads a stream of server-sent events, one at a time. */
export interface EventReader {
  next(): Promise<ServerEvent>;
  pause(): void;
  resume(): void;
  readonly ended: Promise<void>;
}

export function readEvents(url: string, headers: Readonly<Record<string, string>> = {}): Promise<EventReader> {
  return new Promise((resolve, reject) => {
    const asked = request(url, { headers }, (response) => {
      const queue: ServerEvent[] = [];
      const waiting: ((event: ServerEvent) => void)[] = [];
      let text = "";
      response.setEncoding("utf8").on("data", (chunk: string) => {
        const blocks = (text + chunk).split("\n\n");
        text = blocks.pop() ?? "";
        for (const block of blocks) {
          const event = parse(block);
          if (event === null) continue;
          const taker = waiting.shift();
          if (taker === undefined) queue.push(event);
          else taker(event);
        }
      });
      const ended = new Promise<void>((done) => response.once("close", () => done()));
      resolve({
        next: () => {
          const first = queue.shift();
          return first === undefined ? new Promise((take) => waiting.push(take)) : Promise.resolve(first);
        },
        pause: () => void response.pause(),
        resume: () => void response.resume(),
        ended,
      });
    });
    asked.once("error", reject);
    onTestFinished(() => void asked.destroy());
    asked.end();
  });
}

function parse(block: string): ServerEvent | null {
  const fields = new Map(
    block.split("\n").map((line) => [line.split(":")[0] ?? "", line.slice(line.indexOf(":") + 2)]),
  );
  const event = fields.get("event");
  const body = fields.get("data");
  if (event === undefined || body === undefined) return null;
  return { id: fields.get("id") ?? "", event, data: JSON.parse(body) as unknown };
}
