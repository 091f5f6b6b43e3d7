import { BX_START, type BxState, decodeBxEnvelope } from "../codecs/bx-envelope.ts";
import { type BxFamily, decodeBxFrame, decodeBxReply } from "../codecs/bx-frames.ts";

/** Listens to a BX card for its answers. What was garbled is no answer: the asker's patience ends by itself. */
export class BxAnswers {
  readonly #family: BxFamily;
  #state: BxState = BX_START;

  constructor(family: BxFamily) {
    this.#family = family;
  }

  in(chunk: Uint8Array): readonly boolean[] {
    const [state, found] = decodeBxEnvelope(this.#state, chunk);
    this.#state = state;
    return found.flatMap((envelope) => {
      const frame = envelope.kind === "body" ? decodeBxFrame(this.#family, envelope.body) : null;
      const reply = frame === null ? null : decodeBxReply(frame.content);
      return reply === null ? [] : [reply.kind === "ack"];
    });
  }

  reset(): void {
    this.#state = BX_START;
  }
}
