import { expect, test } from "vitest";
import { FAILURES_MAX } from "../../../controller/adapters/authority/authority.ts";
import { closed } from "../broker/hall-broker.ts";
import { hallDirectory } from "../authority/hall-directory.ts";
import { readEvents } from "../http/event-reader.ts";
import { badge } from "../../support/test-hall.ts";
import { startHall } from "./running-hall.ts";

// The whole controller in one process: real files, TLS, MQTT and HTTP. Time is real, nothing waits for it to pass.

test("badge in, ticket, call, start, finish, rating: over the wire and over HTTP", async () => {
  const hall = await startHall(hallDirectory());
  const terminal = await hall.terminal(1);
  await terminal.untilPhase("closed");
  await terminal.input("badge-presented", { badge: badge(1) });
  await terminal.untilPhase("idle");
  const issued = await hall.post("/api/tickets", { service: "apply" });
  expect(issued.status).toBe(201);
  expect(await issued.json()).toMatchObject({ number: "A001", service: "apply", ahead: 0 });
  expect(await hall.get("/api/services")).toMatchObject({ services: [{ id: "apply", waiting: 1 }, {}, {}] });
  await terminal.input("call-next");
  const { visit } = await terminal.untilPhase("called");
  const visitId = visit?.visitId ?? "";
  expect(await hall.get("/api/board")).toMatchObject({ lines: [{ ticketNumber: "A001", counterId: "1", visitId }] });
  await terminal.input("service-started", { visitId });
  await terminal.untilPhase("serving");
  expect(await hall.get("/api/counters")).toMatchObject({ counters: [{ counter: "1", phase: "serving" }, {}] });
  await terminal.input("service-finished", { visitId });
  await terminal.untilPhase("rating");
  const thanked = await terminal.input("rating-given", { visitId, level: 5 });
  await terminal.untilPhase("idle");
  expect(thanked.refused).toBeUndefined();
});

test("a press on an outdated basis is refused with its reason", async () => {
  const hall = await startHall(hallDirectory());
  const terminal = await hall.terminal(1);
  await terminal.untilPhase("closed");
  const ack = await terminal.input("call-next");
  expect(ack.refused?.map(({ code }) => code)).toEqual(["nobody-on-duty"]);
  const metrics = await (await fetch(`${hall.base}/metrics`)).text();
  expect(metrics).toContain('hallward_intents_refused_total{code="nobody-on-duty"} 1');
});

test("pages that follow the hall hear of a ticket at once", async () => {
  const hall = await startHall(hallDirectory());
  const page = await readEvents(`${hall.base}/api/events`);
  await page.next();
  await hall.post("/api/tickets", { service: "apply" });
  const { event, data } = await page.next();
  expect(event).toBe("board");
  expect(data).toMatchObject({ waiting: [{ waiting: 1 }, {}, {}] });
});

test("one idempotency key is one ticket, also across a restart; with another body it is refused", async () => {
  const directory = hallDirectory();
  const first = await startHall(directory);
  const key = { "idempotency-key": "kiosk-1/17" };
  const answers = await Promise.all([1, 2, 3].map(() => first.post("/api/tickets", { service: "apply" }, key)));
  const tickets = await Promise.all(answers.map((answer) => answer.json()));
  expect(answers.map(({ status }) => status)).toEqual([201, 201, 201]);
  expect(new Set(tickets.map((ticket) => JSON.stringify(ticket))).size).toBe(1);
  await first.controller.close();
  const second = await startHall(directory);
  const again = await second.post("/api/tickets", { service: "apply" }, key);
  expect([again.status, await again.json()]).toEqual([201, tickets[0]]);
  const other = await second.post("/api/tickets", { service: "tax" }, key);
  expect([other.status, await other.json()]).toMatchObject([422, { code: "key-reused" }]);
  expect(await second.get("/api/services")).toMatchObject({ services: [{ id: "apply", waiting: 1 }, {}, {}] });
});

test("requests the hall refuses are problems with their own status", async () => {
  const hall = await startHall(hallDirectory());
  const unknown = await hall.post("/api/tickets", { service: "nothing" });
  expect([unknown.status, await unknown.json()]).toMatchObject([404, { code: "unknown-service" }]);
  for (let count = 0; count < 3; count += 1) await hall.post("/api/tickets", { service: "social" });
  const exhausted = await hall.post("/api/tickets", { service: "social" });
  expect([exhausted.status, await exhausted.json()]).toMatchObject([409, { code: "series-exhausted" }]);
});

