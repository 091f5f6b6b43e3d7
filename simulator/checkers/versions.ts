import type { Checker, Violation } from "./checker.ts";

/**
 * I17: a message of another major version is refused, and counted by its code, at both ends; one of another minor
 * version is never refused for what it has more or less; and nobody is answered by what could not be read.
 */
export const versions: Checker = {
  name: "versions",
  kind: "correctness",
  check({ history }) {
    const violations: Violation[] = [];
    const add = (detail: string): void => void violations.push({ invariant: "I17", detail });
    const foreign = new Map<string, boolean>();
    for (const entry of history.entries) {
      switch (entry.type) {
        case "started":
          foreign.set(entry.node, false);
          break;
        case "version-started":
          foreign.set(entry.node, entry.dialect === "foreign");
          break;
        case "other-version-heard":
          if (entry.dialect === "foreign" && entry.code !== "wrong-version") {
            add(`a message of another major version from ${entry.terminalId} was ${entry.code ?? "taken"}`);
          } else if (entry.dialect !== "foreign" && entry.code !== null) {
            add(`a message of a newer minor version from ${entry.terminalId} was refused: ${entry.code}`);
          }
          break;
        case "down-refused":
          if (entry.dialect === "foreign" && entry.code === "wrong-version") break;
          add(`${entry.terminalId} (${entry.dialect}) could not read the controller: ${entry.code}`);
          break;
        case "ack-observed":
          if (foreign.get(entry.terminalId) === true) add(`${entry.terminalId} was answered across major versions`);
          break;
        default:
      }
    }
    return violations;
  },
};
