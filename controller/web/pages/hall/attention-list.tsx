import { useState } from "preact/hooks";
import { Bi, clockTime, useWords } from "../../design/design.ts";
import type { Attention, AttentionKind } from "./attention.ts";
import { Brief } from "./brief.tsx";
import { spanOf } from "./durations.ts";
import type { Tone } from "./hall-words.ts";

const TONES: { readonly [K in AttentionKind]: Tone } = {
  assistance: "alarm",
  "terminal-lost": "alarm",
  vacancy: "pause",
  "pause-over": "pause",
  "long-wait": "pause",
  "terminal-ill": "off",
};

interface AttentionListProps {
  readonly found: readonly Attention[];
  readonly nowMs: number;
}

export function AttentionList({ found, nowMs }: AttentionListProps) {
  return (
    <section class="attention" aria-labelledby="attention-title">
      <h2 id="attention-title">
        <Bi zh="需要处理" en="Needs attention" />
        <span class={found.length === 0 ? "chip" : "chip alarm"}>{found.length}</span>
      </h2>
      <ul aria-live="polite">
        {found.map((each) => (
          <li key={each.key} class={`card ${TONES[each.kind]}`}>
            <p class="where">
              <strong>
                <Bi {...each.place} />
              </strong>
              {each.sinceMs !== null && <Since sinceMs={each.sinceMs} nowMs={nowMs} />}
            </p>
            <p class="stacked">
              <Bi {...each.what} />
            </p>
            {each.kind === "assistance" && each.counter !== null && <Answered counter={each.counter} />}
          </li>
        ))}
        {found.length === 0 && (
          <li class="note empty stacked">
            <Bi zh="一切正常" en="All is well" />
          </li>
        )}
      </ul>
    </section>
  );
}

export function Since({ sinceMs, nowMs }: { readonly sinceMs: number; readonly nowMs: number }) {
  return (
    <span class="since">
      {clockTime(sinceMs)} · <Brief {...spanOf(sinceMs, nowMs)} />
    </span>
  );
}

/** Says that somebody has seen to the call. The card goes when the hall has it on record, and not before. */
function Answered({ counter }: { readonly counter: string }) {
  const say = useWords();
  const [sent, setSent] = useState<"no" | "under-way" | "failed">("no");
  const answer = async (): Promise<void> => {
    setSent("under-way");
    setSent((await tellAnswered(counter)) ? "under-way" : "failed");
  };
  return (
    <>
      <button
        type="button"
        class="button danger"
        disabled={sent === "under-way"}
        aria-label={say({ zh: `${counter}号窗口已有人处理`, en: `Counter ${counter}: answered` })}
        onClick={() => void answer()}
      >
        <Bi zh="已有人处理" en="Answered" />
      </button>
      {sent === "failed" && (
        <p class="note alarm" role="alert">
          <Bi zh="未能记录，请再试一次" en="Not recorded, please try again" />
        </p>
      )}
    </>
  );
}

async function tellAnswered(counter: string): Promise<boolean> {
  try {
    const headers = { "content-type": "application/json" };
    const path = `/api/counters/${encodeURIComponent(counter)}/assistance/answered`;
    return (await fetch(path, { method: "POST", headers, body: "{}" })).ok;
  } catch {
    return false;
  }
}
