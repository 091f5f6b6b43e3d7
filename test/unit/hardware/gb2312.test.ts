// GB 2312 is exactly what a card's font ROM has: names outside of it are told, never sent as codes of a larger set.
import { expect, test } from "vitest";
import { encodeGb2312, gb2312Table, isGb2312 } from "../../../hardware/codecs/gb2312.ts";

const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString("hex");

test("the table has the 7,445 characters of the standard, all in its range", () => {
  const codes = [...gb2312Table().values()];
  expect(codes).toHaveLength(7445);
  expect(codes.every((code) => code >= 0xa1a1 && code <= 0xf7fe && (code & 0xff) >= 0xa1)).toBe(true);
});

test("text is its bytes, ASCII as it is", () => {
  const { bytes, outside } = encodeGb2312("3号窗口 A");
  expect([hex(bytes), outside]).toEqual(["33bac5b4b0bfda2041", []]);
});

test.each(["喆", "堃", "珺", "玥", "䶮", "€", "︐", "😀"])(
  "%s is outside: told once, a substitute in its place",
  (name) => {
    const { bytes, outside } = encodeGb2312(`陈${name}${name}`);
    expect(outside).toEqual([name]);
    expect(hex(bytes)).toBe("b3c2a1f5a1f5");
    expect(isGb2312(name)).toBe(false);
  },
);

test("control characters go, and names of minorities keep their dot", () => {
  expect(hex(encodeGb2312("a\u0000\nb").bytes)).toBe("6162");
  expect(encodeGb2312("买买提·吐尔逊").outside).toEqual([]);
});
