import { milliseconds, seconds } from "../../protocol/base/time.ts";

/** A sign that has not been renewed for so long goes blank by itself: it must not show a clerk whose terminal died. */
export const SIGN_STALE_AFTER = seconds(15);
/** A page that stands alone is renewed so often: three may be lost before the sign goes blank. */
export const SIGN_RENEW_EVERY = seconds(4);
/** A sign has so long to answer before it is sent the newest page again. */
export const SIGN_ANSWER_WITHIN = milliseconds(1000);
/** After so many unanswered pages in a row the sign is said to be silent. */
export const SIGN_SILENT_AFTER = 3;
