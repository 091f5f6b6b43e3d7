import type { Words } from "../../design/design.ts";
import type { Reply, Sending } from "./requests.ts";
import type { KioskEffect, KioskTicket } from "./kiosk-flow.ts";

export interface KioskPorts {
  readonly send: <T>(path: string, sending: Sending) => Promise<Reply<T>>;
  readonly pause: (ms: number) => Promise<void>;
}

/** What came of it, as the kiosk's machine takes it. */
export type Outcome =
  | { readonly type: "issued"; readonly ticket: KioskTicket }
  | { readonly type: "told"; readonly words: Words; readonly good: boolean }
  /** What was typed can be mended. */
  | { readonly type: "not-taken"; readonly words: Words };

type Effect<K extends KioskEffect["type"]> = Extract<KioskEffect, { type: K }>;

const TRIES_MAX = 3;
const AGAIN_AFTER_MS = 800;

export const AWAY: Words = {
  zh: "没有取到号：与大厅的连接中断，请稍后再试，或请工作人员帮助",
  en: "No ticket was taken: the link to the hall is lost. Please try again soon, or ask the staff",
};

export const NOT_BACK: Words = {
  zh: "与大厅的连接中断，请稍后再试，或到窗口恢复",
  en: "The link to the hall is lost. Please try again soon, or ask at a window",
};

export async function issueTicket(
  { key, service, priority, awaitsPrint }: Effect<"issue">,
  ports: KioskPorts,
): Promise<Outcome> {
  const body = { service, ...(priority === null ? {} : { priority }), ...(awaitsPrint ? { awaitsPrint } : {}) };
  const reply = await surely<KioskTicket>("/api/tickets", { body, headers: { "idempotency-key": key } }, ports);
  if (reply.kind !== "ok") return refused(reply);
  return { type: "issued", ticket: reply.value };
}

export async function reEnter({ key, number, check }: Effect<"re-enter">, ports: KioskPorts): Promise<Outcome> {
  const sending = { body: { number, check }, headers: { "idempotency-key": key } };
  const reply = await surely("/api/re-entries", sending, ports);
  if (reply.kind === "away") return { type: "not-taken", words: NOT_BACK };
  if (reply.kind === "refused") return { type: "not-taken", words: reply.words };
  const words = {
    zh: `${number} 已恢复排队，排在队首，请等候叫号`,
    en: `${number} is back, at the head of the queue. Please wait for the call`,
  };
  return { type: "told", words, good: true };
}

/** Whoever booked is here: their ticket, as if they had taken one. */
export async function checkIn(
  { key, number, check, awaitsPrint }: Effect<"check-in">,
  ports: KioskPorts,
): Promise<Outcome> {
  const body = { number, check, ...(awaitsPrint ? { awaitsPrint } : {}) };
  const sending = { body, headers: { "idempotency-key": key } };
  const reply = await surely<KioskTicket>("/api/appointments/check-ins", sending, ports);
  if (reply.kind === "ok") return { type: "issued", ticket: reply.value };
  return { type: "not-taken", words: reply.kind === "away" ? NOT_BACK : reply.words };
}

/** Without an answer the ticket is closed by itself as not printed, in time: nothing more can be done from here. */
export async function reportPrint({ ticket, outcome }: Effect<"report">, ports: KioskPorts): Promise<void> {
  await surely(`/api/tickets/${ticket}/${outcome}`, {}, ports);
}

/** Again after silence, with the same key: however often it is sent, one ticket comes of it. */
async function surely<T>(path: string, sending: Sending, { send, pause }: KioskPorts): Promise<Reply<T>> {
  for (let tries = 1; ; tries += 1) {
    const reply = await send<T>(path, sending);
    if (reply.kind !== "away" || tries === TRIES_MAX) return reply;
    await pause(AGAIN_AFTER_MS);
  }
}

function refused(reply: Exclude<Reply<unknown>, { kind: "ok" }>): Outcome {
  const words = reply.kind === "away" ? AWAY : reply.words;
  return { type: "told", words, good: false };
}
