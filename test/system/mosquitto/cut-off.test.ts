// Proves with real processes what a controller does that loses its broker while the terminals keep theirs: for longer
// than a silence that would make them lost. Nobody is declared lost, nothing pressed meanwhile acts late, and the hall
// goes on when the line is back.
import type { ChildProcess } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { connect, createServer, type Socket } from "node:net";
import { tmpdir, userInfo } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { ended, Hands, passed, startHallward, until } from "../../integration/kill/hands.ts";
import { Caller } from "../../integration/kill/callers.ts";
import { terminalName } from "../../integration/kill/hall-names.ts";
import { type KillHall, writeHall } from "../../integration/kill/kill-hall.ts";
import { countCalls, latePresses, lostInputs, readJournal, readLog } from "../../integration/kill/log-judge.ts";
import { seconds, TERMINAL_SILENCE_MAX } from "../../../protocol/index.ts";
import { freePorts } from "../../support/free-ports.ts";
import { SeededRandom } from "../../support/seeded-random.ts";
import { type MosquittoProcess, startMosquitto } from "./mosquitto-process.ts";

const TERMINALS = 2;

let directory = "";
let hall: KillHall;
let broker: MosquittoProcess;
let line: Line;
let controller: ChildProcess;
let hands: Hands[] = [];
let caller: Caller;

/** The cable between controller and broker. */
interface Line {
  readonly port: number;
  cut(): void;
  mend(): void;
  close(): void;
}

async function layLine(to: number): Promise<Line> {
  const ends = new Set<Socket>();
  let whole = true;
  const server = createServer({ noDelay: true }, (socket) => {
    if (!whole) return void socket.destroy();
    const far = connect({ host: "127.0.0.1", port: to, noDelay: true });
    for (const [end, other] of [[socket, far] as const, [far, socket] as const]) {
      ends.add(end);
      end.on("error", () => end.destroy());
      end.once("close", () => {
        ends.delete(end);
        other.destroy();
      });
      end.pipe(other);
    }
  });
  await once(server.listen(0, "127.0.0.1"), "listening");
  const address = server.address();
  const cut = (): void => {
    whole = false;
    for (const end of ends) end.destroy();
  };
  return {
    port: typeof address === "object" && address !== null ? address.port : 0,
    cut,
    mend: () => void (whole = true),
    close: () => [cut(), server.close()],
  };
}

beforeAll(async () => {
  directory = mkdtempSync(join(tmpdir(), "hallward-cut-"));
  const [httpPort, brokerPort] = await freePorts(2);
  hall = await writeHall(directory, TERMINALS, httpPort, brokerPort, "outside");
  const files = join(directory, "broker");
  const words = ["--config", hall.controllerFile, "--directory", files, "--user", userInfo().username];
  expect(await ended(startHallward(["broker", "mosquitto", ...words], join(directory, "command.log")))).toBe(0);
  broker = await startMosquitto(files, brokerPort);
  line = await layLine(brokerPort);
  const configuration = readFileSync(hall.controllerFile, "utf8");
  writeFileSync(hall.controllerFile, configuration.replace(`port: ${brokerPort}`, `port: ${line.port}`));
  controller = startHallward(["controller", "--config", hall.controllerFile], join(directory, "controller.log"));
  hands = Array.from({ length: TERMINALS }, (_, index) => {
    const terminal = ["virtual-terminal", "--config", hall.terminalFile(index + 1)];
    const start = () => startHallward(terminal, join(directory, `t${index + 1}.log`));
    return new Hands(index + 1, new SeededRandom(index + 1), start);
  });
  for (const hand of hands) hand.powerOn();
  await until("every terminal is connected", () => hands.every((hand) => hand.isUp), 60_000);
  await Promise.all(hands.map((hand) => hand.signOn()));
  caller = new Caller(`http://127.0.0.1:${httpPort}`, 300);
});

afterAll(async () => {
  for (const hand of hands) hand.rest();
  caller?.rest();
  await Promise.all(hands.map((hand) => hand.powerOff()));
  controller?.kill("SIGKILL");
  line?.close();
  await broker?.kill();
  rmSync(directory, { recursive: true, force: true });
});

const connects = (): number =>
  readFileSync(join(directory, "controller.log"), "utf8").split('"broker.connected"').length - 1;

test("a line cut between controller and broker costs a pause and nothing else", async () => {
  const work = [...hands.map((hand) => hand.work()), caller.work()];
  await until("tickets are called", () => countCalls(directory) > 0);
  line.cut();
  await passed(TERMINAL_SILENCE_MAX + seconds(3));
  const before = countCalls(directory);
  line.mend();
  await until("tickets are called again", () => countCalls(directory) > before);
  for (const hand of hands) hand.rest();
  caller.rest();
  await Promise.all(work);
  const log = readLog(directory);
  const journals = hands.map((_, index) => readJournal(hall.terminalDirectory(index + 1)));
  const lost = journals.flatMap((journal, index) => lostInputs(terminalName(index + 1), journal, log));
  const late = journals.flatMap((journal, index) => latePresses(terminalName(index + 1), journal, log));
  expect({ lost, late, breaches: log.breaches }).toEqual({ lost: [], late: [], breaches: [] });
  const events = (wanted: string) => log.events.filter(({ type }) => type === wanted).length;
  expect([connects(), events("terminal.lost"), events("terminal.born")]).toEqual([2, 0, TERMINALS]);
});
