import type { Booked } from "../../../adapters/http/appointment-desk.ts";
import { Bi, calendarDay } from "../../design/design.ts";
import { spanOf } from "./booking-words.ts";

/** What the citizen writes down: nothing else is known of them. */
export function BookedNote({ booked }: { readonly booked: Booked }) {
  const { year, month, day } = calendarDay(booked.fromMs);
  return (
    <section class="card good booked-note" role="status">
      <h2>
        <Bi zh="预约成功" en="Booked" />
      </h2>
      <p class="ticket-number">{booked.number}</p>
      <p>
        <Bi zh="校验码" en="Code" /> <strong class="booked-check">{booked.check}</strong>
      </p>
      <p>
        {year}-{String(month).padStart(2, "0")}-{String(day).padStart(2, "0")} {spanOf(booked)}
      </p>
      <p>
        <Bi
          zh="请记下预约号和校验码，凭此在取号机取号；迟到则按现场顺序等候"
          en="Write both down: with them you take your ticket at the kiosk. Whoever is late waits in turn"
        />
      </p>
    </section>
  );
}
