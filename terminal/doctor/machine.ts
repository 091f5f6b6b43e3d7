/** What became of looking at a file: it may be used, may not, or is not there. */
export type Access = "ok" | "denied" | "absent";

export interface ToolAnswer {
  readonly missing: boolean;
  /** All it said, on either stream; at most a few lines. */
  readonly text: string;
}

export type Reach = "ok" | "refused" | "no-answer" | "unknown-name";

/**
 * The machine as the doctor sees it. Whatever is missing is an answer; whatever goes wrong beyond that may throw or
 * reject: the doctor goes on with what it has.
 */
export interface Machine {
  /** Null: not there, or not readable. */
  readText(path: string): string | null;
  /** Names in a directory; none where there is no such directory. */
  list(path: string): readonly string[];
  /** Where the path leads once every link is followed; null when it leads nowhere. */
  target(path: string): string | null;
  /** Reading and writing; of files that cannot be read, writing alone. */
  access(path: string, use?: "write"): Access;
  /** Whether onoff and its native module can be loaded here. */
  loadsOnoff(): Promise<boolean>;
  /** Free and all bytes of the file system that holds this directory, or the nearest above it that exists. */
  space(path: string): { readonly free: number; readonly all: number } | null;
  userName(): string;
  run(tool: string, args: readonly string[]): Promise<ToolAnswer>;
  reach(host: string, port: number): Promise<Reach>;
  /** Dates of a PEM certificate, milliseconds; null when it is none. */
  certificateDates(pem: string): { readonly from: number; readonly to: number } | null;
  /** Wall clock, UTC milliseconds. */
  now(): number;
}
