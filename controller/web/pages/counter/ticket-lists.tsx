import type { ComponentChildren } from "preact";
import { Bi, clockTime, type Words } from "../../design/design.ts";
import type { DeskProps } from "./desk-props.ts";
import { bindingWords, minutesWords, serviceWords } from "./desk-words.ts";

export function WaitingList({ desk, can, ask }: DeskProps) {
  const { waiting, waitingTotal, nowMs, ticketsOpen } = desk;
  const more = waitingTotal - waiting.length;
  return (
    <section class="card list" aria-labelledby="waiting-title" tabIndex={0}>
      <h2 id="waiting-title">
        <Bi zh={`等候 ${waitingTotal} 人`} en={`${waitingTotal} waiting`} />
      </h2>
      <ol class="rows">
        {waiting.map((ticket) => {
          const bound = bindingWords(ticket, desk);
          const about = { kind: "reason", ticket: ticket.ticket, number: ticket.number } as const;
          return (
            <Row key={ticket.ticket} number={ticket.number} words={serviceWords(ticket.service, desk)}>
              <span class="row-marks">
                <Bi {...minutesWords(ticket.enteredAtMs, nowMs)} />
                {ticket.priority !== null && <Chip words={ticket.priority} tone="call" />}
                {bound !== null && <Chip words={bound} tone={ticket.there ? "act" : "pause"} />}
              </span>
              <span class="row-acts">
                <RowButton
                  words={{ zh: "提前呼叫…", en: "Call now…" }}
                  number={ticket.number}
                  able={can.call}
                  onPress={() => ask({ ...about, action: "call-ticket" })}
                />
                {!ticketsOpen && (
                  <RowButton
                    words={{ zh: "婉拒…", en: "Decline…" }}
                    number={ticket.number}
                    able={can.decline}
                    onPress={() => ask({ ...about, action: "decline" })}
                  />
                )}
                <RowButton
                  words={{ zh: "作废…", en: "Cancel…" }}
                  number={ticket.number}
                  able={can.cancel}
                  onPress={() => ask({ ...about, action: "cancel" })}
                />
              </span>
            </Row>
          );
        })}
      </ol>
      {waitingTotal === 0 && <Nothing zh="暂无等候" en="Nobody is waiting" />}
      {more > 0 && <Nothing zh={`还有 ${more} 人`} en={`${more} more`} />}
    </section>
  );
}

/** Tickets that are not in line and may come back to this window. */
export function LatelyList({ desk, can, act }: DeskProps) {
  const { held, noShows, served } = desk;
  return (
    <div class="desk-column">
      <Group title={{ zh: "挂起", en: "Held" }} empty={{ zh: "没有挂起的号", en: "Nothing held" }}>
        {held.map(({ ticket, number, service, heldAtMs }) => (
          <Row key={ticket} number={number} words={serviceWords(service, desk)}>
            <span class="row-marks">{clockTime(heldAtMs)}</span>
            <RowButton
              words={{ zh: "召回", en: "Recall" }}
              number={number}
              able={can.call}
              onPress={() => act({ action: "recall-held", ticket })}
            />
          </Row>
        ))}
      </Group>
      <Group title={{ zh: "过号", en: "No-shows" }} empty={{ zh: "没有过号", en: "No no-shows" }}>
        {noShows.map(({ ticket, number, service, untilMs }) => (
          <Row key={ticket} number={number} words={serviceWords(service, desk)}>
            <Until atMs={untilMs} />
            <RowButton
              words={{ zh: "恢复排队", en: "Back in line" }}
              number={number}
              able={can.bringBack}
              onPress={() => act({ action: "re-enter", ticket })}
            />
          </Row>
        ))}
      </Group>
      <Group title={{ zh: "已办结", en: "Finished here" }} empty={{ zh: "还没有", en: "None yet" }}>
        {served.map(({ ticket, number, service, untilMs }) => (
          <Row key={ticket} number={number} words={serviceWords(service, desk)}>
            <Until atMs={untilMs} />
            <RowButton
              words={{ zh: "请回", en: "Ask back" }}
              number={number}
              able={can.bringBack}
              onPress={() => act({ action: "ask-back", ticket })}
            />
          </Row>
        ))}
      </Group>
    </div>
  );
}

function Group({ title, empty, children }: { title: Words; empty: Words; children: readonly ComponentChildren[] }) {
  return (
    <section class="card list">
      <h2>
        <Bi {...title} />
      </h2>
      {children.length === 0 ? <Nothing {...empty} /> : <ol class="rows">{children}</ol>}
    </section>
  );
}

interface RowProps {
  readonly number: string;
  readonly words: Words;
  readonly children: ComponentChildren;
}

const Row = ({ number, words, children }: RowProps) => (
  <li class="row">
    <strong class="row-number">{number}</strong>
    <span class="row-service">
      <Bi {...words} />
    </span>
    {children}
  </li>
);

interface RowButtonProps {
  readonly words: Words;
  /** Read out after the words: the same button stands in every row. */
  readonly number: string;
  readonly able: boolean;
  readonly onPress: () => void;
}

const RowButton = ({ words, number, able, onPress }: RowButtonProps) => (
  <button type="button" class="button small" disabled={!able} onClick={onPress}>
    <Bi {...words} />
    <span class="unseen"> {number}</span>
  </button>
);

const Chip = ({ words, tone }: { readonly words: Words; readonly tone: "act" | "call" | "pause" }) => (
  <span class={`chip ${tone}`}>
    <Bi {...words} />
  </span>
);

const Until = ({ atMs }: { readonly atMs: number }) => (
  <span class="row-marks">
    <Bi zh={`至 ${clockTime(atMs)}`} en={`until ${clockTime(atMs)}`} />
  </span>
);

const Nothing = (words: Words) => (
  <p class="note empty">
    <Bi {...words} />
  </p>
);
