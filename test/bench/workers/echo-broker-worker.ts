import { createServer as createPlainServer, type AddressInfo, type Server } from "node:net";
import { createServer as createTlsServer } from "node:tls";
import { Aedes } from "aedes";
import { TestAuthority } from "../../support/test-authority.ts";
import { serveOrders } from "../worker.ts";

// A broker as it comes, without any of the product's code: what a message costs at least. TCP_NODELAY on both ends,
// as the product has it: without it the plain figure would be forty times as large.

const aedes = await Aedes.createBroker();
const authority = await TestAuthority.create();
const server = await authority.server();
const client = await authority.client("bench");

const plain = createPlainServer({ noDelay: true }, (socket) => void aedes.handle(socket));
const secure = createTlsServer(
  {
    key: server.key,
    cert: server.certificate,
    ca: authority.certificate,
    requestCert: true,
    rejectUnauthorized: true,
    minVersion: "TLSv1.3",
    noDelay: true,
  },
  (socket) => void aedes.handle(socket),
);

const listening = (entrance: Server): Promise<number> =>
  new Promise((resolve) => entrance.listen(0, "127.0.0.1", () => resolve((entrance.address() as AddressInfo).port)));

const orders = {
  open: async () => ({
    plainPort: await listening(plain),
    securePort: await listening(secure),
    credentials: { key: client.key, cert: client.certificate, ca: authority.certificate },
  }),
};
export type EchoBrokerOrders = typeof orders;
serveOrders(orders);
