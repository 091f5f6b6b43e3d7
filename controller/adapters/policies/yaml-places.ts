import { type Document, isMap, isNode, isScalar, LineCounter, parseDocument } from "yaml";
import { HallError, type Json, messageOf } from "../../../protocol/index.ts";

export interface PlacedYaml {
  readonly tree: Json;
  /** The line at which what stands at `path` ("leave.tiers[0]") begins, or what is nearest around it. */
  readonly lineOf: (path: string) => number;
}

/** Reads YAML (and JSON) so that a fault in it can be pointed at. HallError POLICY_MALFORMED names `file`. */
export function readPlacedYaml(text: string, file: string): PlacedYaml {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false });
  const [error] = document.errors;
  if (error !== undefined) {
    const { line } = lines.linePos(error.pos[0]);
    throw new HallError("POLICY_MALFORMED", `${file}:${line}: not valid YAML: ${messageOf(error)}`);
  }
  const lineOf = (path: string): number => lines.linePos(offsetOf(document, keysOf(path))).line;
  return { tree: treeOf(document, file), lineOf };
}

/** An alias without its anchor, or more of them than anybody writes by hand, shows only when the value is built. */
function treeOf(document: Document, file: string): Json {
  try {
    return document.toJS() as Json;
  } catch (thrown) {
    throw new HallError("POLICY_MALFORMED", `${file}: not valid YAML: ${messageOf(thrown)}`, {}, thrown);
  }
}

const keysOf = (path: string): (string | number)[] =>
  [...path.matchAll(/[^.[\]]+/gu)].map(([key]) => (/^\d+$/u.test(key) ? Number(key) : key));

function offsetOf(document: Document, path: readonly (string | number)[]): number {
  for (let length = path.length; length > 0; length -= 1) {
    const around: unknown = length === 1 ? document.contents : document.getIn(path.slice(0, length - 1), true);
    const key = path[length - 1];
    if (isMap(around)) {
      const pair = around.items.find((item) => isScalar(item.key) && item.key.value === key);
      if (isScalar(pair?.key) && pair.key.range) return pair.key.range[0];
    }
    const node: unknown = document.getIn(path.slice(0, length), true);
    if (isNode(node) && node.range) return node.range[0];
  }
  return 0;
}
