import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { parse } from "yaml";
import { z } from "zod";
import { createMetrics } from "../../../controller/adapters/metrics.ts";
import { metricsPage } from "../../../controller/adapters/metrics/metrics-page.ts";
import { quietSources } from "../../support/metric-sources.ts";

// Proves that what is written about metrics is true of the registry: the table, the dashboard, the alerts.

const doc = (name: string): string => readFileSync(new URL(`../../../docs/${name}`, import.meta.url), "utf8");
const catalogue = createMetrics(quietSources()).catalogue();

/** A histogram is three series. */
const series = new Map(
  catalogue.flatMap(({ name, type, labels }) =>
    type === "histogram"
      ? ["_bucket", "_sum", "_count"].map((part) => [name + part, [...labels, "le"]] as const)
      : [[name, labels] as const],
  ),
);

test("docs/metrics.md is what the registry says", () => {
  // When this fails, the page is stale: `npm run docs`.
  expect(doc("metrics.md")).toBe(metricsPage(catalogue));
});

test("names follow Prometheus: counters end in _total, units are base units; each says what it answers", () => {
  const ours = catalogue.filter(({ name }) => name.startsWith("hallward_"));
  expect(ours.length).toBeGreaterThan(30);
  for (const { name, type, help } of ours) {
    expect([name, type === "counter"]).toEqual([name, name.endsWith("_total")]);
    expect(name).toMatch(/^[a-z][a-z0-9_]*$/u);
    expect(name).not.toMatch(/_(?:ms|millis|milliseconds|minutes|kb|mb)(?:_|$)/u);
    expect([name, help.length > 10]).toEqual([name, true]);
  }
});

const Panel = z.object({
  title: z.string(),
  type: z.string(),
  targets: z.array(z.object({ expr: z.string() })).optional(),
});
const Dashboard = z.object({
  title: z.string(),
  schemaVersion: z.int().min(39),
  uid: z.string(),
  panels: z.array(Panel),
  templating: z.object({ list: z.array(z.object({ name: z.string(), query: z.unknown() })) }),
});
const Rules = z.object({
  groups: z.array(
    z.object({
      name: z.string(),
      rules: z.array(
        z.object({
          alert: z.string(),
          expr: z.string(),
          for: z.string().optional(),
          labels: z.object({ severity: z.enum(["critical", "warning"]) }),
          annotations: z.object({ summary: z.string(), description: z.string() }),
        }),
      ),
    }),
  ),
});

/** Names of series in a PromQL expression, each with the labels it is asked by. */
function selectorsIn(expr: string): [name: string, labels: string[]][] {
  return [...expr.matchAll(/\b((?:hallward|process|nodejs)_[a-z0-9_]+)(?:\{([^}]*)\})?/gu)].map(
    ([, name = "", inner]) => [
      name,
      [...(inner ?? "").matchAll(/([a-z_]+)\s*(?:=~|!=|!~|=)/gu)].map(([, label = ""]) => label),
    ],
  );
}

/** What Prometheus itself adds to every series it scrapes. */
const TARGET_LABELS = ["job", "instance"];

function expectKnown(expr: string): void {
  const asked = selectorsIn(expr);
  expect([expr, asked.length > 0]).toEqual([expr, true]);
  for (const [name, labels] of asked) {
    expect([...series.keys()]).toContain(name);
    for (const label of labels) expect([...(series.get(name) ?? []), ...TARGET_LABELS]).toContain(label);
  }
  for (const [, grouping = ""] of expr.matchAll(/\bby\s*\(([^)]*)\)/gu)) {
    const known = [...TARGET_LABELS, ...asked.flatMap(([name]) => series.get(name) ?? [])];
    for (const label of grouping.split(",")) expect(known).toContain(label.trim());
  }
}

test("the dashboard asks for what exists, by labels that exist; titles are Chinese and English", () => {
  const { panels } = Dashboard.parse(JSON.parse(doc("grafana/hallward.json")));
  expect(panels.length).toBeGreaterThan(15);
  for (const { title, type, targets = [] } of panels) {
    expect(title).toMatch(/\p{Script=Han}.* [A-Za-z]/u);
    if (type !== "row") expect([title, targets.length > 0]).toEqual([title, true]);
    for (const { expr } of targets) expectKnown(expr);
  }
});

test("whatever is measured of the hall is shown: no metric of ours is without a panel", () => {
  const { panels } = Dashboard.parse(JSON.parse(doc("grafana/hallward.json")));
  const shown = new Set(
    panels.flatMap(({ targets = [] }) => targets.flatMap(({ expr }) => selectorsIn(expr).map(([name]) => name))),
  );
  const missing = catalogue
    .filter(({ name }) => name.startsWith("hallward_"))
    .filter(({ name, type }) => !shown.has(type === "histogram" ? `${name}_bucket` : name))
    .map(({ name }) => name);
  expect(missing).toEqual([]);
});

test("every alert asks for what exists, and says in both languages what to look at", () => {
  const { groups } = Rules.parse(parse(doc("grafana/alerts.yaml")));
  const rules = groups.flatMap((group) => group.rules);
  expect(rules.length).toBeGreaterThan(8);
  for (const { expr, annotations } of rules) {
    expectKnown(expr);
    expect(annotations.summary).toMatch(/\p{Script=Han}.* [A-Za-z]/u);
  }
});
