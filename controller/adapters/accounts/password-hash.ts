import { argon2, timingSafeEqual } from "node:crypto";
import { promisify } from "node:util";
import { freshSecret } from "../authority/badge-key.ts";

// argon2id, in the PHC string format: what a hash was made with stands in it, so that the cost can be raised later.

/** OWASP's floor is 19 MiB and 2 passes; this takes some 70 ms of one core. Product default. */
const COST = { memory: 32_768, passes: 3, parallelism: 1 } as const;
const TAG_BYTES = 32;
const SALT_BITS = 128;
/** A file that asks for more was not written by this program. */
const MEMORY_MAX = 262_144;
const PASSES_MAX = 16;
const FORMAT = /^\$argon2id\$v=19\$m=(\d{1,7}),t=(\d{1,2}),p=1\$([A-Za-z0-9+/]{16,64})\$([A-Za-z0-9+/]{43})$/u;

interface Cost {
  readonly memory: number;
  readonly passes: number;
  readonly parallelism: number;
}

const derive = promisify(argon2);
const base64 = (bytes: Buffer): string => bytes.toString("base64").replace(/=+$/u, "");

const tagOf = (password: string, nonce: Buffer, cost: Cost): Promise<Buffer> =>
  derive("argon2id", {
    message: Buffer.from(password.normalize("NFKC"), "utf8"),
    nonce,
    tagLength: TAG_BYTES,
    ...cost,
  });

export async function hashPassword(password: string): Promise<string> {
  const salt = Buffer.from(freshSecret(SALT_BITS), "hex");
  const tag = await tagOf(password, salt, COST);
  return `$argon2id$v=19$m=${COST.memory},t=${COST.passes},p=${COST.parallelism}$${base64(salt)}$${base64(tag)}`;
}

/** Stands in for an account that is not there: the answer must take as long. Of no password at all. */
const NOBODY = `$argon2id$v=19$m=${COST.memory},t=${COST.passes},p=1$${"A".repeat(22)}$${"A".repeat(43)}`;

/** Whether `password` is the one of `hash`; null stands for nobody's. Takes as long whatever the answer. */
export async function isPassword(hash: string | null, password: string): Promise<boolean> {
  const parts = FORMAT.exec(hash ?? NOBODY);
  const [, memory = "", passes = "", salt = "", tag = ""] = parts ?? [];
  const cost = { memory: Number(memory), passes: Number(passes), parallelism: 1 };
  if (parts === null || cost.memory > MEMORY_MAX || cost.passes > PASSES_MAX) return false;
  const found = await tagOf(password, Buffer.from(salt, "base64"), cost);
  return timingSafeEqual(found, Buffer.from(tag, "base64")) && hash !== null;
}

export const isPasswordHash = (text: string): boolean => FORMAT.test(text);
