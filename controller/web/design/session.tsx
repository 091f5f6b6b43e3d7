import { useEffect, useState } from "preact/hooks";
import { pageClock } from "./browser.ts";
import { Bi } from "./language.tsx";

/** Who is signed in, as far as a page shows it. */
export interface Person {
  readonly id: string;
  readonly name: string;
  readonly roles: readonly string[];
  readonly unit: string | null;
  readonly staffId?: string | undefined;
}

/** To the sign-in page, and back here afterwards. */
export function goToSignIn(): void {
  location.replace(`/sign-in?to=${encodeURIComponent(location.pathname + location.search)}`);
}

/** Who is signed in; null when nobody is, or nobody answers. Whoever is signed out for certain is sent to sign in. */
export async function readPerson(leave = true): Promise<Person | null> {
  try {
    const response = await fetch("/api/session", { credentials: "same-origin", cache: "no-store" });
    if (!response.ok) return null;
    const { actor } = (await response.json()) as { actor: Person | null };
    if (actor === null && leave) goToSignIn();
    return actor;
  } catch {
    return null;
  }
}

export async function signOut(): Promise<void> {
  await fetch("/api/session/end", { method: "POST", credentials: "same-origin" });
  location.assign("/sign-in");
}

type Delay = Parameters<typeof pageClock.after>[0];
/** How soon a page that nobody asks anything of finds out that its session is over. */
const LOOK_EVERY_MS = 60_000 as Delay;

/** Who is signed in. When the link is lost, and every minute, the page looks whether they still are. */
export function usePerson(link: string): Person | null {
  const [person, setPerson] = useState<Person | null>(null);
  useEffect(() => {
    let ended = false;
    const look = (): void => {
      void readPerson().then((read) => {
        if (!ended && read !== null) setPerson(read);
      });
      timer = pageClock.after(LOOK_EVERY_MS, look);
    };
    let timer = pageClock.after(0 as Delay, look);
    return () => {
      ended = true;
      timer.cancel();
    };
  }, [link]);
  return person;
}

/** In the head of a guarded page: who is signed in, and the way out. */
export function SignedInAs({ person }: { readonly person: Person | null }) {
  return (
    <div class="signed-in">
      <a href="/sign-in">{person?.name ?? "…"}</a>
      <button type="button" class="button small" onClick={() => void signOut()}>
        <Bi zh="退出" en="Sign out" />
      </button>
    </div>
  );
}
