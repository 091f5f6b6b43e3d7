/** `from` imports `specifier`. An empty specifier only makes the file. */
export interface PlantedImport {
  readonly from: string;
  readonly specifier: string;
  readonly type?: boolean;
}

/** An import that `rule` forbids, reported as leading to `to`. */
export interface UnlawfulImport extends PlantedImport {
  readonly rule: string;
  readonly to: string;
}

const lawful = (from: string, ...specifiers: readonly string[]): readonly PlantedImport[] =>
  specifiers.map((specifier) => ({ from, specifier }));

/** A repository in which every layer does all it may. */
export const lawfulImports: readonly PlantedImport[] = [
  ...lawful("protocol/base/time.ts", ""),
  ...lawful("protocol/index.ts", "./base/time.ts", "zod", "temporal-polyfill"),
  ...lawful("hardware/ports/lamp.ts", "../../protocol/base/time.ts"),
  ...lawful("hardware/links/serial-link.ts", "node:fs", "serialport"),
  ...lawful("hardware/system/system-clock.ts", "../../protocol/base/time.ts"),
  ...lawful("hardware/system/standard-output.ts", ""),
  ...lawful("hardware/index.ts", "./ports/lamp.ts", "./links/serial-link.ts"),
  ...lawful("terminal/core/face.ts", "../../protocol/index.ts"),
  ...lawful("terminal/adapters/wire.ts", "mqtt", "better-sqlite3"),
  ...lawful("terminal/index.ts", "./core/face.ts"),
  { from: "terminal/shell/e.ts", specifier: "./d.ts", type: true }, // Lawful by itself: the way back closes a cycle.
  ...lawful("terminal/cli.ts", "./core/face.ts"),
  ...lawful("terminal/main.ts", "../hardware/index.ts", "../hardware/system/system-clock.ts", "./adapters/wire.ts"),
  ...lawful("controller/core/hall.ts", "../../protocol/index.ts"),
  ...lawful("controller/engine/engine.ts", "../core/hall.ts", "../../protocol/index.ts", "node:crypto"),
  ...lawful("controller/adapters/store.ts", "mqtt", "better-sqlite3", "aedes", "node:fs"),
  ...lawful("controller/index.ts", "./engine/engine.ts"),
  ...lawful("controller/main.ts", "../hardware/system/system-clock.ts", "./engine/engine.ts"),
  ...lawful("simulator/hall.ts", "../terminal/index.ts", "../controller/index.ts", "mqtt"),
  ...lawful("simulator/index.ts", "./hall.ts"),
  ...lawful("controller/web/design/design.ts", "preact"),
  ...lawful("simulator/panel/pages/page.ts", "../../../controller/web/design/design.ts"),
  ...lawful("simulator/main.ts", "./hall.ts"),
  ...lawful("hallward.ts", "commander", "./terminal/main.ts", "./terminal/cli.ts", "./simulator/main.ts"),
  ...lawful("hallward.ts", "./hardware/system/standard-output.ts"),
  ...lawful("test/unit/hall.ts", "vitest", "../../simulator/hall.ts", "../../terminal/core/face.ts", "serialport"),
];

const packageAt = (name: string): string => `node_modules/${name}/a.js`;

const unlawful = (rule: string, from: string, specifier: string, to: string): UnlawfulImport => ({
  rule,
  from,
  specifier,
  to,
});

