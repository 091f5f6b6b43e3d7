// A session lasts while somebody asks, at most its whole life; its token is random and kept as a digest alone.
import { expect, test } from "vitest";
import {
  SESSION_IDLE_MAX,
  SESSION_LIFE_MAX,
  SESSIONS_MAX,
  SESSIONS_PER_ACCOUNT_MAX,
  SignInSessions,
} from "../../../../controller/access/sign-in-sessions.ts";
import { AccountId } from "../../../../controller/core/access/actor.ts";
import { milliseconds } from "../../../../protocol/index.ts";
import { VirtualClock } from "../../../support/virtual-clock.ts";

const of = (id: string) => ({ accountId: AccountId.parse(id), revision: 1 });

function openSessions() {
  const clock = new VirtualClock();
  return { clock, sessions: new SignInSessions(clock) };
}

test("a token has 256 bits, finds its session, and is found nowhere in what is kept", () => {
  const { sessions } = openSessions();
  const [one, two] = [sessions.begin(of("li")), sessions.begin(of("li"))];
  expect(one).toMatch(/^[0-9a-f]{64}$/u);
  expect(one).not.toBe(two);
  expect(sessions.find(one, true)).toMatchObject(of("li"));
  expect(sessions.find("0".repeat(64), true)).toBeNull();
});

test("it is over after the idle time; asking keeps it, a stream that is followed does not", () => {
  const { clock, sessions } = openSessions();
  const token = sessions.begin(of("li"));
  clock.advance(milliseconds(SESSION_IDLE_MAX - 1));
  expect(sessions.find(token, true)).not.toBeNull();
  clock.advance(milliseconds(SESSION_IDLE_MAX - 1));
  expect(sessions.find(token, false)).not.toBeNull();
  clock.advance(milliseconds(1));
  expect(sessions.find(token, false)).toBeNull();
});

test("whoever asks all day is signed out at the end of the session's life", () => {
  const { clock, sessions } = openSessions();
  const token = sessions.begin(of("li"));
  const step = milliseconds(SESSION_IDLE_MAX / 2);
  for (let passed = step as number; passed < SESSION_LIFE_MAX; passed += step) {
    clock.advance(step);
    expect(sessions.find(token, true)).not.toBeNull();
  }
  clock.advance(step);
  expect(sessions.find(token, true)).toBeNull();
});

test("an account has so many sessions at once, the hall so many in all: the oldest make way", () => {
  const { sessions } = openSessions();
  const first = sessions.begin(of("li"));
  for (let n = 1; n < SESSIONS_PER_ACCOUNT_MAX; n += 1) sessions.begin(of("li"));
  expect(sessions.find(first, true)).not.toBeNull();
  sessions.begin(of("li"));
  expect(sessions.find(first, true)).toBeNull();
  for (let n = 0; n < SESSIONS_MAX + 10; n += 1) sessions.begin(of(`a${n}`));
  expect(sessions.size).toBe(SESSIONS_MAX);
});
