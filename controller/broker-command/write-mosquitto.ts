import { resolve } from "node:path";
import { type Clock, HallError } from "../../protocol/index.ts";
import { openBrokerIdentity } from "../adapters/authority/broker-identity.ts";
import { keyPairText } from "../adapters/authority/key-pair-file.ts";
import type { ControllerConfiguration } from "../config.ts";
import { MOSQUITTO_FILES, mosquittoConfiguration } from "./mosquitto-configuration.ts";
import { writeOwned } from "./owned-files.ts";
import { topicRules } from "./topic-rules.ts";

/** Mosquitto's files are lines of words. */
const PLAIN_PATH = /^[A-Za-z0-9/._@+-]+$/u;
const USER = /^[a-z_][a-z0-9_-]{0,31}$/u;

export interface MosquittoOrder {
  /** The controller's; its directory absolute. */
  readonly config: ControllerConfiguration;
  readonly configFile: string;
  /** Where Mosquitto's files are to lie. */
  readonly directory: string;
  /** Whom Mosquitto becomes when it is started as root. */
  readonly user: string;
  readonly clock: Clock;
}

/** Writes everything a Mosquitto needs to serve this hall; answers with what is to be done next. */
export async function writeMosquitto(order: MosquittoOrder): Promise<string> {
  const { config, configFile, user, clock } = order;
  const directory = resolve(order.directory);
  const address = config.externalBroker;
  if (address === undefined) {
    const line = `${configFile} names no external broker; add externalBroker: { host: NAME, port: 8883 }.`;
    throw new HallError("CONFIG_NO_BROKER", line, { configFile });
  }
  if (!PLAIN_PATH.test(directory)) throw usage(`"${directory}" is no plain path; use letters, digits and /._@+-`);
  if (!USER.test(user)) throw usage(`"${user}" is no name of a user`);
  const { hall } = config.hall;
  const identity = await openBrokerIdentity({ directory: config.directory, hall, clock }, [
    address.host,
    ...config.names,
  ]);
  writeOwned(directory, hall, {
    [MOSQUITTO_FILES.configuration]: mosquittoConfiguration({ address, directory, user }),
    [MOSQUITTO_FILES.rules]: topicRules(hall),
    [MOSQUITTO_FILES.authority]: identity.authority,
    [MOSQUITTO_FILES.server]: keyPairText(identity.server),
    [MOSQUITTO_FILES.revoked]: identity.revoked,
  });
  return nextSteps(directory, order, identity.unlisted);
}

const usage = (line: string): HallError => new HallError("USAGE", line);

function nextSteps(directory: string, { configFile, user }: MosquittoOrder, unlisted: number): string {
  const names = Object.values(MOSQUITTO_FILES).join(", ");
  const warning = `Beware: ${unlisted} void certificates cannot be listed; their serial numbers were not kept.\n`;
  return `Written to ${directory}: ${names}.
Next, where Mosquitto runs:
  chown -R ${user}: ${directory}
  mosquitto -c ${directory}/${MOSQUITTO_FILES.configuration}
and where the hall's data are:
  hallward controller --config ${configFile}
Whenever a terminal was enrolled anew, and once in eight months: the same command again, and then
  chown -R ${user}: ${directory} && kill -HUP $(pidof mosquitto)
${unlisted > 0 ? warning : ""}`;
}
