import type { CommandReply, Desired, DurationMs, EpochMs, Lamp, LogFields, StreamId } from "../../protocol/index.ts";
import type { Counters } from "./counters.ts";
import type { DeviceFaults } from "./devices.ts";
import type { Draft } from "./draft.ts";
import type { WakeToken } from "./inputs.ts";
import type { KeyName } from "./key-gestures.ts";
import type { PlateFace } from "./plate.ts";

/** Orders to the shell. Those to the link are dropped while it is down: the machines send again what matters. */
export type Effect =
  /** Comes back as `journalled`, or `journal-refused`. */
  | { readonly type: "journal"; readonly draft: Draft }
  /** Comes back as `journal-probed`, after `stream-begun` if the journal could not be opened before. */
  | { readonly type: "probe-journal" }
  | { readonly type: "mark-done"; readonly upTo: number; readonly hallMs: EpochMs }
  | { readonly type: "remember-epoch"; readonly epoch: number }
  /** Shown again after a restart, until the controller is heard. */
  | { readonly type: "keep-face"; readonly face: Desired }
  /** Comes back as `journal-pruned`. */
  | { readonly type: "prune"; readonly hallMs: EpochMs }
  /** Comes back as `stream-begun`. */
  | { readonly type: "begin-stream" }
  /** One attempt, under a session of its own. Comes back as `link-up` or `link-down`. */
  | { readonly type: "connect" }
  | {
      readonly type: "publish-birth";
      readonly tail: number;
      readonly head: number;
      readonly done: number;
      readonly epochSeen: number;
      readonly faults: DeviceFaults;
    }
  | { readonly type: "send-inputs"; readonly from: number; readonly to: number }
  /** Of a stream that was left behind: what a restored controller lacks. */
  | { readonly type: "send-former"; readonly stream: StreamId; readonly from: number; readonly to: number }
  | { readonly type: "publish-reported"; readonly epoch: number; readonly rev: number }
  | { readonly type: "publish-reply"; readonly reply: CommandReply }
  | {
      readonly type: "publish-health";
      readonly head: number;
      readonly done: number;
      readonly counters: Counters;
      /** Null before the first hall time was heard. */
      readonly hallMs: EpochMs | null;
    }
  | { readonly type: "light"; readonly key: KeyName; readonly lamp: Lamp }
  | { readonly type: "beep"; readonly pattern: "accepted" | "refused" | "attention" }
  | { readonly type: "show-plate"; readonly face: PlateFace }
  | { readonly type: "show-keypad"; readonly face: "dark" | "asking" | "thanks" }
  | { readonly type: "wake"; readonly after: DurationMs; readonly token: WakeToken }
  | {
      readonly type: "log";
      readonly level: "info" | "warn" | "error";
      readonly event: string;
      readonly fields: LogFields;
    };

export const wake = (after: DurationMs, token: WakeToken): Effect => ({ type: "wake", after, token });
export const logged = (event: string, fields: LogFields = {}, level: "info" | "warn" | "error" = "info"): Effect => ({
  type: "log",
  level,
  event,
  fields,
});
