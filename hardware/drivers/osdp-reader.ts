import { type Log, silentLog } from "../../protocol/base/log.ts";
import { type Clock, elapsed, milliseconds, type MonoMs, seconds, type Timer } from "../../protocol/base/time.ts";
import type { BadgeForm } from "../codecs/badge-form.ts";
import type { BadgeWord } from "../codecs/badge-words.ts";
import {
  buzzerFor,
  cardOfFormatted,
  cardOfRaw,
  ledFor,
  OSDP_COMMANDS,
  OSDP_NAKS,
  OSDP_REPLIES,
} from "../codecs/osdp-messages.ts";
import type { OsdpPacket } from "../codecs/osdp-packet.ts";
import type { BadgeReader, BadgeReaderListener } from "../ports/badge-reader.ts";
import type { ByteLink } from "../ports/byte-link.ts";
import { OsdpLine } from "./osdp-line.ts";
import { checkOsdpKey, type OsdpKeys, OsdpSecurity, type OsdpSecurityFault } from "./osdp-security.ts";
import { ReaderVoice } from "./reader-voice.ts";

export const OSDP_BAUD_RATE = 9600;
/** OSDP asks for 50 to 200 ms. */
export const OSDP_POLL_EVERY = milliseconds(50);
/** After a refused secure channel. */
export const OSDP_SECURE_AGAIN = seconds(2);
/** A verdict that comes later than this after a card is about something else. */
const VERDICT_WITHIN = seconds(2);
const LAMP_MS = 1000;
const SOUND_MS = 100;

export interface OsdpReaderOptions {
  readonly link: ByteLink;
  readonly clock: Clock;
  /** 0 to 126. */
  readonly address: number;
  /** Null: everything in clear, and whoever reaches the wire can copy badges. */
  readonly keys: OsdpKeys | null;
  readonly form?: BadgeForm | undefined;
  /** What readers that send digits mean by them. */
  readonly digits?: "decimal" | "hex";
  readonly log?: Log;
}

/**
 * The control panel of one OSDP v2 reader. Health: a fault named by the link (LinkFault) while the line is down;
 * `silent` when no reader answers for 8 s; `default-key`, `wrong-key`, `insecure` when it does not come to a secure
 * channel; ok while it is polled, under the secure channel if there are keys. Throws HallError for the factory's key
 * outside of commissioning.
 */
export function createOsdpReader(options: OsdpReaderOptions): BadgeReader {
  if (options.keys !== null) checkOsdpKey(options.keys);
  return new OsdpReader(options);
}

const SECURITY_NAKS: readonly number[] = [OSDP_NAKS.securityUnsupported, OSDP_NAKS.securityRequired];

type Order = readonly [code: number, data: Uint8Array];

class OsdpReader implements BadgeReader {
  readonly driver = "osdp";
  readonly #link: ByteLink;
  readonly #clock: Clock;
  readonly #keys: OsdpKeys | null;
  readonly #digits: "decimal" | "hex";
  readonly #log: Log;
  readonly #line: OsdpLine;
  readonly #voice: ReaderVoice;
  #security: OsdpSecurity | null = null;
  #useDefault = false;
  #givesKey = false;
  #orders: Order[] = [];
  /** The presentation that was answered last. */
  #answeredAt: MonoMs | null = null;
  #timer: Timer | null = null;

  constructor(options: OsdpReaderOptions) {
    const { link, clock, keys, address, form, digits = "decimal", log = silentLog } = options;
    [this.#link, this.#clock, this.#keys] = [link, clock, keys];
    [this.#digits, this.#log] = [digits, log];
    this.#voice = new ReaderVoice(clock, form);
    this.#line = new OsdpLine({
      address,
      clock,
      write: (bytes) => link.write(bytes),
      onReply: (packet, signed) => this.#answered(packet, signed),
      onSilent: () => {
        this.#ail("silent");
        this.#greet();
      },
      onBad: (reason) => this.#voice.sayBad(reason),
    });
  }

