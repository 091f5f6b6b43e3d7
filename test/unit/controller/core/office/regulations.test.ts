// Proves that the hall carries out what single regulations ask of leave, permits, turns and staffing, each by its rule.
import { describe, expect, test } from "vitest";
import { policyFaults } from "../../../../../controller/adapters/policies/hall-policy.ts";
import type { AttendanceConfiguration } from "../../../../../controller/core/office/attendance-configuration.ts";
import { openDecisions } from "../../../../../controller/core/office/sign-document.ts";
import { documentPicture } from "../../../../../controller/projections/attendance/document-pictures.ts";
import { present } from "../../../../../protocol/index.ts";
import { bodiesOf } from "../../../../support/test-events.ts";
import {
  CLERK,
  DIRECTOR,
  HALF_PAST_EIGHT,
  type HallAsked,
  HEAD,
  OFFICE,
  OfficeHall,
  officeConfiguration,
  OTHER_CLERK,
  SECOND_DIRECTOR,
} from "./office-rig.ts";

const hallOf = (policy: unknown, more: object = {}) => new OfficeHall({ policy, settings: HALF_PAST_EIGHT, ...more });
const MORNING = { from: "2026-03-03T08:30", to: "2026-03-03T12:00" };
const ONE_DAY = { from: "2026-03-03T08:30", to: "2026-03-03T17:30" };
const HALF_MORE = { from: "2026-03-03T08:30", to: "2026-03-04T12:00" };
const leave = (span: object, more: object = {}) => ({
  kind: "leave",
  person: "s01",
  leave: "personal",
  ...span,
  ...more,
});

