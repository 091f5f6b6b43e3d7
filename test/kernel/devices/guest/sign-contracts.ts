import { createAlphaNameplate } from "../../../../hardware/drivers/alpha-nameplate.ts";
import { createBxFontPainter } from "../../../../hardware/drivers/bx-font-painter.ts";
import { createBxPicturePainter } from "../../../../hardware/drivers/bx-picture-painter.ts";
import { SIGN_LAYOUTS } from "../../../../hardware/drivers/sign-layouts.ts";
import { createSignNameplate } from "../../../../hardware/drivers/sign-nameplate.ts";
import type { SignPainter } from "../../../../hardware/drivers/sign-painter.ts";
import { createSerialLink } from "../../../../hardware/links/serial-link.ts";
import type { Nameplate } from "../../../../hardware/ports/nameplate.ts";
import { systemClock } from "../../../../hardware/system/system-clock.ts";
import { seconds } from "../../../../protocol/base/time.ts";
import { AlphaSign } from "../../../../simulator/wire/alpha-sign.ts";
import { BxCard } from "../../../../simulator/wire/bx-card.ts";
import { nameplateContract, type NameplateRig } from "../../../contract/nameplate-contract.ts";
import { fontOf, isWrittenOn } from "../../../support/test-glyphs.ts";
import { expect } from "vitest";
import { SerialGadget } from "./serial-gadget.ts";
import { loud, passed, until } from "./time.ts";

const clock = systemClock;
const BAUD_RATE = 57_600;
/** Longer than any sign is left without being told its page again, but for Alpha's. */
const LONG_SHOWN = seconds(5);

export const SIGN_LAYOUT = SIGN_LAYOUTS["128x32"];
const FONT_PAINTER = { layout: SIGN_LAYOUT, generation: 6, colours: 3 } as const;

const linkTo = (path: string) => createSerialLink({ path, baudRate: BAUD_RATE, clock, log: loud });

/** The product's nameplate on an Onbon font card at that line. */
export const fontSignAt = (path: string, painter: SignPainter = createBxFontPainter(FONT_PAINTER)): Nameplate =>
  createSignNameplate({ link: linkTo(path), clock, layout: SIGN_LAYOUT, painter });

/** An Onbon card at the far end of a cable, plugged in. */
export async function cardOn(gadget: SerialGadget, family: "font" | "picture" = "font") {
  const card = new BxCard({ family, ...SIGN_LAYOUT, clock, say: (bytes) => gadget.say(bytes) });
  const hearing = gadget.listen((bytes) => card.hear(bytes));
  await gadget.plug();
  return { card, hearing };
}

/** A sign that has its power from the same cable. */
interface FarSign {
  readonly complaints: readonly string[];
  readonly taken: number;
  cutPower(): void;
}

/** The product's plate, a sign, the cable between them. */
function rigOf(
  gadget: SerialGadget,
  plate: Nameplate,
  sign: FarSign,
  hearing: { now(): void; stop(): void },
): Omit<NameplateRig, "shows"> {
  return {
    plate,
    sent() {
      hearing.now();
      return sign.taken;
    },
    async unplug() {
      await gadget.unplug();
      sign.cutPower();
    },
    plug: () => gadget.plug(),
    pass: passed,
    until,
    longShown: LONG_SHOWN,
    async release() {
      hearing.stop();
      await plate.close();
      sign.cutPower();
      await gadget.release();
      expect(sign.complaints).toEqual([]);
    },
  };
}

/** The contract of a nameplate, for every kind of sign that hangs on a serial line. */
export function signContracts(name: string): void {
  nameplateContract(`Onbon 6K in colours, ${name}`, async () => {
    const gadget = new SerialGadget("sign");
    const { card, hearing } = await cardOn(gadget);
    return {
      ...rigOf(gadget, fontSignAt(gadget.path), card, hearing),
      shows: (ticket) => card.rows().some((row) => row.startsWith(ticket)),
    };
  });

  nameplateContract(`Onbon 6E, ${name}`, async () => {
    const gadget = new SerialGadget("picture");
    const { card, hearing } = await cardOn(gadget, "picture");
    const painter = createBxPicturePainter({ layout: SIGN_LAYOUT, glyphs: fontOf("一") });
    return {
      ...rigOf(gadget, fontSignAt(gadget.path, painter), card, hearing),
      shows: (ticket) => isWrittenOn(card.picture(), ticket),
    };
  });

  nameplateContract(`Alpha, ${name}`, async () => {
    const gadget = new SerialGadget("alpha");
    const sign = new AlphaSign();
    const hearing = gadget.listen((bytes) => sign.hear(bytes));
    await gadget.plug();
    const plate = createAlphaNameplate({ link: linkTo(gadget.path), clock, columns: 15, rows: 1 });
    return {
      ...rigOf(gadget, plate, sign, hearing),
      shows: (ticket) => sign.pages.some((page) => page.startsWith(ticket)),
    };
  });
}
