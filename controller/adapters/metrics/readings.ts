import { Counter, Gauge, type Registry } from "prom-client";

/** Label values of one sample; the same names in every sample of a metric. */
type Labels = Readonly<Record<string, string>>;
export type Sample = readonly [labels: Labels, value: number];

/** A metric that is read when it is scraped. `help` is the question that it answers. */
export interface Reading {
  readonly name: string;
  readonly help: string;
  readonly kind: "gauge" | "counter";
  readonly labels?: readonly string[];
  readonly read: () => Iterable<Sample>;
}

export function addReading(registry: Registry, { name, help, kind, labels = [], read }: Reading): void {
  const shape = { name, help, labelNames: [...labels], registers: [registry] };
  if (kind === "gauge") {
    const gauge: Gauge = new Gauge({
      ...shape,
      collect() {
        gauge.reset();
        for (const [of, value] of read()) gauge.set(of, value);
      },
    });
    return;
  }
  const counter: Counter = new Counter({
    ...shape,
    collect() {
      counter.reset();
      for (const [of, value] of read()) counter.inc(of, Math.max(0, value));
    },
  });
}

/** A metric without labels. */
export const plain = (kind: Reading["kind"], name: string, help: string, read: () => number): Reading => ({
  kind,
  name,
  help,
  read: () => [[{}, read()]],
});
