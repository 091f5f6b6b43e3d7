import { type Clock, milliseconds, StreamId } from "../../protocol/index.ts";
import type { Journal } from "../../terminal/index.ts";
import { type CardWitness, FaultyJournal, type FaultyJournalOptions } from "../disk/faulty-journal.ts";
import { type Card, copyOfCard } from "../disk/memory-journal.ts";
import type { Mutant } from "./mutant.ts";

/** The journal with some of its methods replaced. */
const patched = (journal: FaultyJournal, patch: (journal: FaultyJournal) => Partial<Journal>): Journal =>
  Object.assign(journal, patch(journal));

const ONE_STREAM = StreamId.parse("11111111-1111-4111-8111-111111111111");

/** Every card of every terminal writes one stream, from 1. */
function noStreamId(options: FaultyJournalOptions): Journal {
  options.card.stream = ONE_STREAM;
  return patched(new FaultyJournal(options), () => ({ beginStream: () => {} }));
}

/** Where the numbering stood is not on the card: it begins again with every boot. */
function volatileSeq(options: FaultyJournalOptions): Journal {
  options.card.head = 0;
  options.card.done = 0;
  options.card.inputs.clear();
  return new FaultyJournal(options);
}

function noHistory(options: FaultyJournalOptions): Journal {
  const journal = new FaultyJournal(options);
  const acknowledge = journal.acknowledge.bind(journal);
  return patched(journal, () => ({
    acknowledge(upTo, hallMs) {
      acknowledge(upTo, hallMs);
      for (const seq of options.card.inputs.keys()) if (seq <= options.card.done) options.card.inputs.delete(seq);
    },
  }));
}

/** No room: the oldest goes, whether anybody has it or not. */
function fullCardForgets(options: FaultyJournalOptions): Journal {
  const { card } = options;
  return patched(new FaultyJournal(options), (journal) => {
    const append = journal.append.bind(journal);
    return {
      append(draft) {
        const stored = append(draft);
        if (stored.ok) return stored;
        card.inputs.delete(Math.min(...card.inputs.keys()));
        return append(draft);
      },
      probe: () => null,
    };
  });
}

const FLUSHED_EVERY = milliseconds(3_000);
const UNSEEN: CardWitness = { onAppended: () => {}, onAcknowledged: () => {}, onStreamBegun: () => {} };

/** Green lights over a buffer in memory, which reaches the card some seconds later. */
function greenBeforeWritten(options: FaultyJournalOptions, clock: Clock): Journal {
  const { card, witness } = options;
  const buffer = copyOfCard(card);
  const journal = new FaultyJournal({ ...options, card: buffer, witness: UNSEEN });
  clock.every(FLUSHED_EVERY, () => {
    const { head, done } = card;
    overwrite(card, buffer);
    for (let seq = head + 1; seq <= card.head; seq += 1) {
      const row = card.inputs.get(seq);
      if (row !== undefined && card.stream !== null) witness.onAppended(card.stream, row.input);
    }
    if (card.done > done && card.stream !== null) witness.onAcknowledged(card.stream, card.done);
  });
  return journal;
}

function overwrite(card: Card, buffer: Card): void {
  const { inputs, ...rest } = copyOfCard(buffer);
  Object.assign(card, rest);
  card.inputs.clear();
  for (const [seq, row] of inputs) card.inputs.set(seq, row);
}

/** Nobody is told of what is left of the streams before this one. */
const formerForgotten = (options: FaultyJournalOptions): Journal =>
  patched(new FaultyJournal(options), () => ({ former: () => [] }));

export const JOURNALLING: readonly Mutant[] = [
  {
    name: "no-stream-id",
    fault: "a fresh card goes on in the old one's stream",
    seams: () => ({ journal: noStreamId }),
  },
  { name: "volatile-seq", fault: "seqs begin again with every boot", seams: () => ({ journal: volatileSeq }) },
  {
    name: "full-card-forgets",
    fault: "a full card lets go of what nobody has acknowledged",
    seams: () => ({ journal: fullCardForgets }),
  },
  {
    name: "former-forgotten",
    fault: "nobody is told what is left of the streams before this one",
    seams: () => ({ journal: formerForgotten }),
  },
  { name: "no-history", fault: "what is acknowledged is deleted at once", seams: () => ({ journal: noHistory }) },
  {
    name: "green-before-written",
    fault: "the green light comes before the card has it",
    seams: () => ({ journal: greenBeforeWritten }),
  },
];
