// Readers' bytes against published and computed vectors; one card has one canonical value whatever reads it.
import { describe, expect, test } from "vitest";
import {
  badgeOf,
  identifierOfDecimal,
  identifierOfFacilityNumber,
  identifierOfHex,
} from "../../../hardware/codecs/badge-form.ts";
import { cardOfReport, reportOfCard } from "../../../hardware/codecs/hid-badge.ts";
import { bootReport } from "../../../hardware/codecs/boot-keyboard.ts";
import { buzzerFor, cardOfFormatted, cardOfRaw, ledFor } from "../../../hardware/codecs/osdp-messages.ts";
import { decodeOsdp, encodeOsdp, OSDP_START, type OsdpPacket } from "../../../hardware/codecs/osdp-packet.ts";
import { cardOfTarget, pn532Look, pn532Normal, pn532Version } from "../../../hardware/codecs/pn532-commands.ts";
import { decodePn532, PN532_ACK, PN532_ERROR, PN532_START } from "../../../hardware/codecs/pn532-frame.ts";
import { decodeRdm6300, encodeRdm6300, RDM6300_START } from "../../../hardware/codecs/rdm6300.ts";
import { decodeWedge, endWedge, TEN_DIGITS, WEDGE_START, wedgeReports } from "../../../hardware/codecs/wedge-keys.ts";
import { bridgeStream } from "../../../hardware/codecs/wiegand-bridge.ts";
import { identifierOfWiegand, wiegandOf } from "../../../hardware/codecs/wiegand.ts";
import { canonicalBadge } from "../../../hardware/ports/badge-reader.ts";

const hex = (text: string): Uint8Array => Uint8Array.from(Buffer.from(text.replaceAll(" ", ""), "hex"));
const text = (bytes: Uint8Array): string => Buffer.from(bytes).toString("hex").toUpperCase();

describe("one card, one value", () => {
  test("an EM4100 card is the same by RDM6300, printed number, 8H, and 3+5 where the fourth byte is zero", () => {
    const [, [frame]] = decodeRdm6300(RDM6300_START, encodeRdm6300(canonicalBadge("0086F444")));
    const forms = [
      frame?.kind === "tag" ? frame.tag : null,
      badgeOf(identifierOfDecimal("0008844356") ?? []),
      badgeOf(identifierOfHex("0086F444") ?? []),
      badgeOf(identifierOfFacilityNumber("134,62532") ?? []),
      badgeOf(identifierOfFacilityNumber("13462532") ?? []),
    ];
    expect(new Set(forms)).toEqual(new Set(["0086F444"]));
  });

  test("in a hall with a reader of 24 bits all others keep three bytes", () => {
    const form = { reversed: false, keep: { bytes: 3, of: "end" } } as const;
    expect(badgeOf([0x7a, 0x86, 0xf4, 0x44], form)).toBe("0086F444");
    expect(badgeOf([0x86, 0xf4, 0x44], form)).toBe("0086F444");
  });

  test("a model that sends the last byte first is turned round before bytes are left out", () => {
    const form = { reversed: true, keep: { bytes: 3, of: "end" } } as const;
    expect(badgeOf([0x44, 0xf4, 0x86, 0x7a], form)).toBe("0086F444");
    expect(badgeOf([1, 2, 3, 4, 5, 6, 7], { reversed: false, keep: { bytes: 4, of: "start" } })).toBe("01020304");
  });

  test.each([[[]], [[0, 0, 0, 0]], [[1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11]]])("%j is no card", (identifier) => {
    expect(badgeOf(identifier)).toBeNull();
  });

  test("numbers that no card has are none", () => {
    expect(identifierOfFacilityNumber("256,00001")).toBeNull();
    expect(identifierOfFacilityNumber("001,65536")).toBeNull();
    expect(identifierOfDecimal("12a")).toBeNull();
    expect(badgeOf(identifierOfDecimal("9".repeat(24)) ?? [])).toMatch(/^[0-9A-F]{20}$/u);
  });
});

