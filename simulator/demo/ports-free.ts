import { createServer } from "node:net";
import { HallError } from "../../protocol/index.ts";

/** A port the demonstration wants, and the option that moves it. */
export interface WantedPort {
  readonly port: number;
  readonly what: string;
  readonly option: string;
}

/** Rejects with `PORT_IN_USE` when one is taken. A look, not a claim: who wants the port binds it himself, later. */
export async function assertPortsFree(wanted: readonly WantedPort[]): Promise<void> {
  for (const { port, what, option } of wanted) {
    const free = await canBind(port);
    if (free) continue;
    const who = `127.0.0.1:${port} (${what}) is in use: another program, perhaps another demonstration, has it.`;
    const line = `${who} Stop it, or choose another port with ${option}.`;
    throw new HallError("PORT_IN_USE", line, { port });
  }
}

function canBind(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const probe = createServer();
    probe.once("error", () => resolve(false));
    probe.listen(port, "127.0.0.1", () => probe.close(() => resolve(true)));
  });
}
