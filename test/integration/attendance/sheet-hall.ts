import { openEventStore } from "../../../controller/adapters/store/sqlite-event-store.ts";
import { readProfile } from "../../../controller/adapters/policies/policy-files.ts";
import { HallConfiguration } from "../../../controller/core/configuration.ts";
import { DocumentRequest } from "../../../controller/core/office/document-request.ts";
import { chainHash, GENESIS_HASH, recordOf } from "../../../controller/engine/chain.ts";
import { epochMs } from "../../../protocol/index.ts";
import { SeededRandom } from "../../support/seeded-random.ts";
import { badge, staffId, TestHall, testConfiguration, uuid } from "../../support/test-hall.ts";
import { actorOf } from "../../support/signed-in.ts";

/** Half past six on Sunday 1 March 2026, in the hall's own zone. */
const BEGIN = Date.UTC(2026, 1, 28, 22, 30);
const OFFSET = "+08:00";
const instant = (moment: string) => epochMs(Date.parse(`${moment}${OFFSET}`));

const NAMES = ["王敏", "李伟", "张静", "刘洋", "陈杰", "杨丽", "赵磊", "黄娟", "周涛", "吴霞", "徐强", "孙燕"];

function configurationOf(people: number): HallConfiguration {
  const plain = testConfiguration(people) as unknown as Record<string, unknown>;
  const staff = (plain["staff"] as { id: string }[]).slice(0, people).map((person, at) => ({
    ...person,
    name: NAMES[at % NAMES.length] ?? "",
    counters: [String(at + 1)],
  }));
  const half = staff.slice(0, Math.ceil(people / 2)).map(({ id }) => id);
  return HallConfiguration.parse({
    ...plain,
    name: { zh: "海棠区政务服务中心", en: "Haitang District Service Centre" },
    staff,
    attendance: {
      policy: "county",
      profiles: { county: readProfile("county") },
      settings: { summer: { from: "06-01", to: "09-30" } },
      from: "2026-03-02",
      units: [{ id: "tax", name: { zh: "税务局窗口", en: "Tax office" }, staff: half }],
    },
  });
}

export interface SheetHallPlan {
  readonly people: number;
  /** Of March 2026, from Monday the second. */
  readonly days: number;
}

const TIMES = ["07:58", "12:02", "14:27", "17:32"] as const;
const SUNDAY = 7;

/** A hall's log of some days in March 2026: people who come, come late, leave early, stay away, or are on leave. */
export function sheetHall({ people, days }: SheetHallPlan): TestHall {
  const hall = new TestHall(configurationOf(people), BEGIN);
  const random = new SeededRandom(7);
  hall.run({ type: "tick" });
  const document = DocumentRequest.parse({
    kind: "leave",
    person: staffId(2),
    leave: "personal",
    from: "2026-03-03T14:30",
    to: "2026-03-03T17:30",
    reason: "家事",
  });
  const manager = actorOf("manager");
  hall.now = instant("2026-03-02T07:00:00");
  const filing = { type: "file-document", actor: actorOf("staff", { staffId: staffId(2) }), document } as const;
  hall.attempt({ ...filing, documentId: uuid(900_001) });
  hall.attempt({
    type: "sign-document",
    actor: manager,
    documentId: uuid(900_001),
    decision: { decision: "approve", note: "" },
  });
  for (let ahead = 0; ahead < days; ahead += 1) {
    const date = `2026-03-${String(2 + ahead).padStart(2, "0")}`;
    if (isRest(ahead)) continue;
    for (const [at, time] of TIMES.entries()) {
      for (let n = 1; n <= people; n += 1) {
        if (n === 2 && ahead === 1 && at >= 2) continue;
        const chance = random.next();
        if (chance < 0.02) continue;
        const late = at % 2 === 0 && chance > 0.96 ? 35 : 0;
        const early = at % 2 === 1 && chance > 0.97 ? 40 : 0;
        const when = instant(`${date}T${time}:00`) + (late - early) * 60_000 + n * 7_000;
        hall.now = epochMs(Math.max(hall.now, when));
        hall.input(n, "badge-presented", { badge: badge(n) }, { occurredAt: when, occurredUntil: when });
      }
    }
    hall.now = epochMs(Math.max(hall.now, instant(`${date}T18:05:00`)));
    hall.run({ type: "note-reported", untilMs: instant(`${date}T17:30:00`), excused: [] });
    hall.now = instant(`${date}T23:59:00`);
    hall.run({ type: "tick" });
  }
  return hall;
}

const isRest = (ahead: number): boolean => (ahead % 7) + 1 >= SUNDAY - 1;

/** The hall's events as the log of a real directory. */
export function writeSheetLog(directory: string, hall: TestHall): void {
  const store = openEventStore(directory);
  let hash = GENESIS_HASH;
  const records = hall.events.map((event) => {
    const record = recordOf(event);
    hash = chainHash(hash, record);
    return { seq: event.seq, record, hash };
  });
  store.append({ records, keys: [] });
  store.close();
}
