import { encodeRdm6300 } from "../../hardware/index.ts";
import type { DurationMs } from "../../protocol/index.ts";
import type { OpenAccount } from "./demo-accounts.ts";
import { type DemoOptions, panelPort } from "./demo-options.ts";
import type { DemoHall } from "./hall-plan.ts";

export const hallUrl = ({ port }: DemoOptions): string => `http://127.0.0.1:${port}`;
export const panelUrl = (options: DemoOptions): string => `http://127.0.0.1:${panelPort(options)}`;

/** What a visitor reads when the hall is up. */
export function welcome(
  hall: DemoHall,
  options: DemoOptions,
  accounts: readonly OpenAccount[],
  took: DurationMs,
): string {
  const [first] = hall.services;
  const body = JSON.stringify({ service: first?.serviceId });
  const ticket = `curl -sX POST ${hallUrl(options)}/api/tickets -H 'content-type: application/json' -d '${body}'`;
  const people = options.quiet
    ? "nobody is here: tap a badge on the panel, take a ticket, press Call"
    : "people are coming in; press along on the panel, or start with --quiet and have it to yourself";
  return [
    "",
    `  ${hall.name.zh} · ${hall.name.en}`,
    `  ready in ${(took / 1000).toFixed(1)} s: one controller, ${options.counters} terminals; ${people}`,
    "",
    `  叫号屏 Board     ${hallUrl(options)}/`,
    `  面板   Panel     ${panelUrl(options)}/`,
    `  取号机 Kiosk     ${hallUrl(options)}/kiosk`,
    `  大厅   Hall      ${hallUrl(options)}/hall`,
    `  柜台   Counter   ${hallUrl(options)}/counter/1 (badge in at counter 1 first)`,
    `  取号   Ticket    ${ticket}`,
    `  数据   Data      ${options.data} (what the processes say: logs/)`,
    ...accountLines(accounts),
    ...readerLines(hall, options),
    ...wireLines(options),
    "",
    "  Ctrl-C 关闭 closes the hall; the next start continues it.",
    "",
  ].join("\n");
}

/** Who may sign in to the hall and counter pages here. */
function accountLines(accounts: readonly OpenAccount[]): string[] {
  return [
    "",
    "  登录   Sign in   as one of these (this demonstration's own; a real hall keeps no passwords):",
    ...accounts.map(
      ({ title, account, password, name }) =>
        `                   ${account.padEnd(10)} ${password}   ${title.zh} ${title.en}, ${name}`,
    ),
    "",
  ];
}

/** Counter 1 has a real reader: which bytes on its line are whose badge. */
function readerLines(hall: DemoHall, { reader }: DemoOptions): string[] {
  const clerk = hall.counters[0]?.clerk;
  if (reader === null || clerk === undefined) return [];
  const whose = [clerk, hall.lead].flatMap(({ name, number, badge }) => {
    const frame = [...encodeRdm6300(badge)];
    return [
      `                   ${name} ${number}: ${frame.map((byte) => byte.toString(16).padStart(2, "0")).join(" ")}`,
      `                   printf '${frame.map(inShell).join("")}'`,
    ];
  });
  return [`  刷卡   Reader    counter 1 reads ${reader}, 9600 8N1; write to its other end:`, ...whose];
}

function wireLines({ data, wires }: DemoOptions): string[] {
  if (wires !== true) return [];
  return [
    `  实线   Wires     counter 1 is \`hallward terminal\`: Firmata buttons, RDM6300 badges, a serial keypad and an`,
    `                   Onbon card, at the far ends of the lines in ${data}/terminals/t01/wires/`,
  ];
}

/** Octal for what cannot be typed: every shell's printf knows it. */
const inShell = (byte: number): string =>
  byte > 0x20 && byte < 0x7f ? String.fromCharCode(byte) : `\\${byte.toString(8).padStart(3, "0")}`;

export const farewell = ({ data }: DemoOptions): string => `  The hall is closed. It continues from ${data}.`;
