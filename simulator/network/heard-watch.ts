import type { MessageListener } from "../../controller/index.ts";
import type { TerminalId } from "../../protocol/index.ts";
import type { History } from "../history.ts";

/** What one terminal may send, as the embedded broker allows: more than this is a storm (I13). */
const PER_SECOND = 20;
const BURST = 200;

interface Heard {
  highest: number;
  stream: string;
  boot: number;
  sentMonoMs: number;
  level: number;
  atMs: number;
  flooded: boolean;
}

const SENT = /"stream":"([^"]+)".*?"boot":(\d+).*?"sentMonoMs":([\d.]+)/u;

/** Stands between wire and controller, changes nothing, and tells the history what no wire may do. */
export function watchHeard(receive: MessageListener, history: History, nowMs: () => number): MessageListener {
  const known = new Map<TerminalId, Heard>();
  return (terminalId, branch, text) => {
    const now = nowMs();
    let heard = known.get(terminalId);
    if (heard === undefined) {
      heard = { highest: 0, stream: "", boot: 0, sentMonoMs: 0, level: 0, atMs: now, flooded: false };
      known.set(terminalId, heard);
    }
    heard.level = Math.max(0, heard.level - ((now - heard.atMs) * PER_SECOND) / 1000) + 1;
    heard.atMs = now;
    if (heard.level > BURST && !heard.flooded) history.record({ type: "flooded", terminalId });
    heard.flooded ||= heard.level > BURST;
    if (branch === "up" && isRepeat(heard, text)) history.record({ type: "heard-again", terminalId });
    if (branch === "up" && isLate(heard, text)) history.record({ type: "heard-out-of-order", terminalId });
    return receive(terminalId, branch, text);
  };
}

/** Of a seq. */
const DIGITS_MAX = 16;
const SEQ = '"seq":';

/** Nothing in it is beyond what this stream has brought already. */
function isRepeat(heard: Heard, text: string): boolean {
  if (!text.includes(heard.stream)) heard.highest = 0;
  let highest = 0;
  for (let at = text.indexOf(SEQ); at >= 0; at = text.indexOf(SEQ, at + 1)) {
    highest = Math.max(highest, Number.parseInt(text.slice(at + SEQ.length, at + SEQ.length + DIGITS_MAX), 10) || 0);
  }
  const repeat = highest <= heard.highest;
  heard.highest = Math.max(heard.highest, highest);
  return repeat;
}

function isLate(heard: Heard, text: string): boolean {
  const head = text.slice(0, text.indexOf('"inputs"'));
  const [, stream, boot, sent] = SENT.exec(head) ?? [];
  if (stream === undefined) return false;
  const [bootNow, sentMonoMs] = [Number(boot), Number(sent)];
  const earlier = bootNow < heard.boot || (bootNow === heard.boot && sentMonoMs < heard.sentMonoMs);
  const late = stream === heard.stream && earlier;
  if (!late) Object.assign(heard, { stream, boot: bootNow, sentMonoMs });
  return late;
}
