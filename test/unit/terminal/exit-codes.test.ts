import { expect, test } from "vitest";
import { EXIT_CODES as CONTROLLER_CODES } from "../../../controller/exit-codes.ts";
import { HallError } from "../../../protocol/index.ts";
import { EXIT_CODES, exitCodeOf } from "../../../terminal/exit-codes.ts";

// Proves that the counter's box ends with the same codes as the `hallward` command: its unit decides by them.

test("each code is the controller's for the same error", () => {
  for (const [code, exit] of Object.entries(EXIT_CODES)) expect([code, CONTROLLER_CODES[code]]).toEqual([code, exit]);
});

test("a refused configuration, or a badge reader's key, is for a person to mend", () => {
  for (const code of ["CONFIG_REFUSED", "OSDP_KEY_MALFORMED"]) expect(exitCodeOf(new HallError(code, ""))).toBe(78);
});
