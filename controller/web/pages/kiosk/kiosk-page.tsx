import { useEffect, useRef } from "preact/hooks";
import type { KioskPicture } from "../../../projections/kiosk-picture.ts";
import { Bi, LanguageChoice, linkWords, PageShell, pageClock, useNow } from "../../design/design.ts";
import { type Polled, usePolled } from "./polled.ts";
import { read } from "./requests.ts";
import type { KioskInput, KioskState } from "./kiosk-flow.ts";
import { NumberPad } from "./number-pad.tsx";
import { Priorities, Services } from "./services-view.tsx";
import { Slip } from "./slip.tsx";
import { TicketView } from "./ticket-view.tsx";
import { useKiosk } from "./use-kiosk.ts";

/** How many wait and what is open: so often. */
const PICTURE_EVERY_MS = 3_000;

const readPicture = () => read<KioskPicture>("/api/kiosk");

export function KioskPage({ prints }: { readonly prints: boolean }) {
  const [state, take] = useKiosk(prints);
  const [polled] = usePolled<KioskPicture>(readPicture, PICTURE_EVERY_MS);
  // A new citizen begins with both languages: what one chose is not the next one's.
  return (
    <LanguageChoice key={state.guest}>
      <Kiosk state={state} take={take} polled={polled} />
    </LanguageChoice>
  );
}

interface KioskProps {
  readonly state: KioskState;
  readonly take: (input: KioskInput) => void;
  readonly polled: Polled<KioskPicture>;
}

function Kiosk({ state, take, polled }: KioskProps) {
  const { picture } = polled;
  return (
    <div class="kiosk" onPointerDown={() => take({ type: "somebody-here", atMs: pageClock.now() })}>
      <PageShell
        title={{ zh: "自助取号", en: "Take a ticket" }}
        hall={picture?.hall}
        live={polled}
        idle={{ zh: "取号后请留意叫号屏和语音", en: "After taking a ticket, watch the board and listen for the call" }}
      >
        <ScreenOf state={state} take={take} polled={polled} />
      </PageShell>
      {state.screen.at === "ticket" && (
        <Slip ticket={state.screen.ticket} picture={picture} priority={state.priority} />
      )}
    </div>
  );
}

function ScreenOf({ state, take, polled }: KioskProps) {
  const now = useNow(10_000);
  const { screen, priority } = state;
  const { picture } = polled;
  switch (screen.at) {
    case "services":
      if (picture === null || polled.link !== "up") return <Away polled={polled} />;
      return <Services picture={picture} priority={priority} nowMs={now} take={take} />;
    case "priorities":
      return <Priorities picture={picture} take={take} />;
    case "pad":
      return <NumberPad entry={screen.entry} take={take} />;
    case "asking":
      return <Told zh="请稍候…" en="One moment…" />;
    case "told":
      return <Told {...screen.words} take={take} alarm={!screen.good} />;
    case "ticket":
      return <TicketView screen={screen} picture={picture} priority={priority} take={take} />;
    default:
      return screen satisfies never;
  }
}

/** No controller, no ticket: a number that nobody knows would never be called. */
function Away({ polled }: { readonly polled: Polled<KioskPicture> }) {
  const words = linkWords(polled);
  return (
    <section class="kiosk-word">
      <h2>
        <Bi zh="暂时不能取号" en="No tickets for the moment" />
      </h2>
      {words !== null && polled.heardAtMs !== null && (
        <p class="note alarm">
          <Bi
            zh="与大厅的连接已中断，正在重新连接，请找工作人员"
            en="The link to the hall is lost; please ask the staff"
          />
        </p>
      )}
      {polled.refusal !== null && (
        <p class="note alarm">
          <Bi {...polled.refusal.words} />
        </p>
      )}
    </section>
  );
}

interface ToldProps {
  readonly zh: string;
  readonly en: string;
  readonly alarm?: boolean;
  readonly take?: (input: KioskInput) => void;
}

function Told({ zh, en, alarm, take }: ToldProps) {
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => heading.current?.focus(), []);
  return (
    <section class="kiosk-word" role="status">
      <h2 ref={heading} tabIndex={-1} class={alarm === true ? "note alarm stacked" : "stacked"}>
        <Bi zh={zh} en={en} />
      </h2>
      {take !== undefined && (
        <button type="button" class="button big" onClick={() => take({ type: "done-touched", atMs: pageClock.now() })}>
          <Bi zh="返回" en="Back" />
        </button>
      )}
    </section>
  );
}
