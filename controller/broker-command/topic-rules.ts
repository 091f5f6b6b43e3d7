import {
  HALL_BRANCHES_DOWN,
  type HallId,
  TERMINAL_BRANCHES_DOWN,
  TERMINAL_BRANCHES_UP,
  type TerminalId,
  topics,
} from "../../protocol/index.ts";
import { controllerName } from "../adapters/authority/certificate-names.ts";

/** Mosquitto's word for "the certificate's name", where a terminal's id stands in a topic. */
const OWN = "%u" as TerminalId;

/** Mosquitto's topic rules for one hall, from the wire's own tables. What no line names is denied. */
export function topicRules(hall: HallId): string {
  const patterns = [
    ...TERMINAL_BRANCHES_UP.map((branch) => `pattern write ${topics.terminal(hall, OWN, branch)}`),
    ...TERMINAL_BRANCHES_DOWN.map((branch) => `pattern read ${topics.terminal(hall, OWN, branch)}`),
    ...HALL_BRANCHES_DOWN.map((branch) => `pattern read ${topics.hall(hall, branch)}`),
  ];
  const controller = [
    ...TERMINAL_BRANCHES_UP.map((branch) => `topic read ${topics.everyTerminal(hall, branch)}`),
    ...TERMINAL_BRANCHES_DOWN.map((branch) => `topic write ${topics.everyTerminal(hall, branch)}`),
    ...HALL_BRANCHES_DOWN.map((branch) => `topic write ${topics.hall(hall, branch)}`),
  ];
  return [
    "# Every terminal: its own topics, and what the hall says to all. Mosquitto warns at each start that the",
    "# last three lines name no client; that is meant.",
    ...patterns,
    "",
    "# The controller. Its name has a dot, which no terminal's id can have.",
    `user ${controllerName(hall)}`,
    ...controller,
    "",
  ].join("\n");
}
