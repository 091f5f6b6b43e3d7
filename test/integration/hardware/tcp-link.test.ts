// A device on the network, over real sockets, keeps the contract of a byte link: refused connections, a device that
// hangs up, and one that comes back at the same address.
import { once } from "node:events";
import { createServer, type Server, type Socket } from "node:net";
import { expect, test } from "vitest";
import { faultOf, openTcpChannel, TCP_PENDING_BYTES_MAX } from "../../../hardware/links/tcp-channel.ts";
import { createTcpLink } from "../../../hardware/links/tcp-link.ts";
import { systemClock } from "../../../hardware/system/system-clock.ts";
import { assert } from "../../../protocol/base/assert.ts";
import { milliseconds } from "../../../protocol/base/time.ts";
import { byteLinkContract } from "../../contract/byte-link-contract.ts";
import { VirtualClock } from "../../support/virtual-clock.ts";

const sleep = (ms: number): Promise<void> => new Promise((wake) => void systemClock.after(milliseconds(ms), wake));

/** A device that listens, or does not. */
class NetworkDevice {
  heard = "";
  readonly #sockets = new Set<Socket>();
  #server: Server | null = null;
  #port = 0;

  get port(): number {
    return this.#port;
  }

  async plug(): Promise<void> {
    if (this.#server !== null) return;
    this.#server = createServer((socket) => {
      this.#sockets.add(socket);
      socket.setNoDelay(true);
      socket.on("error", () => {});
      socket.on("data", (bytes) => (this.heard += bytes.toString("latin1")));
    });
    this.#server.listen(this.#port, "127.0.0.1");
    await once(this.#server, "listening");
    const address = this.#server.address();
    assert(address !== null && typeof address === "object", "a port was bound");
    this.#port = address.port;
  }

  async unplug(): Promise<void> {
    const server = this.#server;
    this.#server = null;
    for (const socket of this.#sockets) socket.destroy();
    this.#sockets.clear();
    if (server === null) return;
    server.close();
    await once(server, "close");
  }

  say(text: string): void {
    for (const socket of this.#sockets) socket.write(Buffer.from(text, "latin1"));
  }
}

byteLinkContract("TCP", async () => {
  const device = new NetworkDevice();
  await device.plug();
  await device.unplug();
  const link = createTcpLink({ host: "127.0.0.1", port: device.port, clock: systemClock });
  return {
    link,
    plug: () => device.plug(),
    unplug: () => device.unplug(),
    say: (text) => device.say(text),
    heard: () => device.heard,
    until: async (what, holds) => {
      for (let step = 0; step < 1000 && !holds(); step += 1) await sleep(10);
      assert(holds(), `within ten seconds: ${what}`);
    },
    linger: () => sleep(1000),
    afterwards: async () => {
      await device.plug();
      await sleep(300);
    },
    release: async () => {
      await link.close();
      await device.unplug();
    },
  };
});

test("bytes that came before anybody listened are not lost", async () => {
  const device = new NetworkDevice();
  await device.plug();
  const opened = await openTcpChannel("127.0.0.1", device.port, systemClock);
  assert(opened.ok, "the device is there");
  await sleep(50);
  device.say("early");
  await sleep(50);
  let said = "";
  opened.value.listen({ onBytes: (chunk) => (said += Buffer.from(chunk).toString("latin1")), onLost: () => {} });
  for (let step = 0; step < 200 && said === ""; step += 1) await sleep(10);
  expect(said).toBe("early");
  await opened.value.close();
  await device.unplug();
});

test("a device that takes nothing does not fill the memory: what is too much is dropped whole", async () => {
  const device = new NetworkDevice();
  await device.plug();
  const opened = await openTcpChannel("127.0.0.1", device.port, systemClock);
  assert(opened.ok, "the device is there");
  opened.value.write(new Uint8Array(TCP_PENDING_BYTES_MAX + 1));
  opened.value.write(Buffer.from("small"));
  for (let step = 0; step < 200 && device.heard === ""; step += 1) await sleep(10);
  expect(device.heard).toBe("small");
  await opened.value.close();
  await device.unplug();
});

test("an address that does not answer is given up, and leaves nothing behind", async () => {
  const clock = new VirtualClock();
  const opening = openTcpChannel("192.0.2.1", 9, clock); // TEST-NET-1: nobody is there.
  clock.advance(milliseconds(3000));
  const opened = await opening;
  expect(opened.ok).toBe(false);
  expect(clock.pending).toBe(0);
});

test.each([
  ["ECONNREFUSED", "absent"],
  ["EAI_AGAIN", "absent"],
  ["EACCES", "denied"],
  ["EMFILE", "failed"],
])("%s means %s", (code, fault) => {
  expect(faultOf(code)).toBe(fault);
});
