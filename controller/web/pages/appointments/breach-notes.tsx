import type { BreachList } from "../../../projections/appointment-pictures.ts";
import { Bi, calendarDay, clockTime, type Words } from "../../design/design.ts";
import { RuleIds } from "../office/rule-ids.tsx";
import { useAsked } from "../office/use-asked.ts";

type Breach = BreachList["breaches"][number];

const KIND_WORDS: { readonly [K in Breach["kind"]]: Words } = {
  "not-served": { zh: "未在预约时间内办理", en: "Not served in the booked time" },
  unattended: { zh: "预约时段无人到岗", en: "Nobody had badged in for the slot" },
};

/** HRS-21, HRS-24: a person judges whether there were special circumstances, and files what follows. */
export function BreachNotes() {
  const { value } = useAsked<BreachList>("/api/appointments/breaches");
  if (value === null || value.breaches.length === 0) return null;
  return (
    <section>
      <h2>
        <Bi zh="未履约清单" en="Not kept by the hall" />
      </h2>
      <ul class="bookings">
        {value.breaches.map((breach) => (
          <Line key={`${breach.number} ${breach.kind}`} breach={breach} />
        ))}
      </ul>
      <p>
        <Bi
          zh="有无特殊情况由人认定；需追责的，请登记工作失误"
          en="A person says whether there were special circumstances, and files an error if somebody is held liable"
        />{" "}
        <a href="/leave?file=finding">
          <Bi zh="登记" en="File it" />
        </a>
      </p>
    </section>
  );
}

function Line({ breach: { number, kind, service, fromMs, staff, rules, lifted } }: { readonly breach: Breach }) {
  const { month, day } = calendarDay(fromMs);
  return (
    <li class={lifted ? "note" : "note alarm"}>
      <strong>
        {month}-{day} {clockTime(fromMs)}
      </strong>{" "}
      {number} <Bi {...service.name} />：<Bi {...KIND_WORDS[kind]} /> {staff !== null && staff.name}{" "}
      {lifted && <Bi zh="（补传刷牌，已解除）" en="(lifted: a badge was heard late)" />} <RuleIds rules={rules} />
    </li>
  );
}
