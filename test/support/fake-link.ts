import type { TerminalState } from "../../protocol/index.ts";
import type { ControllerLink, Heard, LinkListener, Said } from "../../terminal/shell/controller-link.ts";

type MessageOf<B extends Said["branch"]> = Extract<Said, { branch: B }>["message"];

/** A link without a wire: a test says when it is up, what is heard over it, and sees what is said. */
export class FakeLink implements ControllerLink {
  readonly wills: TerminalState[] = [];
  readonly said: Said[] = [];
  isClosed = false;
  #listener: LinkListener | null = null;
  #isUp = false;

  connect(will: TerminalState, listener: LinkListener): void {
    this.wills.push(will);
    this.#listener = listener;
  }

  say(said: Said): void {
    if (this.#isUp) this.said.push(said);
  }

  close(): Promise<void> {
    this.isClosed = true;
    return Promise.resolve();
  }

  up(): void {
    this.#isUp = true;
    this.#listener?.onUp();
  }

  down(reason = "closed"): void {
    this.#isUp = false;
    this.#listener?.onDown(reason);
  }

  hear(heard: Heard): void {
    this.#listener?.onHeard(heard);
  }

  refuse(code: string): void {
    this.#listener?.onRefused(code);
  }

  on<B extends Said["branch"]>(branch: B): MessageOf<B>[] {
    return this.said.filter((said) => said.branch === branch).map(({ message }) => message) as MessageOf<B>[];
  }
}
