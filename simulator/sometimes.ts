import type { Entry, EntryOf, Happening, History } from "./history.ts";

type Of<T extends Happening["type"]> = EntryOf<T>;

/** What of a history the rare situations are read from: one pass, then questions. */
class Situation {
  readonly history: History;
  readonly #open = new Map<string, readonly (readonly [from: number, to: number])[]>();
  readonly #controllerLives: readonly (readonly [from: number, to: number])[];
  readonly #unsent: Map<string, [sinceMs: number, unsent: number][]>;

  constructor(history: History) {
    this.history = history;
    this.#unsent = unsentIn(history);
    const sessions = new Map<string, [number, number][]>();
    const lives: [number, number][] = [];
    for (const entry of history.entries) {
      if (entry.type === "session-opened") {
        const spans = sessions.get(entry.terminalId) ?? [];
        sessions.set(entry.terminalId, [...spans, [entry.atMs, Number.POSITIVE_INFINITY]]);
      } else if (entry.type === "session-closed") end(sessions.get(entry.terminalId), entry.atMs);
      else if (entry.type === "started" && entry.node === "controller")
        lives.push([entry.atMs, Number.POSITIVE_INFINITY]);
      else if (entry.type === "died" && entry.node === "controller") end(lives, entry.atMs);
    }
    this.#open = sessions;
    this.#controllerLives = lives;
  }