describe("who signs, in which order, and where the paper goes", () => {
  test.each([
    ["ATT-22: 宝坻, on business", "baodi", leave(ONE_DAY, { leave: "business" }), ["综合科"], ["监察室"]],
    ["ATT-28: 宝坻, filed with", "baodi", leave(ONE_DAY), ["首席代表", "协调管理科长"], ["监察室"]],
    ["ATT-33: town, a day", "town-money", leave(ONE_DAY), ["分管领导"], ["党政办"]],
    ["ATT-33: town, longer", "town-money", leave(HALF_MORE), ["党政主要领导"], ["党政办"]],
    ["ATT-35: accounting, half a day", "hesuan", leave(MORNING), ["大厅负责人"], ["办公室"]],
    ["ATT-35: accounting, a day", "hesuan", leave(ONE_DAY), ["分管领导"], ["办公室"]],
    ["ATT-35: accounting, longer", "hesuan", leave(HALF_MORE), ["核算中心主任"], ["办公室"]],
    ["ATT-40: B first", "zhen-b", leave(ONE_DAY), ["B岗工作人员", "分管领导", "大厅负责人"], []],
    ["ATT-42: S3.5c, under a day", "xiangzhen-c", leave(MORNING, { substitute: "s03" }), ["中心主任"], ["督查科"]],
    ["ATT-43: S3.5c, a day", "xiangzhen-c", leave(ONE_DAY, { substitute: "s03" }), ["主管领导"], ["办公室"]],
  ])("%s", (_, policy, document, due, filedWith) => {
    const town = policy === "town-money" ? { settings: {} } : {};
    const filed = hallOf(policy, town).filed(CLERK, document);
    expect(filed.due.map(({ zh }) => zh)).toEqual(due);
    expect(filed.filedWith.map(({ zh }) => zh)).toEqual(filedWith);
  });

  test("ATT-40: nobody signs before the B post has", () => {
    const hall = hallOf("zhen-b", { offices: { "b-post": ["other"], "division-leader": ["manager"] } });
    const filed = hall.filed(CLERK, leave(ONE_DAY));
    expect(hall.sign(DIRECTOR, filed, "approve")).toBe("not-in-turn");
    expect(hall.sign(OTHER_CLERK, filed, "approve")).toBe("waiting");
    expect(hall.sign(DIRECTOR, filed, "approve")).toBe("waiting");
    expect(hall.sign(HEAD, filed, "approve")).toBe("holds");
  });

  describe("ATT-42: the standing deputy signs for the director while the director is away, and only then", () => {
    const OFFICES = { offices: { "centre-director": ["manager"], "standing-deputy": ["manager-2"] } };
    const asked = (hall: OfficeHall) => hall.filed(CLERK, leave(MORNING, { substitute: "s03" }));

    test("a director whom the hall does not know: the deputy's note says where they are, and stays on record", () => {
      const hall = hallOf("xiangzhen-c", OFFICES);
      const filed = asked(hall);
      expect(hall.sign(SECOND_DIRECTOR, filed, "approve")).toBe("absence-unstated");
      expect(hall.sign(SECOND_DIRECTOR, filed, "refuse")).toBe("absence-unstated");
      expect(openDecisions(hall.hall, SECOND_DIRECTOR, filed).decisions).toEqual(["approve", "refuse", "cancel"]);
      expect(hall.sign(SECOND_DIRECTOR, filed, "approve", { note: "主任外出开会" })).toBe("holds");
      const deputy = { id: "standing-deputy", zh: "常务副主任" };
      expect(hall.document(filed.documentId).signed).toMatchObject([{ role: "centre-director", delegate: deputy }]);
      const { signatures } = documentPicture(hall.hall, SECOND_DIRECTOR, hall.document(filed.documentId));
      expect(signatures).toMatchObject([{ by: "manager-2", zh: "常务副主任（代中心主任）", note: "主任外出开会" }]);
    });

    test("a director of the hall's own staff: refused while they are there, taken once they are on leave", () => {
      const hall = hallOf("xiangzhen-c", { ...OFFICES, officeHolders: { "centre-director": ["s02"] } });
      const filed = asked(hall);
      expect(hall.sign(SECOND_DIRECTOR, filed, "approve", { note: "外出" })).toBe("principal-present");
      expect(openDecisions(hall.hall, SECOND_DIRECTOR, filed).decisions).toEqual(["cancel"]);
      const out = { from: "2026-03-02T09:00", to: "2026-03-02T11:00" };
      hall.filed(HEAD, { kind: "permit", person: "s02", purpose: "business", ...out });
      hall.go("2026-03-02T08:59:59");
      expect(hall.sign(SECOND_DIRECTOR, filed, "approve")).toBe("principal-present");
      hall.go("2026-03-02T09:00:00");
      expect(hall.sign(SECOND_DIRECTOR, filed, "approve")).toBe("holds");
    });

    test("the director signs without any of it, and where no deputy is named nobody signs for them", () => {
      const hall = hallOf("xiangzhen-c", OFFICES);
      expect(hall.sign(DIRECTOR, asked(hall), "approve")).toBe("holds");
      const alone = hallOf("xiangzhen-c", { offices: { "centre-director": ["manager"] } });
      expect(alone.sign(SECOND_DIRECTOR, asked(alone), "approve", { note: "外出" })).toBe("not-an-approver");
    });

    test("a holder who is nobody of the staff is refused with its place", () => {
      const named = { officeHolders: { "centre-director": ["nobody"] } };
      expect(() => officeConfiguration({ policy: "xiangzhen-c", settings: HALF_PAST_EIGHT, ...named })).toThrow(
        /officeHolders/u,
      );
    });

    test("a profile of an older log names the deputy by the bare word", () => {
      const tier = { form: "slip", approvers: [{ id: "centre-director", zh: "中心主任", delegate: "常务副主任" }] };
      const hall = hallOf({ extends: "xiangzhen-c", leave: { tiers: [tier] } }, OFFICES);
      expect(hall.sign(SECOND_DIRECTOR, asked(hall), "approve", { note: "主任外出" })).toBe("holds");
    });
  });
});

