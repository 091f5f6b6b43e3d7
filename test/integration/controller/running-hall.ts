import { onTestFinished } from "vitest";
import { createEnrolmentTicket } from "../../../controller/adapters/authority/authority.ts";
import { ControllerConfiguration } from "../../../controller/config.ts";
import { type RunningController, startController } from "../../../controller/controller.ts";
import { systemClock } from "../../../hardware/system/system-clock.ts";
import { systemRandom } from "../../../hardware/system/system-random.ts";
import {
  type Clock,
  Enrolment,
  type EnrolmentRequest,
  type HallError,
  silentLog,
  StaffId,
} from "../../../protocol/index.ts";
import { terminalId, testConfiguration } from "../../support/test-hall.ts";
import { giveAccount, signIn } from "../../support/signed-in.ts";
import { askForCertificate } from "../authority/certificate-request.ts";
import { WireTerminal } from "./wire-terminal.ts";

/** A whole controller on free ports of the loopback, with real files. */
export interface RunningHall {
  readonly controller: RunningController;
  readonly base: string;
  readonly fatal: HallError[];
  /** As a manager. */
  get(path: string): Promise<Record<string, unknown>>;
  /** Headers of the clerk `s01`, signed in with an account of their own; of whoever else has one. */
  as(account: string): Promise<Record<string, string>>;
  post(path: string, body: unknown, headers?: Record<string, string>): Promise<Response>;
  /** Enrols terminal `n` over HTTP and connects it. */
  terminal(n: number): Promise<WireTerminal>;
  enrol(n: number): Promise<Enrolment & { readonly key: string }>;
  /** What terminal `n` sends to enrol, with a fresh token. */
  enrolmentOf(n: number): Promise<EnrolmentRequest>;
}

/** Nothing waits for a citizen to walk or for a voice to finish. */
const AT_ONCE = { callableAfterMs: 0, announcementSlotMs: 0 };

/** The test hall, open around the clock: these tests run at any hour. */
export const configurationOf = (directory: string, change: object = {}): ControllerConfiguration =>
  ControllerConfiguration.parse({
    directory,
    http: { port: 0 },
    mqtt: { port: 0 },
    hall: { ...testConfiguration(2, AT_ONCE), sessions: [{ from: "00:00", to: "24:00" }], ...change },
  });

/** `change`: keys of the hall's configuration. */
export async function startHall(
  directory: string,
  clock: Clock = systemClock,
  change: object = {},
): Promise<RunningHall> {
  const config = configurationOf(directory, change);
  giveAccount(directory, { id: "manager", roles: ["manager"] });
  giveAccount(directory, { id: "clerk", roles: ["staff"], staffId: StaffId.parse("s01") });
  const fatal: HallError[] = [];
  const onFatal = (error: HallError): void => void fatal.push(error);
  const controller = await startController({ config, clock, random: systemRandom, log: silentLog, onFatal });
  onTestFinished(() => controller.close());
  const base = `http://127.0.0.1:${controller.httpPort}`;
  const signedIn = new Map<string, Promise<Record<string, string>>>();
  const as: RunningHall["as"] = (account) => {
    const known = signedIn.get(account) ?? signIn(base, account);
    signedIn.set(account, known);
    return known;
  };
  const get: RunningHall["get"] = async (path) =>
    (await (await fetch(`${base}${path}`, { headers: await as("manager") })).json()) as Record<string, unknown>;
  const post: RunningHall["post"] = (path, body, headers = {}) =>
    fetch(`${base}${path}`, {
      method: "POST",
      headers: { "content-type": "application/json", ...headers },
      body: JSON.stringify(body),
    });
  const ask = async (n: number) => {
    const where = { directory, hall: config.hall.hall, clock };
    const { token } = await createEnrolmentTicket(where, terminalId(n), base);
    const { key, csr } = await askForCertificate();
    return { key, request: { terminal: terminalId(n), token, csr } };
  };
  const enrol: RunningHall["enrol"] = async (n) => {
    const { key, request } = await ask(n);
    const answer = await post("/api/enrolment", request);
    return { ...Enrolment.parse(await answer.json()), key };
  };
  const terminal = async (n: number): Promise<WireTerminal> => {
    const { key, certificate, authority } = await enrol(n);
    const tls = { port: controller.mqttPort, key, cert: certificate, ca: authority };
    return WireTerminal.connect(config.hall.hall, terminalId(n), tls);
  };
  return { controller, base, fatal, get, as, post, terminal, enrol, enrolmentOf: async (n) => (await ask(n)).request };
}
