import type { DayPicture, SessionPicture, TapPicture } from "../../../projections/attendance/attendance-pictures.ts";
import { Bi, type Column, ColumnHeads, type Words } from "../../design/design.ts";
import { RuleIds } from "../office/rule-ids.tsx";
import { SESSION_WORDS, STATE_TONE } from "../office/session-words.ts";
import { findingsOf } from "./session-mark.ts";
import { type Scale, scaleOf } from "./timeline-scale.ts";

const COLUMNS: readonly Column[] = [
  { zh: "时间", en: "Time" },
  { zh: "终端", en: "Terminal" },
  { zh: "说明", en: "Remarks" },
];

const clock = (time: string): string => time.slice(time.indexOf("T") + 1, time.indexOf("T") + 9);

/** A day: what was due as bars, taps as dots, each verdict in words with its rules and the taps it rests on. */
export function DayTimeline({ day }: { readonly day: DayPicture }) {
  const due = day.sessions.flatMap(({ from, to }) => [from, to]);
  const scale = scaleOf([...due, ...day.taps.map(({ at }) => at)]);
  return (
    <section class="card day" aria-labelledby="day-title">
      <h2 id="day-title">{day.date}</h2>
      <Picture day={day} scale={scale} />
      {day.sessions.length === 0 && (
        <p class="note empty">
          <Bi zh="这一天不计考勤" en="Nothing was due on this day" />
        </p>
      )}
      {day.sessions.map((session) => (
        <Session key={session.session} session={session} />
      ))}
      {day.taps.length === 0 && day.sessions.some(({ state }) => state === "absent") && (
        <p class="note empty">
          <Bi zh="当日无打卡，各终端均已上报" en="No tap that day; every terminal has reported" />
        </p>
      )}
      <Taps taps={day.taps} />
    </section>
  );
}

/** Drawn for the eye; the words below it say the same. */
function Picture({ day, scale }: { readonly day: DayPicture; readonly scale: Scale }) {
  const hours = Array.from({ length: scale.toHour - scale.fromHour + 1 }, (_, ahead) => scale.fromHour + ahead);
  const hourAt = (hour: number): number => scale.at(`${String(hour).padStart(2, "0")}:00:00`);
  return (
    <svg class="timeline" viewBox="-2 0 104 22" aria-hidden="true">
      {hours.map((hour) => (
        <g key={hour}>
          <line class="timeline-hour" x1={hourAt(hour)} x2={hourAt(hour)} y1="2" y2="17" />
          {(hour - scale.fromHour) % Math.ceil(hours.length / 8) === 0 && (
            <text x={hourAt(hour)} y="21" text-anchor="middle">
              {hour}
            </text>
          )}
        </g>
      ))}
      {day.sessions.map(({ session, state, from, to }) => (
        <rect
          key={session}
          class={`timeline-due ${STATE_TONE[state]}`}
          x={scale.at(from)}
          y="6"
          width={Math.max(0.5, scale.at(to) - scale.at(from))}
          height="4"
          rx="0.6"
        />
      ))}
      {day.taps.map((tap) => (
        <g key={`${tap.at} ${tap.terminal}`}>
          <line class="timeline-doubt" x1={scale.at(tap.earliest)} x2={scale.at(tap.latest)} y1="13" y2="13" />
          <circle class="timeline-tap" cx={scale.at(tap.at)} cy="13" r="1.1" />
        </g>
      ))}
    </svg>
  );
}

function Session({ session }: { readonly session: SessionPicture }) {
  const [found, ...more] = findingsOf(session);
  return (
    <div class="day-session">
      <h3>
        <Bi {...SESSION_WORDS[session.session]} />
        <span>
          {session.from.slice(0, 5)}–{session.to.slice(0, 5)}
        </span>
        {found !== undefined && (
          <span class={`chip ${STATE_TONE[session.state]}`}>
            <Bi {...found} />
          </span>
        )}
        {more.map((words) => (
          <span key={words.en} class="chip call">
            <Bi {...words} />
          </span>
        ))}
      </h3>
      <p>
        <Bi zh="到" en="in" /> <strong>{session.in ?? "—"}</strong> <Bi zh="离" en="out" />{" "}
        <strong>{session.out ?? "—"}</strong>
        {session.inferred.length > 0 && (
          <span class="quiet">
            {" "}
            <Bi zh="（由制度推定）" en="(inferred by the regulation)" />
          </span>
        )}
      </p>
      <p>
        <Bi zh="依据" en="By" /> <RuleIds rules={session.rules} />
      </p>
      {!session.settled && (
        <p class="quiet">
          <Bi zh="尚有终端未上报，结果可能改变" en="Terminals have yet to report; this may change" />
        </p>
      )}
    </div>
  );
}

const DIRECTIONS: Readonly<Record<NonNullable<TapPicture["direction"]>, Words>> = {
  in: { zh: "签到", en: "in" },
  out: { zh: "签退", en: "out" },
  "leave-post": { zh: "离岗", en: "left the post" },
  return: { zh: "返岗", en: "back at the post" },
};

/** The controller had no clock when it was made: where it was written down first, and why it is here. */
function Moved({ tap, from }: { readonly tap: TapPicture; readonly from: string }) {
  const was = `${from.slice(5, 10)} ${clock(from).slice(0, 5)}`;
  const isHeld = tap.earliest.slice(0, 16) !== tap.latest.slice(0, 16);
  return isHeld ? (
    <Bi
      zh={`时钟未校准，原记 ${was}，只知在此区间`}
      en={`clock not set, recorded ${was}: only the interval is known`}
    />
  ) : (
    <Bi zh={`已按校时更正，原记 ${was}`} en={`moved when the clock was set; recorded ${was}`} />
  );
}

function Taps({ taps }: { readonly taps: readonly TapPicture[] }) {
  if (taps.length === 0) return null;
  return (
    <div class="table-frame" tabIndex={0} role="region" aria-label="打卡 Taps">
      <table class="table">
        <caption>
          <Bi zh="打卡" en="Taps" />
        </caption>
        <ColumnHeads columns={COLUMNS} />
        <tbody>
          {taps.map((tap) => (
            <tr key={`${tap.at} ${tap.terminal}`}>
              <td>
                {clock(tap.at)}
                {tap.earliest !== tap.latest && (
                  <span class="quiet">
                    {" "}
                    {clock(tap.earliest)}–{clock(tap.latest)}
                  </span>
                )}
              </td>
              <td>{tap.terminal}</td>
              <td>
                {tap.direction !== null && <Bi {...DIRECTIONS[tap.direction]} />}{" "}
                {tap.source === "correction" && <Bi zh="更正" en="corrected" />}{" "}
                {tap.guessedAt !== undefined && <Moved tap={tap} from={tap.guessedAt} />}{" "}
                {tap.badge === "revoked" && <Bi zh="卡已注销" en="revoked badge" />}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
