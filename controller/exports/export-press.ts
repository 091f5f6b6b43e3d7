import {
  accepted,
  type Bilingual,
  bilingual,
  type Clock,
  type Log,
  refused,
  type Result,
  seconds,
} from "../../protocol/index.ts";
import type { ExportOrder } from "./export-order.ts";
import { type StartThread, startRenderThread, type ThreadEnd } from "./start-render-thread.ts";

/** Exports that wait for the one being drawn, of everybody, and of one account. */
export const EXPORTS_WAITING_MAX = 8;
export const EXPORTS_OF_ONE_MAX = 2;
/** Of one file. */
export const EXPORT_BYTES_MAX = 32 * 1024 * 1024;
/** From the start of its thread. A log of a million events is read in less than ten. */
export const EXPORT_WITHIN = seconds(60);

/** Why nothing was drawn. `code`: EXPORT_BUSY, EXPORT_SLOW, EXPORT_TOO_LARGE, EXPORT_FAILED, or a HallError's. */
export interface ExportFault {
  readonly code: string;
  readonly text: Bilingual;
}

export interface ExportPressParts {
  readonly clock: Clock;
  readonly log: Log;
  readonly startThread?: StartThread;
}

type DrawingEnd = ThreadEnd | { readonly type: "slow" };

interface Job {
  readonly who: string;
  readonly order: ExportOrder;
  readonly done: (result: Result<Uint8Array, ExportFault>) => void;
}

/** Draws exports one after the other, each in a thread of its own: calls do not wait for paper. */
export class ExportPress {
  readonly #parts: ExportPressParts;
  readonly #waiting: Job[] = [];
  #running: { readonly job: Job; readonly stop: () => void } | null = null;
  #closed = false;

  constructor(parts: ExportPressParts) {
    this.#parts = parts;
  }

  /** `who`: the account that asks. */
  draw(who: string, order: ExportOrder): Promise<Result<Uint8Array, ExportFault>> {
    const own = [...this.#waiting, ...(this.#running === null ? [] : [this.#running.job])].filter(
      (job) => job.who === who,
    );
    if (this.#closed || this.#waiting.length >= EXPORTS_WAITING_MAX || own.length >= EXPORTS_OF_ONE_MAX) {
      return Promise.resolve(refused(BUSY));
    }
    return new Promise((done) => {
      this.#waiting.push({ who, order, done });
      this.#next();
    });
  }

  close(): void {
    this.#closed = true;
    for (const job of this.#waiting.splice(0)) job.done(refused(CLOSING));
    const running = this.#running;
    this.#running = null;
    running?.stop();
    running?.job.done(refused(CLOSING));
  }

  #next(): void {
    if (this.#running !== null) return;
    const job = this.#waiting.shift();
    if (job === undefined) return;
    const { clock, startThread = startRenderThread } = this.#parts;
    let ended = false;
    const finish = (end: DrawingEnd): void => {
      if (ended || this.#closed) return;
      ended = true;
      timer.cancel();
      this.#running = null;
      job.done(this.#resultOf(end));
      this.#next();
    };
    const timer = clock.after(EXPORT_WITHIN, () => {
      thread.stop();
      finish({ type: "slow" });
    });
    const thread = startThread(job.order, finish);
    const stop = (): void => {
      timer.cancel();
      thread.stop();
    };
    if (!ended) this.#running = { job, stop };
  }

  #resultOf(end: DrawingEnd): Result<Uint8Array, ExportFault> {
    switch (end.type) {
      case "rendered":
        return end.bytes.length > EXPORT_BYTES_MAX ? refused(TOO_LARGE) : accepted(end.bytes);
      case "refused":
        return refused({ code: end.code, text: bilingual(end.message, end.message) });
      case "slow":
        return refused(TOO_SLOW);
      case "died":
        this.#parts.log.error("export.died", { reason: end.reason });
        return refused(FAILED);
    }
  }
}

const fault = (code: string, zh: string, en: string): ExportFault => ({ code, text: bilingual(zh, en) });
const BUSY = fault("EXPORT_BUSY", "其他导出尚未完成，请稍后再试", "Others are being drawn; ask again in a moment");
const CLOSING = fault("EXPORT_BUSY", "系统正在停止", "The controller is ending");
const TOO_SLOW = fault("EXPORT_SLOW", "导出超过一分钟，已停止", "It took longer than a minute and was stopped");
const TOO_LARGE = fault("EXPORT_TOO_LARGE", "文件过大，请缩小范围", "The file is too large; ask for less");
const FAILED = fault("EXPORT_FAILED", "导出失败，原因已记录", "It could not be drawn; the reason is logged");
