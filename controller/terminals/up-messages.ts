import {
  CommandReply,
  decodeMessage,
  Health,
  type Log,
  type MessageFault,
  Reported,
  type TerminalId,
  TerminalState,
  UpEnvelope,
} from "../../protocol/index.ts";
import type { MessageListener } from "../adapters/broker/broker.ts";
import type { UpBranch } from "../adapters/broker/client-rights.ts";
import type { Intake } from "../engine/intake.ts";
import type { TerminalWatch } from "./terminal-watch.ts";

export interface UpMessageParts {
  readonly intake: Intake;
  readonly watch: TerminalWatch;
  readonly log: Log;
}

type Reader = (terminalId: TerminalId, text: string) => MessageFault | null;

/** Reads what comes up from terminals and hands it to whom it concerns. */
export function upMessages({ intake, watch, log }: UpMessageParts): MessageListener {
  const readers: Readonly<Record<UpBranch, Reader>> = {
    state: reader(TerminalState, (terminalId, state) => watch.noteState(terminalId, state)),
    up: reader(UpEnvelope, (terminalId, envelope) => intake.receive(terminalId, envelope)),
    health: reader(Health, (terminalId, health) => watch.noteHealth(terminalId, health)),
    reported: reader(Reported, (terminalId, reported) => watch.noteReported(terminalId, reported)),
    reply: reader(CommandReply, (terminalId, { commandId, outcome }) =>
      log.info("command.answered", { terminal: terminalId, commandId, outcome }),
    ),
  };
  return (terminalId, branch, text) => {
    const fault = readers[branch](terminalId, text);
    // A will says the opposite: whether a state is a sign of life, the watch sees for itself.
    if (fault === null && branch !== "state") watch.heard(terminalId);
    if (fault !== null)
      log.warn("message.refused", { terminal: terminalId, branch, code: fault.code, detail: fault.detail });
    return fault;
  };
}

function reader<S extends Parameters<typeof decodeMessage>[0]>(
  schema: S,
  take: (terminalId: TerminalId, message: ReturnType<S["parse"]>) => void,
): Reader {
  return (terminalId, text) => {
    const decoded = decodeMessage(schema, text);
    if (!decoded.ok) return decoded.error;
    take(terminalId, decoded.value as ReturnType<S["parse"]>);
    return null;
  };
}
