import { Bi, pageClock, useWords } from "../../design/design.ts";
import type { KioskInput } from "./kiosk-flow.ts";

const DIGITS = Array.from("1234567890");
const LETTERS = Array.from("ABCDEFGHIJKLMNOPQRSTUVWXYZ");

interface NumberPadProps {
  readonly typed: string;
  readonly take: (input: KioskInput) => void;
}

/** A called number that nobody came with: its holder asks to stand in line again. */
export function NumberPad({ typed, take }: NumberPadProps) {
  const say = useWords();
  const atMs = (): number => pageClock.now();
  const submit = (event: Event): void => {
    event.preventDefault();
    take({ type: "number-sent", atMs: atMs() });
  };
  const keys = (characters: readonly string[], kind: string) => (
    <div class={`keys ${kind}`}>
      {characters.map((character) => (
        <button
          key={character}
          type="button"
          class="button"
          onClick={() => take({ type: "key-touched", key: character, atMs: atMs() })}
        >
          {character}
        </button>
      ))}
    </div>
  );
  return (
    <form class="pad" onSubmit={submit}>
      <h2 class="stacked">
        <Bi zh="过号恢复：请输入票上的号码" en="Missed your call? Enter the number on your ticket" />
      </h2>
      <input
        class="pad-number"
        aria-label={say({ zh: "票上的号码", en: "Number on the ticket" })}
        inputMode="none"
        autoComplete="off"
        value={typed}
        onInput={({ currentTarget }) => take({ type: "typed", text: currentTarget.value, atMs: atMs() })}
      />
      {keys(LETTERS, "letters")}
      {keys(DIGITS, "digits")}
      <div class="buttons more">
        <button type="button" class="button big" onClick={() => take({ type: "delete-touched", atMs: atMs() })}>
          <Bi zh="删除" en="Delete" />
        </button>
        <button type="submit" class="button big primary" disabled={typed === ""}>
          <Bi zh="恢复排队" en="Back in the queue" />
        </button>
        <button type="button" class="button big" onClick={() => take({ type: "done-touched", atMs: atMs() })}>
          <Bi zh="返回" en="Back" />
        </button>
      </div>
    </form>
  );
}
