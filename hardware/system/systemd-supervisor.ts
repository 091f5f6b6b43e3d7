import { spawn } from "node:child_process";
import { type DurationMs, milliseconds } from "../../protocol/base/time.ts";

/** Runs a program of the operating system and forgets it; `onEnd` when it is gone, however. */
export type Messenger = (command: string, args: readonly string[], onEnd: () => void) => void;

export interface SystemdSupervisor {
  /** WatchdogSec= of the unit. Null: not started by systemd, or it does not watch. */
  readonly patience: DurationMs | null;
  ready(): void;
  /** Before `ready`, it asks for more time to start. */
  alive(): void;
  stopping(): void;
}

const MICROSECONDS = 1000;

/**
 * systemd, as it speaks to a unit of Type=notify (sd_notify(3)). The words go through its own systemd-notify: node has
 * no datagrams on unix sockets. The unit needs NotifyAccess=all, for it is a child that speaks.
 */
export function createSystemdSupervisor(
  environment: Readonly<Record<string, string | undefined>> = process.env,
  send: Messenger = sendAndForget,
): SystemdSupervisor {
  const isNotified = environment["NOTIFY_SOCKET"] !== undefined;
  const watchdogMicroseconds = Number(environment["WATCHDOG_USEC"] ?? 0);
  const patience = isNotified && watchdogMicroseconds > 0 ? milliseconds(watchdogMicroseconds / MICROSECONDS) : null;
  let isReady = false;
  let isSpeaking = false;
  const say = (...words: readonly string[]): void => {
    if (!isNotified) return;
    isSpeaking = true;
    send("systemd-notify", words, () => (isSpeaking = false));
  };
  return {
    patience,
    ready() {
      isReady = true;
      say("--ready");
    },
    alive() {
      if (isSpeaking) return; // It is slow to hear the last word, and one is enough.
      say(isReady ? "WATCHDOG=1" : `EXTEND_TIMEOUT_USEC=${watchdogMicroseconds}`);
    },
    stopping: () => say("STOPPING=1"),
  };
}

const sendAndForget: Messenger = (command, args, onEnd) => {
  const child = spawn(command, args, { stdio: "ignore" });
  child.once("error", onEnd); // No such program: the unit will say that it was never ready.
  child.once("exit", onEnd);
  child.unref();
};
