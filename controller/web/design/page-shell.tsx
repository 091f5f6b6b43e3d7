import type { ComponentChildren } from "preact";
import { clockTime } from "./clock-time.ts";
import { Bi, LanguageSwitch, type Words } from "./language.tsx";
import type { Live } from "./live.ts";
import { useNow } from "./use-live.ts";

type LinkOf = Pick<Live<object>, "link" | "heardAtMs">;

/** What to tell about the link; null while it is up. */
export function linkWords({ link, heardAtMs }: LinkOf): Words | null {
  if (link === "up") return null;
  if (heardAtMs === null) return { zh: "正在连接大厅…", en: "Connecting to the hall…" };
  const time = clockTime(heardAtMs);
  return {
    zh: `与大厅的连接已中断，显示的是 ${time} 的情况，正在重新连接`,
    en: `The link to the hall is lost; this is the picture of ${time}; reconnecting`,
  };
}

/** A strip at the foot. Its place is always kept, so that nothing moves when the link goes. */
export function LinkBanner({ live, idle }: { readonly live: LinkOf; readonly idle?: Words }) {
  const words = linkWords(live);
  const shown = words ?? idle;
  return (
    <div class={words === null ? "link-banner" : "link-banner down"} role="status">
      <p>{shown !== undefined && <Bi {...shown} />}</p>
    </div>
  );
}

interface PageShellProps {
  readonly title: Words;
  /** The hall's name, once it is known. */
  readonly hall?: Words | undefined;
  readonly live: LinkOf;
  /** What the strip at the foot says while all is well. */
  readonly idle?: Words;
  /** More for the head: links, buttons. */
  readonly tools?: ComponentChildren;
  readonly children: ComponentChildren;
}

/** Head with title, hall, time and language; the page; the strip that tells about the link. */
export function PageShell({ title, hall, live, idle, tools, children }: PageShellProps) {
  const now = useNow(5_000);
  return (
    <div class="page">
      <header class="page-head">
        <h1>
          <Bi {...title} />
        </h1>
        {hall !== undefined && (
          <p class="hall-name">
            <Bi {...hall} />
          </p>
        )}
        {tools}
        <time>{clockTime(now)}</time>
        <LanguageSwitch />
      </header>
      <main class="page-body">{children}</main>
      <LinkBanner live={live} {...(idle === undefined ? {} : { idle })} />
    </div>
  );
}
