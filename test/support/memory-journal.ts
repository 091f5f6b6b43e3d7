export { blankCard, type Card, MemoryJournal } from "../../simulator/disk/memory-journal.ts";
