import type { MetricEntry } from "../metrics.ts";

const UNITS: readonly (readonly [suffix: RegExp, unit: string])[] = [
  [/_seconds(?:_total)?$/u, "seconds"],
  [/_bytes(?:_total)?$/u, "bytes"],
  [/_total$/u, "count"],
];

const unitOf = (name: string): string => UNITS.find(([suffix]) => suffix.test(name))?.[1] ?? "number";

/** `docs/metrics.md`: ours by the question each answers, then the process's own. */
export function metricsPage(catalogue: readonly MetricEntry[]): string {
  const ours = catalogue.filter(({ name }) => name.startsWith("hallward_"));
  const others = catalogue.filter(({ name }) => !name.startsWith("hallward_"));
  return [...HEAD, ...table(ours), "", ...PROCESS, ...table(others), ""].join("\n");
}

function table(entries: readonly MetricEntry[]): string[] {
  const rows = entries
    .toSorted((a, b) => (a.name < b.name ? -1 : 1))
    .map(({ name, type, labels, help }) => {
      const named = labels.map((label) => `\`${label}\``).join(" ");
      return `| \`${name}\` | ${type} | ${unitOf(name)} | ${named} | ${help} |`;
    });
  return ["| metric | type | unit | labels | what it answers |", "| --- | --- | --- | --- | --- |", ...rows];
}

const HEAD = [
  "# 指标 Metrics",
  "",
  "Generated from the registry by `npm run docs`; a test fails when it is stale.",
  "",
  "`GET /metrics` of the controller, Prometheus text format. 终端没有自己的端口：它的数字随健康消息（每 10 秒）到达控制器。",
  "A terminal has no port of its own: its figures come with its health message, every 10 s. Counters of a terminal",
  "begin anew when it boots, those of the controller when it starts. `terminal` has at most 512 values, `code` and",
  "`fate` those of a closed list. Dashboard: `docs/grafana/hallward.json`; alerts: `docs/grafana/alerts.yaml`.",
  "",
];

const PROCESS = ["## 进程 The process", "", "From prom-client.", ""];
