import { HallError } from "../../protocol/index.ts";

const LINE_BYTES_MAX = 4_096;
const INTERRUPT = "\u0003";
const END_OF_INPUT = "\u0004";
const ERASE: readonly string[] = ["\u0008", "\u007f"];
const ENTER: readonly string[] = ["\r", "\n"];

/** Never an argument: those stand in everybody's list of processes. Typed unseen, or the first line of a pipe. */
export const askPassword = (question: string): Promise<string> => (process.stdin.isTTY ? typed(question) : firstLine());

async function firstLine(): Promise<string> {
  let text = "";
  for await (const chunk of process.stdin) {
    text += String(chunk);
    if (text.includes("\n")) break;
    if (text.length > LINE_BYTES_MAX)
      throw new HallError("PASSWORD_MISSING", "standard input holds no line of a password's length");
  }
  const [line = ""] = text.split(/\r?\n/u, 1);
  if (line !== "") return line;
  throw new HallError("PASSWORD_MISSING", "no password came on standard input");
}

function typed(question: string): Promise<string> {
  const { stdin, stderr } = process;
  stderr.write(question);
  stdin.setRawMode(true);
  stdin.setEncoding("utf8");
  return new Promise((resolve, reject) => {
    let text = "";
    const leave = (): void => {
      stdin.off("data", onKeys);
      stdin.setRawMode(false);
      stdin.pause();
      stderr.write("\n");
    };
    const onKeys = (keys: string): void => {
      for (const key of keys) {
        if (ENTER.includes(key)) {
          leave();
          return resolve(text);
        }
        if (key === INTERRUPT || key === END_OF_INPUT) {
          leave();
          return reject(new HallError("PASSWORD_MISSING", "nothing was changed"));
        }
        text = ERASE.includes(key) ? Array.from(text).slice(0, -1).join("") : text + key;
      }
    };
    stdin.on("data", onKeys);
  });
}
