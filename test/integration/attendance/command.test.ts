// Proves that `hallward attendance` and `hallward policy` speak as documented: JSON or text on stdout and exit 0, or
// one clear line on stderr and exit 2.
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";

function hallward(...words: readonly string[]) {
  const { status, stdout, stderr } = spawnSync(process.execPath, ["hallward.ts", ...words], { encoding: "utf8" });
  return { status, stdout, lines: stderr.split("\n").filter((line) => line !== "") };
}

function fileOf(name: string, text: string): string {
  const directory = mkdtempSync(join(tmpdir(), "hallward-attendance-"));
  onTestFinished(() => rmSync(directory, { recursive: true, force: true }));
  const file = join(directory, name);
  writeFileSync(file, text);
  return file;
}

const SUMMER = { summer: { from: "06-01", to: "09-30" } };
const monday = {
  policy: "county",
  settings: SUMMER,
  calendar: { rest: ["2025-04-04"], work: ["2025-04-27"] },
  people: [{ id: "li" }],
  range: { from: "2025-03-03", to: "2025-03-03" },
  asOf: "2025-04-01T00:00:00",
  taps: [
    { person: "li", at: "2025-03-03T08:20:00", direction: "in", terminal: "T3" },
    { person: "li", at: "2025-03-03T12:00:00", direction: "out", terminal: "T3" },
  ],
};

const derive = (input: unknown, ...more: readonly string[]) =>
  hallward("attendance", "derive", fileOf("monday.json", JSON.stringify(input)), ...more);

test("derive prints sessions, totals, cases and steps", () => {
  const { status, stdout, lines } = derive(monday);
  expect([status, lines]).toEqual([0, []]);
  expect(JSON.parse(stdout)).toEqual({
    sessions: [
      {
        person: "li",
        date: "2025-03-03",
        session: "am",
        state: "attended",
        in: "08:20:00",
        out: "12:00:00",
        inferred: [],
        lateS: 1200,
        earlyS: 0,
        late: 1,
        early: 0,
        absence: 0,
        flags: [],
        rules: ["ATT-01", "ATT-02", "ATT-03", "AMB-01", "HRS-04"],
      },
      expect.objectContaining({ session: "pm", state: "absent", absence: 1, rules: ["ATT-05", "AMB-05", "HRS-04"] }),
    ],
    totals: [
      {
        person: "li",
        sessionsDue: 2,
        sessionsAttended: 1,
        late: 1,
        early: 0,
        absence: 1,
        conversions: [{ period: "2025-03", events: 1, days: 0 }],
        absenceDays: 0.5,
        leave: { personal: 0, business: 0 },
      },
    ],
    cases: [],
    steps: [],
    alerts: [],
  });
});

test("derive --explain names the taps behind every verdict", () => {
  const { stdout } = derive(monday, "--explain");
  const { sessions } = JSON.parse(stdout) as { sessions: { taps: string[] }[] };
  expect(sessions[0]?.taps).toEqual(["li 2025-03-03T08:20:00 in T3", "li 2025-03-03T12:00:00 out T3"]);
});

test.each<[string, unknown, string]>([
  [
    "a tap of nobody",
    { ...monday, people: [{ id: "wang" }] },
    'PERSON_UNKNOWN taps[0].person: "li" is not among people',
  ],
  [
    "summer without dates",
    { ...monday, settings: {} },
    "POLICY_SUMMER_MISSING settings.summer: the regulation has summer hours and gives no dates: " +
      "the hall sets both (HRS-05, AMB-09)",
  ],
  [
    "leave that ends before it starts",
    { ...monday, leave: [{ person: "li", from: "2025-03-03T09:00", to: "2025-03-03T08:00", kind: "personal" }] },
    "LEAVE_REVERSED leave[0]: ends (2025-03-03T08:00) before it starts (2025-03-03T09:00)",
  ],
  [
    "shifts that overlap",
    {
      ...monday,
      roster: [
        {
          person: "li",
          date: "2025-03-03",
          shifts: [
            ["08:00", "12:00"],
            ["11:00", "17:00"],
          ],
        },
      ],
    },
    "SHIFTS_OVERLAP roster[0].shifts[1]: starts before the one before it ends",
  ],
  [
    "a calendar that contradicts itself",
    { ...monday, calendar: { rest: ["2025-04-27"], work: ["2025-04-27"] } },
    "CALENDAR_CONTRADICTS calendar.work[0]: 2025-04-27 is also a rest day (HRS-10)",
  ],
  ["an unknown profile", { ...monday, policy: "atlantis" }, 'POLICY_UNKNOWN policy: there is no profile "atlantis"'],
])("derive refuses %s with exit 2 and one line", (_, input, line) => {
  expect(derive(input)).toEqual({ status: 2, stdout: "", lines: [line] });
});

