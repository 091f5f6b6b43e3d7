// The serial link over a real pty keeps the contract of a byte link, in real time.
import { createSerialLink } from "../../../hardware/links/serial-link.ts";
import { systemClock } from "../../../hardware/system/system-clock.ts";
import { type Log, silentLog } from "../../../protocol/base/log.ts";
import { byteLinkContract, type ByteLinkRig } from "../../contract/byte-link-contract.ts";
import { PtyDevice } from "./pty-device.ts";
import { scratchPath } from "./scratch-path.ts";
import { Witness } from "./witness.ts";

const SENTINEL = "sentinel";

byteLinkContract("serial line over a pty", async (): Promise<ByteLinkRig> => {
  const { path, clear } = await scratchPath("reader");
  const witness = new Witness();
  let attemptsFailed = 0;
  const log: Log = { ...silentLog, debug: (event) => void (event === "link.waiting" && (attemptsFailed += 1)) };
  const link = createSerialLink({ path, baudRate: 9600, clock: systemClock, log });
  const polling = setInterval(witness.poke, 5);
  let device: PtyDevice | null = null;
  let isDown = true;

  const plug = async (): Promise<void> => {
    device ??= await PtyDevice.plug(path);
    isDown = false;
  };
  return {
    link,
    plug,
    unplug: async () => {
      await device?.unplug();
      device = null;
      isDown = true;
    },
    say: (text) => device?.say(Buffer.from(text, "latin1")),
    heard: () => device?.heard() ?? "",
    until: (what, holds) => witness.until(what, holds),
    linger: async () => {
      const before = attemptsFailed;
      if (isDown) await witness.until("two further attempts", () => attemptsFailed >= before + 2);
    },
    afterwards: async () => {
      await plug();
      device?.say(Buffer.from(SENTINEL));
      await device?.untaken(SENTINEL);
    },
    release: async () => {
      clearInterval(polling);
      await link.close();
      await device?.unplug();
      await clear();
    },
  };
});