const brokenLayers: readonly UnlawfulImport[] = [
  unlawful("counter-and-hall-meet-in-protocol", "terminal/a.ts", "../controller/index.ts", "controller/index.ts"),
  unlawful("counter-and-hall-meet-in-protocol", "controller/a.ts", "../terminal/index.ts", "terminal/index.ts"),
  unlawful("hardware-knows-no-hall", "hardware/a.ts", "../protocol/index.ts", "protocol/index.ts"),
  unlawful("hardware-knows-no-hall", "hardware/b.ts", "../terminal/index.ts", "terminal/index.ts"),
  unlawful("protocol-is-the-ground", "protocol/a.ts", "node:fs", "fs"),
  unlawful("protocol-is-the-ground", "protocol/b.ts", "pino", packageAt("pino")),
  unlawful("protocol-is-the-ground", "protocol/c.ts", "../hardware/index.ts", "hardware/index.ts"),
  unlawful("terminal-core-is-pure", "terminal/core/a.ts", "node:fs", "fs"),
  unlawful("terminal-core-is-pure", "terminal/core/b.ts", "zod", packageAt("zod")),
  unlawful("terminal-core-is-pure", "terminal/core/c.ts", "../adapters/wire.ts", "terminal/adapters/wire.ts"),
  unlawful("controller-core-is-pure", "controller/core/a.ts", "node:fs", "fs"),
  unlawful("controller-core-is-pure", "controller/core/b.ts", "yaml", packageAt("yaml")),
  unlawful("controller-core-is-pure", "controller/core/c.ts", "../engine/engine.ts", "controller/engine/engine.ts"),
  unlawful("engine-needs-ports-only", "controller/engine/a.ts", "../adapters/store.ts", "controller/adapters/store.ts"),
  unlawful("engine-needs-ports-only", "controller/engine/b.ts", "pino", packageAt("pino")),
  unlawful("nobody-imports-simulator", "controller/b.ts", "../simulator/index.ts", "simulator/index.ts"),
  unlawful("nobody-imports-test", "simulator/a.ts", "../test/unit/hall.ts", "test/unit/hall.ts"),
];

const brokenPackages: readonly UnlawfulImport[] = [
  unlawful("native-modules-in-links", "hardware/drivers/a.ts", "serialport", packageAt("serialport")),
  unlawful("sqlite-in-adapters", "controller/projections/a.ts", "better-sqlite3", packageAt("better-sqlite3")),
  unlawful("broker-in-controller-adapters", "terminal/adapters/a.ts", "aedes", packageAt("aedes")),
  unlawful("opentelemetry-in-system", "terminal/shell/h.ts", "@opentelemetry/api", packageAt("@opentelemetry/api")),
  unlawful("mqtt-in-adapters", "terminal/shell/a.ts", "mqtt", packageAt("mqtt")),
  unlawful("no-dev-dependencies", "controller/web/a.ts", "fast-check", packageAt("fast-check")),
  unlawful("no-undeclared-packages", "controller/web/b.ts", "stowaway", packageAt("stowaway")),
];

const brokenDoors: readonly UnlawfulImport[] = [
  unlawful("through-the-index", "terminal/shell/b.ts", "../../protocol/base/time.ts", "protocol/base/time.ts"),
  unlawful(
    "panel-pages-through-the-design",
    "simulator/panel/pages/a.ts",
    "../../../controller/core/hall.ts",
    "controller/core/hall.ts",
  ),
  unlawful("main-through-the-index", "terminal/main.ts", "../hardware/ports/lamp.ts", "hardware/ports/lamp.ts"),
  unlawful("hallward-dispatches", "hallward.ts", "./terminal/core/face.ts", "terminal/core/face.ts"),
  unlawful("no-own-index", "terminal/shell/c.ts", "../index.ts", "terminal/index.ts"),
];

const brokenGraph: readonly UnlawfulImport[] = [
  { ...unlawful("no-cycles", "terminal/shell/d.ts", "./e.ts", "terminal/shell/e.ts"), type: true },
  unlawful("no-orphans", "terminal/shell/f.ts", "", "terminal/shell/f.ts"),
  unlawful("no-unresolvable", "terminal/shell/g.ts", "./nowhere.ts", "./nowhere.ts"),
];

export const unlawfulImports: readonly UnlawfulImport[] = [
  ...brokenLayers,
  ...brokenPackages,
  ...brokenDoors,
  ...brokenGraph,
];
