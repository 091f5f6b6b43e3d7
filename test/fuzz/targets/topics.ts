import { assert, HallId, parseTopic, TerminalId, topics } from "../../../protocol/index.ts";
import { bytesOf, type FuzzTarget, textOf } from "../fuzz-target.ts";

/** A topic that is read is written the same: no second spelling of somebody's topic slips past a rule. */
function fuzz(bytes: Uint8Array): void {
  const text = textOf(bytes);
  const topic = parseTopic(text);
  if (topic === null) return;
  const written =
    topic.kind === "hall"
      ? topics.hall(topic.hall, topic.branch)
      : topics.terminal(topic.hall, topic.terminal, topic.branch);
  assert(written === text, "a topic has one spelling");
}

const hall = HallId.parse("h1");

export const topicNames: FuzzTarget = {
  name: "topics",
  fuzz,
  seeds: () => [
    bytesOf(topics.hall(hall, "board")),
    bytesOf(topics.terminal(hall, TerminalId.parse("t-01"), "up")),
    bytesOf("hallward/1/h1/terminals/__proto__/up"),
  ],
};
