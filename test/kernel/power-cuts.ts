import { SeededRandom } from "../support/seeded-random.ts";
import { type BootKind, CutHall } from "./cut-hall.ts";
import { planCut } from "./cut-plan.ts";
import { bundlePrograms, isRehearsed, markRehearsed } from "./machine/programs.ts";
import { buildMachine } from "./machine/virtual-machine.ts";

export interface CampaignOptions {
  readonly cuts: number;
  readonly seed: number;
  /** Called with a line now and then. */
  readonly say: (line: string) => void;
}

export interface Campaign {
  readonly seed: number;
  readonly cuts: number;
  readonly halls: number;
  /** Facts that somebody had been told before a cut; each was looked for after that cut and after every later one. */
  readonly promises: number;
  /** Writes the disk had taken and not confirmed when the power went, and what became of them. */
  readonly pending: number;
  readonly dropped: number;
  readonly torn: number;
  readonly wrong: readonly string[];
}

/** Halls that live at the same time, on a machine with two cores. */
const AT_ONCE = 2;
const CUTS_PER_DISK_MAX = 50;

/** Kernel, programs, and node's compiled code, made once. */
export async function prepareMachine(): Promise<Pick<BootKind, "kernel" | "programs">> {
  const kernel = buildMachine();
  const programs = await bundlePrograms();
  if (isRehearsed(programs)) return { kernel, programs };
  const hall = await CutHall.make({ kernel, programs, flushes: "kept" }, new SeededRandom(0));
  try {
    await hall.rehearse();
  } finally {
    hall.remove(false);
  }
  markRehearsed(programs);
  return { kernel, programs };
}

/** Cuts the power `cuts` times, on as many disks as it takes, and says what was not there any more. */
export async function cutPower({ cuts, seed, say }: CampaignOptions): Promise<Campaign> {
  const made = await prepareMachine();
  const halls = Math.max(AT_ONCE, Math.ceil(cuts / CUTS_PER_DISK_MAX));
  const shares = Array.from({ length: halls }, (_, index) => Math.floor((cuts + index) / halls));
  const tally = { pending: 0, dropped: 0, torn: 0, promises: 0, wrong: [] as string[] };
  const live = async (index: number): Promise<void> => {
    const random = new SeededRandom(seed * 1_000 + index);
    const hall = await CutHall.make({ ...made, flushes: "kept" }, random);
    let keep = true;
    try {
      const wrong = await liveThrough(hall, random, shares[index] ?? 0, tally, (line) =>
        say(`hall ${index + 1} ${line}`),
      );
      keep = wrong.length > 0;
      tally.wrong.push(...wrong);
      tally.promises += hall.promises;
    } finally {
      const place = hall.remove(keep);
      if (keep) say(`hall ${index + 1} kept at ${place}`);
    }
  };
  const waiting = shares.keys();
  const worker = async (): Promise<void> => {
    for (const index of waiting) await live(index);
  };
  await Promise.all(Array.from({ length: AT_ONCE }, worker));
  return { seed, cuts, halls, ...tally };
}

async function liveThrough(
  hall: CutHall,
  random: SeededRandom,
  cuts: number,
  tally: { pending: number; dropped: number; torn: number },
  say: (line: string) => void,
): Promise<readonly string[]> {
  for (let cut = 1; cut <= cuts; cut += 1) {
    const plan = planCut(random);
    const report = await hall.cut(plan);
    tally.pending += report.pending;
    tally.dropped += report.dropped;
    tally.torn += report.torn;
    const wrong = hall.judge(false);
    const happened = `${report.pending} writes pending, ${report.dropped} dropped`;
    say(`cut ${cut} of ${cuts} from ${plan.from}: ${happened}; ${hall.promises} promises`);
    if (wrong.length > 0) return wrong.map((line) => `after cut ${cut}: ${line}`);
  }
  await hall.settle();
  return hall.judge(true).map((line) => `at the end: ${line}`);
}
