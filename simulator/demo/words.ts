import { encodeRdm6300 } from "../../hardware/index.ts";
import type { DurationMs } from "../../protocol/index.ts";
import { deskAddress, deskTokensFile } from "./desk-address.ts";
import { type DemoOptions, panelPort } from "./demo-options.ts";
import type { DemoHall } from "./hall-plan.ts";

export const hallUrl = ({ port }: DemoOptions): string => `http://127.0.0.1:${port}`;
export const panelUrl = (options: DemoOptions): string => `http://127.0.0.1:${panelPort(options)}`;

/** What a visitor reads when the hall is up. */
export function welcome(hall: DemoHall, options: DemoOptions, took: DurationMs): string {
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
    ...deskLines(options),
    `  取号   Ticket    ${ticket}`,
    `  数据   Data      ${options.data} (what the processes say: logs/)`,
    ...readerLines(hall, options),
    "",
    "  Ctrl-C 关闭 closes the hall; the next start continues it.",
    "",
  ].join("\n");
}

/** The clerk's page opens once with each address, and only while somebody is on duty there. */
function deskLines({ data }: DemoOptions): string[] {
  const address = deskAddress(data, "1");
  if (address === null) return [];
  return [
    `  柜台   Counter   ${address}`,
    `                   (opens once; a new one, and other counters: ${deskTokensFile(data)})`,
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

/** Octal for what cannot be typed: every shell's printf knows it. */
const inShell = (byte: number): string =>
  byte > 0x20 && byte < 0x7f ? String.fromCharCode(byte) : `\\${byte.toString(8).padStart(3, "0")}`;

export const farewell = ({ data }: DemoOptions): string => `  The hall is closed. It continues from ${data}.`;
