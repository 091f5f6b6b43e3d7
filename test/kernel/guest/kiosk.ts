import { z } from "zod";
import { systemRandom } from "../../../hardware/system/system-random.ts";
import { passed } from "../../integration/kill/hands.ts";
import type { FactChannel } from "./fact-channel.ts";

const Issued = z.object({ id: z.string(), number: z.string() });

/** Takes tickets, one after the other, as fast as the hall answers. */
export async function takeTickets(url: string, facts: FactChannel, pauseMs: number): Promise<never> {
  for (;;) {
    const issued = await takeOne(url);
    if (issued !== null) facts.say({ type: "ticket", ...issued });
    await passed(pauseMs);
  }
}

async function takeOne(url: string): Promise<z.infer<typeof Issued> | null> {
  try {
    const response = await fetch(`${url}/api/tickets`, {
      method: "POST",
      headers: { "content-type": "application/json", "idempotency-key": systemRandom.uuid() },
      body: JSON.stringify({ service: "apply" }),
    });
    return response.status === 201 ? Issued.parse(await response.json()) : null;
  } catch {
    return null; // Nobody there yet.
  }
}
