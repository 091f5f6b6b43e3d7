import type { MessageListener } from "../../controller/index.ts";
import type { History } from "../history.ts";
import { dialectOf } from "./dialect.ts";

/** Tells the history what becomes of messages of other versions: I17 asks that none is taken or refused wrongly. */
export const watchVersions =
  (receive: MessageListener, history: History): MessageListener =>
  (terminalId, branch, text) => {
    const fault = receive(terminalId, branch, text);
    const dialect = dialectOf(text);
    if (dialect === "foreign" || (dialect !== "same" && fault !== null)) {
      history.record({ type: "other-version-heard", terminalId, dialect, code: fault?.code ?? null });
    }
    return fault;
  };
