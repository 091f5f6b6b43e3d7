import type { AddressInfo } from "node:net";
import { type Clock, type Log, messageOf, seconds } from "../../../protocol/index.ts";
import { terminalOverviews } from "../../terminals/terminal-overview.ts";
import { listenError } from "../listen.ts";
import type { FrontDoor } from "./front-door.ts";
import type { HallDesk } from "./hall-desk.ts";
import { hallRoutes } from "./hall-routes.ts";
import { httpApp } from "./http-app.ts";
import { LiveEvents } from "./live-events.ts";
import { openApiDocument } from "./openapi.ts";
import { JSON_TYPE, type Route, route } from "./route.ts";
import { sessionRoutes } from "./session-routes.ts";
import { type LiveStreams, watchRoutes } from "./watch-routes.ts";

export interface HttpServerOptions {
  readonly host: string;
  /** 0 for any free one. */
  readonly port: number;
  /** Host names, besides the loopback's, under which browsers reach it. */
  readonly names: readonly string[];
  /** Proxies whose word about the client's address and TLS is taken. */
  readonly trustedProxies?: readonly string[];
  readonly version: string;
  readonly door: FrontDoor;
  readonly desk: HallDesk;
  /** Pages and what they load. */
  readonly pages: readonly Route[];
  readonly clock: Clock;
  readonly log: Log;
}

export interface HttpServer {
  readonly port: number;
  /** Pages that follow the hall live. */
  readonly listeners: number;
  /** The hall may have changed: those who follow it are told. */
  changed(): void;
  close(): Promise<void>;
}

/** Serves pages and API. Rejects with PORT_IN_USE or PORT_REFUSED. */
export async function startHttpServer(options: HttpServerOptions): Promise<HttpServer> {
  const { desk, clock, host, port } = options;
  const live = new LiveEvents(clock, () => picturesOf(desk));
  const overview = new LiveEvents(clock, () => overviewOf(desk), OVERVIEW_INTERVAL);
  const app = httpApp({ trustedProxies: [], ...options }, allRoutes(options, { live, overview }));
  app.addHook("preClose", (done) => {
    live.close();
    overview.close();
    done();
  });
  try {
    await app.listen({ host, port });
  } catch (thrown) {
    await app.close();
    throw listenError(thrown, host, port);
  }
  app.server.on("error", (error) => options.log.error("http.failed", { reason: messageOf(error) }));
  return {
    port: (app.server.address() as AddressInfo).port,
    get listeners() {
      return live.count + overview.count;
    },
    changed() {
      live.changed();
      overview.changed();
    },
    close: () => app.close(),
  };
}

function picturesOf(desk: HallDesk): Readonly<Record<string, unknown>> | null {
  const board = desk.board();
  if (board === null) return null;
  return { board };
}

/** The whole hall is a large picture, and those who look after it need no tenths of a second. */
const OVERVIEW_INTERVAL = seconds(1);

function overviewOf(desk: HallDesk): Readonly<Record<string, unknown>> | null {
  const overview = desk.overview();
  return overview === null
    ? null
    : { overview, terminals: terminalOverviews(desk.terminals()), refusals: desk.refusals() };
}

type RouteParts = Pick<HttpServerOptions, "desk" | "door" | "pages" | "version">;

/** Every route there is. */
export function allRoutes({ desk, door, pages, version }: RouteParts, live: LiveStreams): readonly Route[] {
  const described = (): readonly Route[] => [
    ...sessionRoutes(door),
    ...hallRoutes(desk),
    ...watchRoutes(desk, live),
    openApi,
    ...pages,
  ];
  const openApi = route({
    method: "GET",
    path: "/api/openapi.json",
    access: "everybody",
    operationId: "read-openapi",
    summary: "This interface, as an OpenAPI 3.1 document.",
    answers: [{ status: 200, summary: "The document.", type: JSON_TYPE }],
    problems: [],
    handle: () => ({ status: 200, body: openApiDocument(described(), version) }),
  });
  return described();
}