describe("ATT-27: 宝坻's windows are not left", () => {
  test("somebody can stand in: the unit's leader need not be told", () => {
    const filed = hallOf("baodi").filed(CLERK, leave(MORNING));
    expect([filed.filedWith.map(({ id }) => id), filed.rules]).toEqual([["supervision-office"], ["ATT-23", "AMB-13"]]);
  });

  test("nobody can: the paper goes to the unit's leader too, unless a substitute is named", () => {
    const hall = hallOf("baodi");
    const theirs = { person: "s02", leave: "personal", kind: "leave", ...MORNING };
    const told = hall.filed(OTHER_CLERK, theirs); // Window 2 has neither B post nor anybody admitted.
    expect(told.filedWith.map(({ id }) => id)).toEqual(["supervision-office", "unit-leader"]);
    expect(told.rules).toContain("ATT-27");
    const named = hallOf("baodi").filed(OTHER_CLERK, { ...theirs, substitute: "s03" });
    expect(named.filedWith.map(({ id }) => id)).toEqual(["supervision-office"]);
  });

  test("a B post who is on leave then cannot", () => {
    const offices = { "chief-representative": ["manager"], "coordination-section": ["manager-2"] };
    const hall = hallOf("baodi", { offices });
    const theirs = hall.filed(OFFICE, leave(MORNING, { person: "s03" }));
    hall.sign(DIRECTOR, theirs, "approve");
    expect(hall.sign(SECOND_DIRECTOR, theirs, "approve")).toBe("holds");
    expect(hall.filed(CLERK, leave(MORNING)).filedWith.map(({ id }) => id)).toContain("unit-leader");
  });
});

test("ATT-64: long leave is refused where the hall says what is long, and nothing else is", () => {
  const hall = hallOf(
    { extends: "county", leave: { maxDays: 1 } },
    { settings: { summer: { from: "06-01", to: "09-30" } } },
  );
  const day = { from: "2026-03-03T08:00", to: "2026-03-03T17:30" };
  expect(hall.filed(CLERK, leave(day)).state).toBe("waiting");
  const longer = { from: "2026-03-04T08:00", to: "2026-03-05T12:00" };
  expect(hall.file(CLERK, leave(longer))).toBe("leave-too-long");
  expect(hall.filed(CLERK, leave(longer, { leave: "business" })).state).toBe("waiting");
  expect(new OfficeHall().filed(CLERK, leave(longer)).state).toBe("waiting");
});

