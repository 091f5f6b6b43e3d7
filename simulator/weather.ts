import type { TerminalId } from "../protocol/index.ts";
import type { FaultMix } from "./faults.ts";
import type { Dialect } from "./network/dialect.ts";
import type { NetworkWeather } from "./network/broker-model.ts";
import type { LineQuality } from "./network/stream.ts";
import type { Birth } from "./nodes/node.ts";
import type { Chance } from "./time/chance.ts";

const CALM_MS = 2;

/** What a node is born with, and how its lines behave: the part of the faults that is asked for, not struck. */
export class Weather implements NetworkWeather {
  readonly #mix: FaultMix;
  readonly #births: Chance;
  readonly #lines: Chance;
  readonly #versions: Chance;
  readonly #boundaries: Chance;
  readonly #parted = new Set<TerminalId>();
  #healed = false;

  constructor(mix: FaultMix, chance: Chance) {
    this.#mix = mix;
    this.#births = chance.stream("births");
    this.#lines = chance.stream("lines");
    this.#versions = chance.stream("versions");
    this.#boundaries = chance.stream("boundaries");
  }

  /** From now on nothing goes wrong by itself any more. */
  heal(): void {
    this.#healed = true;
    this.#parted.clear();
  }

  get isHealed(): boolean {
    return this.#healed;
  }

  part(terminalId: TerminalId): void {
    this.#parted.add(terminalId);
  }

  join(terminalId: TerminalId): void {
    this.#parted.delete(terminalId);
  }

  birthOf(isController: boolean, trueMs: number): Birth {
    const { clockDrift, noBattery } = this.#mix;
    const chance = this.#births;
    const meanFuse = isController ? this.#mix.controllerFuse : this.#mix.terminalFuse;
    const drawnFuse = Math.max(1, Math.round(chance.gap(meanFuse ?? 0)));
    const fuse = meanFuse === null || this.#healed ? Number.POSITIVE_INFINITY : drawnFuse;
    const driftPpm = clockDrift === null ? 0 : chance.between(-clockDrift, clockDrift);
    const unset = noBattery !== null && chance.happens(noBattery) && !this.#healed;
    const wallMs = unset ? chance.below(86_400_000) : Math.floor(trueMs);
    const syncAfterMs = unset ? chance.between(1_000, 900_000) : null;
    return { fuse, slowFuse: this.#slowFuse(), driftPpm, wallMs, soonUs: 20 + chance.below(2_000), syncAfterMs };
  }

  /** Which version a box comes up with. */
  dialect(isController: boolean): Dialect {
    const chance = this.#versions;
    const { versionSkew } = this.#mix;
    if (versionSkew === null || this.#healed || !chance.happens(versionSkew)) return "same";
    if (isController) return chance.happens(0.5) ? "newer" : "same";
    return chance.pick(["newer", "newer", "older", "older", "foreign"] as const);
  }

  #slowFuse(): number {
    const { anyBoundary } = this.#mix;
    if (anyBoundary === null || this.#healed) return Number.POSITIVE_INFINITY;
    return Math.max(1, Math.round(this.#boundaries.gap(anyBoundary)));
  }

  /** Boxes boot in seconds; some stay away for minutes. Milliseconds. */
  absence(): number {
    const chance = this.#births;
    if (this.#healed) return 1_000;
    return chance.happens(0.15) ? chance.between(30_000, 240_000) : chance.between(800, 12_000);
  }

  quality(): LineQuality {
    const { slowLine, duplicates, qos0Drops } = this.#mix;
    if (this.#healed) return { delayMs: CALM_MS, jitterMs: 1, duplicates: 0, dropsQos0: 0 };
    const jitterMs = slowLine === null ? 1 : this.#lines.between(0, slowLine);
    return { delayMs: CALM_MS, jitterMs, duplicates: duplicates ?? 0, dropsQos0: qos0Drops ?? 0 };
  }

  isParted(terminalId: TerminalId): boolean {
    return this.#parted.has(terminalId);
  }

  willDelayMs(): number {
    const { lateWills } = this.#mix;
    return lateWills === null || this.#healed ? 0 : this.#lines.between(0, lateWills);
  }

  straggles(): boolean {
    return !this.#healed && this.#lines.happens(this.#mix.stragglers ?? 0);
  }
}
