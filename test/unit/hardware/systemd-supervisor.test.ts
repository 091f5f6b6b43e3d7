import { expect, test } from "vitest";
import { createSystemdSupervisor } from "../../../hardware/system/systemd-supervisor.ts";

// Proves what systemd is told, and that it is told nothing twice at a time.

function told(environment: Record<string, string>) {
  const said: string[] = [];
  const ends: (() => void)[] = [];
  const supervisor = createSystemdSupervisor(environment, (command, args, onEnd) => {
    said.push([command, ...args].join(" "));
    ends.push(onEnd);
  });
  return { said, supervisor, heard: () => ends.splice(0).forEach((end) => end()) };
}

const UNIT = { NOTIFY_SOCKET: "/run/systemd/notify", WATCHDOG_USEC: "15000000" };

test("a starting process asks for time, a ready one gives signs of life", () => {
  const { said, supervisor, heard } = told(UNIT);
  expect(supervisor.patience).toBe(15_000);
  for (const step of ["alive", "ready", "alive", "stopping"] as const) {
    supervisor[step]();
    heard();
  }
  expect(said).toEqual([
    "systemd-notify EXTEND_TIMEOUT_USEC=15000000",
    "systemd-notify --ready",
    "systemd-notify WATCHDOG=1",
    "systemd-notify STOPPING=1",
  ]);
});

test("while one word is on its way, no sign of life follows it", () => {
  const { said, supervisor, heard } = told(UNIT);
  supervisor.ready();
  supervisor.alive();
  supervisor.alive();
  expect(said).toHaveLength(1);
  heard();
  supervisor.alive();
  expect(said).toHaveLength(2);
});

test("started by hand, it says nothing to anybody", () => {
  const { said, supervisor } = told({});
  supervisor.ready();
  supervisor.alive();
  supervisor.stopping();
  expect([supervisor.patience, said]).toEqual([null, []]);
});

test("a unit without a watchdog is only told when it is ready", () => {
  const { supervisor, said } = told({ NOTIFY_SOCKET: "/run/systemd/notify" });
  supervisor.ready();
  expect([supervisor.patience, said]).toEqual([null, ["systemd-notify --ready"]]);
});
