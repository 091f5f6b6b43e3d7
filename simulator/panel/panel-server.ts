import fastify, { type FastifyInstance, type FastifyReply, type FastifyRequest } from "fastify";
import type { z } from "zod";
import { type Clock, seconds } from "../../protocol/index.ts";
import type { HandMessage } from "../wire/ipc.ts";
import { pageFiles } from "./page-files.ts";
import {
  FingerRequest,
  type PanelChange,
  type PanelHall,
  PowerRequest,
  PressRequest,
  RateRequest,
  TapRequest,
} from "./panel-contract.ts";

/** What the panel shows and moves. */
export interface PanelHallPort {
  hall(): PanelHall;
  /** Calls `listener` after every change of a counter; returns how to stop. */
  watch(listener: (change: PanelChange) => void): () => void;
  /** False when there is no such counter, or its process is not there. */
  act(counterId: string, message: HandMessage): boolean;
  /** Cuts or restores the power of a counter's terminal. False when there is no such counter. */
  power(counterId: string, on: boolean): boolean;
  /** The value on somebody's card. */
  badgeValue(counterId: string, key: string): string | undefined;
}

export interface Panel {
  readonly url: string;
  close(): Promise<void>;
}

/** Bytes a page may leave unread before it is cut off; it comes back by itself and starts afresh. */
const UNREAD_BYTES_MAX = 1 << 20;

/** Tells a page that the link lives while nothing changes. The design's `follow` takes 40 s of silence for a loss. */
const ALIVE_EVERY = seconds(15);
const ALIVE = "event: alive\ndata:\n\n";

/** The page with every counter's devices. Loopback only, and only for pages it served itself. */
export async function startPanel(port: number, hall: PanelHallPort, clock: Clock): Promise<Panel> {
  const app = fastify({ bodyLimit: 1024, forceCloseConnections: true });
  app.removeContentTypeParser("text/plain"); // A foreign page can send text without being asked, JSON it cannot.
  app.addHook("onRequest", refuseForeigners);
  addPages(app);
  const leave = addEvents(app, hall, clock);
  addActs(app, hall);
  app.addHook("preClose", (done) => {
    leave();
    done();
  });
  const url = await app.listen({ port, host: "127.0.0.1" });
  return { url, close: () => app.close() };
}

/** A name that leads here but is not ours is somebody else's page (DNS rebinding), and so is a foreign origin. */
async function refuseForeigners(request: FastifyRequest, reply: FastifyReply): Promise<void> {
  const { port } = request.socket.address() as { port?: number };
  const ours = [`127.0.0.1:${port}`, `localhost:${port}`];
  const { host = "", origin } = request.headers;
  const homely = ours.includes(host) && (origin === undefined || ours.some((name) => origin === `http://${name}`));
  if (!homely) await reply.code(403).send({ error: "this panel answers to 127.0.0.1 and localhost alone" });
}

function addPages(app: FastifyInstance): void {
  const policy = "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src data:";
  for (const { path, type, read } of pageFiles) {
    app.get(path, async (_request, reply) => {
      const text = await read();
      return reply.type(type).header("content-security-policy", policy).header("cache-control", "no-store").send(text);
    });
  }
}

function addEvents(app: FastifyInstance, hall: PanelHallPort, clock: Clock): () => void {
  const pages = new Set<FastifyReply["raw"]>();
  app.get("/panel/counters", () => hall.hall());
  app.get("/panel/events", (request, reply) => {
    const { raw } = reply.hijack();
    raw.writeHead(200, { "content-type": "text/event-stream; charset=utf-8", "cache-control": "no-store" });
    const send = (event: "hall" | "view", body: PanelHall | PanelChange): void => {
      if (raw.writableLength > UNREAD_BYTES_MAX) raw.destroy();
      else raw.write(`event: ${event}\ndata: ${JSON.stringify(body)}\n\n`);
    };
    pages.add(raw);
    const stop = hall.watch((change) => send("view", change));
    request.socket.once("close", () => {
      stop();
      pages.delete(raw);
    });
    send("hall", hall.hall());
  });
  const beat = clock.every(ALIVE_EVERY, () => {
    for (const page of pages) page.write(ALIVE);
  });
  return () => {
    beat.cancel();
    for (const page of pages) page.end();
  };
}

type Acts = Readonly<Record<string, (counterId: string, body: unknown) => HandMessage | string>>;

/** Path -> what the request comes to: an act, or why it is none. */
function actsOf(hall: PanelHallPort): Acts {
  const parsed = <S extends z.ZodType>(schema: S, body: unknown, then: (value: z.infer<S>) => HandMessage | string) => {
    const result = schema.safeParse(body);
    return result.success ? then(result.data) : (result.error.issues[0]?.message ?? "refused");
  };
  return {
    press: (_counterId, body) => parsed(PressRequest, body, (press) => ({ type: "press", ...press })),
    finger: (_counterId, body) => parsed(FingerRequest, body, (finger) => ({ type: "finger", ...finger })),
    rate: (_counterId, body) => parsed(RateRequest, body, ({ level }) => ({ type: "rate", level })),
    tap: (counterId, body) =>
      parsed(TapRequest, body, ({ badge: key }) => {
        const badge = hall.badgeValue(counterId, key);
        return badge === undefined ? "no such badge at this counter" : { type: "tap", badge };
      }),
  };
}

function addActs(app: FastifyInstance, hall: PanelHallPort): void {
  app.post<{ Params: { counterId: string } }>("/panel/counters/:counterId/power", async (request, reply) => {
    const wanted = PowerRequest.safeParse(request.body);
    if (!wanted.success) return reply.code(400).send({ error: wanted.error.issues[0]?.message ?? "refused" });
    if (!hall.power(request.params.counterId, wanted.data.on))
      return reply.code(404).send({ error: "no such counter" });
    return reply.code(202).send({});
  });
  for (const [name, toAct] of Object.entries(actsOf(hall))) {
    app.post<{ Params: { counterId: string } }>(`/panel/counters/:counterId/${name}`, async (request, reply) => {
      const { counterId } = request.params;
      const act = toAct(counterId, request.body);
      if (typeof act === "string") return reply.code(400).send({ error: act });
      if (!hall.act(counterId, act)) return reply.code(404).send({ error: "no such counter, or it is not running" });
      return reply.code(202).send({});
    });
  }
}
