import { useState } from "preact/hooks";
import { Bi, type Person, signOut, type Words } from "../../design/design.ts";
import { send } from "../kiosk/requests.ts";
import { Field, Form, wrongIn } from "./form.tsx";
import { placesFor, ROLE_WORDS } from "./places.ts";

interface HomeProps {
  readonly person: Person;
  /** The page that their role does not open. */
  readonly refused: string | null;
  readonly onPerson: (person: Person) => void;
}

/** Where somebody may go, their password, and the way out. */
export function Home({ person, refused, onPerson }: HomeProps) {
  const [changing, setChanging] = useState(false);
  if (changing) return <PasswordForm person={person} onDone={() => setChanging(false)} onPerson={onPerson} />;
  return (
    <div class="door-form">
      <h1>{person.name}</h1>
      <p class="door-roles">
        {person.roles.map((role) => (
          <span key={role} class="chip act">
            <Bi {...(ROLE_WORDS[role] ?? { zh: role, en: "" })} />
          </span>
        ))}
        {person.unit !== null && <span class="quiet">{person.unit}</span>}
      </p>
      {refused !== null && (
        <p class="note alarm" role="alert">
          <Bi zh="您的角色不能打开该页" en="Your role does not open that page" />
        </p>
      )}
      <nav class="door-places" aria-label="去处 Pages">
        {placesFor(person).map(({ href, words }) => (
          <a key={href} class="button" href={href}>
            <Bi {...words} />
          </a>
        ))}
      </nav>
      {person.staffId !== undefined && <OwnWindow />}
      <p class="buttons">
        <button type="button" class="button" onClick={() => setChanging(true)}>
          <Bi zh="修改密码" en="Change password" />
        </button>
        <button type="button" class="button" onClick={() => void signOut()}>
          <Bi zh="退出" en="Sign out" />
        </button>
      </p>
    </div>
  );
}

/** The counter page opens for whoever has badged in there. */
function OwnWindow() {
  const open = (event: SubmitEvent): void => {
    event.preventDefault();
    const counter = new FormData(event.currentTarget as HTMLFormElement).get("counter");
    if (typeof counter === "string" && counter !== "")
      location.assign(`/counter/${encodeURIComponent(counter.trim())}`);
  };
  return (
    <form class="door-window" onSubmit={open}>
      <label class="field">
        <span class="field-label">
          <Bi zh="我在的窗口号" en="The window I am at" />
        </span>
        <input name="counter" autocomplete="off" autocapitalize="none" maxLength={32} required />
      </label>
      <button type="submit" class="button">
        <Bi zh="打开柜台页" en="Open its page" />
      </button>
    </form>
  );
}

interface PasswordProps {
  readonly person: Person;
  readonly onDone: () => void;
  readonly onPerson: (person: Person) => void;
}

const DIFFERENT: Words = { zh: "两次输入的密码不同", en: "The two passwords differ" };

function PasswordForm({ person, onDone, onPerson }: PasswordProps) {
  const submit = async (form: FormData): Promise<Words | null> => {
    const next = form.get("next");
    if (next !== form.get("again")) return DIFFERENT;
    const body = { current: form.get("current"), next };
    const reply = await send<{ actor: Person }>("/api/session/password", { body });
    if (reply.kind !== "ok") return wrongIn(reply);
    onPerson(reply.value.actor);
    onDone();
    return null;
  };
  return (
    <>
      <Form title={{ zh: "修改密码", en: "Change password" }} act={{ zh: "修改", en: "Change" }} onSubmit={submit}>
        <input
          class="unseen"
          name="account"
          autocomplete="username"
          value={person.id}
          readOnly
          tabIndex={-1}
          aria-hidden="true"
        />
        <Field
          name="current"
          label={{ zh: "现在的密码", en: "Present password" }}
          complete="current-password"
          secret
          focus
        />
        <Field
          name="next"
          label={{ zh: "新密码（至少10个字符）", en: "New one, 10 characters or more" }}
          complete="new-password"
          secret
        />
        <Field name="again" label={{ zh: "再输一次", en: "Once more" }} complete="new-password" secret />
      </Form>
      <button type="button" class="button" onClick={onDone}>
        <Bi zh="返回" en="Back" />
      </button>
    </>
  );
}