describe("going out with the head's consent", () => {
  const permit = (more: object = {}) => ({
    kind: "permit",
    person: "s01",
    purpose: "personal",
    from: "2026-03-03T09:00",
    to: "2026-03-03T09:30",
    ...more,
  });

  test("ATT-34: in the accounting centre it says where to", () => {
    const hall = hallOf("hesuan");
    expect(hall.file(HEAD, permit())).toBe("destination-missing");
    expect(hall.filed(HEAD, permit({ destination: "银行" }))).toMatchObject({ state: "holds", rules: ["ATT-34"] });
    expect(new OfficeHall().filed(HEAD, permit())).toMatchObject({ state: "holds", rules: [] });
  });

  test("ATT-45: a site visit says how many go, in S3.5c and nowhere else", () => {
    const hall = hallOf("xiangzhen-c");
    expect(hall.file(HEAD, permit({ purpose: "site-visit" }))).toBe("people-missing");
    const visit = hall.filed(HEAD, permit({ purpose: "site-visit", people: 2 }));
    expect(visit).toMatchObject({ state: "holds", rules: ["ATT-45"] });
    expect(hall.filed(HEAD, permit())).toMatchObject({ state: "holds", rules: [] });
    expect(new OfficeHall().filed(HEAD, permit({ purpose: "site-visit" })).state).toBe("holds");
  });

  test("ATT-45, ATT-62: out without it is unauthorised; with it nothing is held against anybody", () => {
    const away = (hall: OfficeHall) => {
      hall.go("2026-03-03T00:01");
      hall.tap(1, "2026-03-03T08:20");
      hall.tap(1, "2026-03-03T09:00:00");
      hall.tap(1, "2026-03-03T09:00:05");
      hall.tap(1, "2026-03-03T09:29");
      hall.tap(1, "2026-03-03T12:00");
      hall.go("2026-03-03T13:00");
      hall.reported("2026-03-03T12:00");
      const ledger = hall.ledger();
      const member = present(ledger.member("s01"), "member");
      const day = Date.UTC(2026, 2, 3) / 86_400_000;
      return ledger.sessions(member, { from: day, to: day }, (day * 24 + 13) * 3_600)[0];
    };
    const without = away(hallOf("xiangzhen-c"));
    expect(without).toMatchObject({ state: "attended", leftPost: 1 });
    expect(without?.flags).toContain("outing-unpermitted");
    const hall = hallOf("xiangzhen-c");
    hall.filed(HEAD, permit({ purpose: "site-visit", people: 2 }));
    const permitted = away(hall);
    expect(permitted).toMatchObject({ state: "attended", leftPost: 0 });
    expect(permitted?.flags).not.toContain("outing-unpermitted");
  });

  describe("ATT-61: to leave the post one has consent, and somebody who stands in", () => {
    const STANDS_IN = { extends: "hall-0830", outing: { consent: { value: { substitute: true }, rules: ["ATT-61"] } } };
    const hallWith = () => hallOf(STANDS_IN, { settings: {} });
    const morning = (hall: OfficeHall, standsInAt: number | null) => {
      hall.filed(HEAD, permit({ substitute: "s03" }));
      hall.go("2026-03-03T00:01");
      hall.tap(1, "2026-03-03T08:20");
      hall.tap(2, "2026-03-03T08:20");
      hall.tap(1, "2026-03-03T09:00:00");
      hall.tap(1, "2026-03-03T09:00:05");
      if (standsInAt !== null) hall.tap(3, "2026-03-03T09:01", standsInAt);
      hall.tap(1, "2026-03-03T09:29");
      hall.tap(1, "2026-03-03T12:00");
      hall.go("2026-03-03T13:00");
      hall.reported("2026-03-03T12:00");
      const ledger = hall.ledger();
      const day = Date.UTC(2026, 2, 3) / 86_400_000;
      const member = present(ledger.member("s01"), "member");
      return ledger.sessions(member, { from: day, to: day }, (day * 24 + 13) * 3_600)[0];
    };

    test("without a substitute there is no permit, and nobody who is away is one", () => {
      const hall = hallWith();
      expect(hall.file(HEAD, permit())).toBe("substitute-missing");
      expect(hall.file(HEAD, permit({ substitute: "s01" }))).toBe("substitute-self");
      expect(hall.file(HEAD, permit({ substitute: "nobody" }))).toBe("unknown-person");
      expect(hall.filed(HEAD, permit({ substitute: "s03" }))).toMatchObject({ state: "holds", rules: ["ATT-61"] });
      hall.sign(DIRECTOR, hall.filed(OFFICE, leave(ONE_DAY, { person: "s03" })), "approve");
      expect(hall.file(HEAD, permit({ substitute: "s03" }))).toBe("substitute-away");
    });

    test("it holds once they have badged at that window; the consent alone is not enough", () => {
      expect(morning(hallWith(), 1)).toMatchObject({ state: "attended", leftPost: 0 });
      expect(morning(hallWith(), null)).toMatchObject({ leftPost: 1 });
      expect(morning(hallWith(), 2)).toMatchObject({ leftPost: 1 });
    });

    test("elsewhere a permit with a substitute holds without their badge", () => {
      expect(morning(hallOf("hall-0830", { settings: {} }), null)).toMatchObject({ leftPost: 0 });
    });
  });

  test("ATT-62: consent is the head's to give, not one's own", () => {
    expect(new OfficeHall().file(CLERK, permit())).toBe("not-yours");
  });
});

