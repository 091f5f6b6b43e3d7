import { useState } from "preact/hooks";
import { Bi, goToSignIn, pageClock, type Words } from "../../design/design.ts";
import { refusalOf } from "../kiosk/requests.ts";

const AWAY: Words = { zh: "大厅没有回应，请再试一次", en: "The hall did not answer; try again" };

/** Browsers read the file after the click. */
const KEPT_MS = 60_000 as Parameters<typeof pageClock.after>[0];

export interface Download {
  readonly path: string;
  readonly words: Words;
}

/** Buttons that each save a file; one at a time, and what the hall refuses stands beside them in its own words. */
export function Downloads({ files }: { readonly files: readonly Download[] }) {
  const [busy, setBusy] = useState<string | null>(null);
  const [refusal, setRefusal] = useState<Words | null>(null);
  const fetchOne = async (path: string): Promise<void> => {
    setBusy(path);
    setRefusal(await save(path));
    setBusy(null);
  };
  return (
    <div class="downloads">
      <div class="buttons">
        {files.map(({ path, words }) => (
          <button
            key={path}
            type="button"
            class="button small"
            aria-busy={busy === path}
            disabled={busy !== null}
            onClick={() => void fetchOne(path)}
          >
            <Bi {...words} />
            {busy === path && " …"}
          </button>
        ))}
      </div>
      {refusal !== null && (
        <p class="note alarm" role="alert">
          <Bi {...refusal} />
        </p>
      )}
    </div>
  );
}

/** Saves what the hall answers under the name it gives it; what the hall says instead when it refuses. */
async function save(path: string): Promise<Words | null> {
  try {
    const response = await fetch(path, { credentials: "same-origin", cache: "no-store" });
    if (response.status === 401) goToSignIn();
    if (!response.ok) {
      const reply = refusalOf(response.status, await response.text());
      return reply.kind === "refused" ? reply.words : AWAY;
    }
    const name = fileName(response.headers.get("content-disposition") ?? "");
    const address = URL.createObjectURL(await response.blob());
    const link = document.createElement("a");
    link.href = address;
    link.download = name;
    document.body.append(link);
    link.click();
    link.remove();
    pageClock.after(KEPT_MS, () => URL.revokeObjectURL(address));
    return null;
  } catch {
    return AWAY;
  }
}

/** RFC 8187: the name in UTF-8, or the plain one. */
export function fileName(disposition: string): string {
  const extended = /filename\*=UTF-8''([^;\s]+)/u.exec(disposition)?.[1];
  return extended === undefined
    ? (/filename="([^"]+)"/u.exec(disposition)?.[1] ?? "attendance")
    : decodeURIComponent(extended);
}
