/** What could not be written is lost: as for any file that cannot be written (`FILE_UNWRITABLE`). */
const EXIT_UNWRITABLE = 71;

/**
 * What this process says. A reader that has had enough (`| head`) is no failure: what was begun is done to its end,
 * unheard, with the exit code it earns. Output that cannot be kept, as on a full disk, ends the process with one line.
 */
export function mindOutput(out = process.stdout, complaints = process.stderr): void {
  out.on("error", (thrown: Error) => {
    if (isUnread(thrown)) return;
    complaints.write(`FILE_UNWRITABLE: standard output: ${thrown.message}\n`);
    process.exit(EXIT_UNWRITABLE);
  });
  complaints.on("error", () => {}); // There is nobody left to tell.
}

const isUnread = (thrown: Error): boolean => "code" in thrown && thrown.code === "EPIPE";

/** Resolves when nobody reads any more: the end of what only tells, for as long as it is watched. */
export const outputUnread = (out = process.stdout): Promise<void> =>
  new Promise((resolve) => out.once("error", () => resolve()));
