import { type ChildProcess, fork, spawn } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { setPriority, tmpdir } from "node:os";
import { join } from "node:path";
import { connect as connectTls, type TLSSocket } from "node:tls";
import { fileURLToPath } from "node:url";
import { stringify } from "yaml";
import { createEnrolmentTicket } from "../../../controller/adapters/authority/authority.ts";
import { ControllerConfiguration } from "../../../controller/config.ts";
import type { RefusalPicture } from "../../../controller/terminals/refusal-book.ts";
import { systemClock } from "../../../hardware/system/system-clock.ts";
import { Enrolment, type HallId, type TerminalId, topics } from "../../../protocol/index.ts";
import { giveAccount, signIn } from "../../support/signed-in.ts";
import { terminalId, testConfiguration } from "../../support/test-hall.ts";
import { askForCertificate } from "../authority/certificate-request.ts";
import type { Ready } from "../controller/controller-process.ts";
import type { Bystander, BystanderReport } from "./bystanders-process.ts";

const HALLWARD = fileURLToPath(new URL("../../../hallward.ts", import.meta.url));
const BYSTANDERS = fileURLToPath(new URL("bystanders-process.ts", import.meta.url));
const BYSTANDERS_COUNT = 3;
const ENEMY_PRIORITY = 15;
const WARM_UP_MS = 300;
const CALM_MS = 1_000;

/** What somebody with a certificate of the hall has in the hand. */
export interface Credentials {
  readonly terminal: TerminalId;
  readonly key: string;
  readonly cert: string;
  readonly ca: string;
  readonly port: number;
}

/** A controller and healthy terminals that press all the time, each in a process of its own, and room for enemies. */
export interface BesiegedHall {
  readonly base: string;
  readonly port: number;
  readonly hall: HallId;
  /** Credentials of a terminal that nobody has used yet. */
  enemy(): Promise<Credentials>;
  /** Headers of somebody who may look at it. */
  readonly manager: Readonly<Record<string, string>>;
  refusals(): Promise<readonly RefusalPicture[]>;
  /** One sample of `/metrics`, 0 when it is not there. */
  metric(name: string): Promise<number>;
  /** What the bystanders had to bear since they were asked last. */
  bystanders(): Promise<BystanderReport>;
  readonly bystandersCount: number;
  /** What they had to bear before anything happened. */
  readonly calm: BystanderReport & { readonly residentBytes: number };
  close(): Promise<void>;
}

/** Sessions around the clock; no waiting for citizens to walk. */
const configurationOf = (directory: string): ControllerConfiguration =>
  ControllerConfiguration.parse({
    directory,
    http: { port: 0 },
    mqtt: { port: 0 },
    hall: { ...testConfiguration(80, { callableAfterMs: 0 }), sessions: [{ from: "00:00", to: "24:00" }] },
  });

/** For the tests of one file: `close` is what `beforeAll` returns. */
export async function besiegedHall(): Promise<BesiegedHall> {
  const directory = mkdtempSync(join(tmpdir(), "hallward-hostile-"));
  const children: ChildProcess[] = [];
  const close = async (): Promise<void> => {
    await Promise.all(children.map((child) => ended(child)));
    rmSync(directory, { recursive: true, force: true });
  };
  const configuration = configurationOf(".");
  const { hall } = configuration.hall;
  giveAccount(directory, { id: "manager", roles: ["manager"] });
  const file = join(directory, "controller.yaml");
  writeFileSync(file, stringify(configuration));
  const controller = spawn(process.execPath, [HALLWARD, "controller", "--config", file], {
    stdio: ["ignore", "ignore", "inherit", "ipc"],
  });
  children.push(controller);
  const { httpPort, mqttPort } = await heard<Ready>(controller);
  const base = `http://127.0.0.1:${httpPort}`;
  const manager = await signIn(base, "manager");
  let next = 0;
  const enemy = async (): Promise<Credentials> => {
    next += 1;
    return { ...(await enrol(directory, hall, base, terminalId(next))), port: mqttPort };
  };
  const own: Bystander[] = [];
  for (let n = 0; n < BYSTANDERS_COUNT; n += 1) own.push({ ...(await enemy()), hall });
  const bystanders = fork(BYSTANDERS);
  // Enemies have machines of their own: here, where they have not, they must not win by taking the processor.
  setPriority(ENEMY_PRIORITY);
  children.push(bystanders);
  const pressing = heard(bystanders);
  bystanders.send(own);
  await pressing;
  const report = (): Promise<BystanderReport> => {
    const told = heard<BystanderReport>(bystanders);
    bystanders.send("report");
    return told;
  };
  await passed(WARM_UP_MS);
  await report();
  await passed(CALM_MS);
  const pictured = pictures(base, manager);
  const calm = { ...(await report()), residentBytes: await pictured.metric("process_resident_memory_bytes") };
  const known = { base, port: mqttPort, hall, bystandersCount: BYSTANDERS_COUNT, calm };
  return { ...known, ...pictured, enemy, bystanders: report, close };
}

function pictures(
  base: string,
  manager: Readonly<Record<string, string>>,
): Pick<BesiegedHall, "refusals" | "metric" | "manager"> {
  return {
    manager,
    async refusals() {
      const { refusals } = (await (await fetch(`${base}/api/refusals`, { headers: manager })).json()) as {
        refusals: RefusalPicture[];
      };
      return refusals;
    },
    async metric(name) {
      const text = await (await fetch(`${base}/metrics`)).text();
      const line = text.split("\n").find((each) => each.startsWith(`${name} `));
      return Number(line?.slice(name.length) ?? 0);
    },
  };
}

async function enrol(directory: string, hall: HallId, base: string, terminal: TerminalId) {
  const { token } = await createEnrolmentTicket({ directory, hall, clock: systemClock }, terminal, base);
  const { key, csr } = await askForCertificate();
  const answer = await fetch(`${base}/api/enrolment`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ terminal, token, csr }),
  });
  const { certificate, authority } = Enrolment.parse(await answer.json());
  return { terminal, key, cert: certificate, ca: authority };
}

/** A TLS socket with these credentials, or with none; what comes in is thrown away. */
export async function tlsSocket(port: number, credentials?: Credentials): Promise<TLSSocket> {
  const { key, cert, ca } = credentials ?? {};
  const socket = connectTls({ host: "127.0.0.1", port, key, cert, ca, rejectUnauthorized: ca !== undefined });
  socket.on("error", () => {});
  await new Promise<void>((resolve) => {
    socket.once("secureConnect", resolve);
    socket.once("close", () => resolve());
  });
  return socket.resume();
}

/** The topic of one of its own branches. */
export const ownTopic = (hall: HallId, { terminal }: Credentials, branch: Parameters<typeof topics.terminal>[2]) =>
  topics.terminal(hall, terminal, branch);

export const closing = (socket: TLSSocket): Promise<void> =>
  new Promise((resolve) => (socket.destroyed ? resolve() : socket.once("close", () => resolve())));

export const passed = (durationMs: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, durationMs));

const heard = <T>(child: ChildProcess): Promise<T> =>
  new Promise((resolve, reject) => {
    const onExit = (code: number | null): void => reject(new TypeError(`ended with ${code}`));
    child.once("exit", onExit);
    child.once("message", (message) => {
      child.off("exit", onExit);
      resolve(message as T);
    });
  });

const ended = (child: ChildProcess): Promise<void> =>
  new Promise((resolve) => {
    if (child.exitCode !== null) resolve();
    child.once("exit", () => resolve());
    child.kill("SIGKILL");
  });
