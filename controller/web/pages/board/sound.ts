import type { BoardVoice } from "../../../../protocol/index.ts";
import { pageClock } from "../../design/design.ts";
import { spokenCall } from "./board-words.ts";

/** `off`: the browser lets nothing sound before somebody has pressed the button. */
export type SoundState = "off" | "voice" | "chime" | "none";

const TONES = [
  { hertz: 880, from: 0, lasts: 0.45 },
  { hertz: 660, from: 0.3, lasts: 0.7 },
] as const;
const CHIME_MS = 1_000;
const LOUDNESS = 0.4;
/** Slower than talk: a hall echoes. */
const SPEECH_RATE = 0.9;

/** The page's loudspeaker: a chime made here, and the browser's own Chinese voice if it has a local one. */
export class Sound {
  readonly #context: AudioContext | null;
  readonly #onChange: () => void;

  constructor(onChange: () => void) {
    this.#onChange = onChange;
    this.#context = typeof AudioContext === "undefined" ? null : new AudioContext();
    this.#context?.addEventListener("statechange", onChange);
    if (hasSpeech()) speechSynthesis.addEventListener("voiceschanged", onChange);
  }

  get state(): SoundState {
    if (this.#context === null) return "none";
    if (this.#context.state !== "running") return "off";
    return chineseVoice() === null ? "chime" : "voice";
  }

  /** From a click, or at once where the browser is set up to allow it. */
  async turnOn(): Promise<void> {
    await this.#context?.resume();
    this.#onChange();
  }

  async turnOff(): Promise<void> {
    if (hasSpeech()) speechSynthesis.cancel();
    await this.#context?.suspend();
    this.#onChange();
  }

  /** False while nothing can be heard. */
  readonly speak = (call: BoardVoice, onEnd: () => void): boolean => {
    if (this.#context === null || this.state === "off") return false;
    chime(this.#context);
    pageClock.after(CHIME_MS as never, () => say(spokenCall(call), onEnd));
    return true;
  };

  close(): void {
    this.#context?.removeEventListener("statechange", this.#onChange);
    if (hasSpeech()) speechSynthesis.removeEventListener("voiceschanged", this.#onChange);
    void this.#context?.close();
  }
}

const hasSpeech = (): boolean => typeof speechSynthesis !== "undefined";

/** Local ones only: what is said in the hall goes to no cloud. */
function chineseVoice(): SpeechSynthesisVoice | null {
  if (!hasSpeech()) return null;
  const local = speechSynthesis
    .getVoices()
    .filter(({ lang, localService }) => localService && /^(?:zh|cmn)\b/iu.test(lang));
  return local.find(({ lang }) => /^zh[-_]CN/iu.test(lang)) ?? local[0] ?? null;
}

function say(text: string, onEnd: () => void): void {
  const voice = chineseVoice();
  if (voice === null) return onEnd();
  const utterance = new SpeechSynthesisUtterance(text);
  utterance.voice = voice;
  utterance.lang = voice.lang;
  utterance.rate = SPEECH_RATE;
  utterance.addEventListener("end", onEnd);
  utterance.addEventListener("error", onEnd);
  speechSynthesis.speak(utterance);
}

function chime(context: AudioContext): void {
  for (const { hertz, from, lasts } of TONES) {
    const start = context.currentTime + from;
    const tone = context.createOscillator();
    const gain = context.createGain();
    tone.frequency.value = hertz;
    gain.gain.setValueAtTime(0, start);
    gain.gain.linearRampToValueAtTime(LOUDNESS, start + 0.02);
    gain.gain.exponentialRampToValueAtTime(0.001, start + lasts);
    tone.connect(gain).connect(context.destination);
    tone.addEventListener("ended", () => gain.disconnect());
    tone.start(start);
    tone.stop(start + lasts);
  }
}
