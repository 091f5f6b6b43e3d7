import { createInterface } from "node:readline";
import { Command, InvalidArgumentError } from "commander";
import { type Bilingual, type Clock, HallError } from "../../protocol/index.ts";
import { Emulation } from "./emulation.ts";
import type { EmulatedDevice } from "./emulator.ts";
import { EMULATORS } from "./emulators.ts";
import { PtyEnd } from "./pty-end.ts";
import { TcpEnd } from "./tcp-end.ts";
import type { WireEnd, WireEndListener } from "./wire-end.ts";

interface EmulateOptions {
  readonly link?: string;
  readonly port?: number;
}

export interface EmulateWorld {
  readonly clock: Clock;
  readonly say: (line: string) => void;
  readonly input: NodeJS.ReadableStream;
  /** Resolves at Ctrl-C. */
  readonly stopped: Promise<void>;
}

const PORT_MAX = 65_535;

/** `hallward emulate DEVICE`. */
export function createEmulateCommand(world: () => EmulateWorld): Command {
  return new Command("emulate")
    .description("Be a device of a counter on a serial line or a port, so that a terminal can be tried without it.")
    .argument("<device>", Object.keys(EMULATORS).join(", "))
    .option("--link <path>", "make a serial line at this path (needs socat)")
    .option("--port <port>", "or listen on this port of the loopback; 0 for any", portIn)
    .addHelpText("after", `\n${helpText()}`)
    .action((name: string, options: EmulateOptions) => emulate(name, options, world()));
}

async function emulate(name: string, options: EmulateOptions, world: EmulateWorld): Promise<void> {
  const device = EMULATORS[name];
  if (device === undefined) {
    throw new HallError("USAGE", `there is no emulated ${name}: choose one of ${Object.keys(EMULATORS).join(", ")}`);
  }
  const tell = (text: Bilingual): void => world.say(`${text.zh} · ${text.en}`);
  const [wire, where] = wireOf(options);
  const emulation = new Emulation({ device, wire, clock: world.clock, tell });
  await emulation.plug();
  tell({ zh: `${device.summary.zh}，${where()}`, en: device.summary.en });
  const configuration = configurationOf(device, options.link ?? null, where());
  if (configuration !== null) world.say(`  ${configuration}`);
  for (const command of [...device.commands, ...CABLE]) world.say(`  ${command}`);
  // One line after the other: a cable is not pulled while it is being plugged in.
  let typing: Promise<void> = Promise.resolve();
  const lines = createInterface({ input: world.input });
  lines.on("line", (line) => {
    typing = typing.then(async () => {
      if (!(await emulation.type(line))) tell({ zh: `不明白：${line}`, en: `not understood: ${line}` });
    });
  });
  // Nobody can type any more: a device that is unplugged then stays so.
  const forsaken = new Promise<void>((resolve) => {
    lines.once("close", () => void typing.then(() => emulation.isPlugged || resolve()));
  });
  await Promise.race([world.stopped, forsaken]);
  lines.close();
  await typing;
  await emulation.close();
}

/** What a terminal needs to open it there; null for a device that it opens on a serial line alone. */
function configurationOf({ configuration }: EmulatedDevice, link: string | null, where: string): string | null {
  if (link !== null) return configuration.replace("PATH", link);
  const [host = "", port = ""] = where.split(":");
  const onTheNetwork = configuration.replace("{ path: PATH }", `{ host: ${host}, port: ${port} }`);
  return onTheNetwork === configuration ? null : onTheNetwork;
}

type MakeWire = (listener: WireEndListener) => WireEnd;

function wireOf({ link, port }: EmulateOptions): readonly [MakeWire, () => string] {
  if ((link === undefined) === (port === undefined)) {
    throw new HallError("USAGE", "emulate needs either --link PATH or --port PORT");
  }
  if (link !== undefined) return [(listener) => new PtyEnd(link, listener), () => link];
  let end: TcpEnd | null = null;
  const make: MakeWire = (listener) => (end = new TcpEnd(port ?? 0, listener));
  return [make, () => `127.0.0.1:${end?.port ?? port}`];
}

function portIn(text: string): number {
  const port = Number(text);
  if (/^\d+$/u.test(text) && port <= PORT_MAX) return port;
  throw new InvalidArgumentError(`A whole number from 0 to ${PORT_MAX} is needed.`);
}

const CABLE = ["unplug   拔线 · pulls the cable", "plug     插回 · puts it back", "Ctrl-C   结束 · ends"] as const;

function helpText(): string {
  const devices = Object.entries(EMULATORS).flatMap(([name, { summary, commands, configuration }]) => [
    `  ${name.padEnd(8)} ${summary.zh} · ${summary.en}`,
    `           ${configuration}`,
    ...commands.map((command) => `             ${command}`),
  ]);
  return ["设备 Devices:", ...devices, "线 Cable:", ...CABLE.map((line) => `  ${line}`)].join("\n");
}
