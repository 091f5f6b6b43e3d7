import { BlockList, isIP } from "node:net";

const LOOPBACK = new BlockList();
LOOPBACK.addSubnet("127.0.0.0", 8, "ipv4"); // Also as ::ffff:127.0.0.1, which a dual-stack socket says.
LOOPBACK.addAddress("::1", "ipv6");

/** Whether a peer's address is of this machine itself, so that nobody else has seen what it sends. */
export const isLoopback = (address: string | undefined): boolean =>
  address !== undefined && isIP(address) !== 0 && LOOPBACK.check(address, isIP(address) === 6 ? "ipv6" : "ipv4");
