// Packages without types of their own. What is used of them stands in firmata-packages.ts.

declare module "firmata-io" {
  const bind: unknown;
  export = bind;
}

declare module "johnny-five/lib/board.js" {
  const board: unknown;
  export = board;
}
