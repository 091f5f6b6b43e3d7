import type { Finding } from "./finding.ts";

const MARKS: Readonly<Record<Finding["state"], { readonly mark: string; readonly colour: number }>> = {
  ok: { mark: "✓", colour: 32 },
  note: { mark: "·", colour: 90 },
  bad: { mark: "✗", colour: 31 },
};

/** One line each, Chinese first; below a red one its fix. */
export function reportText(findings: readonly Finding[], inColour: boolean): string {
  const paint = (text: string, colour: number): string => (inColour ? `\u001b[${colour}m${text}\u001b[0m` : text);
  const lines = findings.flatMap(({ state, code, text, fix }) => {
    const { mark, colour } = MARKS[state];
    const line = `${paint(mark, colour)} ${visible(`${text.zh} · ${text.en}`)} ${paint(`[${code}]`, 90)}`;
    return fix === null ? [line] : [line, visible(`  → ${fix.zh} · ${fix.en}`)];
  });
  const count = findings.filter(({ state }) => state === "bad").length;
  const end = count === 0 ? paint("✓ 没有问题 · all is well", 32) : paint(`✗ ${count} 个问题 · ${count} to mend`, 31);
  return `${[...lines, end].join("\n")}\n`;
}

export const reportJson = (findings: readonly Finding[]): string =>
  `${JSON.stringify({
    ok: findings.every(({ state }) => state !== "bad"),
    findings: findings.map(({ code, state, text, fix }) => ({ code, state, ...text, fix })),
  })}\n`;

/** A USB device names itself, and its name must not move the cursor of whoever reads this. */
const visible = (text: string): string => text.replace(/\p{Cc}/gu, "\u{fffd}");
