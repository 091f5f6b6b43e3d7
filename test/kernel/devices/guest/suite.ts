import { isDeepStrictEqual } from "node:util";

// Stands for vitest in the machine, as far as the contract suites use it: they are bundled with this in its place.

type Step = () => unknown;

export interface Case {
  readonly title: string;
  readonly run: () => Promise<void>;
}

interface Scope {
  readonly title: string;
  readonly before: Step[];
  readonly after: Step[];
}

export const cases: Case[] = [];
const scopes: Scope[] = [{ title: "", before: [], after: [] }];

export function describe(title: string, body: () => void): void {
  scopes.push({ title, before: [], after: [] });
  body();
  scopes.pop();
}

const innermost = (): Scope => scopes.at(-1) ?? expect.unreachable("no scope");
export const beforeEach = (step: Step): void => void innermost().before.push(step);
export const afterEach = (step: Step): void => void innermost().after.push(step);

export function test(title: string, body: Step): void {
  const around = [...scopes];
  const names = [...around.map((scope) => scope.title), title].filter((name) => name !== "");
  const run = async (): Promise<void> => {
    for (const { before } of around) for (const step of before) await step();
    try {
      await body();
    } finally {
      for (const { after } of around.toReversed()) for (const step of after) await step();
    }
  };
  cases.push({ title: names.join(" > "), run });
}

class Unmet extends Error {}

const shown = (value: unknown): string => JSON.stringify(value) ?? String(value);
const sizeOf = (value: unknown): unknown =>
  typeof value === "object" && value !== null && "length" in value ? value.length : undefined;

function matchers(actual: unknown, isWanted: boolean, message: string) {
  const judge = (name: string, holds: boolean, expected: unknown): void => {
    if (holds === isWanted) return;
    const not = isWanted ? "" : "not ";
    throw new Unmet(`${message === "" ? "" : `${message}: `}${shown(actual)} ${not}${name} ${shown(expected)}`);
  };
  return {
    toBe: (expected: unknown) => judge("is", Object.is(actual, expected), expected),
    toEqual: (expected: unknown) => judge("equals", isDeepStrictEqual(actual, expected), expected),
    toMatch: (expected: RegExp) => judge("matches", expected.test(String(actual)), String(expected)),
    toContain: (expected: string) => judge("contains", String(actual).includes(expected), expected),
    toHaveLength: (expected: number) => judge("has length", sizeOf(actual) === expected, expected),
    toBeNull: () => judge("is", actual === null, null),
    toBeGreaterThan: (expected: number) => judge("is above", Number(actual) > expected, expected),
    toBeGreaterThanOrEqual: (expected: number) => judge("is at least", Number(actual) >= expected, expected),
    toBeLessThan: (expected: number) => judge("is below", Number(actual) < expected, expected),
    toBeLessThanOrEqual: (expected: number) => judge("is at most", Number(actual) <= expected, expected),
  };
}

export const expect = Object.assign(
  (actual: unknown, message = "") => ({ ...matchers(actual, true, message), not: matchers(actual, false, message) }),
  {
    unreachable(message: string): never {
      throw new Unmet(`never here: ${message}`);
    },
  },
);