  open(listener: BadgeReaderListener): Promise<void> {
    this.#voice.open(listener);
    return this.#link.open({
      onUp: () => this.#greet(),
      onDown: (fault) => {
        this.#halt();
        this.#ail(fault);
      },
      onBytes: (chunk) => this.#line.read(chunk),
    });
  }

  answer(verdict: "accepted" | "refused"): void {
    const at = this.#voice.presentedAt;
    const isFresh = at !== null && at !== this.#answeredAt && elapsed(at, this.#clock.mono()) <= VERDICT_WITHIN;
    if (!isFresh || !this.#voice.isWell) return;
    this.#answeredAt = at;
    const isAccepted = verdict === "accepted";
    this.#orders = [
      [OSDP_COMMANDS.led, ledFor(isAccepted ? "green" : "red", LAMP_MS)],
      [OSDP_COMMANDS.buzzer, buzzerFor(isAccepted ? 1 : 3, SOUND_MS, SOUND_MS)],
    ];
  }

  async close(): Promise<void> {
    this.#voice.silence();
    this.#halt();
    await this.#link.close();
  }

  #halt(): void {
    this.#timer?.cancel();
    this.#line.stop();
    [this.#security, this.#orders, this.#givesKey] = [null, [], false];
  }

  /** From the beginning: sequence 0, in clear. */
  #greet(): void {
    this.#halt();
    this.#line.begin();
    this.#line.sendClear(OSDP_COMMANDS.poll);
  }

  #answered(packet: OsdpPacket, signed: Uint8Array): void {
    if (!this.#voice.isOpen) return;
    const security = this.#security;
    // In the channel a refusal may be in clear, when the reader has lost it, or sealed as any other answer.
    const isRefusal = packet.code === OSDP_REPLIES.nak;
    if (isRefusal && (packet.mac === null || security?.isOpen !== true)) return this.#refused(packet.data[0] ?? 0);
    if (this.#keys !== null && security === null) return this.#challenge(this.#keys);
    if (security?.isOpen === false) return this.#shake(security, packet);
    const data = security === null ? packet.data : security.unseal(packet, signed);
    if (data === null) {
      this.#voice.sayBad("checksum");
      return this.#greet();
    }
    if (isRefusal) this.#refused(data[0] ?? 0);
    else this.#take(packet.code, data);
  }

  #challenge(keys: OsdpKeys): void {
    this.#security = new OsdpSecurity(keys, this.#useDefault);
    const { security, data } = this.#security.challenge();
    this.#line.sendClear(OSDP_COMMANDS.challenge, data, security);
  }

  #shake(security: OsdpSecurity, packet: OsdpPacket): void {
    if (packet.code === OSDP_REPLIES.clientCryptogram) {
      const fault = security.takeClient(packet);
      if (fault !== null) return this.#insecure(fault);
      const proof = security.proof();
      return this.#line.sendClear(OSDP_COMMANDS.serverCryptogram, proof.data, proof.security);
    }
    const fault = packet.code === OSDP_REPLIES.initialMac ? security.takeInitialMac(packet) : "insecure";
    if (fault !== null) return this.#insecure(fault);
    if (this.#useDefault && this.#keys !== null) return this.#giveKey(this.#keys, security);
    this.#next();
  }

  /** The factory's key has done its only duty: ours takes its place. */
  #giveKey({ key }: OsdpKeys, security: OsdpSecurity): void {
    [this.#useDefault, this.#givesKey] = [false, true];
    this.#log.info("badge-reader.key-given", { link: this.#link.name });
    this.#line.send(security.seal(this.#line.next(OSDP_COMMANDS.keySet, Uint8Array.from([1, key.length, ...key]))));
  }

  #insecure(fault: OsdpSecurityFault): void {
    if (this.#keys?.commissioning === true) this.#useDefault = !this.#useDefault;
    this.#halt();
    this.#ail(fault);
    this.#timer = this.#clock.after(OSDP_SECURE_AGAIN, () => this.#greet());
  }

  #refused(reason: number): void {
    const isAboutSecurity = SECURITY_NAKS.includes(reason);
    if (this.#security?.isOpen === false || (isAboutSecurity && this.#keys === null)) return this.#insecure("insecure");
    if (reason === OSDP_NAKS.sequence || isAboutSecurity) return this.#restart();
    if (this.#givesKey) return this.#insecure("default-key"); // It keeps the factory's.
    this.#next(); // A lamp or buzzer it does not have, or cannot serve.
  }

  /** Not at once: a reader that refuses everything must not be asked without pause. */
  #restart(): void {
    this.#line.restart();
    this.#security = null;
    this.#timer?.cancel();
    this.#timer = this.#clock.after(OSDP_POLL_EVERY, () => this.#line.sendClear(OSDP_COMMANDS.poll));
  }

  #take(code: number, data: Uint8Array): void {
    if (this.#givesKey) return this.#greet();
    const word = this.#wordOf(code, data);
    if (word !== null) this.#voice.hear(word);
    if (this.#voice.isOpen) this.#next();
  }

  #wordOf(code: number, data: Uint8Array): BadgeWord | null {
    if (code === OSDP_REPLIES.raw) return cardOfRaw(data);
    return code === OSDP_REPLIES.formatted ? cardOfFormatted(data, this.#digits) : null;
  }

  #next(): void {
    this.#voice.sayHealth(null);
    this.#timer?.cancel();
    this.#timer = this.#clock.after(OSDP_POLL_EVERY, () => {
      const [code, data] = this.#orders.shift() ?? [OSDP_COMMANDS.poll, new Uint8Array()];
      if (this.#security === null) this.#line.sendClear(code, data);
      else this.#line.send(this.#security.seal(this.#line.next(code, data)));
    });
  }

  #ail(fault: string): void {
    if (fault !== this.#voice.fault) this.#log.warn("badge-reader.ailing", { link: this.#link.name, fault });
    this.#voice.sayHealth(fault);
  }
}
