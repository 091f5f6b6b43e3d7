import { createHash } from "node:crypto";
import { createServer } from "node:net";
import { HallError } from "../../protocol/index.ts";

/**
 * Claims `directory` for this demonstration, or rejects with `DATA_IN_USE`. The claim is a name in Linux's abstract
 * socket space: nothing lies on the disk, and the system lets go of it with the process, however that ends.
 */
export function claimDirectory(directory: string): Promise<void> {
  const name = `\0hallward-demo-${createHash("sha256").update(directory).digest("hex")}`;
  const claim = createServer();
  claim.unref();
  return new Promise((resolve, reject) => {
    claim.once("error", (cause) => {
      const line = `Another demonstration runs in ${directory}. Stop it, or choose another directory with --data.`;
      reject(new HallError("DATA_IN_USE", line, { directory }, cause));
    });
    claim.listen(name, resolve);
  });
}
