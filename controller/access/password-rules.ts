import { PASSWORD_LENGTH_MAX, PASSWORD_LENGTH_MIN } from "../adapters/http/front-door.ts";

/** Fewer different characters are a pattern and no password. */
const DISTINCT_MIN = 5;

/** Why a new password is not taken; null when it is. Length counts, not what it is made of. */
export function weaknessOf(password: string, account: string): string | null {
  const characters = Array.from(password);
  if (characters.length < PASSWORD_LENGTH_MIN) {
    return `密码至少 ${PASSWORD_LENGTH_MIN} 个字符 At least ${PASSWORD_LENGTH_MIN} characters.`;
  }
  if (characters.length > PASSWORD_LENGTH_MAX) {
    return `密码最多 ${PASSWORD_LENGTH_MAX} 个字符 At most ${PASSWORD_LENGTH_MAX} characters.`;
  }
  if (new Set(characters).size < DISTINCT_MIN) return "密码过于重复 Too few different characters.";
  if (password.toLowerCase().includes(account)) return "密码不能包含用户名 It must not contain the account's name.";
  return null;
}
