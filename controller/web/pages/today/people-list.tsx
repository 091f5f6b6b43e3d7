import { Bi, clockTime } from "../../design/design.ts";
import { RuleIds } from "../office/rule-ids.tsx";
import { SESSION_WORDS, STATE_TONE } from "../office/session-words.ts";
import { findingsOf } from "../record/session-mark.ts";
import { nameOf, PLACE_TONE, placeWords, sinceWords, type TodayPerson } from "./whereabouts.ts";

interface PeopleListProps {
  readonly people: readonly TodayPerson[];
  /** Also those that a filter leaves out: whom somebody stands in for may be of another unit. */
  readonly everybody: readonly TodayPerson[];
}

/** A row each on a wide screen, a card each on a phone. */
export function PeopleList({ people, everybody }: PeopleListProps) {
  if (people.length === 0) {
    return (
      <p class="note empty">
        <Bi zh="没有人员" en="Nobody" />
      </p>
    );
  }
  return (
    <ul class="today-people">
      {people.map((each) => (
        <Whereabouts
          key={each.person.person}
          {...each}
          covers={each.covers === null ? null : nameOf(everybody, each.covers)}
        />
      ))}
    </ul>
  );
}

function Whereabouts(each: TodayPerson) {
  const { person, place, counter, sinceMs, covers, sessions } = each;
  return (
    <li class="card today-person">
      <p>
        <a href={`/record?person=${encodeURIComponent(person.person)}`}>
          <strong>{person.name}</strong>
        </a>{" "}
        {person.number} <Bi {...person.unitName} />
      </p>
      <p>
        <span class={`chip ${PLACE_TONE[place]}`}>
          <Bi {...placeWords({ place, counter })} />
        </span>{" "}
        {sinceMs !== null && (
          <span class="today-since">
            <Bi {...sinceWords(place, clockTime(sinceMs))} />
          </span>
        )}{" "}
        {covers !== null && <Bi zh={`顶 ${covers}`} en={`for ${covers}`} />}
      </p>
      <div class="today-sessions">
        {sessions.map((session) => (
          <p key={session.session}>
            <Bi {...SESSION_WORDS[session.session]} />{" "}
            {findingsOf(session).map((words, at) => (
              <span key={words.en} class={`chip ${at === 0 ? STATE_TONE[session.state] : "call"}`}>
                <Bi {...words} />
              </span>
            ))}{" "}
            <RuleIds rules={session.rules} />
          </p>
        ))}
      </div>
    </li>
  );
}
