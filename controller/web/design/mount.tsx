import { type ComponentChild, render } from "preact";
import { type Language, LanguageChoice } from "./language.tsx";

/** Puts the page into `<body>` in place of what stood there, with the language choice around it. */
export function mount(page: ComponentChild, preset: Language = "both"): void {
  document.body.replaceChildren();
  render(<LanguageChoice preset={preset}>{page}</LanguageChoice>, document.body);
}
