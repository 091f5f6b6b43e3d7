import ts from "typescript";
import { drivesProcesses, isAuthority, isPage, isSystem, isTest } from "../places.ts";
import { importsOf, lastWord, referencesOf } from "../references.ts";
import { findingAt, type Finding, type Rule, type SourceFile } from "../source-file.ts";

/** Names that must not be read, and where an exception holds. */
interface Ban {
  readonly rule: string;
  /** Dotted names as they are read: `Date.now`. `*.randomUUID` is that member of anything. */
  readonly names: readonly string[];
  /** Modules, each with the names that must not be taken from it; `*` stands for all of it. */
  readonly modules: Readonly<Record<string, readonly string[]>>;
  readonly instead: string;
  readonly allowed: (path: string, name: string) => boolean;
}

const CLOCK_INSTEAD = "take a Clock (protocol/base/time.ts) and ask clock.now() or clock.mono()";
const CHANCE_MEMBERS = ["randomUUID", "randomBytes", "randomInt", "randomFill", "randomFillSync", "getRandomValues"];
const KEY_MEMBERS = ["generateKey", "generateKeySync", "generateKeyPair", "generateKeyPairSync"];
const TIMER_NAMES = ["setTimeout", "setInterval", "setImmediate"];

/** `*` for the module itself; the named members also with the names a namespace import would show. */
const withNodePrefix = (module: string, names: readonly string[]): Record<string, readonly string[]> => ({
  [module]: names,
  [`node:${module}`]: names,
});

const bans: readonly Ban[] = [
  {
    rule: "clock-read",
    names: [
      "Date.now",
      "performance.now",
      "performance.timeOrigin",
      "process.hrtime",
      "process.uptime",
      "Temporal.Now",
    ],
    modules: {
      ...withNodePrefix("perf_hooks", ["*", "performance"]),
      ...withNodePrefix("process", ["hrtime", "uptime"]),
      ...withNodePrefix("os", ["uptime"]),
    },
    instead: CLOCK_INSTEAD,
    allowed: (path, name) => isSystem(path) || (isPage(path) && name === "Date.now"),
  },
  {
    rule: "timer",
    names: [...TIMER_NAMES, "AbortSignal.timeout", "Atomics.wait"],
    modules: {
      ...withNodePrefix("timers", ["*", ...TIMER_NAMES]),
      ...withNodePrefix("timers/promises", ["*", ...TIMER_NAMES]),
    },
    instead: "take a Clock (protocol/base/time.ts) and use clock.after(), clock.every() or clock.soon()",
    allowed: (path, name) => isSystem(path) || drivesProcesses(path) || (isPage(path) && name === "setTimeout"),
  },
  {
    rule: "chance",
    names: ["Math.random", ...CHANCE_MEMBERS.map((member) => `*.${member}`)],
    modules: withNodePrefix("crypto", CHANCE_MEMBERS),
    instead: "take a Random (protocol/base/random.ts) and use random.next() or random.uuid()",
    allowed: isSystem,
  },
  {
    rule: "key-material",
    names: KEY_MEMBERS.map((member) => `*.${member}`),
    modules: withNodePrefix("crypto", KEY_MEMBERS),
    instead: "ask the authority (controller/adapters/authority), which alone makes keys",
    allowed: (path) => isSystem(path) || isAuthority(path) || isTest(path),
  },
];

function checkBan(ban: Ban, file: SourceFile): readonly Finding[] {
  const findings: Finding[] = [];
  const report = (name: string, node: ts.Node): void => {
    if (!ban.allowed(file.path, name)) findings.push(findingAt(file, node, `${name} is banned here: ${ban.instead}`));
  };
  for (const { name, node } of referencesOf(file)) {
    if (ban.names.includes(name) || (name.includes(".") && ban.names.includes(`*.${lastWord(name)}`)))
      report(name, node);
  }
  for (const { module, names, node } of importsOf(file)) {
    for (const name of names) {
      if (ban.modules[module]?.includes(name) === true) report(name === "*" ? module : name, node);
    }
  }
  return findings;
}

/** `new Date()` and `Date()` without arguments ask what time it is; with arguments they only reckon. */
function checkBareDate(file: SourceFile): readonly Finding[] {
  if (isSystem(file.path) || isPage(file.path)) return [];
  const asksTheTime = (node: ts.Node): boolean => {
    if (!ts.isNewExpression(node) && !ts.isCallExpression(node)) return false;
    const isDate = ts.isIdentifier(node.expression) && node.expression.text === "Date";
    return isDate && (ts.isCallExpression(node) || (node.arguments?.length ?? 0) === 0);
  };
  const message = `new Date() reads the clock: ${CLOCK_INSTEAD}`;
  return file.nodes.filter(asksTheTime).map((node) => findingAt(file, node, message));
}

export const clockAndChanceRules: readonly Rule[] = [
  ...bans.map((ban): Rule => ({ name: ban.rule, check: (file) => checkBan(ban, file) })),
  { name: "bare-date", check: checkBareDate },
];
