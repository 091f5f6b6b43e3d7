import { createPrivate, writePrivate } from "../../../controller/adapters/private-file.ts";
import { HallError } from "../../../protocol/index.ts";

// write-private.ts PATH BYTES [new]: writes a private file of so many bytes, and says how that went.
const [path = "", bytes = "0", how] = process.argv.slice(2);
const text = "y".repeat(Number(bytes));
try {
  if (how === "new") createPrivate(path, text);
  else writePrivate(path, text);
  process.stdout.write("written\n");
} catch (thrown) {
  if (!(thrown instanceof HallError)) throw thrown;
  process.stdout.write(`${thrown.code}\n`);
}
