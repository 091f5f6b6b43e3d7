import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { stringify } from "yaml";
import { createEnrolmentTicket, openBadgeKey } from "../../../controller/index.ts";
import { systemClock } from "../../../hardware/system/system-clock.ts";
import { type BadgeDigest, HallId, TerminalId } from "../../../protocol/index.ts";
import { createBadgeDigest } from "../../../terminal/index.ts";
import { canonicalBadge } from "../../../hardware/index.ts";
import { badgeValue, terminalName } from "./hall-names.ts";

const two = (n: number): string => String(n).padStart(2, "0");

export interface KillHall {
  readonly directory: string;
  readonly controllerFile: string;
  readonly httpPort: number;
  terminalFile(n: number): string;
  terminalDirectory(n: number): string;
  digestOf(badge: string): BadgeDigest;
}

/** Writes a hall of `counters` windows where everything may follow at once: short rules make a hard test. */
export async function writeHall(
  directory: string,
  counters: number,
  httpPort: number,
  mqttPort: number,
  broker: "own" | "outside" = "own",
  /** Where terminals find the broker, when something stands in between. */
  terminalsPort = mqttPort,
): Promise<KillHall> {
  const key = openBadgeKey(directory);
  const digest = createBadgeDigest(Buffer.from(key, "hex"));
  const numbers = Array.from({ length: counters }, (_, index) => index + 1);
  const controllerFile = join(directory, "controller.yaml");
  const hall = hallOf(numbers, (n) => digest(canonicalBadge(badgeValue(n))));
  const wire = broker === "own" ? { mqtt: { port: mqttPort } } : { externalBroker: { port: mqttPort } };
  const configuration = { directory: ".", http: { port: httpPort }, ...wire, hall };
  mkdirSync(directory, { recursive: true });
  writeFileSync(controllerFile, stringify(configuration));
  const terminalDirectory = (n: number) => join(directory, "terminals", terminalName(n));
  const terminalFile = (n: number) => join(terminalDirectory(n), "terminal.yaml");
  for (const n of numbers) {
    mkdirSync(terminalDirectory(n), { recursive: true });
    const controller = { host: "127.0.0.1", mqttPort: terminalsPort };
    writeFileSync(
      terminalFile(n),
      stringify({ hall: "kill", terminal: terminalName(n), controller, directory: terminalDirectory(n) }),
    );
    const where = { directory, hall: HallId.parse("kill"), clock: systemClock };
    const ticket = await createEnrolmentTicket(
      where,
      TerminalId.parse(terminalName(n)),
      `http://127.0.0.1:${httpPort}`,
    );
    writeFileSync(join(terminalDirectory(n), "enrolment.json"), JSON.stringify(ticket), { mode: 0o600 });
  }
  const digestOf = (badge: string) => digest(canonicalBadge(badge));
  return { directory, controllerFile, httpPort, terminalFile, terminalDirectory, digestOf };
}

function hallOf(numbers: readonly number[], badgeOf: (n: number) => string): object {
  const both = (zh: string, en: string) => ({ zh, en });
  return {
    hall: "kill",
    name: both("断电大厅", "Hall of power cuts"),
    zone: "Asia/Shanghai",
    sessions: [{ from: "00:00", to: "24:00" }],
    queues: [
      { id: "a", letter: "A", last: 9999 },
      { id: "b", letter: "B", last: 9999 },
    ],
    services: [
      { id: "apply", name: both("综合", "General"), queue: "a" },
      { id: "social", name: both("社保", "Social security"), queue: "b" },
    ],
    counters: numbers.map((n) => ({
      id: String(n),
      terminal: terminalName(n),
      title: both("综合窗口", "General"),
      queues: n % 2 === 0 ? ["a", "b"] : ["b", "a"],
    })),
    staff: numbers.map((n) => ({
      id: `s${two(n)}`,
      name: `职员${n}`,
      post: both("窗口岗", "Clerk"),
      number: two(n),
      badges: [badgeOf(n)],
      counters: [String(n)],
    })),
    rules: { callableAfterMs: 0, announcementSlotMs: 20, noShowAfterMs: 200, recallIntervalMs: 0 },
  };
}
