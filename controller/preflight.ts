import { type Clock, HallError, seconds } from "../protocol/index.ts";
import { checkAuthority } from "./adapters/authority/check-authority.ts";
import { assertPortFree } from "./adapters/listen.ts";
import { checkData, lastWritten } from "./adapters/store/check-data.ts";
import { assertRestoreFinished } from "./adapters/store/set-aside.ts";
import type { ControllerConfiguration } from "./config.ts";

/** A clock that was set back by less has been corrected, not lost. */
const CLOCK_BEHIND_MAX = seconds(60);

/**
 * Everything that can keep a controller from starting and can be known beforehand: whoever is turned away here has
 * touched nothing. Each HallError has its own exit code (`docs/start-up-errors.md`).
 */
export async function preflight(config: ControllerConfiguration, clock: Clock): Promise<void> {
  const { directory, hall, http, mqtt, externalBroker } = config;
  checkData(directory);
  assertRestoreFinished(directory);
  checkAuthority(directory, hall.hall, clock.now());
  if (config.clockBehind === "refuse") checkClock(directory, clock);
  await assertPortFree(http.host, http.port);
  if (externalBroker === undefined) await assertPortFree(mqtt.host, mqtt.port);
}

function checkClock(directory: string, clock: Clock): void {
  const last = lastWritten(directory);
  const now = clock.now();
  if (last === null || now >= last - CLOCK_BEHIND_MAX) return;
  const [says, was] = [now, last].map((at) => new Date(at).toISOString());
  const line = `the clock says ${says}, the log in ${directory} was last written at ${was}; set the clock`;
  throw new HallError("CLOCK_BEHIND", line, { directory });
}
