import { milliseconds, present, type TicketNumber, type Timer } from "../../../protocol/index.ts";
import type { Chance } from "../../time/chance.ts";
import type { SimStaff } from "../../world-plan.ts";
import { type Crowd, nowAndThen, type Person, within } from "./crowd.ts";
import { DeskHabits } from "./desk-habits.ts";
import type { WindowReading } from "./window-sign.ts";
import { sessionsOf, type WorkingSession } from "./working-hours.ts";

const SHORT = milliseconds(140);
const LONG = milliseconds(1_800);
const ASSISTANCE = milliseconds(3_400);
/** Seconds before a session at which clerks come, and by which the late ones come after its begin. */
const EARLY: readonly [number, number] = [90, 1_500];
const LATE: readonly [number, number] = [20, 600];
/** A press or tap that changed nothing is tried again after so many seconds. */
const TRY_AGAIN: readonly [number, number] = [4, 9];
const NOT_THERE_YET: readonly [number, number] = [22, 34];
const RECALLS = 2;
/** Calls for a ticket that nobody follows, recalls and no-show alike: then it is somebody else's turn to wonder. */
const CLOSED_AGAIN: readonly [number, number] = [20, 60];

/** Whoever sits at one window, over the day: does what the sign suggests, with a clerk's habits. */
export class WindowClerk implements Person {
  readonly window: number;
  /** Who sits there: the window's own clerk, or somebody who stands in. */
  holder: SimStaff;
  readonly #crowd: Crowd;
  readonly #chance: Chance;
  readonly #desk: DeskHabits;
  readonly #sessions: readonly WorkingSession[];
  #plan: Timer | null = null;
  #key = "";
  #recalls = 0;
  #held = 0;
  #isHere = false;
  /** At the next free moment. */
  #wants: "break" | "outing" | null = null;
  #forgetsToday: boolean;

  constructor(crowd: Crowd, chance: Chance, window: number) {
    this.window = window;
    this.#crowd = crowd;
    this.#chance = chance;
    const { plan } = crowd.floor;
    this.holder = present(plan.staff[window], "a window's own clerk");
    this.#sessions = sessionsOf(plan);
    this.#desk = new DeskHabits(crowd, chance, this);
    this.#forgetsToday = false;
  }

  begin(): void {
    const { habits } = this.#crowd;
    const chance = this.#chance;
    for (const session of this.#sessions) this.#rosterFor(session);
    nowAndThen(this.#crowd, chance, habits.breaks, () => (this.#wants = "break"));
    nowAndThen(this.#crowd, chance, habits.outings, () => (this.#wants = "outing"));
    nowAndThen(this.#crowd, chance, habits.strayPresses, () => this.#stray());
    nowAndThen(this.#crowd, chance, habits.assistance, () => {
      if (this.#isHere) this.#pressOnce("pause", ASSISTANCE);
    });
  }

  onSight(): void {
    const { sign, number, asks } = this.#reading();
    const key = `${sign} ${number} ${asks}`;
    if (key === this.#key) return;
    this.#key = key;
    this.#recalls = 0;
    this.#decide();
  }

  /** Somebody has come to the window. */
  onArrival(): void {
    if (this.#reading().sign === "called") this.#decide();
  }

  settle(): void {
    if (this.#reading().sign === "out") this.#tap();
  }

  /** Free to be relieved: nobody is being served, and somebody is here at all. */
  get isIdle(): boolean {
    return this.#isHere && IDLE.has(this.#reading().sign);
  }

  #rosterFor({ fromMs, toMs }: WorkingSession): void {
    const chance = this.#chance;
    const { floor, habits } = this.#crowd;
    const nowMs = floor.nowMs();
    if (toMs <= nowMs) return;
    const late = chance.happens(habits.lateForWork);
    const comesAt = late ? fromMs + within(chance, LATE) : fromMs - within(chance, EARLY);
    // The world may begin in the middle of a session.
    const comesIn = comesAt > nowMs ? comesAt - nowMs : within(chance, [1, 45]);
    this.#crowd.after(comesIn, () => this.#comeToWork());
    this.#crowd.after(toMs - nowMs + within(chance, [1, 40]), () => this.#decide());
  }

  #comeToWork(): void {
    this.#isHere = true;
    this.#forgetsToday = this.#chance.happens(this.#crowd.habits.forgetsSignOff);
    this.#decide();
  }

  get #isOver(): boolean {
    const nowMs = this.#crowd.floor.nowMs();
    return !this.#sessions.some(({ fromMs, toMs }) => nowMs >= fromMs - EARLY[1] * 1000 && nowMs < toMs);
  }

  #reading(): WindowReading {
    return this.#crowd.read(this.window);
  }

  /** Makes a plan for what is to be seen now; a new sight makes another. */
  #decide(): void {
    this.#plan?.cancel();
    this.#plan = null;
    if (!this.#isHere) return;
    const { sign, number, asks } = this.#reading();
    if (asks !== null) return this.#answer();
    switch (sign) {
      case "closed":
        return this.#atClosed();
      case "idle":
      case "rating":
      case "armed":
        return this.#atFree(sign);
      case "called":
        return this.#atCalled(number as TicketNumber);
      case "serving":
        return this.#atServing();
      case "paused":
        return this.#soon(this.#crowd.habits.breakLength, () => this.#press("call"));
      case "out":
        return this.#soon(this.#crowd.habits.breakLength, () => this.#tap());
      default:
        return;
    }
  }

  /** Does it when its moment has come, and again if nothing came of it. */
  #soon(seconds: readonly [number, number], act: () => void): void {
    this.#plan = this.#crowd.after(within(this.#chance, seconds), () => {
      act();
      this.#plan = this.#crowd.after(within(this.#chance, TRY_AGAIN), () => this.#decide());
    });
  }

