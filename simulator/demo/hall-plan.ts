import { type CanonicalBadge, canonicalBadge } from "../../hardware/index.ts";
import { type Bilingual, bilingual, CounterId, QueueId, ServiceId, StaffId, TerminalId } from "../../protocol/index.ts";
import { CLERK_NAMES } from "./clerk-names.ts";

// The demonstration hall: a fictional district, fictional people. The same number of counters gives the same hall, so
// that a later start continues where an earlier one ended.

export const DEMO_COUNTERS_MAX = 64;

export interface DemoStaff {
  readonly staffId: StaffId;
  readonly name: string;
  readonly post: Bilingual;
  readonly number: string;
  /** What the card says; only its digest goes into the configuration. */
  readonly badge: CanonicalBadge;
  readonly counters: readonly CounterId[];
}

export interface DemoCounter {
  readonly counterId: CounterId;
  readonly terminalId: TerminalId;
  readonly title: Bilingual;
  readonly queues: readonly QueueId[];
  readonly clerk: DemoStaff;
}

export interface DemoService {
  readonly serviceId: ServiceId;
  readonly queueId: QueueId;
  readonly letter: string;
  readonly name: Bilingual;
  /** How often it is asked for, beside the others. */
  readonly weight: number;
}

export interface DemoHall {
  readonly name: Bilingual;
  readonly zone: string;
  readonly services: readonly DemoService[];
  readonly counters: readonly DemoCounter[];
  /** May sign on at every window where nobody is. */
  readonly lead: DemoStaff;
}

const service = (id: string, letter: string, name: Bilingual, weight: number): DemoService => ({
  serviceId: ServiceId.parse(id),
  queueId: QueueId.parse(letter.toLowerCase()),
  letter,
  name,
  weight,
});

const GENERAL = service("general", "A", bilingual("综合受理", "General services"), 4);
const HOUSEHOLD = service("household", "B", bilingual("户籍", "Household registration"), 3);
const INSURANCE = service("insurance", "C", bilingual("社保", "Social insurance"), 3);
const PROPERTY = service("property", "D", bilingual("不动产", "Real estate"), 2);
const SERVICES = [GENERAL, HOUSEHOLD, INSURANCE, PROPERTY] as const;

/** Every third window serves everybody: the first, so that even one window is a whole hall. */
const EVERYTHING_EVERY = 3;
const SPECIAL = [HOUSEHOLD, INSURANCE, PROPERTY, GENERAL] as const;

export function planHall(counters: number): DemoHall {
  const planned = Array.from({ length: counters }, (_, index) => planCounter(index));
  return {
    name: bilingual("海棠区政务服务中心", "Haitang District Service Centre"),
    zone: "Asia/Shanghai",
    services: SERVICES,
    counters: planned,
    lead: {
      staffId: StaffId.parse("lead"),
      name: "林静",
      post: bilingual("大厅值班长", "Hall supervisor"),
      number: "100",
      badge: badgeOf(0),
      counters: planned.map(({ counterId }) => counterId),
    },
  };
}

function planCounter(index: number): DemoCounter {
  const number = index + 1;
  const counterId = CounterId.parse(String(number));
  const special = index - Math.ceil(number / EVERYTHING_EVERY);
  const only = index % EVERYTHING_EVERY === 0 ? null : (SPECIAL[special % SPECIAL.length] ?? GENERAL);
  return {
    counterId,
    terminalId: TerminalId.parse(`t${String(number).padStart(2, "0")}`),
    title: only?.name ?? bilingual("综合窗口", "All services"),
    queues: only === null ? SERVICES.map(({ queueId }) => queueId) : [only.queueId],
    clerk: planClerk(index, counterId, only),
  };
}

function planClerk(index: number, counterId: CounterId, only: DemoService | null): DemoStaff {
  const number = String(101 + index);
  const round = Math.floor(index / CLERK_NAMES.length);
  const name = CLERK_NAMES[index % CLERK_NAMES.length] ?? "";
  return {
    staffId: StaffId.parse(`s${number}`),
    name: round === 0 ? name : `${name}${round + 1}`,
    post: only === null ? bilingual("综合岗", "General desk") : bilingual(`${only.name.zh}岗`, `${only.name.en} desk`),
    number,
    badge: badgeOf(index + 1),
    counters: [counterId],
  };
}

/** As an EM4100 card has it: four bytes. */
const badgeOf = (card: number): CanonicalBadge =>
  canonicalBadge((0x0086f400 + card * 0x11).toString(16).toUpperCase().padStart(8, "0"));

/** A card of another house: nobody's here. */
export const STRANGERS_BADGE = canonicalBadge("00C0FFEE");