  isOnline({ terminalId, atMs }: { readonly terminalId: string; readonly atMs: number }): boolean {
    return (this.#open.get(terminalId) ?? []).some(([from, to]) => from <= atMs && atMs < to);
  }

  isControllerUp(atMs: number): boolean {
    return this.#controllerLives.some(([from, to]) => from <= atMs && atMs < to);
  }

  deaths(of: "controller" | "terminal"): Of<"died">[] {
    return this.history.of("died").filter(({ node }) => (node === "controller") === (of === "controller"));
  }

  /** A citizen is asked there: a visit has ended lately and no key came. */
  isAsking(atMs: number, terminalId: string | null): boolean {
    const lately = this.history
      .of("input-journalled")
      .filter((entry) => isLately(entry.atMs, atMs) && (terminalId === null || entry.terminalId === terminalId));
    return lately.some(({ terminalId: at, input, atMs: endedAt }) => {
      if (input.type !== "service-finished") return false;
      return !lately.some((next) => next.terminalId === at && next.atMs > endedAt && CLOSES.has(next.input.type));
    });
  }

  /** Inputs on a card that nobody had acknowledged by then. */
  unsent(atMs: number, terminalId: string): number {
    const steps = this.#unsent.get(terminalId) ?? [];
    let [from, to] = [0, steps.length]; // Halved until `from` is the number of steps that had come by then.
    while (from < to) {
      const middle = (from + to) >> 1;
      if ((steps[middle]?.[0] ?? 0) <= atMs) from = middle + 1;
      else to = middle;
    }
    return steps[from - 1]?.[1] ?? 0;
  }
}

/** Per terminal: since when so many of its inputs are unacknowledged. */
function unsentIn(history: History): Map<string, [sinceMs: number, unsent: number][]> {
  const steps = new Map<string, [number, number][]>();
  const head = new Map<string, { readonly stream: string; readonly seq: number }>();
  for (const entry of history.entries) {
    if (entry.type !== "input-journalled" && entry.type !== "ack-observed") continue;
    const { terminalId, stream, atMs } = entry;
    if (entry.type === "input-journalled") head.set(terminalId, { stream, seq: entry.input.seq });
    const mine = steps.get(terminalId) ?? [];
    steps.set(terminalId, mine);
    const last = head.get(terminalId);
    if (entry.type === "input-journalled") mine.push([atMs, (mine.at(-1)?.[1] ?? 0) + 1]);
    else if (last?.stream === stream) mine.push([atMs, Math.max(0, last.seq - entry.upTo)]);
  }
  return steps;
}

const RATING_MS = 15_000;
const isLately = (thenMs: number, atMs: number): boolean => thenMs <= atMs && atMs - thenMs <= RATING_MS;
const CLOSES = new Set(["rating-given", "service-started", "call-next"]);

function end(spans: [number, number][] | undefined, atMs: number): void {
  const last = spans?.at(-1);
  if (last !== undefined) last[1] = Math.min(last[1], atMs);
}

type Question = (situation: Situation) => readonly unknown[];

const within = <T extends Entry>(entries: readonly T[], ms: number, alike: (a: T, b: T) => boolean): T[] =>
  entries.filter((a, at) => {
    const b = entries[at - 1];
    return b !== undefined && a.atMs - b.atMs <= ms && alike(a, b);
  });

const offline =
  (type: string): Question =>
  (s) =>
    s.history.of("input-journalled").filter((entry) => entry.input.type === type && !s.isOnline(entry));

const refusedAs =
  (code: string): Question =>
  (s) =>
    s.history.of("refusal-told").filter((entry) => entry.code === code);

const versionsOf = (s: Situation, dialect: string): Of<"version-started">[] =>
  s.history.of("version-started").filter((entry) => entry.dialect === dialect);

/** Longer than a terminal's silence may last. Milliseconds. */
const LONG_MS = 15_000;

/** Rare situations that a long run must meet: one that it never meets is a fault that never strikes. */
const QUESTIONS: Readonly<Record<string, Question>> = {
  "controller died during a rating window": (s) => s.deaths("controller").filter(({ atMs }) => s.isAsking(atMs, null)),
  "terminal died during a rating window": (s) =>
    s.deaths("terminal").filter(({ atMs, node }) => s.isAsking(atMs, node)),
  "terminal died with unsent inputs": (s) => s.deaths("terminal").filter(({ atMs, node }) => s.unsent(atMs, node) > 0),
  "terminal died while the controller was down": (s) =>
    s.deaths("terminal").filter(({ atMs }) => !s.isControllerUp(atMs)),
  "controller died right after a commit": (s) => {
    const stored = s.history.of("batch-stored");
    return s
      .deaths("controller")
      .filter(({ atMs }) => stored.some((batch) => batch.atMs <= atMs && atMs - batch.atMs < 3));
  },
  "controller died twice in half a minute": (s) => within(s.deaths("controller"), 30_000, () => true),
  "controller ended itself over its disk": (s) =>
    s.deaths("controller").filter(({ cause }) => cause.startsWith("STORE_")),
  "controller stood still for long": (s) =>
    s.history.of("stood-still").filter(({ node, forMs }) => node === "controller" && forMs > LONG_MS),
  "terminal stood still for long": (s) =>
    s.history.of("stood-still").filter(({ node, forMs }) => node !== "controller" && forMs > LONG_MS),
  "key pressed at a terminal that stood still": (s) => {
    const stills = s.history.of("stood-still");
    return s.history
      .of("key-pressed")
      .filter(({ atMs, terminalId }) =>
        stills.some((still) => still.node === terminalId && atMs > still.atMs && atMs < still.atMs + still.forMs),
      );
  },
  "card replaced while offline": (s) => s.history.of("card-replaced").filter((entry) => !s.isOnline(entry)),
  "card replaced with unsent inputs": (s) => s.history.of("card-replaced").filter(({ unsent }) => unsent > 0),
  "card forgot what it had confirmed": (s) => s.history.of("card-forgot"),
  "stream begun anew": (s) => s.history.of("stream-begun"),
  "will came after the new birth": (s) => s.history.of("will-heard").filter((entry) => s.isOnline(entry)),
  "input heard again": (s) => s.history.of("heard-again"),
  "session taken over": (s) => {
    const closed = s.history.of("session-closed");
    return s.history
      .of("session-opened")
      .filter(({ terminalId, atMs }) => closed.some((one) => one.terminalId === terminalId && one.atMs === atMs));
  },
  "gap asked for": (s) => s.history.of("gap-asked"),
  "press refused for its age": refusedAs("too-late"),
  "press refused for its basis": refusedAs("outdated"),
  "tap taken offline": offline("badge-presented"),
  "rating taken offline": offline("rating-given"),
  "start taken offline": offline("service-started"),
  "finish taken offline": offline("service-finished"),
  "tap without a green light": (s) => s.history.of("tap-presented").filter(({ green }) => !green),
  "one badge at two windows at once": (s) =>
    within(s.history.of("tap-presented"), 1_500, (a, b) => a.staff === b.staff && a.terminalId !== b.terminalId),
  "key stuck": (s) => s.history.of("key-pressed").filter(({ heldMs }) => heldMs > 10_000),
  "kiosk asked again": (s) =>
    [...s.history.of("ticket-asked")].filter(({ key }, at, all) => all.findIndex((one) => one.key === key) < at),
  "kiosk was refused": (s) => s.history.of("ticket-refused"),
  "many inputs unsent at once": (s) =>
    s.history.of("input-journalled").filter(({ atMs, terminalId }) => s.unsent(atMs, terminalId) > 3),
  "controller restored from an older copy": (s) => s.history.of("controller-restored").filter(({ lost }) => lost > 0),
  "device fault reported": (s) => s.history.of("input-journalled").filter(({ input }) => input.type === "device-fault"),
  "terminal of a newer minor version": (s) => versionsOf(s, "newer").filter(({ node }) => node !== "controller"),
  "terminal of an older minor version": (s) => versionsOf(s, "older"),
  "terminal of another major version": (s) => versionsOf(s, "foreign"),
  "controller of a newer minor version": (s) => versionsOf(s, "newer").filter(({ node }) => node === "controller"),
  "message of another major version refused": (s) =>
    s.history.of("other-version-heard").filter(({ code }) => code === "wrong-version"),
  "broker forgot while the controller lived": (s) =>
    s.history.of("broker-gone").filter(({ atMs }) => s.isControllerUp(atMs)),
  "controller died behind a living broker": (s) =>
    s.history.of("controller-linked").length === 0 ? [] : s.deaths("controller"),
  "controller told to stop": (s) => s.deaths("controller").filter(({ cause }) => cause === "stopped"),
  "terminal told to stop": (s) => s.deaths("terminal").filter(({ cause }) => cause === "stopped"),
  "controller died between two ports": (s) =>
    s.deaths("controller").filter(({ cause }) => cause === "cut between ports"),
  "terminal died between two ports": (s) => s.deaths("terminal").filter(({ cause }) => cause === "cut between ports"),
  "bytes of a badge came damaged": (s) => s.history.of("frames-damaged"),
  "plug pulled of a device in use": (s) => s.history.of("plug-pulled"),
  "card full of unsent inputs": (s) => s.history.of("card-full"),
  "card let go of an acknowledged input": (s) => s.history.of("card-dropped"),
  "damaged log found at the start": (s) => s.deaths("controller").filter(({ cause }) => cause === "LOG_BROKEN"),
  "damaged store replaced by a copy": (s) => {
    const damaged = s.history.of("store-damaged").filter(({ how }) => how !== "snapshot");
    return s.history.of("controller-restored").filter(({ atMs }) => damaged.some((found) => found.atMs <= atMs));
  },
  "torn snapshot set aside": (s) => s.history.of("store-damaged").filter(({ how }) => how === "snapshot"),
  "window served after the faults": (s) => s.history.of("patience-ended").filter(({ served }) => served),
};

export const SITUATIONS: readonly string[] = Object.keys(QUESTIONS);

/** How often each situation came about; those that did not, stand at 0. From the history alone. */
export function situationsIn(history: History): Record<string, number> {
  const situation = new Situation(history);
  return Object.fromEntries(Object.entries(QUESTIONS).map(([name, question]) => [name, question(situation).length]));
}
