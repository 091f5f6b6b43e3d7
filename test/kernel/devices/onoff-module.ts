import { execFileSync, spawnSync } from "node:child_process";
import { join } from "node:path";
import { PROJECT } from "../machine/virtual-machine.ts";

/** onoff's native module comes without a binary: `npm run onoff` builds it for the pinned Node, where it is not yet. */
export function buildOnoffModule(): void {
  const { status } = spawnSync(process.execPath, ["-e", 'require("onoff")'], { cwd: PROJECT, stdio: "ignore" });
  if (status !== 0)
    execFileSync(join(PROJECT, ".ci/build-epoll"), { cwd: PROJECT, stdio: ["ignore", "ignore", "inherit"] });
}
