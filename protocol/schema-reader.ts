import type { z } from "zod";

/** A value as its schema gives it back, or MISFIT: then the schema itself says why. Throws nothing. */
export type Reader = (value: unknown) => unknown;

export const MISFIT: unique symbol = Symbol("does not fit");

type Schema = z.core.$ZodType;
type Def = z.core.$ZodTypes["_zod"]["def"];
type DefOf<T extends Def["type"]> = Extract<Def, { readonly type: T }>;
type Holds<T> = (value: T) => boolean;

const readers = new WeakMap<Schema, Reader>();

/**
 * The schema as a chain of plain functions: the same answer as `safeParse` for whatever JSON can carry, without
 * payloads, issues and paths. A visit's messages are read in a quarter of the time; the hall's every message passes
 * here twice. Kinds of schema it does not know it hands to the schema.
 */
export function readerOf(schema: Schema): Reader {
  const known = readers.get(schema);
  if (known !== undefined) return known;
  const made = compile(schema) ?? asking(schema);
  readers.set(schema, made);
  return made;
}

/** What is not known here is asked of the schema, member by member. */
const asking =
  (schema: Schema): Reader =>
  (value) => {
    const parsed = (schema as z.ZodType).safeParse(value);
    return parsed.success ? parsed.data : MISFIT;
  };

function compile(schema: Schema): Reader | null {
  const { def } = (schema as z.core.$ZodTypes)._zod;
  switch (def.type) {
    case "string":
      return stringReader(def);
    case "number":
      return numberReader(def);
    case "boolean":
      return plain(def, (value) => typeof value === "boolean");
    case "null":
      return plain(def, (value) => value === null);
    case "literal":
      return oneOf(def, def.values);
    case "enum":
      return oneOf(def, Object.values(def.entries));
    case "array":
      return arrayReader(def);
    case "object":
      return objectReader(def);
    case "record":
      return recordReader(def);
    case "union":
      return unionReader(def);
    case "nullable":
      return orElse(def, null);
    case "optional":
      return schema._zod.traits.has("$ZodExactOptional") ? null : orElse(def, undefined);
    case "lazy":
      return lazyReader(def);
    default:
      return null;
  }
}

const isUnchecked = ({ checks }: Def): boolean => checks === undefined || checks.length === 0;

const plain = (def: Def, holds: Holds<unknown>): Reader | null =>
  isUnchecked(def) ? (value) => (holds(value) ? value : MISFIT) : null;

function oneOf(def: Def, values: readonly unknown[]): Reader | null {
  const allowed = new Set(values);
  return plain(def, (value) => allowed.has(value));
}

function orElse(def: DefOf<"nullable" | "optional">, absent: null | undefined): Reader | null {
  const read = readerOf(def.innerType);
  return isUnchecked(def) ? (value) => (value === absent ? absent : read(value)) : null;
}

/** Its inside is looked at when the first value comes: by then a schema that names itself is whole. */
function lazyReader(def: DefOf<"lazy">): Reader | null {
  let read: Reader | null = null;
  return isUnchecked(def) ? (value) => (read ??= readerOf(def.getter()))(value) : null;
}

function stringReader(def: DefOf<"string">): Reader | null {
  const own = "format" in def ? [patternOf(def as Format)] : [];
  const holds = allOf<string>([...own, ...checksOf(def, stringCheck)]);
  if (holds === null || def.coerce === true) return null;
  return (value) => (typeof value === "string" && holds(value) ? value : MISFIT);
}

function numberReader(def: DefOf<"number">): Reader | null {
  const isInt = "format" in def && def.format === "safeint";
  const holds = allOf<number>(checksOf(def, numberCheck));
  if (holds === null || def.coerce === true || ("format" in def && !isInt)) return null;
  const isNumber = isInt ? Number.isSafeInteger : Number.isFinite;
  return (value) => (typeof value === "number" && isNumber(value) && holds(value) ? value : MISFIT);
}

function arrayReader(def: DefOf<"array">): Reader | null {
  const read = readerOf(def.element);
  const holds = allOf<readonly unknown[]>(checksOf(def, arrayCheck));
  if (holds === null) return null;
  return (value) => {
    if (!Array.isArray(value)) return MISFIT;
    const members = value as readonly unknown[];
    let copy: unknown[] | null = null;
    for (let at = 0; at < members.length; at += 1) {
      const one = read(members[at]);
      if (one === MISFIT) return MISFIT;
      if (one !== members[at]) (copy ??= [...members])[at] = one;
    }
    const taken = copy ?? members;
    return holds(taken) ? taken : MISFIT;
  };
}

interface Field {
  readonly key: string;
  readonly read: Reader;
  readonly mayBeAbsent: boolean;
}