describe("HRS-16: windows open on time", () => {
  const vacated = (hall: OfficeHall) => bodiesOf(hall.events, "post.vacated");
  const ON_TIME = { extends: "county", schedule: { openOnTime: { value: true, rules: ["HRS-16"] } } };
  const SUMMER = { settings: { summer: { from: "06-01", to: "09-30" } } };

  test("one that nobody opened at the session's start is on record with its rule, and with who opened it when", () => {
    const hall = hallOf(ON_TIME, SUMMER);
    hall.tap(2, "2026-03-02T07:50");
    hall.go("2026-03-02T08:05");
    expect(vacated(hall)).toMatchObject([{ counterId: "1", rules: expect.arrayContaining(["HRS-16"]) as unknown }]);
    hall.tap(1, "2026-03-02T08:20");
    hall.go("2026-03-02T08:20:01");
    expect(bodiesOf(hall.events, "post.manned")).toMatchObject([{ counterId: "1", by: "s01" }]);
  });

  test("somebody who leaves later has opened on time; elsewhere the rule is not named", () => {
    const hall = hallOf(ON_TIME, SUMMER);
    for (const n of [1, 2]) hall.tap(n, `2026-03-02T07:5${n}`);
    hall.tap(1, "2026-03-02T09:00:00");
    hall.tap(1, "2026-03-02T09:00:05");
    hall.go("2026-03-02T09:05:05");
    const county = new OfficeHall();
    county.go("2026-03-02T08:05");
    for (const { rules } of [...vacated(hall), ...vacated(county)]) expect(rules).not.toContain("HRS-16");
    expect([vacated(hall).length, vacated(county).length]).toEqual([1, 2]);
  });
});

describe("a staffing that leaves out what the regulation asks for is refused with its place", () => {
  const faultsOf = (asked: HallAsked) =>
    policyFaults(officeConfiguration(asked).attendance as AttendanceConfiguration).map(({ code, path, rules }) => ({
      code,
      path,
      rules,
    }));
  const unit = (staff: readonly string[], more: object = {}) => ({
    id: "tax",
    name: { zh: "税务局", en: "Tax" },
    staff,
    ...more,
  });
  const jiayuguan = (units: unknown) => ({ policy: "jiayuguan", settings: HALF_PAST_EIGHT, units });

  test("ATT-70, AMB-48: two people of one department name a chief representative, one need not", () => {
    expect(faultsOf(jiayuguan([unit(["s01"]), { ...unit(["s02", "s03"]), id: "land" }]))).toEqual([
      { code: "CHIEF_MISSING", path: "units[1].chief", rules: ["ATT-70", "AMB-48"] },
    ]);
    expect(faultsOf(jiayuguan([unit(["s01", "s02"], { chief: "s01" })]))).toEqual([]);
    expect(faultsOf(jiayuguan([unit(["s01", "s02"], { chief: "s03" })]))).toMatchObject([{ code: "CHIEF_ELSEWHERE" }]);
    expect(faultsOf({ units: [unit(["s01", "s02"])] })).toEqual([]);
  });

  test("ATT-68: one or two backups for a turn", () => {
    const turn = (backups: readonly string[]) => ({
      policy: "shaoxing",
      settings: HALF_PAST_EIGHT,
      turns: [{ counter: "1", from: "2026-03-02", to: "2026-03-31", staff: ["s01"], backups }],
    });
    expect(faultsOf(turn([]))).toEqual([{ code: "BACKUPS_CONTRADICT", path: "turns[0].backups", rules: ["ATT-68"] }]);
    expect([faultsOf(turn(["s02"])), faultsOf(turn(["s02", "s03"]))]).toEqual([[], []]);
    expect(faultsOf(turn(["s01", "s02", "s03"]))).toHaveLength(1);
  });
});
