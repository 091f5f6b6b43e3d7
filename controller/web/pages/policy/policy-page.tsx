import { useEffect, useState } from "preact/hooks";
import type { ActivePolicy } from "../../../projections/attendance/attendance-pictures.ts";
import { Bi } from "../../design/design.ts";
import { OfficeShell } from "../office/office-shell.tsx";
import { RuleIds } from "../office/rule-ids.tsx";
import { SESSION_WORDS } from "../office/session-words.ts";
import { useAsked } from "../office/use-asked.ts";
import { RuleList } from "./rule-list.tsx";
import { ReadingList } from "./reading-list.tsx";
import { ValueList } from "./value-list.tsx";

const TITLE = { zh: "考勤制度", en: "Regulation" };

/** The regulation this hall lives under, in its own words: what it says, from where, and what the hall filled in. */
export function PolicyPage() {
  const asked = useAsked<ActivePolicy>("/api/attendance/policy");
  return (
    <OfficeShell title={TITLE} asked={asked}>
      {asked.value !== null && <Regulation policy={asked.value} />}
    </OfficeShell>
  );
}

function Regulation({ policy }: { readonly policy: ActivePolicy }) {
  const named = useNamedRule(policy);
  const known = named === "" || [...policy.rules, ...policy.readings].some(({ id }) => id === named);
  const [wanted, setWanted] = useState("");
  return (
    <div class="policy">
      <section class="card" aria-labelledby="policy-name">
        <h2 id="policy-name">
          <Bi {...policy.name} />
        </h2>
        <p>
          《{policy.document.zh}》 <span class="quiet">{policy.document.place}</span>
        </p>
        <Hours title={{ zh: "工作时间", en: "Hours" }} hours={policy.hours} />
        {policy.summer !== null && (
          <Hours
            title={{ zh: `夏季 ${policy.summer.from} 至 ${policy.summer.to}`, en: "Summer" }}
            hours={policy.summer.hours}
          />
        )}
      </section>
      {!known && (
        <p class="note" role="status">
          <Bi zh={`${named} 不属于本厅所用制度`} en={`${named} is not of the regulation this hall lives under`} />
        </p>
      )}
      <label class="field policy-search">
        <span class="field-label">
          <Bi zh="查找条文" en="Find a rule" />
        </span>
        <input type="search" value={wanted} onInput={(event) => setWanted(event.currentTarget.value)} />
      </label>
      <RuleList rules={policy.rules} wanted={wanted} />
      <ReadingList readings={policy.readings} named={named} />
      <ValueList values={policy.values} />
    </div>
  );
}

type HoursOf = ActivePolicy["hours"];

function Hours({ title, hours }: { readonly title: { zh: string; en: string }; readonly hours: HoursOf }) {
  return (
    <div class="policy-hours">
      <h3>
        <Bi {...title} />
      </h3>
      <ul>
        {hours.map(({ session, from, to, rules }) => (
          <li key={session}>
            <Bi {...SESSION_WORDS[session]} />
            <strong>
              {from}–{to}
            </strong>
            <RuleIds rules={rules} />
          </li>
        ))}
      </ul>
    </div>
  );
}

/** Rule ids of other pages lead here: the browser looked for its place before the rules were there. */
function useNamedRule(policy: ActivePolicy): string {
  const [named, setNamed] = useState(idInAddress);
  useEffect(() => {
    const look = (): void => setNamed(idInAddress());
    addEventListener("hashchange", look);
    return () => removeEventListener("hashchange", look);
  }, []);
  useEffect(() => {
    if (named !== "") document.getElementById(named)?.scrollIntoView({ block: "center" });
  }, [named, policy.id]);
  return named;
}

const idInAddress = (): string => decodeURIComponent(location.hash.slice(1));
