import { useEffect, useRef } from "preact/hooks";
import { DOTS, type PlateLine } from "./led-layout.ts";
import { paintSign } from "./led-paint.ts";

/** Below this the dots of neighbouring rows run into each other; the browser then scales the picture down. */
const PITCH_MIN = 3;
/** Light between the dots; more where the picture is scaled down, or it would grow dim. */
const GAP = 0.14;
const SCALED_GAP = 0.8;

/** The nameplate: dots for the eye, the same lines as text for a screen reader. */
export function LedSign({ lines, label }: { readonly lines: readonly PlateLine[]; readonly label: string }) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const shown = JSON.stringify(lines);
  useEffect(() => {
    const place = canvas.current?.parentElement;
    if (place === null || place === undefined) return;
    const paint = (): void => {
      if (canvas.current === null) return;
      const scale = globalThis.devicePixelRatio;
      const pitch = Math.floor((place.clientWidth * scale) / DOTS.columns);
      const roomy = pitch >= PITCH_MIN;
      const told = JSON.parse(shown) as PlateLine[];
      paintSign(canvas.current, told, roomy ? pitch : PITCH_MIN, roomy ? GAP : SCALED_GAP);
      // Whole pixels per dot wherever there is room: dots of two sizes would shimmer.
      canvas.current.style.width = roomy ? `${(DOTS.columns * pitch) / scale}px` : "100%";
    };
    paint();
    const watch = new ResizeObserver(paint);
    watch.observe(place);
    void document.fonts.ready.then(paint);
    return () => watch.disconnect();
  }, [shown]);
  return (
    <div class="sign" role="group" aria-label={label}>
      <div class="dots">
        <canvas ref={canvas} aria-hidden="true" />
      </div>
      <div class="unseen">
        {lines.map(({ zh, en }, place) => (
          <p key={place}>
            {zh} <span lang="en">{en}</span>
          </p>
        ))}
      </div>
    </div>
  );
}
