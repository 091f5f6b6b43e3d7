import { DEMO_COUNTERS_MAX } from "./hall-plan.ts";

export interface DemoOptions {
  readonly counters: number;
  /** Of the controller's HTTP server; the panel takes the next one. */
  readonly port: number;
  readonly mqttPort: number;
  /** The demonstration's directory: configuration, keys, log of events, journals of the terminals. */
  readonly data: string;
  /** No people: the visitor presses. */
  readonly quiet: boolean;
  readonly seed: number;
  /** Serial path of a real RDM6300 for counter 1. */
  readonly reader: string | null;
  /** Counter 1 is the product's own terminal, its devices emulated at the ends of real serial lines. */
  readonly wires?: boolean;
  /** A hall that opens for the first time has a fortnight behind it. */
  readonly history?: boolean;
}

export const PORT_MAX = 65_535;
export const SEED_MAX = 2 ** 32 - 1;
export const COUNTERS_MAX = DEMO_COUNTERS_MAX;

export const panelPort = (options: DemoOptions): number => options.port + 1;