describe("Wiegand", () => {
  test("facility 23, number 4567", () => {
    expect(wiegandOf([23, 4567 >>> 8, 4567 & 255])).toBe("10001011100010001110101110");
    expect(identifierOfWiegand("10001011100010001110101110")).toEqual({ ok: true, value: [23, 0x11, 0xd7] });
  });

  test("a single wrong bit, wherever, is found", () => {
    for (const bits of [wiegandOf([23, 0x11, 0xd7]), wiegandOf([0xde, 0xad, 0xbe, 0xef])]) {
      for (let at = 0; at < bits.length; at += 1) {
        const wrong = bits.slice(0, at) + (bits[at] === "0" ? "1" : "0") + bits.slice(at + 1);
        expect(identifierOfWiegand(wrong)).toEqual({ ok: false, error: "parity" });
      }
    }
  });

  test.each(["", "1", "0".repeat(27)])("%j has no length of ours", (bits) => {
    expect(identifierOfWiegand(bits)).toEqual({ ok: false, error: "length" });
  });

  test("a bridge's decimal line needs all its digits; a spare bit that is set is no frame", () => {
    const decimal = bridgeStream({ format: "decimal-line", content: "identifier", digits: 10 });
    const say = (line: string) => decimal.decode(decimal.start, new TextEncoder().encode(line))[1];
    expect(say("0008844356\r")).toEqual([{ kind: "card", identifier: [0, 0x86, 0xf4, 0x44] }]);
    expect(say("008844356\r")).toEqual([{ kind: "bad", reason: "framing" }]);
    const counted = bridgeStream({ format: "counted-bits", bits: 26 });
    expect(counted.decode(counted.start, hex("1A 8B88EB80"))[1]).toEqual([
      { kind: "card", identifier: [23, 0x11, 0xd7] },
    ]);
    expect(counted.decode(counted.start, hex("1A 8B88EB81"))[1]).toEqual([{ kind: "bad", reason: "framing" }]);
    expect(counted.decode(counted.start, hex("1A 8B88EBC0"))[1]).toEqual([{ kind: "bad", reason: "checksum" }]);
    // What was out of step stays unread up to a silence, though a card seems to stand in it.
    expect(counted.decode(counted.start, hex("00 1A 8B88EB80"))[1]).toEqual([{ kind: "bad", reason: "noise" }]);
  });
});

describe("OSDP on the line", () => {
  const poll = (address: number, check: "crc" | "checksum"): OsdpPacket => ({
    address,
    reply: false,
    sequence: 0,
    check,
    security: null,
    code: 0x60,
    data: new Uint8Array(),
    mac: null,
  });

  test.each([
    [0, "crc", "530008000460EBAA"],
    [0x65, "crc", "5365080004606090"],
    [0, "checksum", "53000700006046"],
  ] as const)("a poll to %i with its %s", (address, check, bytes) => {
    expect(text(encodeOsdp(poll(address, check)))).toBe(bytes);
  });

  test("a card of 26 bits", () => {
    const [, words] = decodeOsdp(OSDP_START, hex("FF 53 80 10 00 04 50 00 01 1A 00 8B 88 EB 80 F8 01"));
    const [word] = words;
    expect(words).toHaveLength(1);
    expect(word?.kind === "packet" && cardOfRaw(word.packet.data)).toEqual({
      kind: "card",
      identifier: [23, 0x11, 0xd7],
    });
  });

  test("bits that are no whole card are refused, digits are read both ways", () => {
    expect(cardOfRaw(hex("00 01 1A 00 8B 88 EB C0"))).toEqual({ kind: "bad", reason: "checksum" });
    expect(cardOfRaw(hex("00 00 19 00 8B 88 EB 80"))).toEqual({ kind: "bad", reason: "framing" });
    expect(cardOfRaw(hex("00 00 38 00 04 11 22 33 44 55 66"))).toMatchObject({ kind: "card" });
    const digits = [...Buffer.from("0008844356")];
    expect(cardOfFormatted(Uint8Array.from([0, 0, 10, ...digits]), "decimal")).toMatchObject({ kind: "card" });
    expect(cardOfFormatted(Uint8Array.from([0, 1, 10, ...digits.toReversed()]), "decimal")).toEqual({
      kind: "card",
      identifier: [0, 0x86, 0xf4, 0x44],
    });
    expect(cardOfFormatted(Uint8Array.from([0, 0, 9, ...digits]), "decimal")).toMatchObject({ kind: "bad" });
  });

  test("lamp and buzzer", () => {
    expect(text(ledFor("green", 1000))).toBe("0000020A0002000A000000000000");
    expect(text(buzzerFor(2, 100, 100))).toBe("0002010102");
  });
});

