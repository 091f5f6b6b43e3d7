// A device on the network, over real sockets: what the contract of links (test/contract/every-link.test.ts) plays with
// a fake socket and virtual time happens here once with the system's own. Every wait is for an event, none for time.
import { once } from "node:events";
import { createServer, type Server, type Socket } from "node:net";
import { expect, test } from "vitest";
import {
  faultOf,
  openTcpChannel,
  TCP_CONNECT_WITHIN,
  TCP_PENDING_BYTES_MAX,
} from "../../../hardware/links/tcp-channel.ts";
import { createTcpLink } from "../../../hardware/links/tcp-link.ts";
import { assert } from "../../../protocol/base/assert.ts";
import { VirtualClock } from "../../support/virtual-clock.ts";
import { freePortPair } from "../demo/demo-process.ts";

const clock = new VirtualClock();

async function listening(port = 0): Promise<{ server: Server; port: number }> {
  const server = createServer({ noDelay: true });
  server.listen(port, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  assert(address !== null && typeof address === "object", "a port was bound");
  return { server, port: address.port };
}

/** A channel and the device's end of it. */
async function connected() {
  const { server, port } = await listening();
  const [opened, [device]] = await Promise.all([
    openTcpChannel("127.0.0.1", port, clock),
    once(server, "connection") as Promise<[Socket]>,
  ]);
  assert(opened.ok, "the device is there");
  device.on("error", () => {});
  const close = async (): Promise<void> => {
    await opened.value.close();
    device.destroy();
    server.close();
  };
  return { channel: opened.value, device, close };
}

/** Resolves when the whole text has come. */
function heard(device: Socket, text: string): Promise<void> {
  let all = "";
  return new Promise((resolve) => {
    device.on("data", (bytes) => {
      all += bytes.toString("latin1");
      if (all === text) resolve();
    });
  });
}

test("bytes go both ways, those too that came before anybody listened", async () => {
  const { channel, device, close } = await connected();
  await new Promise((sent) => device.write("early", sent));
  const { promise: told, resolve } = Promise.withResolvers<void>();
  let said = "";
  const onBytes = (chunk: Uint8Array): void => {
    said += Buffer.from(chunk).toString("latin1");
    if (said === "early and late") resolve();
  };
  channel.listen({ onBytes, onLost: () => {} });
  device.write(" and late");
  await told;
  channel.write(Buffer.from("hello"));
  await heard(device, "hello");
  await close();
});

test("a device that hangs up is told, once; closing leaves no socket to it", async () => {
  const { channel, device, close } = await connected();
  const losses: string[] = [];
  await new Promise<void>((resolve) => {
    const onLost = (fault: string): void => {
      losses.push(fault);
      resolve();
    };
    channel.listen({ onBytes: () => {}, onLost });
    device.end();
  });
  expect(await channel.probe()).toBe("hung-up");
  const gone = once(device, "close");
  await close();
  await gone;
  expect(losses).toEqual(["hung-up"]);
});

test("nobody who listens is absent; one who listens at that address later is found", async () => {
  const port = await freePortPair();
  const ownClock = new VirtualClock();
  const link = createTcpLink({ host: "127.0.0.1", port, clock: ownClock });
  const { promise: down, resolve: isDown } = Promise.withResolvers<string>();
  const { promise: up, resolve: isUp } = Promise.withResolvers<void>();
  await link.open({ onUp: isUp, onDown: isDown, onBytes: () => {} });
  expect(await down).toBe("absent");
  const again = await listening(port);
  ownClock.advance(TCP_CONNECT_WITHIN); // Past the pause before the next attempt.
  await up;
  await link.close();
  again.server.close();
});

test("a device that takes nothing does not fill the memory: what is too much is dropped whole", async () => {
  const { channel, device, close } = await connected();
  channel.write(new Uint8Array(TCP_PENDING_BYTES_MAX + 1));
  channel.write(Buffer.from("small"));
  await heard(device, "small");
  await close();
});

test("an address that does not answer is given up, and leaves nothing behind", async () => {
  const ownClock = new VirtualClock();
  const opening = openTcpChannel("192.0.2.1", 9, ownClock); // TEST-NET-1: nobody is there.
  ownClock.advance(TCP_CONNECT_WITHIN);
  const opened = await opening;
  expect(opened.ok).toBe(false);
  expect(ownClock.pending).toBe(0);
});

test.each([
  ["ECONNREFUSED", "absent"],
  ["EAI_AGAIN", "absent"],
  ["EACCES", "denied"],
  ["EMFILE", "failed"],
])("%s means %s", (code, fault) => {
  expect(faultOf(code)).toBe(fault);
});
