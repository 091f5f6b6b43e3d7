import { assert, HallError } from "../../../protocol/index.ts";
import { ControllerConfiguration } from "../../../controller/config.ts";
import { parseConfig } from "../../../hardware/system/config-file.ts";
import { TerminalConfig } from "../../../terminal/config.ts";
import { bytesOf, type FuzzTarget, textOf } from "../fuzz-target.ts";

const SCHEMAS = [TerminalConfig, ControllerConfiguration] as const;

/** The first byte chooses the program. A file is taken or refused with its place, nothing else happens. */
function fuzz(bytes: Uint8Array): void {
  const schema = SCHEMAS[(bytes[0] ?? 0) % 2] ?? TerminalConfig;
  try {
    parseConfig(schema, textOf(bytes.subarray(1)), "hall.yaml");
  } catch (thrown) {
    if (!(thrown instanceof HallError)) throw thrown;
    assert(thrown.code === "CONFIG_REFUSED", "a file is refused with one code");
    for (const line of thrown.message.split("\n"))
      assert(line.startsWith("hall.yaml"), `every line says where: ${line}`);
  }
}

const TERMINAL = "hall: h1\nterminal: t-01\ncontroller:\n  host: 127.0.0.1\ndirectory: data\n";
const CONTROLLER = `directory: data
hall:
  hall: h1
  name: { zh: 大厅, en: Hall }
  zone: Asia/Shanghai
  sessions: [{ from: "08:00", to: "12:00" }]
  queues: [{ id: a, letter: A, first: 1, last: 9 }]
  services: [{ id: s, name: { zh: 综合, en: General }, queue: a }]
  counters: [{ id: "1", terminal: t-01, title: { zh: 窗口, en: Window }, queues: [a] }]
  staff: []
`;

export const configuration: FuzzTarget = {
  name: "configuration",
  fuzz,
  seeds: () => [
    bytesOf(`\0${TERMINAL}`),
    bytesOf(`\x01${CONTROLLER}`),
    bytesOf("\0a: &a [*a, *a]\nb: *a\n"),
    bytesOf("\0? [x, y]\n: !!binary x\n"),
  ],
};
