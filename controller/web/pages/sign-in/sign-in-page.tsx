import { useEffect, useState } from "preact/hooks";
import { LanguageSwitch, type Person, readPerson, type Words } from "../../design/design.ts";
import { send } from "../kiosk/requests.ts";
import { Field, Form, wrongIn } from "./form.tsx";
import { Home } from "./home.tsx";
import type { SignInAddress } from "./sign-in-address.ts";

interface Answer {
  readonly actor: Person;
}

/** Sign-in, first account and, for whoever is signed in, their own corner: one small card in the middle. */
export function SignInPage({ address }: { readonly address: SignInAddress }) {
  const [person, setPerson] = useState<Person | null>(null);
  const [looked, setLooked] = useState(address.first !== null);
  useEffect(() => {
    if (address.first !== null) return;
    void readPerson(false).then((read) => {
      setPerson(read);
      setLooked(true);
    });
  }, []);
  const entered = ({ actor }: Answer): void => {
    if (address.to !== null) location.replace(address.to);
    else setPerson(actor);
  };
  return (
    <div class="door">
      <header class="door-head">
        <p class="door-name" aria-hidden="true">
          值堂
        </p>
        <LanguageSwitch />
      </header>
      <main class="door-card card">
        {looked && person === null && address.first === null && <SignIn onEntered={entered} />}
        {looked && person === null && address.first !== null && <First token={address.first} onEntered={entered} />}
        {person !== null && <Home person={person} refused={address.refused} onPerson={setPerson} />}
      </main>
    </div>
  );
}

interface EnteredProps {
  readonly onEntered: (answer: Answer) => void;
}

function SignIn({ onEntered }: EnteredProps) {
  const submit = async (form: FormData): Promise<Words | null> => {
    const body = { account: form.get("account"), password: form.get("password") };
    const reply = await send<Answer>("/api/session", { body });
    if (reply.kind !== "ok") return wrongIn(reply);
    onEntered(reply.value);
    return null;
  };
  return (
    <Form title={{ zh: "登录", en: "Sign in" }} act={{ zh: "登录", en: "Sign in" }} onSubmit={submit}>
      <Field name="account" label={{ zh: "用户名", en: "Account" }} complete="username" focus />
      <Field name="password" label={{ zh: "密码", en: "Password" }} complete="current-password" secret />
    </Form>
  );
}

const DIFFERENT: Words = { zh: "两次输入的密码不同", en: "The two passwords differ" };

function First({ token, onEntered }: EnteredProps & { readonly token: string }) {
  const submit = async (form: FormData): Promise<Words | null> => {
    const [account, name, password] = ["account", "name", "password"].map((field) => form.get(field));
    if (password !== form.get("again")) return DIFFERENT;
    const reply = await send<Answer>("/api/first-account", { body: { token, account, name, password } });
    if (reply.kind !== "ok") return wrongIn(reply);
    onEntered(reply.value);
    return null;
  };
  return (
    <Form
      title={{ zh: "建立第一个账号", en: "The first account" }}
      note={{
        zh: "角色为大厅管理者；其他账号用命令 hallward account add 建立",
        en: "A manager's; others are made with: hallward account add",
      }}
      act={{ zh: "建立并登录", en: "Make it and sign in" }}
      onSubmit={submit}
    >
      <Field name="account" label={{ zh: "用户名", en: "Account" }} complete="username" focus />
      <Field name="name" label={{ zh: "姓名", en: "Your name" }} complete="name" />
      <Field
        name="password"
        label={{ zh: "密码（至少10个字符）", en: "Password, 10 characters or more" }}
        complete="new-password"
        secret
      />
      <Field name="again" label={{ zh: "再输一次", en: "Once more" }} complete="new-password" secret />
    </Form>
  );
}