/** Takes the fields of the shape, in its order, and leaves the others out. What is so already is taken as it is. */
function objectReader(def: DefOf<"object">): Reader | null {
  const fields = Object.entries(def.shape).map(([key, schema]): Field => {
    return { key, read: readerOf(schema), mayBeAbsent: schema._zod.def.type === "optional" };
  });
  const hasDefaults = Object.values(def.shape).some(
    ({ _zod }) => _zod.optin !== undefined && _zod.def.type !== "optional",
  );
  if (!isUnchecked(def) || def.catchall !== undefined || hasDefaults) return null;
  return (value) => {
    if (!isObject(value)) return MISFIT;
    if (isReadAsItIs(fields, value)) return value;
    const taken: Record<string, unknown> = {};
    for (const { key, read, mayBeAbsent } of fields) {
      const member = value[key];
      if (member === undefined && !(key in value)) {
        if (mayBeAbsent) continue;
        return MISFIT;
      }
      const one = read(member);
      if (one === MISFIT) return MISFIT;
      taken[key] = one;
    }
    return taken;
  };
}

/** Whether the fields of the shape are there in its order, and no others, and each is read as it is: so most come. */
function isReadAsItIs(fields: readonly Field[], value: Record<string, unknown>): boolean {
  let at = 0;
  for (const key in value) {
    let field = fields[at];
    while (field !== undefined && field.key !== key) {
      if (!field.mayBeAbsent) return false;
      at += 1;
      field = fields[at];
    }
    if (field === undefined) return false;
    const member = value[key];
    if (field.read(member) !== member) return false;
    at += 1;
  }
  while (fields[at]?.mayBeAbsent === true) at += 1;
  return at === fields.length;
}

function recordReader(def: DefOf<"record">): Reader | null {
  const { keyType, valueType } = def;
  const anyKey = keyType._zod.def.type === "string" && isUnchecked(keyType._zod.def as Def);
  if (!anyKey || "format" in keyType._zod.def || !isUnchecked(def)) return null;
  const read = readerOf(valueType);
  return (value) => {
    if (!isObject(value)) return MISFIT;
    let isChanged = false;
    const taken: Record<string, unknown> = {};
    for (const key of Object.keys(value)) {
      if (key === "__proto__") {
        isChanged = true; // Assigned, it would be no member but the prototype.
        continue;
      }
      const one = read(value[key]);
      if (one === MISFIT) return MISFIT;
      taken[key] = one;
      isChanged ||= one !== value[key];
    }
    return isChanged ? taken : value;
  };
}

function unionReader(def: DefOf<"union">): Reader | null {
  const options = def.options.map(readerOf);
  if (!isUnchecked(def) || "discriminator" in def || "inclusive" in def) return null;
  return (value) => {
    for (const read of options) {
      const taken = read(value);
      if (taken !== MISFIT) return taken;
    }
    return MISFIT;
  };
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null && !Array.isArray(value);

type Check = z.core.$ZodChecks["_zod"]["def"] | { readonly check: "custom"; readonly fn: Holds<unknown> };

/** Null stands for a check that is not known here. */
const checksOf = <T>({ checks = [] }: Def, known: (check: Check) => Holds<T> | null): (Holds<T> | null)[] =>
  checks.map((check) => known(check._zod.def as Check));

function allOf<T>(checks: readonly (Holds<T> | null)[]): Holds<T> | null {
  const known = checks.filter((check) => check !== null);
  if (known.length < checks.length) return null;
  const [first, second] = known;
  if (first === undefined) return () => true;
  if (second === undefined) return first;
  return (value) => known.every((holds) => holds(value));
}

function stringCheck(check: Check): Holds<string> | null {
  if (check.check === "string_format") return patternOf(check);
  return lengthCheck(check);
}

const arrayCheck = (check: Check): Holds<readonly unknown[]> | null =>
  check.check === "custom" ? (value) => Boolean(check.fn(value)) : lengthCheck(check);

function lengthCheck(check: Check): Holds<{ readonly length: number }> | null {
  if (check.check === "max_length") return ({ length }) => length <= check.maximum;
  if (check.check === "min_length") return ({ length }) => length >= check.minimum;
  return null;
}

function numberCheck(check: Check): Holds<number> | null {
  if (check.check !== "greater_than" && check.check !== "less_than") return null;
  const bound = Number(check.value);
  if (check.check === "greater_than") return check.inclusive ? (value) => value >= bound : (value) => value > bound;
  return check.inclusive ? (value) => value <= bound : (value) => value < bound;
}

const BY_PATTERN: ReadonlySet<string> = new Set(["regex", "uuid"]);

interface Format {
  readonly format: string;
  readonly pattern?: RegExp | undefined;
}

function patternOf({ format, pattern }: Format): Holds<string> | null {
  if (pattern === undefined || !BY_PATTERN.has(format)) return null;
  return pattern.global || pattern.sticky ? null : (value) => pattern.test(value);
}
