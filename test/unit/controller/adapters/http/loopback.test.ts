import { expect, test } from "vitest";
import { hallRoutes } from "../../../../../controller/adapters/http/hall-routes.ts";
import { httpApp } from "../../../../../controller/adapters/http/http-app.ts";
import { isLoopback } from "../../../../../controller/adapters/http/loopback.ts";
import { accepted, type EnrolmentRequest, silentLog } from "../../../../../protocol/index.ts";
import { stubDesk, stubDoor } from "../../../../integration/http/stub-desk.ts";

// Tokens and the badge key never cross a network in the clear: who asks from elsewhere is refused before the hall
// sees the token.

test.each([
  ["127.0.0.1", true],
  ["127.9.9.9", true],
  ["::1", true],
  ["::ffff:127.0.0.1", true],
  ["192.0.2.7", false],
  ["::ffff:192.0.2.7", false],
  ["2001:db8::1", false],
  ["localhost", false],
  ["", false],
  [undefined, false],
])("peer %s is this machine: %s", (address, local) => {
  expect(isLoopback(address)).toBe(local);
});

test.each([
  ["127.0.0.1", 201],
  ["192.0.2.7", 403],
])("a terminal that enrols from %s is answered with %i", async (remoteAddress, status) => {
  const asked: EnrolmentRequest[] = [];
  const desk = stubDesk();
  desk.enrol = (request) => {
    asked.push(request);
    return Promise.resolve(accepted({ certificate: "c", authority: "a", badgeKey: "0".repeat(64) }));
  };
  const open = { host: "0.0.0.0", names: ["hall.example"], trustedProxies: [], door: stubDoor(), log: silentLog };
  const app = httpApp(open, hallRoutes(desk));
  const payload = { terminal: "t1", token: "0".repeat(32), csr: "x" };
  const headers = { host: "hall.example" };
  const answer = await app.inject({ method: "POST", url: "/api/enrolment", payload, headers, remoteAddress });
  await app.close();
  expect(answer.statusCode).toBe(status);
  expect(asked).toHaveLength(status === 201 ? 1 : 0);
  if (status === 403) expect(answer.json()).toMatchObject({ code: "enrolment-loopback-only" });
});
