import { useState } from "preact/hooks";
import type { AttendanceToday } from "../../../projections/attendance/attendance-pictures.ts";
import { Bi, clockTime, useWords } from "../../design/design.ts";
import { OfficeShell } from "../office/office-shell.tsx";
import { useAsked } from "../office/use-asked.ts";
import { PeopleList } from "./people-list.tsx";
import { figuresOf, openPosts, type Post, POST_WORDS } from "./whereabouts.ts";

const TITLE = { zh: "今日在岗", en: "Today" };

/** Who is where now, who was late, and which windows stand empty. */
export function TodayPage() {
  const asked = useAsked<AttendanceToday>("/api/attendance/today");
  const [unit, setUnit] = useState("");
  const today = asked.value;
  const people = today?.people.filter(({ person }) => unit === "" || person.unit === unit) ?? [];
  return (
    <OfficeShell title={TITLE} asked={asked}>
      {today !== null && (
        <div class="today">
          <p class="today-head">
            <strong>{today.date}</strong>
            {today.workday ? <Bi zh="工作日" en="Working day" /> : <Bi zh="休息日" en="Day off" />}
            <UnitChoice today={today} unit={unit} onChoose={setUnit} />
          </p>
          <dl class="today-figures">
            {figuresOf(people).map(([words, count]) => (
              <div key={words.en}>
                <dt class="stacked">
                  <Bi {...words} />
                </dt>
                <dd>{count}</dd>
              </div>
            ))}
          </dl>
          <Posts posts={openPosts(today.posts)} />
          <Waiting terminals={today.waitingFor} />
          <PeopleList people={people} />
        </div>
      )}
    </OfficeShell>
  );
}

interface UnitChoiceProps {
  readonly today: AttendanceToday;
  readonly unit: string;
  readonly onChoose: (unit: string) => void;
}

function UnitChoice({ today, unit, onChoose }: UnitChoiceProps) {
  const say = useWords();
  const units = new Map(today.people.map(({ person }) => [person.unit, person.unitName]));
  if (units.size < 2) return null;
  return (
    <select
      aria-label={say({ zh: "单位", en: "Unit" })}
      value={unit}
      onChange={(event) => onChoose(event.currentTarget.value)}
    >
      <option value="">{say({ zh: "所有单位", en: "All units" })}</option>
      {[...units].map(([id, name]) => (
        <option key={id} value={id}>
          {say(name)}
        </option>
      ))}
    </select>
  );
}

function Posts({ posts }: { readonly posts: readonly Post[] }) {
  if (posts.length === 0) return null;
  return (
    <ul class="today-posts">
      {posts.map(({ counter, state, sinceMs, alarm }) => (
        <li key={counter} class={alarm ? "note alarm" : "note"}>
          <strong>
            <Bi zh={`${counter}号窗口`} en={`Window ${counter}`} />
          </strong>{" "}
          <Bi {...POST_WORDS[state]} />{" "}
          {sinceMs !== null && <Bi zh={`自 ${clockTime(sinceMs)}`} en={`since ${clockTime(sinceMs)}`} />}
        </li>
      ))}
    </ul>
  );
}

function Waiting({ terminals }: { readonly terminals: AttendanceToday["waitingFor"] }) {
  if (terminals.length === 0) return null;
  const names = terminals.map(({ terminal }) => terminal).join("、");
  return (
    <p class="note">
      <Bi zh={`等待终端上报：${names}`} en="Terminals have yet to report" />
    </p>
  );
}
