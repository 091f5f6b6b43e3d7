import { useLanguage, type Words } from "../../design/design.ts";

/** Figures with a word: once is enough. Where both languages are shown it is the Chinese. */
export function Brief({ zh, en }: Words) {
  return useLanguage() === "en" ? <span lang="en">{en}</span> : <span>{zh}</span>;
}
