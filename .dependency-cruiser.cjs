// The walls between the layers. ARCHITECTURE.md draws them; test/architecture/cruise.test.ts breaks each one on purpose
// and sees it reported. `npm run walls` runs this file.

const LAYERS = "^(protocol|hardware|terminal|controller|simulator)/";
const TEST = "^test/";
const HALLWARD = "^hallward\\.ts$";
const INDEX = "^[^/]+/index\\.ts$";

/** Matches a package whether it is installed, or only named and not found. */
const packages = (...names) => `(^|/node_modules/|^node_modules/)(${names.join("|")})(/|$)`;

/** Files of `from` may reach what `mayReach` matches, and nothing else. */
const only = (name, comment, from, mayReach, to = {}) => ({
  name,
  comment,
  severity: "error",
  from: { path: from },
  to: { pathNot: mayReach, ...to },
});

/** Nobody but files matching `owners` (and tests) may reach `target`. */
const keptIn = (name, comment, target, owners) => ({
  name,
  comment,
  severity: "error",
  from: { pathNot: [TEST, ...owners] },
  to: { path: target },
});

const BUILTINS_TOO = { dependencyTypesNot: ["core"] };

const layerRules = [
  {
    name: "counter-and-hall-meet-in-protocol",
    comment: "terminal and controller never import each other: put the shared word into protocol/.",
    severity: "error",
    from: { path: "^(terminal|controller)/" },
    to: { path: "^(terminal|controller)/", pathNot: "^$1/" },
  },
  only(
    "hardware-knows-no-hall",
    "hardware imports itself, protocol/base and packages: hand it what it needs through its port.",
    "^hardware/",
    ["^hardware/", "^protocol/base/", "(^|/)node_modules/"],
    BUILTINS_TOO,
  ),
  only(
    "protocol-is-the-ground",
    "protocol imports itself, zod and temporal-polyfill: no I/O, no clock, no other layer.",
    "^protocol/",
    ["^protocol/", packages("zod", "temporal-polyfill")],
  ),
  only(
    "terminal-core-is-pure",
    "terminal/core imports itself and protocol: turn the side effect into an effect that terminal/shell executes.",
    "^terminal/core/",
    ["^terminal/core/", "^protocol/"],
  ),
  only(
    "controller-core-is-pure",
    "controller/core imports itself, protocol and zod: turn the side effect into an event or effect for the engine.",
    "^controller/core/",
    ["^controller/core/", "^protocol/", packages("zod")],
  ),
  only(
    "engine-needs-ports-only",
    "controller/engine imports itself, controller/core, protocol and node: builtins: take adapters as ports.",
    "^controller/engine/",
    ["^controller/(core|engine)/", "^protocol/"],
    BUILTINS_TOO,
  ),
  keptIn("nobody-imports-simulator", "Only tests and hallward.ts may import the simulator.", "^simulator/", [
    "^simulator/",
    HALLWARD,
  ]),
  keptIn("nobody-imports-test", "Product code never imports test/: move what both need into a layer.", TEST, []),
];

const packageRules = [
  keptIn(
    "native-modules-in-links",
    "Native device modules live in hardware/links alone: use the link port (hardware/ports).",
    packages("serialport", "@serialport", "node-hid", "onoff", "epoll", "johnny-five", "firmata-io"),
    ["^hardware/links/"],
  ),
  keptIn(
    "sqlite-in-adapters",
    "better-sqlite3 lives in adapters: use the store or journal port.",
    packages("better-sqlite3"),
    ["^[^/]+/adapters/"],
  ),
  keptIn(
    "broker-in-controller-adapters",
    "aedes lives in controller/adapters: use the adapter that wraps it.",
    packages("aedes"),
    ["^controller/adapters/"],
  ),
  keptIn(
    "mqtt-in-adapters",
    "mqtt lives in terminal/adapters, controller/adapters and the simulator: use the transport port.",
    packages("mqtt"),
    ["^(terminal|controller)/adapters/", "^simulator/"],
  ),
  keptIn(
    "opentelemetry-in-system",
    "@opentelemetry lives in hardware/system/otlp-trace.ts alone: tell the Trace port (protocol/base/trace.ts).",
    packages("@opentelemetry"),
    ["^hardware/system/otlp-trace\\.ts$", "(^|/)node_modules/"],
  ),
  {
    name: "no-dev-dependencies",
    comment: "A package used outside test/ belongs to dependencies in package.json.",
    severity: "error",
    from: { path: [LAYERS, HALLWARD] },
    to: { dependencyTypes: ["npm-dev"] },
  },
  {
    name: "no-undeclared-packages",
    comment: "A package that is imported must be declared in package.json, not merely be there by chance.",
    severity: "error",
    from: {},
    to: { dependencyTypes: ["npm-no-pkg", "npm-unknown"] },
  },
];

