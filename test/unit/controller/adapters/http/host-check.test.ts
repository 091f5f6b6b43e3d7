import { expect, test } from "vitest";
import { hostCheck } from "../../../../../controller/adapters/http/host-check.ts";

// Which Host headers name this controller: the loopback's, its own address, the configured names, with any port.

test.each([
  ["127.0.0.1", [], "127.0.0.1:8080", true],
  ["127.0.0.1", [], "localhost", true],
  ["127.0.0.1", [], "[::1]:8080", true],
  ["127.0.0.1", [], "192.0.2.7", false],
  ["192.0.2.7", [], "192.0.2.7:80", true],
  ["0.0.0.0", [], "0.0.0.0", false],
  ["0.0.0.0", ["hall.example"], "hall.example:8080", true],
  ["::", ["2001:db8::1"], "[2001:db8::1]:8080", true],
  ["127.0.0.1", ["hall.example"], "HALL.EXAMPLE", true],
  ["127.0.0.1", ["hall.example"], "hall.example.evil.example", false],
  ["127.0.0.1", ["hall.example"], "evil.example:hall.example", false],
  ["127.0.0.1", [], "localhost:80:80", false],
  ["127.0.0.1", [], "", false],
  ["127.0.0.1", [], undefined, false],
])("bound to %s, named %j: %s -> %s", (boundTo, names, host, ours) => {
  expect(hostCheck(boundTo, names)(host)).toBe(ours);
});
