// The design language of all pages, and how a page uses it.
//
// A page `name` is a folder `controller/web/pages/name/` of its own, and one line in the table of `page-routes.ts`:
// `page-html.ts` makes its document. No inline script or style: the policy forbids them, and `style="..."` in JSX too.
//   name.css    begins with @import "../../design/tokens.css"; @import "../../design/components.css"; then its own
//               rules, in tokens: var(--call), var(--space-4), var(--text-l). esbuild joins them into /name.css.
//   main.tsx    mount(<Page />): everything else hangs below it. esbuild bundles it into /name.js.
//
//   function Page() {
//     const live = useLive<{ counters: CounterPicture[] }>(["counters"]); // last good picture, link, when last heard
//     return (
//       <PageShell title={{ zh: "大厅", en: "Hall" }} live={live}>        // head, language switch, lost-link strip
//         <span class="chip good"><Bi zh="办理中" en="Serving" /></span>
//       </PageShell>
//     );
//   }
//
// Types come from protocol and controller by `import type` only: a value from there would bring zod into the page.
// Colours have one meaning each (tokens.css); parts are in components.css: .button(.primary .danger .big) .buttons
// .switch .field .cards .card(.call .good .pause .alarm .off) .ticket-number .table-frame > .table .chip(.act .call
// .good .pause .alarm .off) .lamp(.off .on .blink .fault) .note(.alarm .empty) .stacked .unseen.

export { browserPorts, pageClock } from "./browser.ts";
export { type CalendarDay, calendarDay, clockTime } from "./clock-time.ts";
export { type Column, ColumnHeads } from "./column-heads.tsx";
export {
  Bi,
  type Language,
  LanguageChoice,
  LanguageSwitch,
  useLanguage,
  useWords,
  type Words,
  wordsIn,
} from "./language.tsx";
export { type EventStream, follow, type Following, type Link, type Live, type LivePorts, nothingYet } from "./live.ts";
export { mount } from "./mount.tsx";
export { LinkBanner, linkWords, PageShell } from "./page-shell.tsx";
export { goToSignIn, type Person, readPerson, SignedInAs, signOut, usePerson } from "./session.tsx";
export { useLive, useNow } from "./use-live.ts";
