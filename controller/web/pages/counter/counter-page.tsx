import { useState } from "preact/hooks";
import type { DeskPicture } from "../../../projections/desk-picture.ts";
import { Bi, PageShell, SignedInAs, usePerson, type Words } from "../../design/design.ts";
import { AtHand, Plate, WindowActions } from "./at-hand.tsx";
import { type Question, type Wish, wishOf } from "./clerk-wish.ts";
import { windowName } from "./desk-words.ts";
import { DialogFrame } from "./dialog-frame.tsx";
import { NOTHING_POSSIBLE, possibleFor } from "./possible.ts";
import { FieldsOf, textsOf } from "./questions.tsx";
import { LatelyList, WaitingList } from "./ticket-lists.tsx";
import { type Desk, useDesk } from "./use-desk.ts";

export function CounterPage({ counter }: { readonly counter: string }) {
  const desk = useDesk(counter);
  const [question, ask] = useState<Question | null>(null);
  const { polled, pending } = desk;
  const { picture } = polled;
  const person = usePerson(polled.link);
  const lost = polled.link !== "up" || polled.refusal !== null;
  const can = picture === null || lost || pending ? NOTHING_POSSIBLE : possibleFor(picture);
  const parts = { can, ask, act: (wish: Wish) => void desk.act(wish) };
  return (
    <PageShell title={windowName(counter)} hall={picture?.title} live={polled} tools={<SignedInAs person={person} />}>
      <NewsStrip desk={desk} />
      {polled.refusal !== null && <NoSession />}
      {polled.refusal === null && picture !== null && (
        <div class="desk">
          <div class="desk-column">
            <Plate desk={picture} />
            <AtHand desk={picture} {...parts} />
            <WindowActions desk={picture} {...parts} />
          </div>
          <WaitingList desk={picture} {...parts} />
          <LatelyList desk={picture} {...parts} />
        </div>
      )}
      {question !== null && picture !== null && (
        <QuestionDialog desk={desk} picture={picture} question={question} onClose={() => ask(null)} />
      )}
    </PageShell>
  );
}

const HINT: Words = {
  zh: "叫号、重呼、开始、办结请用窗口按键；其余在本页办理",
  en: "Call, recall, start and finish with the keys at the window; everything else is done here",
};

/** One line whose place is always there: what was done, and why something was not. */
function NewsStrip({ desk: { news, polled, pending } }: { readonly desk: Desk }) {
  if (polled.link === "down") {
    return (
      <p class="note alarm news" role="status">
        <Bi zh="与大厅的连接已中断，暂不能在本页操作" en="The link is lost: nothing can be done here for now" />
      </p>
    );
  }
  if (pending || news === null) {
    return (
      <p class="note news idle" role="status">
        {pending ? <Bi zh="正在办理…" en="One moment…" /> : <Bi {...HINT} />}
      </p>
    );
  }
  return (
    <p class={news.refused ? "note alarm news" : "note news"} role="status">
      <Bi {...news.words} />
    </p>
  );
}

interface QuestionDialogProps {
  readonly desk: Desk;
  readonly picture: DeskPicture;
  readonly question: Question;
  readonly onClose: () => void;
}

function QuestionDialog({ desk, picture, question, onClose }: QuestionDialogProps) {
  const [tried, setTried] = useState(false);
  const confirm = async (form: FormData): Promise<void> => {
    const wish = wishOf(question, form);
    if (wish === null) return;
    setTried(true);
    if (await desk.act(wish)) onClose();
  };
  const refusal = tried && !desk.pending && desk.news?.refused === true ? desk.news.words : null;
  return (
    <DialogFrame
      {...textsOf(question)}
      pending={desk.pending || desk.polled.link !== "up" || desk.polled.refusal !== null}
      refusal={refusal}
      onConfirm={(form) => void confirm(form)}
      onClose={onClose}
    >
      <FieldsOf question={question} desk={picture} />
    </DialogFrame>
  );
}

function NoSession() {
  return (
    <section class="card off stranger">
      <h2>
        <Bi zh="请先在本窗口刷牌签到" en="Please badge in at this window first" />
      </h2>
      <p>
        <Bi
          zh="本页只对在本窗口在岗的人开放：请用自己的账号登录，并在窗口刷牌签到，本页随即打开。"
          en="For the person on duty here, signed in with their own account: it opens once you have badged in."
        />
      </p>
    </section>
  );
}

export function NoCounter() {
  return (
    <main class="page-body">
      <p class="note alarm">
        <Bi zh="地址里没有窗口号，例如 /counter/3" en="The address names no window, such as /counter/3" />
      </p>
    </main>
  );
}
