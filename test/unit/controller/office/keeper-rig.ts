import { assembleHallEngine } from "../../../../controller/assembled-engine.ts";
import type { EvidenceVault } from "../../../../controller/adapters/evidence/evidence-vault.ts";
import type { HallConfiguration } from "../../../../controller/core/configuration.ts";
import type { HallEvent } from "../../../../controller/core/events.ts";
import { MemoryDisk, openMemoryEventStore } from "../../../../controller/engine/memory-event-store.ts";
import { AttendanceKeeper } from "../../../../controller/office/attendance-keeper.ts";
import { Turns } from "../../../../controller/office/in-turns.ts";
import { OfficeRoom } from "../../../../controller/office/office-room.ts";
import { PaperRoom, type PaperRoomParts } from "../../../../controller/office/paper-room.ts";
import {
  accepted,
  type DurationMs,
  epochMs,
  type MonoMs,
  seconds,
  silentLog,
  StreamId,
  type TerminalId,
} from "../../../../protocol/index.ts";
import { SeededRandom } from "../../../support/seeded-random.ts";
import { terminalId, uuid } from "../../../support/test-hall.ts";
import { VirtualClock } from "../../../support/virtual-clock.ts";
import { instant, officeConfiguration } from "../core/office/office-rig.ts";

const NO_SEAL = { sign: () => "", verify: () => true };

/** A vault in memory. */
export function memoryVault(): EvidenceVault & { readonly papers: Map<string, { mediaType: string; base64: string }> } {
  const papers = new Map<string, { mediaType: string; base64: string }>();
  return {
    papers,
    keep: async (digest, paper) => void papers.set(digest, paper),
    read: (digest) => papers.get(digest) ?? null,
    erase: (digest) => void papers.delete(digest),
    discard: (digest) => void papers.delete(digest),
  };
}

export interface KeptHall {
  readonly clock: VirtualClock;
  readonly engine: ReturnType<typeof assembleHallEngine>["engine"];
  readonly keeper: AttendanceKeeper;
  readonly room: OfficeRoom;
  readonly papers: PaperRoom;
  readonly vault: ReturnType<typeof memoryVault>;
  readonly events: HallEvent[];
  /** Terminals that say their journal is empty, from now on. */
  readonly empty: Set<TerminalId>;
  /** What the office was told of who looked at whom. */
  readonly views: string[];
  pass(duration: DurationMs): void;
  born(n: number): void;
  /** The process ends; its disk stays. */
  stop(): void;
}

/** The hall's engine with the keeper of its attendance, in virtual time on a disk of memory. */
export function keptHall(
  at: string,
  disk = new MemoryDisk(),
  configuration: HallConfiguration = officeConfiguration(),
): KeptHall {
  const clock = new VirtualClock(epochMs(instant(at)));
  const store = openMemoryEventStore(disk);
  const random = new SeededRandom(disk.records.length + 1);
  const hall = assembleHallEngine({
    store,
    seal: NO_SEAL,
    clock,
    random,
    log: silentLog,
    onFatal(error) {
      throw error;
    },
  });
  const { engine } = hall;
  const events: HallEvent[] = [];
  engine.onCommitted((committed) => void events.push(...committed));
  const empty = new Set<TerminalId>();
  const emptyAt = (id: TerminalId): MonoMs | null => (empty.has(id) ? clock.mono() : null);
  const keeper = new AttendanceKeeper({ engine, store, clock, random, log: silentLog, emptyAt });
  const vault = memoryVault();
  const views: string[] = [];
  const viewed: PaperRoomParts["viewed"] = (actor, { what, people }) => {
    const others = people.filter((id) => id !== actor.staffId);
    if (others.length > 0) views.push(`${actor.id} ${what} ${others.join(",")}`);
    return Promise.resolve(accepted(null));
  };
  const room = new OfficeRoom({ engine, keeper, random, turns: new Turns(clock), viewed });
  const papers = new PaperRoom({ engine, vault, viewed });
  engine.submit({ type: "start", version: "test", configuration }, () => {});
  clock.advance(seconds(1));
  engine.submit({ type: "tick" }, () => {});
  clock.advance(seconds(1));
  keeper.start();
  clock.advance(seconds(1));
  return {
    clock,
    engine,
    keeper,
    room,
    papers,
    vault,
    events,
    empty,
    views,
    pass: (duration) => clock.advance(duration),
    born(n) {
      const stream = StreamId.parse(uuid(900_000 + n));
      const session = (engine.hall.terminals.get(terminalId(n))?.session ?? 0) + 1;
      const place = { stream, session, boot: 1, tail: 1, head: 0, done: 0, epochSeen: engine.hall.epoch };
      const birth = { v: 1, status: "online", firmware: "0.1.0", role: "counter", devices: [], ...place } as const;
      engine.submit({ type: "note-birth", terminalId: terminalId(n), birth: { ...birth, devices: [] } }, () => {});
      clock.advance(seconds(1));
    },
    stop() {
      keeper.close();
      hall.close();
    },
  };
}
