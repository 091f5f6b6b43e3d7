import type {
  Ack,
  BadgeDigest,
  ControllerState,
  Desired,
  MonoMs,
  StreamId,
  TechnicianCommand,
  VisitId,
} from "../../protocol/index.ts";
import type { DeviceName } from "./devices.ts";
import type { Draft } from "./draft.ts";
import type { AnyKeyName } from "./key-gestures.ts";

/** Whose a wake-up is. One that comes too late is recognised by this, never cancelled. */
export type WakeToken =
  | { readonly for: "key"; readonly key: AnyKeyName; readonly due: MonoMs }
  | { readonly for: "answer"; readonly seq: number }
  | { readonly for: "expiry"; readonly seq: number }
  | { readonly for: "overlay"; readonly seq: number }
  | { readonly for: "rating-window"; readonly visitId: VisitId }
  | { readonly for: "rating-thanks"; readonly visitId: VisitId }
  | { readonly for: "flash"; readonly number: number }
  | { readonly for: "reconnect"; readonly attempt: number }
  | { readonly for: "resend" }
  | { readonly for: "health" }
  | { readonly for: "notice" }
  | { readonly for: "journal-probe" }
  | { readonly for: "prune" };

/** Where the journal stands when it is opened, or begun anew. */
export interface JournalPosition {
  readonly stream: StreamId;
  readonly tail: number;
  readonly head: number;
  readonly done: number;
}

/** Why the journal takes nothing. */
export type JournalFault = "journal-full" | "journal-unwritable";

/** What the world tells the terminal. `at` is when it happened, on the terminal's own monotonic clock. */
export type TerminalInput = { readonly at: MonoMs } & (
  | { readonly type: "started" }
  /** Raw: as the contact gave it, bounces and all. */
  | { readonly type: "key-edge"; readonly key: AnyKeyName; readonly edge: "pressed" | "released" }
  | { readonly type: "badge-presented"; readonly badge: BadgeDigest }
  | { readonly type: "badge-frame-bad" }
  | { readonly type: "device-spoke"; readonly device: DeviceName; readonly fault: string | null }
  | { readonly type: "journalled"; readonly draft: Draft; readonly seq: number }
  | { readonly type: "journal-refused"; readonly draft: Draft; readonly reason?: JournalFault }
  | { readonly type: "journal-probed"; readonly fault: JournalFault | null }
  | { readonly type: "journal-pruned"; readonly tail: number }
  | { readonly type: "stream-begun"; readonly journal: JournalPosition }
  | { readonly type: "link-up" }
  /** `chance`: uniform in [0, 1), for the back-off. */
  | { readonly type: "link-down"; readonly reason: string; readonly chance: number }
  | { readonly type: "message-refused" }
  | { readonly type: "ack-heard"; readonly ack: Ack }
  | { readonly type: "desired-heard"; readonly desired: Desired }
  | { readonly type: "controller-heard"; readonly controller: ControllerState }
  | { readonly type: "command-heard"; readonly command: TechnicianCommand }
  | { readonly type: "woken"; readonly token: WakeToken }
);

export type InputOf<T extends TerminalInput["type"]> = Extract<TerminalInput, { readonly type: T }>;
