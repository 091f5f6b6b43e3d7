import type { BoardLine, BoardVoice } from "../../../../protocol/index.ts";
import { Bi } from "../../design/design.ts";
import { isLongNumber, LOOK_WORDS, lookOf, windowNumber } from "./board-words.ts";

/** Places for the newest calls. They stand there whether anybody was called or not, so that nothing jumps. */
export const LARGE_LINES = 6;

interface CalledLinesProps {
  readonly lines: readonly BoardLine[];
  readonly announcing: readonly BoardVoice[];
}

export function CalledLines({ lines, announcing }: CalledLinesProps) {
  return (
    <ol class="lines" aria-label="叫号 Called">
      {Array.from({ length: LARGE_LINES }, (_, place) => {
        const line = lines[place];
        if (line === undefined) return <li key={`place-${place}`} class="line empty" aria-hidden="true" />;
        return <CalledLine key={`place-${place}`} line={line} announcing={announcing} />;
      })}
    </ol>
  );
}

function CalledLine({ line, announcing }: { readonly line: BoardLine; readonly announcing: readonly BoardVoice[] }) {
  const look = lookOf(line, announcing);
  const window = windowNumber(line.counterId);
  return (
    <li class={`line ${look}`} aria-current={look === "announcing" ? "true" : undefined}>
      <span class={isLongNumber(line.ticketNumber) ? "number long" : "number"}>{line.ticketNumber}</span>
      <span class="arrow" aria-hidden="true" />
      <span class="window">
        <b>{window}</b>
        <span class="stacked">
          <Bi zh="号窗口" en="Window" />
        </span>
      </span>
      <span class="look stacked">
        <Bi {...LOOK_WORDS[look]} />
        {line.booked === true && (
          <span class="booked">
            <Bi zh="预约" en="Booked" />
          </span>
        )}
      </span>
    </li>
  );
}
