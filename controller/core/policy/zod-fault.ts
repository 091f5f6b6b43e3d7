import type { z } from "zod";
import type { PolicyFault } from "./policy.ts";

type Issue = z.core.$ZodIssue;

/** A schema's complaint with its place: `taps[3].at`. */
export function issueFault(issue: Issue, above: readonly PropertyKey[], code = "POLICY_MALFORMED"): PolicyFault {
  const path = [...above, ...issue.path];
  if (issue.code === "unrecognized_keys") {
    return { code, path: placeOf([...path, issue.keys[0] ?? ""]), message: "unknown key", rules: [] };
  }
  if (issue.code === "invalid_union") {
    const [nearest] = issue.errors.toSorted((a, b) => a.length - b.length);
    const inner = nearest?.[0];
    if (inner !== undefined) return issueFault(inner, path, code);
  }
  const missing = issue.code === "invalid_type" && issue.message.includes("received undefined");
  return {
    code,
    path: placeOf(path),
    message: missing ? `missing, expected ${issue.expected}` : issue.message,
    rules: [],
  };
}

export function placeOf(path: readonly PropertyKey[]): string {
  return path.reduce<string>((place, key) => {
    if (typeof key === "number") return `${place}[${key}]`;
    return place === "" ? String(key) : `${place}.${String(key)}`;
  }, "");
}