describe("PN532", () => {
  test("commands as published", () => {
    expect(text(pn532Version())).toBe("0000FF02FED4022A00");
    expect(text(pn532Normal())).toBe("0000FF05FBD4140114010200");
    expect(text(pn532Look())).toBe("0000FF04FCD44A0100E100");
  });

  test("acknowledgement and error", () => {
    expect(decodePn532(PN532_START, Uint8Array.from([...PN532_ACK, ...PN532_ERROR]))[1]).toEqual([
      { kind: "ack" },
      { kind: "error" },
    ]);
  });

  test("a target's identifier; a random one names nobody", () => {
    expect(cardOfTarget(hex("01 01 0004 08 04 DEADBEEF"))).toEqual({
      kind: "card",
      identifier: [0xde, 0xad, 0xbe, 0xef],
    });
    expect(cardOfTarget(hex("01 01 0344 20 07 04112233445566"))).toMatchObject({ kind: "card" });
    expect(cardOfTarget(hex("00"))).toBeNull();
    expect(cardOfTarget(hex("01 01 0004 20 04 08112233"))).toBeNull();
    expect(cardOfTarget(hex("01 01 0004 08 04 DEADBE"))).toEqual({ kind: "bad", reason: "framing" });
  });
});

describe("readers that are keyboards or raw devices", () => {
  const typed = (reports: readonly Uint8Array[]) => {
    let state = WEDGE_START;
    return reports.flatMap((report) => {
      const [next, words] = decodeWedge(TEN_DIGITS, state, report);
      state = next;
      return words;
    });
  };

  test("ten digits and Enter, equal ones side by side", () => {
    expect(typed(wedgeReports("0008844356"))).toEqual([{ kind: "card", identifier: [0, 0x86, 0xf4, 0x44] }]);
  });

  test("a key that stays down is one digit; one too few is no card; letters are noise", () => {
    expect(typed(wedgeReports("0008844356").flatMap((report) => [report, report]))).toMatchObject([{ kind: "card" }]);
    expect(typed(wedgeReports("008844356"))).toEqual([{ kind: "bad", reason: "framing" }]);
    expect(typed([bootReport([0x1d]), ...wedgeReports("0008844356")])).toEqual([{ kind: "bad", reason: "noise" }]);
  });

  test("what was begun is dropped by a silence", () => {
    const [state] = decodeWedge(TEN_DIGITS, WEDGE_START, bootReport([0x1e]));
    expect(endWedge(state)[1]).toEqual([{ kind: "bad", reason: "framing" }]);
    expect(endWedge(WEDGE_START)[1]).toEqual([]);
  });

  test("a described report, in both byte orders", () => {
    for (const endian of ["big", "little"] as const) {
      const description = { reportId: 3, offset: 5, length: 4, endian };
      expect(cardOfReport(description, reportOfCard(description, [1, 2, 3, 4]))).toEqual({
        kind: "card",
        identifier: [1, 2, 3, 4],
      });
      expect(cardOfReport(description, Uint8Array.of(4, 0))).toBeNull();
      expect(cardOfReport(description, Uint8Array.of(3, 0))).toEqual({ kind: "bad", reason: "framing" });
    }
  });
});
