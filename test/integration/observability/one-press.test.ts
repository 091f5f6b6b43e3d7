import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { openBadgeKey } from "../../../controller/adapters/authority/badge-key.ts";
import { createEnrolmentTicket } from "../../../controller/adapters/authority/authority.ts";
import { type RunningController, startController } from "../../../controller/controller.ts";
import type { CanonicalBadge } from "../../../hardware/index.ts";
import { createOtlpTrace, type OtlpTrace } from "../../../hardware/system/otlp-trace.ts";
import { systemClock } from "../../../hardware/system/system-clock.ts";
import { systemRandom } from "../../../hardware/system/system-random.ts";
import {
  type Clock,
  Enrolment,
  epochMs,
  HallId,
  milliseconds,
  silentLog,
  TRACE_PARENTS,
  type TraceStage,
} from "../../../protocol/index.ts";
import { virtualCounter } from "../../../simulator/devices/virtual-counter.ts";
import { createBadgeDigest } from "../../../terminal/adapters/badge-digest.ts";
import { startTerminal, TerminalConfig } from "../../../terminal/index.ts";
import { terminalId } from "../../support/test-hall.ts";
import { askForCertificate } from "../authority/certificate-request.ts";
import { hallDirectory } from "../authority/hall-directory.ts";
import { configurationOf } from "../controller/running-hall.ts";
import { type CollectedSpan, startSpanCollector } from "./span-collector.ts";

// A real terminal at a real controller, both telling a collector where the time of a press goes.

const BADGE = "04A1B2C3" as CanonicalBadge;
const HOUR = 3_600_000;
/** The terminal's battery is flat: its wall clock is an hour ahead. Its monotonic clock is another machine's. */
const wrongClock: Clock = { ...systemClock, now: () => epochMs(systemClock.now() + HOUR) };

const ON_TERMINAL: readonly TraceStage[] = ["edge", "gesture", "journal.commit", "publish", "face.shown"];

async function seen(holds: () => boolean): Promise<void> {
  while (!holds()) await new Promise<void>((resolve) => void systemClock.after(milliseconds(5), resolve));
}

function traceTo(endpoint: string, service: string): OtlpTrace {
  const trace = createOtlpTrace({ endpoint, service, instance: "test", version: "0" });
  onTestFinished(() => trace.close());
  return trace;
}

async function tracedController(directory: string, trace: OtlpTrace): Promise<RunningController> {
  const plan = configurationOf(directory);
  const digest = createBadgeDigest(Buffer.from(openBadgeKey(directory), "hex"))(BADGE);
  const [first, ...others] = plan.hall.staff;
  const staff = first === undefined ? others : [{ ...first, badges: [digest] }, ...others];
  const config = { ...plan, hall: { ...plan.hall, staff } };
  const onFatal = (error: Error): never => {
    throw error;
  };
  const controller = await startController({
    config,
    clock: systemClock,
    random: systemRandom,
    log: silentLog,
    onFatal,
    trace,
  });
  onTestFinished(() => controller.close());
  return controller;
}

async function tracedTerminal(hallFiles: string, { httpPort, mqttPort }: RunningController, trace: OtlpTrace) {
  const directory = join(hallDirectory(), "terminal");
  const [terminal, hall] = [terminalId(1), HallId.parse("test")];
  const base = `http://127.0.0.1:${httpPort}`;
  const { token } = await createEnrolmentTicket({ directory: hallFiles, hall, clock: systemClock }, terminal, base);
  const { key, csr } = await askForCertificate();
  const body = JSON.stringify({ terminal, token, csr });
  const headers = { "content-type": "application/json" };
  const answer = await fetch(`${base}/api/enrolment`, { method: "POST", headers, body });
  const { certificate, authority, badgeKey } = Enrolment.parse(await answer.json());
  mkdirSync(directory);
  const files = { "key.pem": key, "certificate.pem": certificate, "authority.pem": authority, "badge.key": badgeKey };
  for (const [name, text] of Object.entries(files)) writeFileSync(join(directory, name), text, { mode: 0o600 });
  const devices = virtualCounter(systemClock);
  const controller = { host: "127.0.0.1", mqttPort };
  const config = TerminalConfig.parse({ hall, terminal, controller, directory });
  const world = { clock: wrongClock, random: systemRandom, log: silentLog, trace };
  const running = await startTerminal({ config, devices, ...world });
  onTestFinished(() => running.close());
  return { devices, running };
}

