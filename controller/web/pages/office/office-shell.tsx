import type { ComponentChildren } from "preact";
import { Bi, PageShell, SignedInAs, usePerson, type Words } from "../../design/design.ts";
import { OFFICE_PLACES, placesOf } from "./office-places.ts";
import type { Asked } from "./use-asked.ts";

interface OfficeShellProps {
  readonly title: Words;
  readonly asked: Pick<Asked<unknown>, "link" | "heardAtMs" | "refused">;
  readonly children: ComponentChildren;
}

/** Head, the way between the five pages, and what the hall refused in its own words. */
export function OfficeShell({ title, asked, children }: OfficeShellProps) {
  const person = usePerson(asked.link);
  return (
    <PageShell title={title} live={asked} tools={<SignedInAs person={person} />}>
      <nav class="office-places" aria-label="考勤 Attendance">
        {placesOf(OFFICE_PLACES, person).map(({ href, words }) => (
          <a key={href} href={href} {...(href === location.pathname ? { "aria-current": "page" as const } : {})}>
            <Bi {...words} />
          </a>
        ))}
      </nav>
      {asked.refused !== null && (
        <p class="note alarm" role="alert">
          <Bi {...asked.refused.words} />
        </p>
      )}
      {children}
    </PageShell>
  );
}
