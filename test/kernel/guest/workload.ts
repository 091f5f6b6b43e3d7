// Runs in the virtual machine: the hall's controller as a process of its own, terminals, a kiosk, and hands. Started
// anew after each power cut with nothing but what the disk kept.
import { spawn } from "node:child_process";
import { connect } from "node:net";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { systemClock } from "../../../hardware/system/system-clock.ts";
import { ended, passed, until } from "../../integration/kill/hands.ts";
import { terminalName } from "../../integration/kill/hall-names.ts";
import { FactChannel } from "./fact-channel.ts";
import { HTTP_PORT, MQTT_PORT } from "./ports.ts";
import { takeTickets } from "./kiosk.ts";
import { Window } from "./window.ts";

const HALLWARD = fileURLToPath(new URL("../../../hallward.mjs", import.meta.url)); // Bundled beside this one.
const REHEARSAL_MS = 6_000;
const PATIENCE_MS = 350_000;
const KIOSKS = 2;

const [directory = "", work = "press", terminals = "3"] = process.argv.slice(2);
const facts = new FactChannel();
let isClosing = false;

/** `hallward controller`, with whatever modules this process was told to load first. */
function startController() {
  const program = [HALLWARD, "controller", "--config", join(directory, "controller.yaml")];
  const child = spawn(process.execPath, [...process.execArgv, ...program], { stdio: ["ignore", "inherit", "inherit"] });
  void ended(child).then((code) => {
    if (!isClosing) facts.say({ type: "failed", what: `the controller ended with ${code}` });
  });
  return child;
}

const isListening = (port: number): Promise<boolean> =>
  new Promise((resolve) => {
    const socket = connect(port, "127.0.0.1");
    const answer = (isThere: boolean) => () => {
      socket.destroy();
      resolve(isThere);
    };
    socket.once("connect", answer(true)).once("error", answer(false));
  });

const controller = startController();
const windows = Array.from({ length: Number(terminals) }, (_, index) => new Window(index + 1, facts));
try {
  const fileOf = (index: number): string => join(directory, "terminals", terminalName(index + 1), "terminal.yaml");
  // On this slow machine, terminals that knock in vain would take the time the controller needs to start.
  await until("the controller listens", () => isListening(MQTT_PORT), PATIENCE_MS);
  await Promise.all(windows.map((window, index) => window.open(fileOf(index))));
  await until("every terminal hears the controller", () => windows.every((window) => window.isUp), PATIENCE_MS);
} catch (thrown) {
  facts.say({ type: "failed", what: String(thrown) });
}
facts.say({ type: "ready", uptimeMs: systemClock.mono() });

if (work === "settle") {
  await until("every journal is acknowledged", () => windows.every((window) => window.isSettled), PATIENCE_MS);
  facts.say({ type: "settled" });
  await passed(PATIENCE_MS);
}
for (const window of windows) void window.work();
for (let kiosk = 0; kiosk < KIOSKS; kiosk += 1) void takeTickets(`http://127.0.0.1:${HTTP_PORT}`, facts, 20);

if (work === "rehearse") {
  await passed(REHEARSAL_MS);
  isClosing = true;
  await Promise.all(windows.map((window) => window.close()));
  controller.kill("SIGTERM");
  await ended(controller);
  process.exit(0);
}
