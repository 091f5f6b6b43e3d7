import { Bi, clockTime } from "../../design/design.ts";
import type { DeskPicture } from "../../../projections/desk-picture.ts";
import type { DeskProps } from "./desk-props.ts";
import { minutesWords, PHASES, serviceWords, TONES } from "./desk-words.ts";

/** What stands on the nameplate: who, and in which state. */
export function Plate({ desk: { person, phase } }: { readonly desk: DeskPicture }) {
  return (
    <section class={`card plate ${TONES[phase]}`}>
      <h2 class="unseen">
        <Bi zh="铭牌" en="Nameplate" />
      </h2>
      {person === null ? (
        <p class="plate-person">
          <Bi zh="无人在岗" en="Nobody on duty" />
        </p>
      ) : (
        <p class="plate-person">
          <strong>{person.name}</strong> <Bi {...person.post} /> <span class="plate-staff">{person.number}</span>
          {person.cover && (
            <span class="chip act">
              <Bi zh="代岗" en="Cover" />
            </span>
          )}
        </p>
      )}
      <p class={`chip ${TONES[phase]}`}>
        <Bi {...PHASES[phase]} />
      </p>
    </section>
  );
}

export function AtHand({ desk, can, ask, act }: DeskProps) {
  const { visit } = desk;
  return (
    <section class={visit === null ? "card at-hand" : `card at-hand ${TONES[desk.phase]}`}>
      <h2>
        <Bi zh="当前号" en="Ticket at hand" />
      </h2>
      {visit === null ? <p class="ticket-number none">—</p> : <p class="ticket-number">{visit.number}</p>}
      <p class="at-hand-line">
        {visit !== null && (
          <>
            <Bi {...serviceWords(visit.service, desk)} />
            {visit.priority !== null && (
              <span class="chip call">
                <Bi {...visit.priority} />
              </span>
            )}
          </>
        )}
      </p>
      <p class="at-hand-line quiet">{visit !== null && <Times visit={visit} nowMs={desk.nowMs} />}</p>
      <div class="buttons">
        <button
          type="button"
          class="button"
          disabled={!can.sendOn}
          onClick={() => visit !== null && ask({ kind: "transfer", visit: visit.visit, number: visit.number })}
        >
          <Bi zh="转移…" en="Transfer…" />
        </button>
        <button
          type="button"
          class="button"
          disabled={!can.hold}
          onClick={() => visit !== null && act({ action: "hold", visit: visit.visit })}
        >
          <Bi zh="挂起" en="Hold" />
        </button>
        {desk.phase === "called" && visit !== null && !desk.ticketsOpen && (
          <button
            type="button"
            class="button danger"
            disabled={!can.decline}
            onClick={() => ask({ kind: "reason", action: "decline", ticket: visit.ticket, number: visit.number })}
          >
            <Bi zh="婉拒…" en="Decline…" />
          </button>
        )}
      </div>
    </section>
  );
}

interface TimesProps {
  readonly visit: NonNullable<DeskPicture["visit"]>;
  readonly nowMs: number;
}

function Times({ visit: { startedAtMs, calledAtMs, callCount }, nowMs }: TimesProps) {
  if (startedAtMs === null) {
    const time = clockTime(calledAtMs);
    return <Bi zh={`${time} 呼叫，第 ${callCount} 次`} en={`Called at ${time}, call ${callCount}`} />;
  }
  const since = minutesWords(startedAtMs, nowMs);
  const time = clockTime(startedAtMs);
  return <Bi zh={`${time} 开始，已 ${since.zh}`} en={`Since ${time}, ${since.en}`} />;
}

export function WindowActions({ desk, can, ask, act }: DeskProps) {
  return (
    <section class="card">
      <h2>
        <Bi zh="窗口" en="Window" />
      </h2>
      <div class="buttons">
        {desk.phase === "paused" ? (
          <button type="button" class="button" disabled={!can.resume} onClick={() => act({ action: "resume" })}>
            <Bi zh="恢复服务" en="Resume" />
          </button>
        ) : (
          <button type="button" class="button" disabled={!can.pause} onClick={() => ask({ kind: "pause" })}>
            <Bi zh="暂停…" en="Pause…" />
          </button>
        )}
        <button type="button" class="button" disabled={!can.lateTicket} onClick={() => ask({ kind: "late-ticket" })}>
          <Bi zh="延时取号…" en="Late ticket…" />
        </button>
      </div>
      {desk.extendedSinceMs !== null && (
        <p class="note">
          <Bi
            zh={`延时服务，自 ${clockTime(desk.extendedSinceMs)} 起`}
            en={`Extended service since ${clockTime(desk.extendedSinceMs)}`}
          />
        </p>
      )}
    </section>
  );
}
