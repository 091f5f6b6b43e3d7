import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { stringify } from "yaml";
import type { z } from "zod";
import { openAuthority } from "../../controller/adapters/authority/authority.ts";
import { createEnrolmentTicket, type ControllerConfiguration } from "../../controller/index.ts";
import { systemClock } from "../../hardware/system/system-clock.ts";
import { HallId, silentLog, TerminalId } from "../../protocol/index.ts";
import { IDENTITY_FILES } from "../../terminal/adapters/identity-files.ts";
import { askForCertificate } from "../integration/authority/certificate-request.ts";

export const BENCH_HALL = HallId.parse("bench");
const LETTERS = ["A", "B", "C", "D", "E", "F", "G", "H"] as const;
export const QUEUES = LETTERS.map((letter) => letter.toLowerCase());

export const terminalName = (n: number): TerminalId => TerminalId.parse(`t${String(n).padStart(3, "0")}`);
export const clerkName = (n: number): string => `s${String(n).padStart(3, "0")}`;
/** Digest of clerk n's badge: in a bench nobody has a card in the hand. */
export const clerkBadge = (n: number): string => String(n).padStart(64, "0");

type Hall = z.input<typeof ControllerConfiguration>["hall"];

export interface HallWish {
  readonly counters: number;
  readonly zone: string;
  readonly sessions?: Hall["sessions"];
  readonly rules?: Hall["rules"];
}

/** A hall of eight queues; each window serves two of them, each clerk has a window. Open all day if not said else. */
export function hallOf({ counters, zone, sessions, rules }: HallWish): Hall {
  const both = (zh: string, en: string) => ({ zh, en });
  const numbers = Array.from({ length: counters }, (_, index) => index + 1);
  const queueAt = (n: number): string => QUEUES[n % QUEUES.length] ?? "a";
  return {
    hall: BENCH_HALL,
    name: both("测速大厅", "Bench hall"),
    zone,
    sessions: sessions ?? [{ from: "00:00", to: "24:00" }],
    queues: LETTERS.map((letter) => ({ id: letter.toLowerCase(), letter, last: 9999 })),
    services: LETTERS.map((letter) => ({
      id: letter.toLowerCase(),
      name: both(`${letter}类业务`, `Service ${letter}`),
      queue: letter.toLowerCase(),
    })),
    counters: numbers.map((n) => ({
      id: String(n),
      terminal: terminalName(n),
      title: both("综合窗口", "General"),
      queues: [queueAt(n), queueAt(n + 1)],
    })),
    staff: numbers.map((n) => ({
      id: clerkName(n),
      name: `职员${n}`,
      post: both("窗口岗", "Clerk"),
      number: String(n).padStart(3, "0"),
      badges: [clerkBadge(n)],
      counters: [String(n)],
    })),
    hotline: "12345",
    ...(rules !== undefined && { rules }),
  };
}

/** The zone in which it is about noon now: no business day ends while a bench runs. */
export function zoneAtNoon(): string {
  const ahead = 12 - new Date(systemClock.now()).getUTCHours();
  return `Etc/GMT${ahead >= 0 ? "-" : "+"}${Math.abs(ahead)}`;
}

export interface HallFiles {
  readonly directory: string;
  readonly controllerFile: string;
  readonly hall: Hall;
}

/** Writes `controller.yaml`; ports 0 are chosen by the controller. */
export function writeHall(directory: string, hall: Hall, ports = { http: 0, mqtt: 0 }): HallFiles {
  mkdirSync(directory, { recursive: true });
  const controllerFile = join(directory, "controller.yaml");
  const configuration = { directory: ".", http: { port: ports.http }, mqtt: { port: ports.mqtt }, hall };
  writeFileSync(controllerFile, stringify(configuration, { aliasDuplicateObjects: false }));
  return { directory, controllerFile, hall };
}

export interface Credentials {
  readonly key: string;
  readonly cert: string;
  readonly ca: string;
}

/** Certificates for terminals 1 to `count`, from the hall's own authority, in each one's own directory. */
export async function enrolTerminals({ directory }: HallFiles, count: number): Promise<void> {
  const where = { directory, hall: BENCH_HALL, clock: systemClock };
  const authority = await openAuthority({ ...where, names: [], log: silentLog, onRevoked: () => {} });
  for (let n = 1; n <= count; n += 1) {
    const terminal = terminalName(n);
    const { token } = await createEnrolmentTicket(where, terminal, "http://127.0.0.1");
    const { key, csr } = await askForCertificate();
    const enrolled = await authority.enrol({ terminal, token, csr });
    if (!enrolled.ok) throw new Error(`terminal ${n} was refused: ${enrolled.error}`);
    const own = terminalDirectory(directory, n);
    mkdirSync(own, { recursive: true });
    const write = (file: string, text: string): void => writeFileSync(join(own, file), text, { mode: 0o600 });
    write(IDENTITY_FILES.key, key);
    write(IDENTITY_FILES.certificate, enrolled.value.certificate);
    write(IDENTITY_FILES.authority, enrolled.value.authority);
    write(IDENTITY_FILES.badgeKey, `${enrolled.value.badgeKey}\n`);
  }
}

export const terminalDirectory = (directory: string, n: number): string =>
  join(directory, "terminals", terminalName(n));
