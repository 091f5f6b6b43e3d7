import { type ChildProcess, spawn } from "node:child_process";
import { closeSync, openSync } from "node:fs";
import { connect } from "node:net";
import { join } from "node:path";
import { ended, until } from "../../integration/kill/hands.ts";

/** Mosquitto as a process of its own, with the files that `hallward broker mosquitto` wrote into `directory`. */
export interface MosquittoProcess {
  /** Kill -9, as a power cut does it. */
  kill(): Promise<void>;
  /** Resolves when it takes connections again. */
  start(): Promise<void>;
  signal(name: NodeJS.Signals): void;
}

export async function startMosquitto(directory: string, port: number): Promise<MosquittoProcess> {
  let child: ChildProcess | null = null;
  const mosquitto: MosquittoProcess = {
    async kill() {
      const former = child;
      child = null;
      if (former === null) return;
      former.kill("SIGKILL");
      await ended(former);
    },
    async start() {
      const log = openSync(join(directory, "mosquitto.log"), "a");
      child = spawn("mosquitto", ["-c", join(directory, "mosquitto.conf")], { stdio: ["ignore", log, log] });
      closeSync(log);
      await until("mosquitto takes connections", () => takesConnections(port), 10_000);
    },
    signal: (name) => void child?.kill(name),
  };
  try {
    await mosquitto.start();
  } catch (thrown) {
    await mosquitto.kill();
    throw thrown;
  }
  return mosquitto;
}

const takesConnections = (port: number): Promise<boolean> =>
  new Promise((resolve) => {
    const socket = connect({ host: "127.0.0.1", port });
    const answer = (open: boolean): void => {
      socket.destroy();
      resolve(open);
    };
    socket.once("connect", () => answer(true));
    socket.once("error", () => answer(false));
  });
