import type { FuzzTarget } from "./fuzz-target.ts";
import { badgeFrames } from "./targets/badge-frames.ts";
import { boardFrames } from "./targets/board-frames.ts";
import { configuration } from "./targets/configuration.ts";
import { hallInputs } from "./targets/hall-inputs.ts";
import { keypadFrames } from "./targets/keypad-frames.ts";
import { logRecords } from "./targets/log-records.ts";
import { mqttPackets } from "./targets/mqtt-packets.ts";
import { signFrames } from "./targets/sign-frames.ts";
import { readerBytes } from "./targets/reader-bytes.ts";
import { topicNames } from "./targets/topics.ts";
import { wireMessages } from "./targets/wire-messages.ts";

/** Every parser at the edge. A new one is added here, or it is not fuzzed. */
export const FUZZ_TARGETS: readonly FuzzTarget[] = [
  badgeFrames,
  boardFrames,
  configuration,
  hallInputs,
  keypadFrames,
  logRecords,
  mqttPackets,
  readerBytes,
  signFrames,
  topicNames,
  wireMessages,
];