test("a restart is a new epoch; terminals hear the goodbye and then the new one", async () => {
  const directory = hallDirectory();
  const first = await startHall(directory);
  const terminal = await first.terminal(1);
  const gone = closed(terminal.client);
  await first.controller.close();
  await gone;
  expect(terminal.controller.map(({ status, epoch }) => ({ status, epoch }))).toEqual([
    { status: "up", epoch: 1 },
    { status: "down", epoch: 1 },
  ]);
  const second = await startHall(directory);
  const again = await second.terminal(1);
  await again.until(() => again.controller.length > 0);
  expect(again.controller[0]).toMatchObject({ status: "up", epoch: 2 });
});

test("a birth is answered with the stream's position and the face; a will shows the terminal as lost", async () => {
  const hall = await startHall(hallDirectory());
  const terminal = await hall.terminal(1);
  await terminal.until(() => terminal.acks.length > 0 && terminal.faces.length > 0);
  expect(terminal.acks[0]).toMatchObject({ epoch: 1, stream: terminal.stream, upTo: 0 });
  await terminal.send("health", terminal.health());
  await terminal.send("state", terminal.state("lost", 1));
  await terminal.until(() => terminal.acks.length > 1);
  expect(await hall.get("/api/terminals")).toMatchObject({
    terminals: [{ terminal: "t01", online: false, session: 1, health: { memoryBytes: 1 } }, {}],
  });
});

test("an input sent twice acts once and is acknowledged twice; a gap is asked for", async () => {
  const hall = await startHall(hallDirectory());
  const terminal = await hall.terminal(1);
  const tap = terminal.envelope(1, "badge-presented", { badge: badge(1) });
  await terminal.send("up", tap);
  await terminal.untilPhase("idle");
  const before = terminal.acks.length;
  await terminal.send("up", tap);
  await terminal.until(() => terminal.acks.length > before);
  await terminal.send("up", terminal.envelope(4, "assistance-requested", {}));
  await terminal.until(() => terminal.acks.at(-1)?.need !== undefined);
  expect(terminal.acks.at(-1)).toMatchObject({ upTo: 1, need: [{ from: 2, to: 4 }] });
  const metrics = await (await fetch(`${hall.base}/metrics`)).text();
  expect(metrics).toContain('hallward_inputs_total{fate="applied"} 1');
  expect(metrics).toContain('hallward_inputs_total{fate="repeated"} 1');
  expect(metrics).toContain("hallward_terminals_online 1");
  expect(metrics).toContain('hallward_terminal_online{terminal="t01"} 1');
  expect(metrics).toContain("hallward_ack_seconds_count 1");
  expect(metrics).toContain("hallward_needs_total 1");
  expect(metrics).toContain("hallward_store_writable 1");
});

test("messages nobody can read are counted by their code and change nothing", async () => {
  const hall = await startHall(hallDirectory());
  const terminal = await hall.terminal(1);
  await terminal.send("up", "{");
  await terminal.send("up", '{"v":2}');
  await terminal.send("up", '{"v":1}');
  const ack = await terminal.input("assistance-requested");
  expect(ack.upTo).toBe(1);
  const metrics = await (await fetch(`${hall.base}/metrics`)).text();
  for (const code of ["not-json", "wrong-version", "malformed"]) {
    expect(metrics).toContain(`hallward_messages_refused_total{code="${code}"} 1`);
  }
});

test("enrolling a terminal anew ends the connection of the former certificate", async () => {
  const hall = await startHall(hallDirectory());
  const terminal = await hall.terminal(1);
  const gone = closed(terminal.client);
  await hall.enrol(1);
  await gone;
});

test("enrolment over HTTP: a token is good once, and ten wrong ones close the door for an hour", async () => {
  const hall = await startHall(hallDirectory());
  const request = await hall.enrolmentOf(1);
  expect((await hall.post("/api/enrolment", request)).status).toBe(201);
  const { csr } = await hall.enrolmentOf(1); // Of another key: whoever repeats the request itself lost the answer.
  for (let guess = 1; guess <= FAILURES_MAX; guess += 1) {
    const refused = await hall.post("/api/enrolment", { ...request, csr });
    expect([refused.status, await refused.json()]).toMatchObject([403, { code: "bad-token" }]);
  }
  const good = await hall.enrolmentOf(2);
  const answer = await hall.post("/api/enrolment", good);
  expect([answer.status, await answer.json()]).toMatchObject([429, { code: "too-many-attempts" }]);
});

test("a second controller on the same data does not start, and leaves the first alone", async () => {
  const directory = hallDirectory();
  const hall = await startHall(directory);
  await expect(startHall(directory)).rejects.toMatchObject({ code: "DATA_IN_USE" });
  expect(await hall.get("/readyz")).toEqual({ status: "ok" });
});
