import type { HallEvent, KeeperParts } from "../../controller/index.ts";
import type { Mutant } from "./mutant.ts";

type Engine = KeeperParts["engine"];

/** The keeper's engine with something of it replaced. */
function engineWith(engine: Engine, patch: Partial<Pick<Engine, "onCommitted" | "hall">>): Engine {
  const plain = {
    time: engine.time.bind(engine),
    submit: engine.submit.bind(engine),
    onCommitted: patch.onCommitted ?? engine.onCommitted.bind(engine),
  };
  const seen = {
    hall: { get: () => patch.hall ?? engine.hall },
    head: { get: () => engine.head },
    ended: { get: () => engine.ended },
    unwritable: { get: () => engine.unwritable },
  };
  return Object.defineProperties(plain, seen) as unknown as Engine;
}

const toldOf =
  (tell: (event: HallEvent) => HallEvent | null) =>
  (parts: KeeperParts): KeeperParts => {
    const onCommitted: Engine["onCommitted"] = (listener) =>
      parts.engine.onCommitted((events, cause) =>
        listener(
          events.flatMap((event) => tell(event) ?? []),
          cause,
        ),
      );
    return { ...parts, engine: engineWith(parts.engine, { onCommitted }) };
  };

const isLate = (event: HallEvent): boolean => event.type === "badge.recorded" && event.data.effect === "recorded-late";
const isSignOn = (event: HallEvent): boolean => event.type === "badge.recorded" && event.data.effect === "sign-on";

/** Whoever is not there has reported as well. */
function everybodyReported(parts: KeeperParts): KeeperParts {
  const { engine, clock } = parts;
  const isHere = <T extends object>(terminal: T): T => ({ ...terminal, online: true });
  const patched = engineWith(engine, {
    get hall() {
      const { terminals } = engine.hall;
      const here = new Map([...terminals].map(([id, terminal]) => [id, isHere(terminal)] as const));
      return Object.create(engine.hall, { terminals: { value: here } }) as Engine["hall"];
    },
  });
  return { ...parts, engine: patched, emptyAt: () => clock.mono() };
}

export const KEEPING: readonly Mutant[] = [
  {
    name: "settled-unheard",
    fault: "a session is settled by the clock, whoever has reported",
    seams: () => ({ keeper: everybodyReported }),
  },
  {
    name: "late-taps-forgotten",
    fault: "taps that come late are in the log, and not in the ledger",
    seams: () => ({ keeper: toldOf((event) => (isLate(event) ? null : event)) }),
  },
  {
    name: "setting-ignored",
    fault: "taps stay where they were guessed to be, though the clock has been set since",
    seams: () => ({ keeper: toldOf((event) => (event.type === "clock.set" ? null : event)) }),
  },
  {
    name: "latest-of-in",
    fault: "somebody has come when the doubt about the tap ends",
    seams: () => ({
      keeper: toldOf((event) => (isSignOn(event) ? { ...event, occurredAtMs: event.occurredUntilMs } : event)),
    }),
  },
];
