import type { KioskPicture, KioskService } from "../../../projections/kiosk-picture.ts";
import { Bi, pageClock, useLanguage, type Words, wordsIn } from "../../design/design.ts";
import type { KioskInput } from "./kiosk-flow.ts";
import { closureWords, hoursWords, leftWords, waitingWords } from "./kiosk-words.ts";
import { drawKey } from "./use-kiosk.ts";

type Take = (input: KioskInput) => void;

interface ServicesProps {
  readonly picture: KioskPicture;
  readonly priority: string | null;
  readonly nowMs: number;
  readonly take: Take;
}

export function Services({ picture, priority, nowMs, take }: ServicesProps) {
  const hours = hoursWords(picture, nowMs);
  const chosen = picture.priorities.find(({ id }) => id === priority);
  return (
    <section class="start">
      <header class="start-head">
        <h2>
          <Bi zh="请选择业务" en="Choose a service" />
        </h2>
        {hours !== null && (
          <p class={picture.open ? "chip good" : "chip pause"}>
            <Bi {...hours} />
          </p>
        )}
        {picture.notice !== undefined && (
          <p class="chip">
            <Bi {...picture.notice} />
          </p>
        )}
      </header>
      {chosen !== undefined && <ChosenPriority name={chosen.name} reason={chosen.reason} take={take} />}
      <ul class={picture.services.length > 8 ? "services many" : "services"}>
        {picture.services.map((service) => (
          <li key={service.id}>
            <Service service={service} nowMs={nowMs} take={take} />
          </li>
        ))}
      </ul>
      <div class="buttons more">
        {picture.priorities.length > 0 && chosen === undefined && (
          <button
            type="button"
            class="button big"
            onClick={() => take({ type: "priorities-touched", atMs: pageClock.now() })}
          >
            <Bi zh="优先取号" en="Priority ticket" />
          </button>
        )}
        {picture.bookingDigits !== undefined && <BookingButton digits={picture.bookingDigits} take={take} />}
        <button
          type="button"
          class="button big"
          onClick={() => take({ type: "pad-touched", forms: picture.numbers, atMs: pageClock.now() })}
        >
          <Bi zh="过号恢复排队" en="Missed your call?" />
        </button>
      </div>
    </section>
  );
}

const BookingButton = ({ digits, take }: { readonly digits: number; readonly take: Take }) => (
  <button
    type="button"
    class="button big"
    onClick={() => take({ type: "booking-touched", digits, atMs: pageClock.now() })}
  >
    <Bi zh="预约取号" en="You have an appointment?" />
  </button>
);

function Service({
  service,
  nowMs,
  take,
}: {
  readonly service: KioskService;
  readonly nowMs: number;
  readonly take: Take;
}) {
  const closed = closureWords(service, nowMs);
  if (closed !== null) {
    return (
      <div class="service closed">
        <ServiceName name={service.name} />
        <span class="service-state stacked">
          {closed.map((words) => (
            <span key={words.zh} class="stacked">
              <Bi {...words} />
            </span>
          ))}
        </span>
      </div>
    );
  }
  const touch = (): void =>
    take({ type: "service-touched", service: service.id, key: drawKey(), atMs: pageClock.now() });
  return (
    <button type="button" class="service" onClick={touch}>
      <ServiceName name={service.name} />
      <span class="service-state stacked">
        <Bi {...waitingWords(service.waiting)} />
        {service.left !== null && (
          <span class="left">
            <Bi {...leftWords(service.left)} />
          </span>
        )}
      </span>
    </button>
  );
}

const ServiceName = ({ name }: { readonly name: Words }) => (
  <span class="service-name stacked">
    <Bi {...name} />
  </span>
);

function ChosenPriority({ name, reason, take }: { readonly name: Words; readonly reason: Words; readonly take: Take }) {
  const language = useLanguage();
  return (
    <div class="note chosen">
      <p>
        <strong>
          <Bi zh="优先取号" en="Priority ticket" />：
          <Bi {...name} />
        </strong>
        <br />
        {wordsIn(language, reason)}
      </p>
      <button
        type="button"
        class="button"
        onClick={() => take({ type: "priority-touched", priority: null, atMs: pageClock.now() })}
      >
        <Bi zh="取消优先" en="No priority" />
      </button>
    </div>
  );
}

/** Each class with the reason for which it goes first: everybody who waits may read it (QUE-04). */
export function Priorities({ picture, take }: { readonly picture: KioskPicture | null; readonly take: Take }) {
  return (
    <section class="start">
      <h2>
        <Bi zh="请选择优先类别" en="Choose a priority class" />
      </h2>
      <ul class="services">
        {picture?.priorities.map(({ id, name, reason }) => (
          <li key={id}>
            <button
              type="button"
              class="service"
              onClick={() => take({ type: "priority-touched", priority: id, atMs: pageClock.now() })}
            >
              <ServiceName name={name} />
              <span class="service-state stacked">
                <Bi {...reason} />
              </span>
            </button>
          </li>
        ))}
      </ul>
      <div class="buttons more">
        <button type="button" class="button big" onClick={() => take({ type: "done-touched", atMs: pageClock.now() })}>
          <Bi zh="返回" en="Back" />
        </button>
      </div>
    </section>
  );
}
