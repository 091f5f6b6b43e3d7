import { type ChildProcessByStdio, spawn } from "node:child_process";
import { once } from "node:events";
import { closeSync, constants, existsSync, lstatSync, openSync, readlinkSync, rmSync } from "node:fs";
import { dirname } from "node:path";
import type { Readable, Writable } from "node:stream";
import { HallError } from "../../protocol/index.ts";
import type { WireEnd, WireEndListener } from "./wire-end.ts";

type Socat = ChildProcessByStdio<Writable, Readable, Readable>;

const KEEPER_FLAGS = constants.O_RDWR | constants.O_NOCTTY | constants.O_NONBLOCK;
const READY = "starting data transfer loop";
const SAID_MAX = 4000;

/** A serial line that socat makes: the terminal opens `path`. Pulled, it hangs up as a real one does. */
export class PtyEnd implements WireEnd {
  readonly #path: string;
  readonly #listener: WireEndListener;
  #line: { readonly socat: Socat; readonly keeper: number } | null = null;

  constructor(path: string, listener: WireEndListener) {
    this.#path = path;
    this.#listener = listener;
  }

  async plug(): Promise<void> {
    if (this.#line !== null) return;
    refuseToReplace(this.#path);
    // The kernel ends socat when this process is gone, however that ended: no path is left that leads to nobody.
    const pty = `pty,raw,echo=0,link=${this.#path}`;
    const args = ["--pdeathsig", "KILL", "--", "socat", "-d", "-d", pty, "stdio"];
    const socat = spawn("setpriv", args, { stdio: ["pipe", "pipe", "pipe"] });
    socat.stdin.on("error", () => {}); // What is said on a cable that is being pulled is lost, as it should be.
    await this.#ready(socat);
    // While nobody has the line open socat would take it for closed: this handle keeps it.
    const line = { socat, keeper: openSync(this.#path, KEEPER_FLAGS) };
    this.#line = line;
    socat.stdout.on("data", (bytes: Buffer) => this.#listener.onHeard(Uint8Array.from(bytes)));
    socat.once("close", () => {
      if (this.#line !== line) return;
      this.#line = null;
      closeSync(line.keeper);
      this.#listener.onBroken();
    });
  }

  async unplug(): Promise<void> {
    const line = this.#line;
    if (line === null) return;
    this.#line = null;
    const gone = once(line.socat, "close");
    line.socat.kill("SIGKILL");
    await gone;
    closeSync(line.keeper);
    rmSync(this.#path, { force: true });
  }

  say(bytes: Uint8Array): void {
    this.#line?.socat.stdin.write(bytes);
  }

  close(): Promise<void> {
    return this.unplug();
  }

  #ready(socat: Socat): Promise<void> {
    let said = "";
    return new Promise((resolve, reject) => {
      const refuse = (): void => {
        const why = said.trim().split("\n").at(-1) ?? "";
        reject(noLine(this.#path, `install socat (sudo apt install socat). ${why}`.trim()));
      };
      socat.once("error", refuse);
      socat.once("close", refuse);
      socat.stderr.on("data", (text: Buffer) => {
        said = (said + text.toString()).slice(-SAID_MAX);
        if (!said.includes(READY)) return;
        socat.removeListener("error", refuse);
        socat.removeListener("close", refuse);
        socat.on("error", () => {});
        resolve();
      });
    });
  }
}

const noLine = (path: string, why: string): HallError =>
  new HallError("EMULATION_NO_LINE", `Cannot make a serial line at ${path}: ${why}`, { path });

/** socat removes whatever has that name: somebody's file, or the node of a real device. */
function refuseToReplace(path: string): void {
  if (!existsSync(dirname(path))) throw noLine(path, `there is no folder ${dirname(path)}.`);
  if (path.includes(",")) throw noLine(path, "its name must not have a comma.");
  const found = lstatSync(path, { throwIfNoEntry: false });
  if (found === undefined) return;
  const isOldLine = found.isSymbolicLink() && readlinkSync(path).startsWith("/dev/pts/");
  if (!isOldLine) throw noLine(path, "something else is there already; choose another name.");
}
