// A sign has power of its own: what it shows once nobody tells it anything any more is the sign's own affair.
import { spawn } from "node:child_process";
import { once } from "node:events";
import { expect, test } from "vitest";
import { SIGN_STALE_AFTER } from "../../../../hardware/drivers/sign-times.ts";
import { systemClock } from "../../../../hardware/system/system-clock.ts";
import { elapsed, milliseconds, seconds } from "../../../../protocol/base/time.ts";
import { faceOf } from "../../../contract/nameplate-contract.ts";
import { SerialGadget } from "./serial-gadget.ts";
import { cardOn, fontSignAt } from "./sign-contracts.ts";
import { passed, until } from "./time.ts";

/** The sign of the process that is killed, and what it shows. */
export const HELD_SIGN = { gadget: "held-sign", ticket: "A012" } as const;

/** A page counts from when the card has it, which is a little later than when it was sent. */
const BLANK_WITHIN = milliseconds(SIGN_STALE_AFTER + 500);

async function signOf(name: string) {
  const gadget = new SerialGadget(name);
  const { card, hearing } = await cardOn(gadget);
  const shows = (ticket: string) => (): boolean => card.rows().some((row) => row.startsWith(ticket));
  const isBlank = (): boolean => card.rows().every((row) => row === "");
  const release = async (): Promise<void> => {
    hearing.stop();
    card.cutPower();
    await gadget.release();
    expect(card.complaints).toEqual([]);
  };
  return { gadget, shows, isBlank, release };
}

export function signTests(): void {
  test("a sign whose cable is pulled goes blank by itself, and shows the newest face once it is back", async () => {
    const { gadget, shows, isBlank, release } = await signOf("sign");
    const plate = fontSignAt(gadget.path);
    try {
      await plate.open({ onHealth: () => {} });
      plate.show(faceOf("A012"));
      await until("A012", shows("A012"));
      await passed(SIGN_STALE_AFTER);
      expect(shows("A012")(), "renewed").toBe(true);
      const pulled = systemClock.mono();
      await gadget.unplug();
      plate.show(faceOf("A013"));
      expect(isBlank(), "at once").toBe(false);
      await until("blank", isBlank);
      expect(elapsed(pulled, systemClock.mono()), "ms to the blank sign").toBeLessThan(BLANK_WITHIN);
      await gadget.plug();
      await until("A013", shows("A013"));
    } finally {
      await plate.close();
      await release();
    }
  });

  test("a terminal that is killed leaves a blank sign, and the next one has it at once", async () => {
    const { gadget, shows, isBlank, release } = await signOf(HELD_SIGN.gadget);
    const child = spawn(process.execPath, [process.argv[1] ?? "", "--hold", "serial"], { stdio: "inherit" });
    const exit = once(child, "exit");
    const next = fontSignAt(gadget.path);
    try {
      await until("the face", shows(HELD_SIGN.ticket));
      child.kill("SIGKILL");
      await exit;
      await until("blank", isBlank);
      await next.open({ onHealth: () => {} });
      next.show(faceOf("A013"));
      const opened = systemClock.mono();
      await until("A013", shows("A013"));
      expect(elapsed(opened, systemClock.mono()), "ms to the new face").toBeLessThan(seconds(2));
    } finally {
      child.kill("SIGKILL");
      await next.close();
      await release();
    }
  });
}
