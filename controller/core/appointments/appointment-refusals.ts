import { type Bilingual, bilingual, refused, type Result } from "../../../protocol/index.ts";

/** Why the book refuses. The codes are stable. */
export const APPOINTMENT_REFUSALS = {
  "appointments-off": bilingual("本大厅未开设预约", "This hall takes no appointments"),
  "no-appointment-needed": bilingual("无需预约，依次排队等候", "No appointment needed: everybody is served in turn"),
  "service-not-booked": bilingual("此事项不接受预约", "This service takes no appointments"),
  "channel-closed": bilingual("未开通此预约方式", "Nothing is booked this way here"),
  "slot-unknown": bilingual("没有此时段", "There is no such slot"),
  "slot-over": bilingual("该时段已开始", "That slot has begun"),
  "slot-far": bilingual("该日尚未开放预约", "That day cannot be booked yet"),
  "slot-full": bilingual("该时段已约满", "That slot is full"),
  "slot-in-hours": bilingual("该时段在服务时间内，不指定人员", "That slot is within the hours: nobody is named for it"),
  "book-full": bilingual("预约已满，请稍后再约", "The book is full, try again later"),
  "out-of-hours-off": bilingual("服务时间外不接受预约", "Nothing is booked outside the hours"),
  "staff-needed": bilingual("服务时间外的预约须指定人员", "Outside the hours somebody must be named"),
  "staff-unknown": bilingual("没有此人员，或其没有窗口", "No such person, or none with a window"),
  "staff-taken": bilingual("该人员此时段已有预约", "That person has an appointment then"),
  "booking-reason-unknown": bilingual("请选择列表中的预约事由", "Choose a reason of the list"),
  "booking-unknown": bilingual("没有此预约号，请核对", "No such booking: check the number"),
  "booking-check-wrong": bilingual("预约号与校验码不符", "Booking number and code do not match"),
  "booking-arrived": bilingual("此预约已取号", "That booking has its ticket"),
  "booking-over": bilingual("此预约已过时，请现场取号", "That booking is over: take a ticket"),
  "booking-early": bilingual("未到预约取号时间", "Too early to check in"),
  "booking-begun": bilingual("时段已开始，不能取消", "It has begun and cannot be cancelled"),
} as const satisfies Record<string, Bilingual>;
export type AppointmentRefusalCode = keyof typeof APPOINTMENT_REFUSALS;

export const isAppointmentRefusal = (code: string): code is AppointmentRefusalCode =>
  Object.hasOwn(APPOINTMENT_REFUSALS, code);

/** A `Rejection` as far as the book goes. */
export interface BookingRefusal {
  readonly code: AppointmentRefusalCode;
  readonly detail: string;
  readonly rules: readonly string[];
}

export function refuseBooking(
  code: AppointmentRefusalCode,
  rules: readonly string[] = [],
): Result<never, BookingRefusal> {
  const { zh, en } = APPOINTMENT_REFUSALS[code];
  const by = rules.length === 0 ? "" : ` (${rules.join(", ")})`;
  return refused({ code, detail: `${zh} ${en}${by}`, rules });
}
