import { useState } from "preact/hooks";
import type { AttendanceToday } from "../../../projections/attendance/attendance-pictures.ts";
import { Bi, clockTime, useWords } from "../../design/design.ts";
import { OfficeShell } from "../office/office-shell.tsx";
import { WaitingTerminals } from "../office/waiting-terminals.tsx";
import { useAsked } from "../office/use-asked.ts";
import { PeopleList } from "./people-list.tsx";
import { figuresOf, nameOf, openPosts, type Post, POST_WORDS, type TodayPerson } from "./whereabouts.ts";

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
          <Posts posts={openPosts(today.posts)} people={today.people} />
          <WaitingTerminals terminals={today.waitingFor} />
          <PeopleList people={people} everybody={today.people} />
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

interface PostsProps {
  readonly posts: readonly Post[];
  readonly people: readonly TodayPerson[];
}

function Posts({ posts, people }: PostsProps) {
  if (posts.length === 0) return null;
  return (
    <ul class="today-posts">
      {posts.map(({ counter, state, sinceMs, alarm, a, b }) => (
        <li key={counter} class={alarm ? "note alarm" : "note"}>
          <strong>
            <Bi zh={`${counter}号窗口`} en={`Window ${counter}`} />
          </strong>{" "}
          <Bi {...POST_WORDS[state]} />{" "}
          {sinceMs !== null && <Bi zh={`自 ${clockTime(sinceMs)}`} en={`since ${clockTime(sinceMs)}`} />}{" "}
          {a.length > 0 && <span>A {namesOf(people, a)}</span>} {b.length > 0 && <span>B {namesOf(people, b)}</span>}
        </li>
      ))}
    </ul>
  );
}

const namesOf = (people: readonly TodayPerson[], ids: readonly string[]): string =>
  ids.map((id) => nameOf(people, id)).join("、");
