import type { KioskPicture } from "../../../projections/kiosk-picture.ts";
import { Bi, pageClock, type Words } from "../../design/design.ts";
import type { KioskInput, PrintStep, TicketScreen } from "./kiosk-flow.ts";
import { aheadWords, turnWords } from "./kiosk-words.ts";

interface TicketViewProps {
  readonly screen: TicketScreen;
  readonly picture: KioskPicture | null;
  readonly priority: string | null;
  readonly take: (input: KioskInput) => void;
}

const ADVICE: { readonly [K in PrintStep]: Words } = {
  none: {
    zh: "请记住号码和校验码，留意叫号屏和语音",
    en: "Please remember number and code; watch the board and listen for the call",
  },
  printing: { zh: "正在打印号票…", en: "Printing your ticket…" },
  asked: { zh: "请取走号票，留意叫号屏和语音", en: "Please take your ticket; watch the board and listen for the call" },
  "given-up": {
    zh: "打印机没有出票，请记住号码和校验码，同样有效",
    en: "The printer gave no ticket. Please remember number and code: they are just as good",
  },
};

export function TicketView({ screen: { ticket, print }, picture, priority, take }: TicketViewProps) {
  const service = picture?.services.find(({ id }) => id === ticket.service)?.name;
  const privileged = picture?.priorities.find(({ id }) => id === priority)?.name;
  const booked = turnWords(ticket.turn);
  return (
    <section class="taken" role="status">
      <div class="taken-paper">
        <h2 class="stacked">
          <Bi zh="您的号码" en="Your number" />
        </h2>
        <p class="taken-number">{ticket.number}</p>
        <p class="taken-check">
          <Bi zh="校验码" en="Code" /> <strong>{ticket.check}</strong>
        </p>
      </div>
      <div class="taken-next">
        {service !== undefined && (
          <p class="taken-service">
            <Bi {...service} />
            {booked !== null && (
              <span class="chip act">
                <Bi {...booked} />
              </span>
            )}
            {privileged !== undefined && (
              <span class="chip call">
                <Bi {...privileged} />
              </span>
            )}
          </p>
        )}
        <p class="taken-ahead stacked">
          <Bi {...aheadWords(ticket.ahead)} />
        </p>
        <p class={print === "given-up" ? "note alarm stacked" : "note stacked"}>
          <Bi {...ADVICE[print]} />
        </p>
      </div>
      <TicketButtons print={print} take={take} />
    </section>
  );
}

function TicketButtons({ print, take }: { readonly print: PrintStep; readonly take: TicketViewProps["take"] }) {
  const done = (): void => take({ type: "done-touched", atMs: pageClock.now() });
  const missing = (): void => take({ type: "not-printed-touched", atMs: pageClock.now() });
  return (
    <div class="buttons more">
      {print === "asked" && (
        <button type="button" class="button big" onClick={missing}>
          <Bi zh="没有打印出来" en="Nothing was printed" />
        </button>
      )}
      {print !== "printing" && (
        <button type="button" class="button big primary" onClick={done}>
          {print === "given-up" ? <Bi zh="记住了" en="Noted" /> : <Bi zh="完成" en="Done" />}
        </button>
      )}
    </div>
  );
}
