// Where planted files pretend to stand, and texts of a given length.

export const CORE = "controller/core/hall.ts";
export const UNIT = "test/unit/hall.test.ts";
export const lineComments = (count: number): string => "// line\n".repeat(count);
export const functionOf = (count: number, head = "export function long(): void {"): string =>
  `${head}\n${"  step();\n".repeat(count - 2)}}\n`;
