import { assert } from "../../protocol/base/assert.ts";
import { messageOf } from "../../protocol/base/errors.ts";
import { type Log, silentLog } from "../../protocol/base/log.ts";
import { type Clock, seconds, type Timer } from "../../protocol/base/time.ts";
import {
  decodeFirmata,
  endFirmata,
  FIRMATA,
  FIRMATA_START,
  type FirmataFrame,
  type FirmataState,
} from "../codecs/firmata-frames.ts";
import type { ByteLink } from "../ports/byte-link.ts";
import type { BoardFault } from "../ports/gpio-lines.ts";
import { type FirmataPackages, loadFirmataPackages } from "./firmata-packages.ts";
import { FirmataSession, isIntroduction } from "./firmata-session.ts";

/** StandardFirmata's rate. */
export const FIRMATA_BAUD_RATE = 57_600;
/** A board that is not ready so long after it was greeted is greeted anew: an Uno boots for 2 s when its line opens. */
export const FIRMATA_GREET_EVERY = seconds(3);
/** Greetings without an answer after which the board is said to be silent. */
const UNANSWERED_MAX = 2;
/** How often a board at work is asked whether it still is. */
export const FIRMATA_ASK_EVERY = seconds(1);
/** Questions without a word from the board after which it is lost. */
const ASKED_MAX = 3;

export interface FirmataBoardOptions {
  readonly link: ByteLink;
  readonly clock: Clock;
  readonly log?: Log;
  readonly load?: () => Promise<FirmataPackages>;
}

/** Somebody who has something wired to the board. Both are told of changes, and of how it is when they join. */
export interface FirmataUser {
  onUp(session: FirmataSession): void;
  onDown(fault: BoardFault): void;
}

/**
 * An Arduino with StandardFirmata 2.5 or later, shared by all that is wired to it: the line is open while somebody uses
 * it. Rebuilt from the first question on after a lost line, a silence, or a restart of the board, for a board that
 * restarted has forgotten what its pins are.
 */
export class FirmataBoard {
  readonly name: string;
  readonly #link: ByteLink;
  readonly #clock: Clock;
  readonly #log: Log;
  readonly #load: () => Promise<FirmataPackages>;
  readonly #users = new Set<FirmataUser>();
  #opened = false;
  #isUp = false;
  #fault: BoardFault | null = null;
  #session: FirmataSession | null = null;
  #state: FirmataState = FIRMATA_START;
  #timer: Timer | null = null;
  #unanswered = 0;
  #asked = 0;

  constructor({ link, clock, log = silentLog, load = loadFirmataPackages }: FirmataBoardOptions) {
    this.name = link.name;
    [this.#link, this.#clock, this.#log, this.#load] = [link, clock, log, load];
  }

  /** A board that everybody has left does not come back. */
  async join(user: FirmataUser): Promise<void> {
    assert(!this.#opened || this.#users.size > 0, "a board that was closed is not opened again");
    this.#users.add(user);
    if (this.#session?.isReady === true) user.onUp(this.#session);
    else if (this.#fault !== null) user.onDown(this.#fault);
    if (this.#opened) return;
    this.#opened = true;
    await this.#link.open({
      onUp: () => {
        this.#isUp = true;
        void this.#greet();
      },
      onDown: (fault) => {
        this.#isUp = false;
        this.#end();
        this.#say(fault);
      },
      onBytes: (chunk) => this.#hear(chunk),
    });
  }

  async leave(user: FirmataUser): Promise<void> {
    if (!this.#users.delete(user) || this.#users.size > 0) return;
    this.#isUp = false;
    this.#end();
    await this.#link.close();
  }

  async #greet(): Promise<void> {
    this.#end();
    this.#after(FIRMATA_GREET_EVERY, () => this.#unheard());
    let packages: FirmataPackages;
    try {
      packages = await this.#load();
    } catch (thrown) {
      this.#timer?.cancel(); // What is not installed does not come by itself.
      this.#log.error("board.without-driver", { link: this.name, reason: messageOf(thrown) });
      return this.#say("no-driver");
    }
    if (!this.#isUp || this.#session !== null) return;
    this.#session = new FirmataSession(
      packages,
      (bytes) => this.#link.write(bytes),
      () => this.#ready(),
    );
    this.#session.begin();
  }

  #unheard(): void {
    this.#unanswered += 1;
    if (this.#unanswered >= UNANSWERED_MAX) this.#say("silent");
    void this.#greet();
  }

  #ready(): void {
    const session = this.#session;
    if (session === null) return;
    [this.#unanswered, this.#asked, this.#fault] = [0, 0, null];
    this.#askLater();
    this.#log.info("board.ready", { link: this.name });
    for (const user of this.#users) if (this.#session === session) user.onUp(session);
  }

  #askLater(): void {
    this.#after(FIRMATA_ASK_EVERY, () => {
      if (this.#asked >= ASKED_MAX) return this.#lose("silent");
      this.#asked += 1;
      this.#askLater();
      this.#link.write(Uint8Array.of(FIRMATA.version));
    });
  }

  #lose(fault: BoardFault): void {
    this.#end();
    this.#say(fault);
    if (this.#isUp) void this.#greet();
  }

  #hear(chunk: Uint8Array): void {
    const [state, words] = decodeFirmata(this.#state, chunk);
    this.#state = state;
    for (const word of words) {
      if (word.kind === "bad") this.#log.debug("board.bad-frame", { link: this.name, reason: word.reason });
      else this.#take(word);
    }
  }

  #take(frame: FirmataFrame): void {
    this.#asked = 0;
    const session = this.#session;
    // Nobody asks for its name any more: it has restarted, and says it by itself.
    if (session?.isReady === true && isIntroduction(frame)) this.#lose("hung-up");
    else session?.hear(frame);
  }

  #end(): void {
    this.#timer?.cancel();
    [this.#timer, this.#state] = [null, endFirmata(this.#state)[0]];
    this.#session?.end();
    this.#session = null;
  }

  #say(fault: BoardFault): void {
    if (fault === this.#fault) return;
    this.#fault = fault;
    this.#log.warn("board.down", { link: this.name, fault });
    for (const user of this.#users) user.onDown(fault);
  }

  #after(delay: typeof FIRMATA_ASK_EVERY, wake: () => void): void {
    this.#timer?.cancel();
    this.#timer = this.#clock.after(delay, wake);
  }
}