test("derive refuses a file that is no JSON, or not there", () => {
  const broken = hallward("attendance", "derive", fileOf("broken.json", "{"));
  expect([broken.status, broken.lines.length, broken.lines[0]?.startsWith("INPUT_UNREADABLE ")]).toEqual([2, 1, true]);
  const missing = hallward("attendance", "derive", "/nowhere/at/all.json");
  expect([missing.status, missing.lines.length]).toEqual([2, 1]);
});

test("a setting that the text fixes already is left aside, and that is said", () => {
  const { status, lines } = derive({ ...monday, settings: { ...SUMMER, hours: { day: ["09:00", "17:00"] } } });
  expect([status, lines.length]).toEqual([0, 1]);
  expect(lines[0]).toMatch(/^SETTING_IGNORED settings\.hours: 县政务服务中心/u);
});

test("policy list names every profile, Chinese first", () => {
  const { status, stdout } = hallward("policy", "list");
  expect([status, stdout.trimEnd().split("\n").length]).toEqual([0, 31]);
  expect(stdout).toMatch(/^jiayuguan +嘉峪关市/mu);
});

test("policy show gives each value its rule, each rule its Chinese words, and names defaults as defaults", () => {
  const { status, stdout } = hallward("policy", "show", "P-COUNTY");
  expect(status).toBe(0);
  expect(stdout).toContain('late.countFrom: {"atLeast":"20:00"}  [ATT-03, AMB-01]');
  expect(stdout).toContain("ATT-03  无签到或迟到20分钟以上签到记迟到一次");
  expect(stdout).toContain("[S0.R 五.2 (L354)]");
  const [, defaults = ""] = stdout.split("产品默认");
  expect(defaults).toContain("signals.walkS: 30");
  expect(hallward("policy", "show", "atlantis")).toMatchObject({ status: 2 });
});

test("policy check gives every contradiction its file, line, place and rules", () => {
  const sound = fileOf("sound.yaml", "extends: county\nsettings:\n  summer: { from: 06-01, to: 09-30 }\n");
  expect(hallward("policy", "check", sound)).toMatchObject({ status: 0, lines: [] });
  const broken = fileOf("broken.yaml", "extends: county\nbpost:\n  maxRun: 30\n  maxYear: 20\n");
  const { status, stdout, lines } = hallward("policy", "check", broken);
  expect([status, stdout]).toEqual([2, ""]);
  expect(lines).toEqual([
    expect.stringMatching(/^POLICY_SUMMER_MISSING .*broken\.yaml:1: settings\.summer: .*\(HRS-05, AMB-09\)$/u),
    expect.stringMatching(/^POLICY_COVER_CONTRADICTS .*broken\.yaml:3: bpost\.maxRun: /u),
  ]);
});

/** Every line ten times the one before it. */
const SWELLING = ["a: &a [x]", ..."bcdefgh".split("")]
  .map((name, at) =>
    at === 0
      ? name
      : `${name}: &${name} [${Array(10)
          .fill(`*${"abcdefgh"[at - 1]}`)
          .join(", ")}]`,
  )
  .join("\n");

test("policy check refuses what is no mapping, no YAML, or not there", () => {
  for (const file of [
    fileOf("list.yaml", "- county\n"),
    fileOf("broken.yaml", "extends: [\n"),
    fileOf("swelling.yaml", SWELLING),
    "/nowhere/at/all.yaml",
  ]) {
    const { status, lines } = hallward("policy", "check", file);
    expect([status, lines.length]).toEqual([2, 1]);
    expect(lines[0]).toContain(file);
  }
});
