// Proves that a session at a window lasts as long as the duty it rests on, and that beyond the loopback there is none.
import { expect, test } from "vitest";
import { DeskSessions } from "../../../controller/desk-sessions.ts";
import { type LogFields, silentLog } from "../../../protocol/index.ts";
import { badge, counterId, TestHall, testConfiguration } from "../../support/test-hall.ts";
import { hallDirectory } from "../authority/hall-directory.ts";

function openSessions(host = "127.0.0.1") {
  const hall = new TestHall(testConfiguration(1, { signOffFromMinutes: 1440 }));
  const tokens: string[] = [];
  const info = (event: string, fields: LogFields = {}): void => {
    if (event === "desk.token") tokens.push(String(fields["address"]).split("token=")[1] ?? "");
  };
  const log = { ...silentLog, info };
  const sessions = new DeskSessions({ directory: hallDirectory(), host, hall: hall.hall, log });
  sessions.open(8080);
  return { hall, sessions, tokens };
}

const tapOne = (hall: TestHall): void => void hall.input(1, "badge-presented", { badge: badge(1) });

test("sign-off ends the session; the next duty of the same person is another one", () => {
  const { hall, sessions, tokens } = openSessions();
  const one = counterId(1);
  expect(sessions.start(one, tokens[0] ?? "")).toBe("nobody");
  tapOne(hall);
  const started = sessions.start(one, tokens[0] ?? "");
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
  expect(sessions.start(one, tokens[0] ?? "")).toBeNull();
  expect(sessions.start(one, tokens[1] ?? "")).toMatchObject({ staff: "s01" });
});

test("beyond the loopback no token is drawn, so nobody gets in", () => {
  const { hall, sessions, tokens } = openSessions("0.0.0.0");
  tapOne(hall);
  expect(tokens).toEqual([]);
  expect(sessions.start(counterId(1), "")).toBeNull();
});
