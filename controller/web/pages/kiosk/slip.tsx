import type { KioskPicture } from "../../../projections/kiosk-picture.ts";
import { calendarDay, clockTime, type Words } from "../../design/design.ts";
import type { KioskTicket } from "./kiosk-flow.ts";
import { aheadWords, turnWords } from "./kiosk-words.ts";

interface SlipProps {
  readonly ticket: KioskTicket;
  readonly picture: KioskPicture | null;
  readonly priority: string | null;
}

const Line = ({ zh, en }: Words) => (
  <p>
    {zh}
    {en !== "" && en !== zh && <small>{en}</small>}
  </p>
);

/** The paper, 80 mm wide: seen by the printer alone, in both languages. A number, and nothing about a person. */
export function Slip({ ticket, picture, priority }: SlipProps) {
  const service = picture?.services.find(({ id }) => id === ticket.service)?.name;
  const privileged = picture?.priorities.find(({ id }) => id === priority)?.name;
  const booked = turnWords(ticket.turn);
  const issuedMs = Date.parse(ticket.issuedAt);
  const { year, month, day } = calendarDay(issuedMs);
  return (
    <article class="slip" aria-hidden="true">
      {picture !== null && <Line {...picture.hall} />}
      <p class="slip-number">{ticket.number}</p>
      <p class="slip-check">
        校验码 Code <strong>{ticket.check}</strong>
      </p>
      {service !== undefined && <Line {...service} />}
      {booked !== null && <Line {...booked} />}
      {privileged !== undefined && <Line {...privileged} />}
      <Line {...aheadWords(ticket.ahead)} />
      <Line
        zh="请留意叫号屏和语音；过号可凭号码和校验码在任一取号机恢复排队"
        en="Watch the board and listen. Missed? Any kiosk, with number and code"
      />
      <p>
        {year}-{String(month).padStart(2, "0")}-{String(day).padStart(2, "0")} {clockTime(issuedMs)}
      </p>
    </article>
  );
}
