import type { z } from "zod";
import type { Input } from "./messages/input.ts";
import type { WIRE, WireBranch } from "./wire.ts";

const STREAM = "6f1c2a52-3f0e-4f6b-9d0a-1b8a7f1f5c11";
const VISIT = "0b6f9c0e-7f5d-4d3f-8a55-3c1f0f6f2b21";
/** 2026-03-02 09:30:00 in Shanghai. */
const AT = 1_772_415_000_000;

const badgePresented: z.input<typeof Input> = {
  v: 1,
  seq: 417,
  boot: 12,
  kind: "fact",
  type: "badge-presented",
  monoMs: 1_804_512.25,
  hallMs: AT - 3_000,
  synced: true,
  body: { badge: "9d".repeat(32) },
};

const callNext: z.input<typeof Input> = {
  v: 1,
  seq: 418,
  boot: 12,
  kind: "intent",
  type: "call-next",
  monoMs: 1_807_100,
  hallMs: AT - 412,
  synced: true,
  basis: { epoch: 31, position: 90_412 },
  ttlMs: 5000,
  body: {},
};

/** One message of each branch, as the published contract and the tests show it. */
export const EXAMPLES: { readonly [B in WireBranch]: z.input<(typeof WIRE)[B]["schema"]> } = {
  controller: { v: 1, status: "up", epoch: 31, version: "0.1.0", protocol: { min: 1, max: 1 }, hallMs: AT },
  board: {
    v: 1,
    epoch: 31,
    rev: 208,
    hall: { zh: "政务服务大厅", en: "Public Service Hall" },
    lines: [{ visitId: VISIT, ticketNumber: "A017", counterId: "3", callCount: 1, calledAtMs: AT }],
    waiting: [{ service: "residence", name: { zh: "户籍业务", en: "Residence" }, waiting: 6 }],
    announcing: VISIT,
  },
  calls: {
    v: 1,
    callId: "5a3c1b7e-2d4f-4c8a-9e6b-7f0d1c2b3a49",
    visitId: VISIT,
    ticketNumber: "A017",
    counterId: "3",
    callCount: 1,
    announcedAtMs: AT,
  },
  state: {
    v: 1,
    status: "online",
    stream: STREAM,
    session: 57,
    boot: 12,
    firmware: "0.1.0",
    role: "counter",
    devices: [{ device: "badge-reader", driver: "rdm6300", state: "ok" }],
    tail: 102,
    head: 418,
    done: 416,
    epochSeen: 31,
  },
  up: { v: 1, stream: STREAM, boot: 12, sentMonoMs: 1_807_103.5, inputs: [badgePresented, callNext] },
  reported: { v: 1, epoch: 31, rev: 77, configuration: "0c".repeat(32), firmware: "0.1.0" },
  reply: { v: 1, commandId: "c3d2e1f0-1a2b-4c3d-8e4f-5a6b7c8d9e0f", outcome: "done", detail: "" },
  health: {
    v: 1,
    stream: STREAM,
    session: 57,
    head: 418,
    done: 418,
    uptimeMs: 1_810_000,
    memoryBytes: 61_440_000,
    clockOffsetMs: -38.5,
    counters: {
      keyPresses: 212,
      keysRefused: 3,
      badges: 4,
      badgeFramesBad: 0,
      ratings: 61,
      reconnects: 1,
      resends: 2,
      messagesRefused: 0,
    },
  },
  ack: {
    v: 1,
    epoch: 31,
    stream: STREAM,
    upTo: 418,
    need: [{ from: 420, to: 421 }],
    refused: [{ seq: 418, code: "nobody-waits", text: { zh: "暂无等候", en: "Nobody is waiting" } }],
    now: AT,
    clockTrusted: true,
  },
  desired: {
    v: 1,
    epoch: 31,
    rev: 77,
    terminalId: "window-3",
    counterId: "3",
    phase: "called",
    basis: { epoch: 31, position: 90_415 },
    nameplate: {
      service: { zh: "户籍业务", en: "Residence" },
      status: { zh: "正在办理", en: "Serving" },
      person: { staffId: "s-1042", name: "王芳", post: { zh: "综合窗口", en: "General window" }, number: "1042" },
      ticketNumber: "A017",
      notices: [],
    },
    lamps: { call: "on", pause: "off" },
    prompt: null,
    visit: { visitId: VISIT, ticketNumber: "A017", phase: "called", callCount: 1 },
    rating: null,
    pausePlanned: false,
    waiting: 6,
  },
  command: {
    v: 1,
    commandId: "c3d2e1f0-1a2b-4c3d-8e4f-5a6b7c8d9e0f",
    epoch: 31,
    expiresAtMs: AT + 60_000,
    order: "identify",
  },
};
