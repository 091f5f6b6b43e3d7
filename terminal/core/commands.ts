import type { CommandReply, EpochMs, TechnicianCommand } from "../../protocol/index.ts";
import type { Step } from "./step.ts";

/** QoS 1 repeats within seconds, and never across a connection: so much memory is plenty. */
const ANSWERED_KEPT_MAX = 64;

/** Orders already answered, oldest first: a repeat gets its first answer again, and nothing is done twice. */
export type AnsweredCommands = readonly CommandReply[];

export type CommandEffect =
  | { readonly type: "carry-out"; readonly order: TechnicianCommand["order"] }
  | { readonly type: "reply"; readonly reply: CommandReply };

/** What a terminal knows when an order reaches it. `hallMs` is null while hall time has not been heard. */
export interface CommandHearing {
  readonly hallMs: EpochMs | null;
  readonly epochSeen: number;
}

export function stepCommand(
  state: AnsweredCommands,
  command: TechnicianCommand,
  hearing: CommandHearing,
): Step<AnsweredCommands, CommandEffect> {
  const { commandId, order } = command;
  const before = state.find((reply) => reply.commandId === commandId);
  if (before !== undefined) return [state, [{ type: "reply", reply: before }]];
  const hindrance = hindranceOf(command, hearing);
  const reply: CommandReply = { v: 1, commandId, ...(hindrance ?? { outcome: "done", detail: "" }) };
  const answered: CommandEffect = { type: "reply", reply };
  const effects: CommandEffect[] = hindrance === null ? [{ type: "carry-out", order }, answered] : [answered];
  return [[...state, reply].slice(-ANSWERED_KEPT_MAX), effects];
}

function hindranceOf(
  { epoch, expiresAtMs }: TechnicianCommand,
  { hallMs, epochSeen }: CommandHearing,
): Pick<CommandReply, "outcome" | "detail"> | null {
  if (epoch < epochSeen) return { outcome: "expired", detail: `epoch ${epoch} is over, ${epochSeen} has begun` };
  // Without hall time nobody can say that it has not expired.
  if (hallMs === null) return { outcome: "failed", detail: "hall time not heard yet" };
  return hallMs >= expiresAtMs ? { outcome: "expired", detail: "reached the terminal too late" } : null;
}
