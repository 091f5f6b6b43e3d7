import { userInfo } from "node:os";
import { join } from "node:path";
import { onTestFinished } from "vitest";
import {
  type Authority,
  createEnrolmentTicket,
  openAuthority,
} from "../../../controller/adapters/authority/authority.ts";
import { openRoot } from "../../../controller/adapters/authority/root-certificate.ts";
import type { KeyAndCertificate } from "../../../controller/adapters/authority/small-ca.ts";
import type { Broker, MessageListener } from "../../../controller/adapters/broker/broker.ts";
import { connectExternalBroker } from "../../../controller/adapters/external-broker/external-broker.ts";
import { writeMosquitto } from "../../../controller/broker-command/write-mosquitto.ts";
import { ControllerConfiguration } from "../../../controller/config.ts";
import { systemClock } from "../../../hardware/system/system-clock.ts";
import { systemRandom } from "../../../hardware/system/system-random.ts";
import { type Log, silentLog, type TerminalId, topics } from "../../../protocol/index.ts";
import { askForCertificate } from "../../integration/authority/certificate-request.ts";
import { hallDirectory } from "../../integration/authority/hall-directory.ts";
import { clientsOf, HALL, type HallBroker, watchList } from "../../integration/broker/hall-broker.ts";
import { freePorts } from "../../support/free-ports.ts";
import { testConfiguration } from "../../support/test-hall.ts";
import { type MosquittoProcess, startMosquitto } from "./mosquitto-process.ts";

/** Mosquitto with the hall's own files, the controller's connection to it, and clients with the hall's certificates. */
export interface HallMosquitto extends Omit<HallBroker, "revoked" | "peers"> {
  readonly process: MosquittoProcess;
  /** The hall's directory. */
  readonly directory: string;
  /** The controller's own key and certificate. */
  readonly controller: KeyAndCertificate;
  /** How often the controller has been connected. */
  readonly connects: () => number;
  /** `hallward broker mosquitto` once more. */
  writeAgain(): Promise<void>;
  /** A certificate of terminal `id` that the authority knows of; a former one is void from now on. */
  enrol(id: TerminalId): Promise<KeyAndCertificate>;
}

const CONTROLLER = topics.hall(HALL, "controller");
const RETAINED = { qos: 1, retain: true } as const;
export const BIRTH = "up";
export const WILL = "down";

export async function startHallMosquitto(
  options: { readonly onMessage?: MessageListener; readonly log?: Log } = {},
): Promise<HallMosquitto> {
  const directory = hallDirectory();
  const [port] = await freePorts(2);
  const config = ControllerConfiguration.parse({
    directory,
    externalBroker: { port },
    hall: { ...testConfiguration(2), hall: HALL },
  });
  const order = { config, configFile: "controller.yaml", clock: systemClock };
  const broker = join(directory, "broker");
  const writeAgain = async () => {
    await writeMosquitto({ ...order, directory: broker, user: userInfo().username });
  };
  await writeAgain();
  const process = await startMosquitto(broker, port);
  onTestFinished(() => process.kill());
  const parts = { directory, hall: HALL, names: [], clock: systemClock, log: silentLog, onRevoked() {} };
  const authority = await openAuthority(parts);
  const tls = await authority.clientTls();
  const root = await openRoot(directory, HALL, systemClock);
  const link = await linkTo(port, tls, options);
  const clients = clientsOf(port, root);
  const enrol: HallMosquitto["enrol"] = async (id) => enrolAt(authority, directory, id);
  return { ...link, ...clients, process, directory, controller: tls, root, writeAgain, enrol };
}

async function enrolAt(authority: Authority, directory: string, terminal: TerminalId): Promise<KeyAndCertificate> {
  const where = { directory, hall: HALL, clock: systemClock };
  const { token } = await createEnrolmentTicket(where, terminal, "http://127.0.0.1/");
  const { key, csr } = await askForCertificate();
  const answer = await authority.enrol({ terminal, token, csr });
  return { key, certificate: answer.ok ? answer.value.certificate : "" };
}

type Link = Pick<HallMosquitto, "broker" | "taken" | "refusals" | "until" | "connects">;

async function linkTo(
  port: number,
  tls: Parameters<typeof connectExternalBroker>[0]["tls"],
  { onMessage = () => null, log = silentLog }: { readonly onMessage?: MessageListener; readonly log?: Log },
): Promise<Link> {
  const watch = watchList();
  const taken: HallBroker["taken"] = [];
  const refusals: string[] = [];
  let connects = 0;
  const broker: Broker = connectExternalBroker({
    hall: HALL,
    host: "127.0.0.1",
    port,
    tls,
    will: () => [CONTROLLER, WILL, RETAINED],
    onUp() {
      connects += 1;
      broker.publish(CONTROLLER, BIRTH, RETAINED);
      watch.changed();
    },
    onMessage(terminalId, branch, text) {
      taken.push({ terminalId, branch, text });
      watch.changed();
      return onMessage(terminalId, branch, text);
    },
    onRefused(code) {
      refusals.push(code);
      watch.changed();
    },
    clock: systemClock,
    random: systemRandom,
    log,
  });
  onTestFinished(() => broker.close());
  await watch.until(() => connects === 1);
  return { broker, taken, refusals, until: watch.until, connects: () => connects };
}
