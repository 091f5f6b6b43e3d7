// Proves that a session at a window lasts as long as the duty it rests on, and that beyond the loopback there is none.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { z } from "zod";
import { DeskSessions } from "../../../controller/desk-sessions.ts";
import { badge, counterId, TestHall, testConfiguration } from "../../support/test-hall.ts";
import { hallDirectory } from "../authority/hall-directory.ts";

function openSessions(host = "127.0.0.1") {
  const hall = new TestHall(testConfiguration(1, { signOffFromMinutes: 1440 }));
  const directory = hallDirectory();
  const sessions = new DeskSessions({ directory, host, hall: hall.hall });
  sessions.open(8080);
  return { hall, sessions, token: () => tokenOf(directory) };
}

const Kept = z.object({ tokens: z.array(z.object({ token: z.string() })) });

/** The token that opens window 1 now. */
function tokenOf(directory: string): string {
  const file = join(directory, "keys", "desk-tokens.json");
  return Kept.parse(JSON.parse(readFileSync(file, "utf8"))).tokens[0]?.token ?? "";
}

const tapOne = (hall: TestHall): void => void hall.input(1, "badge-presented", { badge: badge(1) });

test("sign-off ends the session; the next duty of the same person is another one", () => {
  const { hall, sessions, token } = openSessions();
  const first = token();
  const one = counterId(1);
  expect(sessions.start(one, first)).toBe("nobody");
  tapOne(hall);
  const started = sessions.start(one, first);
  const bearer = started === null || started === "nobody" ? "" : started.bearer;
  expect(sessions.staffOf(one, bearer)).toBe("s01");
  hall.wait(5_000);
  tapOne(hall);
  expect(hall.phase(1)).toBe("closed");
  expect(sessions.staffOf(one, bearer)).toBeNull();
  hall.wait(5_000);
  tapOne(hall);
  expect(hall.phase(1)).toBe("idle");
  expect(sessions.staffOf(one, bearer)).toBeNull();
  expect(sessions.start(one, first)).toBeNull();
  expect(sessions.start(one, token())).toMatchObject({ staff: "s01" });
});

test("beyond the loopback no token is drawn, so nobody gets in", () => {
  const { hall, sessions, token } = openSessions("0.0.0.0");
  tapOne(hall);
  expect(token).toThrow("ENOENT");
  expect(sessions.start(counterId(1), "")).toBeNull();
});