/** Into another top folder one goes through its index.ts, save for the doors named in `doors`. */
const throughIndex = (name, comment, from, doors) => ({
  name,
  comment: `${comment} Export what is needed from the other folder's index.ts.`,
  severity: "error",
  from,
  to: { path: LAYERS, pathNot: ["^$1/", INDEX, ...doors] },
});

const MAIN = "^[^/]+/main\\.ts$";
const PANEL_PAGES = "^simulator/panel/pages/";

const doorRules = [
  throughIndex(
    "through-the-index",
    "A top folder is entered through its index.ts.",
    { path: "^(protocol|terminal|controller|simulator)/", pathNot: [MAIN, PANEL_PAGES] },
    [],
  ),
  throughIndex(
    "panel-pages-through-the-design",
    "The simulator's pages are made of the house's design language, besides what comes through an index.ts.",
    { path: "^(simulator)/panel/pages/" },
    ["^controller/web/design/[^/]+\\.(ts|tsx|css)$"],
  ),
  throughIndex(
    "main-through-the-index",
    "main.ts may enter hardware/system/ directly, for the one real clock and chance; all else goes through index.ts.",
    { path: "^([^/]+)/main\\.ts$" },
    ["^hardware/system/[^/]+\\.ts$"],
  ),
  throughIndex(
    "hallward-dispatches",
    "hallward.ts imports a folder's main.ts, cli files or index.ts, and what minds its output.",
    { path: "^(hallward)\\.ts$" },
    [
      "^hardware/system/standard-output\\.ts$",
      MAIN,
      "^[^/]+/cli\\.ts$",
      "^[^/]+/[^/]+-cli\\.ts$",
      "^[^/]+/cli/[^/]+\\.ts$",
    ],
  ),
  {
    name: "no-own-index",
    comment: "Inside a folder nobody imports its own index.ts: import the file that holds the symbol.",
    severity: "error",
    from: { path: "^([^/]+)/" },
    to: { path: "^$1/index\\.ts$" },
  },
];

const graphRules = [
  {
    name: "no-cycles",
    comment: "No import cycles, type imports included: move the shared part into a file both can import.",
    severity: "error",
    from: {},
    to: { circular: true },
  },
  {
    name: "no-orphans",
    comment: "A module that imports nothing and that nobody imports is dead: delete it, or use it.",
    severity: "error",
    from: { orphan: true, pathNot: "-packages\\.d\\.ts$" },
    to: {},
  },
  {
    name: "no-unresolvable",
    comment: "The import leads nowhere: mend the path (imports end in .ts) or declare the package.",
    severity: "error",
    from: {},
    to: { couldNotResolve: true },
  },
];

module.exports = {
  forbidden: [...layerRules, ...packageRules, ...doorRules, ...graphRules],
  options: {
    doNotFollow: { path: "(^|/)node_modules/" },
    exclude: { path: ["^\\.build/", "^test/fixtures/"] },
    tsPreCompilationDeps: true,
    combinedDependencies: false,
    enhancedResolveOptions: {
      extensions: [".ts", ".tsx", ".mjs", ".js", ".cjs", ".json", ".d.ts"],
      exportsFields: ["exports"],
      conditionNames: ["node", "import", "require", "default"],
      mainFields: ["module", "main", "types"],
    },
  },
};
