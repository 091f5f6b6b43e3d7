// Proves with real processes that the hall on Mosquitto survives kill -9 of its controller, of Mosquitto, and of both
// at once, under load: the same drill and the same judge as with the controller's own broker.
import { userInfo } from "node:os";
import { join } from "node:path";
import { expect } from "vitest";
import { controllerKillDrill } from "../../integration/kill/controller-kill.ts";
import { ended, startHallward } from "../../integration/kill/hands.ts";
import { startMosquitto } from "./mosquitto-process.ts";

controllerKillDrill({
  rounds: Number(process.env["KILL_ROUNDS"] ?? 21),
  victims: ["controller", "broker", "both"],
  async startBroker({ directory, controllerFile }, port) {
    const files = join(directory, "broker");
    const words = ["--config", controllerFile, "--directory", files, "--user", userInfo().username];
    const command = startHallward(["broker", "mosquitto", ...words], join(directory, "command.log"));
    expect(await ended(command)).toBe(0);
    return startMosquitto(files, port);
  },
});
