// Nobody is sent to a closed door: the ways between the pages are those that somebody's roles open.
import { expect, test } from "vitest";
import { OFFICE_PLACES, placesOf } from "../../../../../controller/web/pages/office/office-places.ts";
import { placesFor } from "../../../../../controller/web/pages/sign-in/places.ts";

const hrefs = (places: readonly { readonly href: string }[]) => places.map(({ href }) => href);

test.each([
  [null, false],
  [["staff"], false],
  [["staff", "head"], true],
  [["manager"], true],
  [["inspector"], true],
  [["office"], true],
])("%j sees the way to the sheet: %s", (roles, sees) => {
  const places = hrefs(placesOf(OFFICE_PLACES, roles === null ? null : { roles }));
  expect(places.includes("/sheet")).toBe(sees);
  expect(places).toEqual(expect.arrayContaining(["/record", "/today", "/leave", "/policy"]));
});

test("what comes late comes last, and moves nothing", () => {
  const atOnce = hrefs(placesOf(OFFICE_PLACES, null));
  expect(hrefs(OFFICE_PLACES).slice(0, atOnce.length)).toEqual(atOnce);
});

test("whoever signs in is shown the same, the appointment book, the hall and the board", () => {
  expect(hrefs(placesFor({ roles: ["staff"] }))).toEqual([
    "/appointments",
    "/record",
    "/today",
    "/leave",
    "/policy",
    "/board",
  ]);
  expect(hrefs(placesFor({ roles: ["manager"] }))).toContain("/hall");
});
