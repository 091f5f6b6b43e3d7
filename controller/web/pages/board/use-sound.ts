import type { Board } from "../../../../protocol/index.ts";
import { useEffect, useState } from "preact/hooks";
import { pageClock } from "../../design/design.ts";
import { Sound, type SoundState } from "./sound.ts";
import { VoiceQueue } from "./voice-queue.ts";

export interface SoundControl {
  readonly state: SoundState;
  readonly toggle: () => void;
}

interface Loudspeaker {
  readonly sound: Sound;
  readonly queue: VoiceQueue;
}

/** Speaks what the board announces, for as long as the page lives. */
export function useSound(board: Board | undefined, zone: string | null): SoundControl {
  const [state, setState] = useState<SoundState>("off");
  const [loudspeaker, setLoudspeaker] = useState<Loudspeaker | null>(null);
  useEffect(() => {
    const sound = new Sound(() => setState(sound.state));
    const queue = new VoiceQueue({ speak: sound.speak, clock: pageClock }, zone);
    setState(sound.state);
    setLoudspeaker({ sound, queue });
    return () => {
      queue.close();
      sound.close();
    };
  }, [zone]);
  useEffect(() => {
    if (board !== undefined) loudspeaker?.queue.hear(board);
  }, [board, loudspeaker]);
  const toggle = (): void => {
    if (state === "off") void loudspeaker?.sound.turnOn();
    else void loudspeaker?.sound.turnOff();
  };
  return { state, toggle };
}
