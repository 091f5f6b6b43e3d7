import { type ComponentChildren, createContext } from "preact";
import { useContext, useEffect, useState } from "preact/hooks";

/** What a person chose to read. Chinese stands first in `both`. */
export type Language = "zh" | "en" | "both";

/** Words in both languages, as the wire's `Bilingual` has them. */
export interface Words {
  readonly zh: string;
  readonly en: string;
}

const KEPT_AS = "hallward.language";
const LANGUAGES: readonly Language[] = ["zh", "en", "both"];
const LABELS: Readonly<Record<Language, string>> = { zh: "中文", en: "English", both: "双语" };

export const isLanguage = (text: unknown): text is Language => LANGUAGES.some((language) => language === text);

/** Plain text for a title, a label or a voice. */
export function wordsIn(language: Language, { zh, en }: Words): string {
  if (en === "" || zh === en) return zh;
  switch (language) {
    case "zh":
      return zh;
    case "en":
      return en;
    case "both":
      return `${zh} ${en}`;
    default:
      return language satisfies never;
  }
}

interface Choice {
  readonly language: Language;
  readonly choose: (language: Language) => void;
}

const Chosen = createContext<Choice>({ language: "both", choose: () => {} });

/** Private windows refuse storage: the choice then lasts as long as the page. */
function remembered(preset: Language): Language {
  try {
    const kept = localStorage.getItem(KEPT_AS);
    return isLanguage(kept) ? kept : preset;
  } catch {
    return preset;
  }
}

function remember(language: Language): void {
  try {
    localStorage.setItem(KEPT_AS, language);
  } catch {
    // Not kept; the page goes on.
  }
}

/** Stands around a page. The choice is kept per browser and shared by all pages of one controller. */
export function LanguageChoice({ preset = "both", children }: { preset?: Language; children: ComponentChildren }) {
  const [language, setLanguage] = useState<Language>(() => remembered(preset));
  useEffect(() => {
    document.documentElement.lang = language === "en" ? "en" : "zh-CN";
  }, [language]);
  const choose = (next: Language): void => {
    remember(next);
    setLanguage(next);
  };
  return <Chosen.Provider value={{ language, choose }}>{children}</Chosen.Provider>;
}

export const useLanguage = (): Language => useContext(Chosen).language;

/** `say({ zh, en })` gives plain text in the language chosen. */
export function useWords(): (words: Words) => string {
  const language = useLanguage();
  return (words) => wordsIn(language, words);
}

/** Text in the language chosen; `both` is the Chinese with a smaller English beside it, or below it in `.stacked`. */
export function Bi({ zh, en }: Words) {
  const language = useLanguage();
  const showsZh = language !== "en" || en === "";
  const showsEn = language !== "zh" && en !== "" && en !== zh;
  return (
    <>
      {showsZh && <span class="zh">{zh}</span>}
      {showsZh && showsEn && " "}
      {showsEn && (
        <span class={showsZh ? "en" : "only-en"} lang="en">
          {en}
        </span>
      )}
    </>
  );
}

export function LanguageSwitch() {
  const { language, choose } = useContext(Chosen);
  return (
    <div class="switch" role="group" aria-label="语言 Language">
      {LANGUAGES.map((each) => (
        <button
          key={each}
          type="button"
          lang={each === "en" ? "en" : "zh-CN"}
          aria-pressed={each === language}
          onClick={() => choose(each)}
        >
          {LABELS[each]}
        </button>
      ))}
    </div>
  );
}
