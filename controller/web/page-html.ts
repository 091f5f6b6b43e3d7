/** What the head of a page says. */
export interface PageHead {
  /** Its program and style are `/name.js` and `/name.css`. */
  readonly name: string;
  /** Chinese first, English beside it: plain words, without markup. */
  readonly title: string;
  /** For a screen that hangs in the hall. */
  readonly dark?: boolean;
}

/** The document of a page, empty but for what it loads. `zone`: the hall's, in which all pages show times. */
export const pageHtml = ({ name, title, dark = false }: PageHead, zone: string): string => `<!doctype html>
<html lang="zh-CN"${dark ? ' data-theme="dark"' : ""} data-zone="${zone}">
  <head>
    <meta charset="utf-8" />
    <meta name="viewport" content="width=device-width, initial-scale=1" />
    <title>${title}</title>
    <link rel="icon" href="/icon.svg" type="image/svg+xml" />
    <link rel="stylesheet" href="/${name}.css" />
    <script type="module" src="/${name}.js"></script>
  </head>
  <body>
    <noscript>本页需要 JavaScript · This page needs JavaScript</noscript>
  </body>
</html>
`;
