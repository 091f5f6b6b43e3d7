import { expect, test } from "vitest";
import { decodeMessage, encodeMessage, WIRE } from "../../../../protocol/index.ts";
import { dialectOf, said, understood } from "../../../../simulator/network/dialect.ts";

const ACK = encodeMessage(WIRE.ack.schema, {
  v: 1,
  epoch: 3,
  stream: "00000000-0000-4000-8000-000000000000",
  upTo: 7,
  refused: [{ seq: 7, code: "too-late", text: { zh: "按键超时", en: "Too late" } }],
  now: 1_000,
  clockTrusted: true,
});

test("what a newer minor version says is read as if it had said no more than we know", () => {
  const text = said("newer", ACK);
  expect(dialectOf(text)).toBe("newer");
  expect(decodeMessage(WIRE.ack.schema, text)).toEqual(decodeMessage(WIRE.ack.schema, ACK));
});

test("what another major version says is refused by its version, either way", () => {
  for (const text of [said("foreign", ACK), understood("foreign", ACK)]) {
    expect(dialectOf(text)).toBe("foreign");
    expect(decodeMessage(WIRE.ack.schema, text)).toMatchObject({ ok: false, error: { code: "wrong-version" } });
  }
});

test("an older minor version knows nothing of optional fields, and reads the rest", () => {
  const read = decodeMessage(WIRE.ack.schema, understood("older", ACK));
  expect(read).toMatchObject({ ok: true, value: { upTo: 7, epoch: 3 } });
  expect(read.ok && read.value.refused).toBe(undefined);
});
