// Loaded before a program to break it on purpose (node --import): SQLite no longer waits for the disk, whatever it is
// told. The product has no switch for this.
import Database from "better-sqlite3";

type Pragma = (this: Database.Database, source: string, options?: Database.PragmaOptions) => unknown;
const honest: Pragma = Reflect.get(Database.prototype, "pragma");

Database.prototype.pragma = function weakened(source, options) {
  return honest.call(this, source.replace(/synchronous = FULL/u, "synchronous = OFF"), options);
};
