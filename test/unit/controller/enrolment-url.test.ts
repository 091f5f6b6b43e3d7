import { expect, test } from "vitest";
import { enrolmentUrl } from "../../../controller/enrolment-url.ts";

// The address in a ticket is one that a terminal can use; when there is none, one line says what to set.

test.each([
  ["127.0.0.1", ["hall.example"], "http://127.0.0.1:8080/"],
  ["hall.example", [], "http://hall.example:8080/"],
  ["0.0.0.0", ["hall.example", "192.0.2.7"], "http://hall.example:8080/"],
  ["::", ["2001:db8::1"], "http://[2001:db8::1]:8080/"],
  ["::1", [], "http://[::1]:8080/"],
])("listening on %s as %j: %s", (host, names, url) => {
  expect(enrolmentUrl({ host, port: 8080 }, names)).toBe(url);
});

test.each(["0.0.0.0", "::"])("listening on %s without a name is refused in one line", (host) => {
  const line = /^http\.host is .*set names: [^\n]*$/u;
  expect(() => enrolmentUrl({ host, port: 8080 }, [])).toThrow(line);
});
