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

/** Streams that a terminal has left behind and still holds inputs of. A card that lies more often is to be replaced. */
export const FORMER_STREAMS_MAX = 4;
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
/** An edge of a key counts once its contact was stable for so long; the instant of a press is its first edge. */
export const KEY_SETTLE = milliseconds(10);
/** The same for a contact that chatters, until it has been quiet. */
export const KEY_SETTLE_WORN = milliseconds(80);
/** A key takes no new press for so long after it was let go. */
export const KEY_REARM = milliseconds(300);
/** A key held for longer than any hand means it to be: stuck. It is dead until it was let go for KEY_STUCK_RELEASE. */
export const KEY_STUCK_AFTER = seconds(10);
export const KEY_STUCK_RELEASE = seconds(1);
/** More edges of one contact in KEY_EDGES_WITHIN are chatter; it is over after KEY_CHATTER_QUIET without as many. */
export const KEY_EDGES_MAX = 8;
export const KEY_EDGES_WITHIN = seconds(1);
export const KEY_CHATTER_QUIET = seconds(60);
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
/** Nobody pressed *start*, and the call was announced so long ago: the citizen is presumed at the window. */
export const PRESUMED_AFTER = seconds(60);
/** A counter stays armed for so long without an arrival. */
export const ARMED_MAX = minutes(10);
/** Tickets set aside at one counter. */
export const HELD_MAX = 5;
/** Pause pressed again within this time of a reason's first showing is "the next reason". */
export const PAUSE_CYCLE_WITHIN = seconds(5);
/** A ticket called to a terminal that has been offline for so long returns to the head of its queue. */
export const TERMINAL_LOST_RETURNS_AFTER = seconds(60);
/** A no-show may come back once within this time. */
export const RE_ENTRY_WITHIN = minutes(10);
/** A ticket that nobody saw come out of the printer is closed after this time. */
export const PRINT_WITHIN = minutes(2);
/** A ticket bound to a window or person that is not there goes back to its queue. */
export const BOUND_RELEASE_AFTER = minutes(10);
/** Extended service with nothing left to do ends by itself. */
export const EXTENSION_QUIET = minutes(10);
/** Tickets named in the record of one that was called before them. */
export const PASSED_OVER_MAX = 20;
/** One announcement has the hall's voice for so long. */
export const ANNOUNCEMENT_SLOT = seconds(5);
export const CALL_COUNT_MAX = RECALL_MAX + 1;
/** A called ticket stands on the board for so long at least, whatever becomes of it. */
export const BOARD_LINE_MIN = seconds(5);
export const BOARD_LINES_MAX = 12;
export const ZONES_MAX = 4;
/** Paused windows whose reason is on the board. */
export const BOARD_PAUSED_MAX = 4;
/** Letters of a pause's reason: it stands on a line with other things. */
export const PAUSE_WORDS_MAX = { zh: 12, en: 24 } as const;
/** Services whose waiting count is on the board: keeps the largest board under MESSAGE_BYTES_MAX. */
export const BOARD_SERVICES_MAX = 12;
/** Notices that take turns on the board. */
export const BOARD_NOTICES_MAX = 6;
