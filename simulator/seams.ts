import type { Decide, EventStore, HallBus, KeeperParts, MessageListener } from "../controller/index.ts";
import type { CounterDevices } from "../hardware/index.ts";
import type { Clock, Random } from "../protocol/index.ts";
import type { ControllerLink, Journal } from "../terminal/index.ts";
import { FaultyJournal, type FaultyJournalOptions } from "./disk/faulty-journal.ts";

/**
 * The ports on which the product stands in a simulated hall, each as a function that the composition sends it through.
 * The product's own are `SOUND`; a mutant is a hall in which one of them is another.
 */
export interface Seams {
  journal(options: FaultyJournalOptions, clock: Clock): Journal;
  link(link: ControllerLink, ground: { readonly journal: Journal; readonly clock: Clock }): ControllerLink;
  devices(devices: CounterDevices, clock: Clock): CounterDevices;
  store(store: EventStore): EventStore;
  decide(decide: Decide): Decide;
  /** Called with what puts a restore on record, before any controller starts on the copy. */
  restore(record: () => void): void;
  bus(bus: HallBus): HallBus;
  /** What the keeper of attendance stands on, in a hall that has one. */
  keeper(parts: KeeperParts): KeeperParts;
  /** `bus`: the controller's way down, as the program has it. */
  receive(receive: MessageListener, ground: ReceiveGround): MessageListener;
}

export interface ReceiveGround {
  readonly clock: Clock;
  readonly random: Random;
  readonly bus: HallBus;
  readonly epoch: () => number;
  /** The highest seq of a stream that the controller has committed. */
  readonly cursorOf: (terminalId: string, stream: string) => number;
}

export const SOUND: Seams = {
  journal: (options) => new FaultyJournal(options),
  link: (link) => link,
  devices: (devices) => devices,
  store: (store) => store,
  decide: (decide) => decide,
  restore: (record) => record(),
  bus: (bus) => bus,
  keeper: (parts) => parts,
  receive: (receive) => receive,
};