  #atClosed(): void {
    if (!this.#isOver) return this.#soon(this.#key === "" ? [0.5, 3] : CLOSED_AGAIN, () => this.#tap());
    this.#isHere = false;
  }

  #atFree(sign: "idle" | "rating" | "armed"): void {
    const { floor, habits } = this.#crowd;
    const between = habits.betweenVisits;
    if (this.#isOver) return this.#atSessionEnd(sign);
    const wants = this.#wants;
    this.#wants = null;
    if (wants === "outing") return this.#soon(between, () => this.#tap());
    if (wants === "break") return this.#soon(between, () => this.#takeBreak());
    if (sign === "armed") return;
    if (this.#held > 0 && this.#chance.happens(0.5)) return this.#soon(between, () => this.#recallHeld());
    if (this.#desk.wantsOutOfOrder() && floor.waitingFor(this.window) > 1)
      return this.#soon(between, () => this.#desk.callOutOfOrder());
    this.#soon(between, () => this.#press("call"));
  }

  /** Whoever waits is served first, or declined; then home. */
  #atSessionEnd(sign: "idle" | "rating" | "armed"): void {
    const { floor, habits } = this.#crowd;
    const waits = floor.waitingFor(this.window) > 0;
    if (waits && this.#desk.wantsToDecline()) return this.#soon([3, 15], () => this.#desk.decline());
    if (this.#held > 0) return this.#soon(habits.betweenVisits, () => this.#recallHeld());
    if (waits && sign !== "armed") return this.#soon(habits.betweenVisits, () => this.#press("call"));
    if (!this.#forgetsToday) return this.#soon([2, 30], () => this.#tap());
    if (sign === "armed") return this.#soon([2, 30], () => this.#press("call")); // Takes nobody any more.
    this.#isHere = false;
  }

  #atCalled(number: TicketNumber): void {
    if (this.#crowd.standsAt(this.window, number)) {
      if (this.#chance.happens(this.#crowd.habits.forgetsStart)) return; // Presumed after a while.
      return this.#soon([0.8, 4], () => this.#press("pause"));
    }
    this.#plan = this.#crowd.after(within(this.#chance, NOT_THERE_YET), () => {
      this.#recalls += 1;
      if (this.#recalls <= RECALLS) this.#press("call");
      else this.#press("call", LONG);
      this.#decide();
    });
  }

  #atServing(): void {
    const { habits } = this.#crowd;
    const chance = this.#chance;
    const mean = Math.max(0, habits.serviceMean - habits.serviceLeast);
    // Two stages: short visits are rare, long ones not too rare.
    const seconds = habits.serviceLeast + chance.gap(mean / 2) + chance.gap(mean / 2);
    this.#soon([seconds, seconds], () => {
      const end = chance.next();
      if (end < habits.transfers) this.#desk.transfer();
      else if (end < habits.transfers + habits.holds) this.#hold();
      else this.#press("call");
    });
  }

  #hold(): void {
    this.#held += 1;
    if (this.#chance.happens(0.5)) this.#desk.hold();
    else this.#press("call", LONG);
  }

  #recallHeld(): void {
    this.#held -= 1;
    this.#press("call", LONG);
  }

  #takeBreak(): void {
    if (this.#desk.wantsPause()) return this.#desk.pause();
    this.#press("pause");
    // Once more within five seconds is the next reason.
    for (let again = 1; again < 3 && this.#chance.happens(0.4); again += 1) {
      this.#crowd.after(again * this.#chance.between(1_100, 1_600), () => {
        if (this.#reading().sign === "paused") this.#press("pause");
      });
    }
  }

  /** A question stands for eight seconds; some let it lapse. */
  #answer(): void {
    this.#plan = this.#crowd.after(within(this.#chance, [1.2, 9]), () => this.#tap());
  }

  #tap(): void {
    this.#crowd.floor.tap(this.window, this.holder);
  }

  #press(button: "call" | "pause", heldFor = SHORT): void {
    this.#pressOnce(button, heldFor);
    if (!this.#chance.happens(this.#crowd.habits.doublePress)) return;
    this.#crowd.after(heldFor + this.#chance.between(80, 700), () => this.#pressOnce(button, heldFor));
  }

  #pressOnce(button: "call" | "pause", heldFor: typeof SHORT): void {
    this.#crowd.floor.press(this.window, button, heldFor);
  }

  /** A sleeve, a curious child, a clerk in thought: any key, whatever the sign says. */
  #stray(): void {
    this.#pressOnce(this.#chance.pick(["call", "pause"] as const), this.#chance.pick([SHORT, SHORT, LONG]));
  }
}

const IDLE: ReadonlySet<string> = new Set(["idle", "armed", "paused", "out"]);