async function pressOnce(): Promise<CollectedSpan[]> {
  const { endpoint, spans } = await startSpanCollector();
  const traces = [traceTo(endpoint, "controller"), traceTo(endpoint, "terminal")] as const;
  const directory = hallDirectory();
  const controller = await tracedController(directory, traces[0]);
  const { devices, running } = await tracedTerminal(directory, controller, traces[1]);
  await seen(() => running.view.phase === "closed");
  devices.badgeReader.tap(BADGE);
  await seen(() => running.view.phase === "idle");
  const body = JSON.stringify({ service: "apply" });
  const headers = { "content-type": "application/json" };
  await fetch(`http://127.0.0.1:${controller.httpPort}/api/tickets`, { method: "POST", headers, body });
  // A key is dead for a second after its meaning has changed, so it is pressed until the hall has heard it.
  while (running.view.phase !== "called") {
    devices.buttons.press("call", milliseconds(60));
    await new Promise<void>((resolve) => void systemClock.after(milliseconds(400), resolve));
  }
  await running.close();
  await controller.close();
  await Promise.all(traces.map((trace) => trace.close()));
  return spans;
}

const WAY_TO_FACE = "edge gesture journal.commit publish intake decide commit face.publish face.shown".split(" ");

/** The names of the spans from the first one to this, by their parents alone. */
function wayTo(name: string, trace: readonly CollectedSpan[]): string[] {
  const way: string[] = [];
  let span = trace.find((each) => each.name === name);
  while (span !== undefined) {
    way.unshift(span.name);
    const { parentSpanId } = span;
    span = trace.find(({ spanId }) => spanId === parentSpanId);
  }
  return way;
}

test("one press is one trace, from the edge of the key to the face, in the right order of parents", async () => {
  const spans = await pressOnce();
  const root = spans.find(
    ({ attributes }) => attributes["hallward.input"] === "call-next" && "hallward.clock" in attributes,
  );
  const trace = spans.filter(({ traceId }) => traceId === root?.traceId);
  const byName = new Map(trace.map((span) => [span.name, span]));
  expect([...byName.keys()].sort()).toEqual(Object.keys(TRACE_PARENTS).sort());
  expect(trace).toHaveLength(byName.size);
  for (const [stage, parent] of Object.entries(TRACE_PARENTS)) {
    const span = byName.get(stage);
    expect([stage, span?.parentSpanId]).toEqual([stage, parent === null ? "" : byName.get(parent)?.spanId]);
    const onTerminal = ON_TERMINAL.some((name) => name === stage);
    expect([stage, span?.service]).toEqual([stage, onTerminal ? "terminal" : "controller"]);
  }
  expect(wayTo("face.shown", trace)).toEqual(WAY_TO_FACE);
  expect(wayTo("ack.publish", trace)).toEqual([...WAY_TO_FACE.slice(0, -2), "ack.publish"]);
  // The terminal speaks in hall time, whatever its wall clock says: all of it lies within one short while.
  expect(new Set(trace.map(({ attributes }) => attributes["hallward.clock"]))).toEqual(new Set(["hall", undefined]));
  const begun = root?.startMs ?? 0;
  for (const { startMs, endMs } of trace) {
    expect(endMs).toBeGreaterThanOrEqual(startMs);
    expect(Math.abs(startMs - begun)).toBeLessThan(HOUR / 4);
  }
  // The badge that opened the window is another input and another trace.
  const badge = spans.find(({ attributes }) => attributes["hallward.input"] === "badge-presented");
  expect(badge?.traceId).not.toBe(root?.traceId);
  expect(JSON.stringify(spans)).not.toContain(BADGE);
});
