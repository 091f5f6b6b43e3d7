import { milliseconds, minutes, seconds } from "./base/time.ts";

// Every bound of the wire and of the counter's behaviour stands here, with its name. Product defaults, unless a rule id
// is named beside one.

/** Bytes of one MQTT message body. */
export const MESSAGE_BYTES_MAX = 16 * 1024;
/** Bytes of one input inside an envelope. */
export const INPUT_BYTES_MAX = 2 * 1024;
/** Objects and lists inside one another in a message: recursion over a message is bounded by it. */
export const MESSAGE_DEPTH_MAX = 16;
/** Inputs in one envelope: keeps the largest envelope under MESSAGE_BYTES_MAX. */
export const INPUTS_PER_ENVELOPE_MAX = 7;
/** Bytes of one MQTT packet, headers included, that the broker will buffer. */
export const PACKET_BYTES_MAX = MESSAGE_BYTES_MAX + 1024;
export const TOPIC_BYTES_MAX = 160;
export const TOPIC_LEVELS_MAX = 8;
/** Gaps named in one acknowledgement. */
export const NEED_MAX = 8;
/** Refusals named in one acknowledgement. */
export const REFUSED_PER_ACK_MAX = 16;
export const SEQ_MAX = Number.MAX_SAFE_INTEGER;
/** The last instant that civil time can reckon with, milliseconds since the epoch. */
export const INSTANT_MS_MAX = 8_640_000_000_000_000;

export const KEEPALIVE_SECONDS = 8;
export const KEEPALIVE_SECONDS_MAX = 60;
export const CONNECT_TIMEOUT = seconds(5);
export const HEALTH_PERIOD = seconds(10);
/** A terminal that has not been heard for so long is shown as lost (I9). */
export const TERMINAL_SILENCE_MAX = seconds(15);
/** At most one request to resend per stream in this time: without it a gap that cannot be filled makes a storm. */
export const NEED_INTERVAL = milliseconds(400);
/** A terminal sends its oldest unacknowledged inputs again after this silence. */
export const RESEND_AFTER = seconds(2);
/** Unacknowledged inputs under way at once. */
export const IN_FLIGHT_MAX = 64;
export const RECONNECT_BASE = milliseconds(500);
export const RECONNECT_MAX = seconds(5);
/** Acknowledged inputs stay in a terminal's journal: a restored controller is refilled from them. */
export const JOURNAL_KEEP = minutes(7 * 24 * 60);
export const JOURNAL_ROWS_MAX = 50_000;

/** A press older than this at the controller is recorded and changes nothing: a call must never fire late (I11). */
export const INTENT_TTL = seconds(5);
/** Without the controller's answer by then the lamp shows "unconfirmed". */
export const ANSWER_WITHIN = seconds(2);
/** After a change of what the keys mean a key is dead for so long: a double press must not finish and call. */
export const DEAD_TIME = seconds(1);
export const LONG_PRESS = milliseconds(1500);
export const ASSISTANCE_HOLD = seconds(3);
/** A second tap confirms a question within this time. */
export const QUESTION_WITHIN = seconds(8);
export const BADGE_SILENCE = milliseconds(300);

export const RATING_WINDOW = seconds(60);
/** The keypad stays with the finished visit for so long even if the next ticket is called at once. */
export const RATING_KEEP = seconds(15);
/** Recalls of one ticket at one counter. */
export const RECALL_MAX = 3;
export const RECALL_INTERVAL = seconds(5);
/** A ticket must have been announced for so long before it can be a no-show. */
export const NO_SHOW_AFTER = seconds(20);
/** The paper must be in the hand before its number is called. */
export const CALLABLE_AFTER = seconds(5);
/** One announcement has the hall's voice for so long. */
export const ANNOUNCEMENT_SLOT = seconds(5);
export const CALL_COUNT_MAX = RECALL_MAX + 1;
export const BOARD_LINES_MAX = 12;
/** Services whose waiting count is on the board: keeps the largest board under MESSAGE_BYTES_MAX. */
export const BOARD_SERVICES_MAX = 16;
