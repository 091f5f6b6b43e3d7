// Proves that a window's call for help is answered by one request, and that a window there is not is named as such.
import { expect, test } from "vitest";
import { as, startStubServer } from "./stub-desk.ts";

test("somebody of the hall answers a call for assistance", async () => {
  const { post } = await startStubServer();
  const answered = await post("/api/counters/1/assistance/answered", {}, as("manager"));
  expect([answered.status, await answered.json()]).toEqual([200, { done: true }]);
});

test.each([
  ["9", 404, "unknown-counter"],
  ["no%20window", 400, "malformed-request"],
])("window %s: %i %s", async (counter, status, code) => {
  const { post } = await startStubServer();
  const refused = await post(`/api/counters/${counter}/assistance/answered`, {}, as("head"));
  expect(refused.status).toBe(status);
  expect(await refused.json()).toMatchObject({ code });
});
