import { createServer, type Server } from "node:net";
import { HallError, messageOf } from "../../protocol/index.ts";

/** Binds `server`. Rejects with PORT_IN_USE, or with PORT_REFUSED for anything else that keeps it from listening. */
export function listen(server: Server, host: string, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    const onError = (error: NodeJS.ErrnoException): void => reject(listenError(error, host, port));
    server.once("error", onError);
    server.listen(port, host, () => {
      server.off("error", onError);
      resolve();
    });
  });
}

/** Rejects as `listen` would, and listens no longer when it resolves. Port 0 is always free. */
export async function assertPortFree(host: string, port: number): Promise<void> {
  if (port === 0) return;
  const server = createServer();
  await listen(server, host, port);
  await new Promise<void>((resolve) => server.close(() => resolve()));
}

export function listenError(error: unknown, host: string, port: number): HallError {
  const code = error instanceof Error && "code" in error ? error.code : undefined;
  if (code !== "EADDRINUSE") {
    const advice = "name an address and a port that this user may have";
    const text = `cannot listen on ${host}:${port}, ${messageOf(error)}; ${advice}`;
    return new HallError("PORT_REFUSED", text, { host, port }, error);
  }
  const advice = "another program, perhaps a second controller, listens there; stop it, or choose another port";
  const text = `${host}:${port} is in use: ${advice}.`;
  return new HallError("PORT_IN_USE", text, { host, port }, error);
}
