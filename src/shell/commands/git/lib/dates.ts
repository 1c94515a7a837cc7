/**
 * Dates as git reads and prints them. Local time is UTC.
 * Input: https://git-scm.com/docs/git-commit#_date_formats, output: https://git-scm.com/docs/git-log#Documentation/git-log.txt---dateltformatgt
 */

export interface Moment {
  /** Seconds since 1970. */
  readonly timestamp: number;
  /** `+hhmm`. */
  readonly timezone: string;
}

const MONTHS = [
  "January",
  "February",
  "March",
  "April",
  "May",
  "June",
  "July",
  "August",
  "September",
  "October",
  "November",
  "December",
];
const WEEKDAYS = ["Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"];
const ZONES: Readonly<Record<string, string>> = {
  Z: "+0000",
  UTC: "+0000",
  GMT: "+0000",
  CET: "+0100",
  CEST: "+0200",
  EST: "-0500",
  EDT: "-0400",
  PST: "-0800",
  PDT: "-0700",
};

const TIME = "(\\d{1,2}):(\\d{2})(?::(\\d{2})(?:\\.\\d+)?)?";
const ZONE = "\\s*(Z|[A-Z]{3,4}|[+-]\\d{2}:?\\d{2}|[+-]\\d{2})?";
const MONTH = "(Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]*";
const ISO = new RegExp(`^(\\d{4})[-/.](\\d{1,2})[-/.](\\d{1,2})[T ]\\s*${TIME}${ZONE}$`);
const BASIC = new RegExp(`^(\\d{4})(\\d{2})(\\d{2})T(\\d{2})(\\d{2})(\\d{2})?${ZONE}$`);
const RFC = new RegExp(`^(?:[A-Z][a-z]+,?\\s+)?(\\d{1,2}) ${MONTH} (\\d{4}) ${TIME}${ZONE}$`);
const CTIME = new RegExp(`^(?:[A-Z][a-z]+,?\\s+)?${MONTH} +(\\d{1,2}),? ${TIME} (\\d{4})${ZONE}$`);

/** An exact date, as GIT_AUTHOR_DATE wants it; null where git says `invalid date format`. */
export function parseDate(text: string): Moment | null {
  const trimmed = text.trim();
  const raw = /^@?(\d+)(?: ([+-]\d{4}))?$/.exec(trimmed);
  if (raw && (trimmed.startsWith("@") || raw[2] || (raw[1] as string).length >= 9))
    return { timestamp: Number(raw[1]), timezone: raw[2] ?? "+0000" };
  const iso = ISO.exec(trimmed) ?? BASIC.exec(trimmed);
  if (iso) return moment(iso[1], Number(iso[2]) - 1, iso[3], iso[4], iso[5], iso[6], iso[7]);
  const rfc = RFC.exec(trimmed);
  if (rfc) return moment(rfc[3], monthOf(rfc[2]), rfc[1], rfc[4], rfc[5], rfc[6], rfc[7]);
  const ctime = CTIME.exec(trimmed);
  if (ctime) return moment(ctime[6], monthOf(ctime[1]), ctime[2], ctime[3], ctime[4], ctime[5], ctime[7]);
  return null;
}

function monthOf(name: string | undefined): number {
  return MONTHS.findIndex((month) => month.startsWith(name ?? "?"));
}

function moment(
  ...[year, month, day, hour, minute, second, zone]: (string | number | undefined)[]
): Moment | null {
  const timezone = ZONES[String(zone ?? "Z")] ?? `${String(zone).replace(":", "")}00`.slice(0, 5);
  const utc =
    Date.UTC(Number(year), Number(month), Number(day), Number(hour), Number(minute), Number(second ?? 0)) /
    1000;
  if (!Number.isFinite(utc) || !/^[+-]\d{4}$/.test(timezone) || Number(hour) > 24 || Number(minute) > 59)
    return null;
  return { timestamp: utc - offsetSeconds(timezone), timezone };
}

export function offsetSeconds(timezone: string): number {
  const minutes = Number(timezone.slice(1, 3)) * 60 + Number(timezone.slice(3, 5));
  return (timezone.startsWith("-") ? -60 : 60) * minutes;
}

interface Fields {
  year: number;
  month: number;
  day: number;
  hour: number;
  minute: number;
  second: number;
}

function fieldsOf(timestamp: number): Fields & { weekday: number } {
  const date = new Date(timestamp * 1000);
  return {
    year: date.getUTCFullYear(),
    month: date.getUTCMonth(),
    day: date.getUTCDate(),
    hour: date.getUTCHours(),
    minute: date.getUTCMinutes(),
    second: date.getUTCSeconds(),
    weekday: date.getUTCDay(),
  };
}

function secondsOf(fields: Fields): number {
  return Date.UTC(fields.year, fields.month, fields.day, fields.hour, fields.minute, fields.second) / 1000;
}

/** Reading state of an approximate date; -1 is "not said". */
interface Approximation {
  fields: Fields;
  readonly now: Fields;
  number: number;
  touched: boolean;
}

/**
 * `2.weeks.ago`, `yesterday`, `last friday noon`, `2024-01-31`, or any exact date.
 * @param now seconds since 1970
 * @returns seconds since 1970; null where nothing of the text was understood
 */
export function approxidate(text: string, now: number): number | null {
  const exact = parseDate(text);
  if (exact) return exact.timestamp;
  const state: Approximation = {
    fields: { ...fieldsOf(now), year: -1, month: -1, day: -1 },
    now: fieldsOf(now),
    number: 0,
    touched: false,
  };
  const tokens = /\d+(?:[:/.-]\d+)*|[A-Za-z]+/g;
  if (/\bnever\b/i.test(text)) return 0;
  for (const [token] of text.matchAll(tokens)) {
    if (/^\d/.test(token)) digits(state, token);
    else word(state, token);
  }
  pending(state);
  if (!state.touched) return null;
  update(state, 0);
  return secondsOf(state.fields);
}

/** `--expire`: like approxidate, with `now` and `all` for everything and `never` for nothing. Null is malformed. */
export function expiryDate(text: string, now: number): number | null {
  if (text === "never" || text === "false") return 0;
  if (text === "all" || text === "now") return Number.MAX_SAFE_INTEGER;
  return approxidate(text, now);
}

function pending(state: Approximation): void {
  const { fields, number } = state;
  state.number = 0;
  if (number === 0) return;
  if (fields.day < 0 && number < 32) fields.day = number;
  else if (fields.month < 0 && number < 13) fields.month = number - 1;
  else if (fields.year < 0) {
    if (number > 1969 && number < 2100) fields.year = number;
    else if (number > 69 && number < 100) fields.year = 1900 + number;
    else if (number < 38) fields.year = 2000 + number;
  }
}

function update(state: Approximation, seconds: number): void {
  const { fields, now } = state;
  if (fields.day < 0) fields.day = now.day;
  if (fields.month < 0) fields.month = now.month;
  if (fields.year < 0) fields.year = fields.month > now.month ? now.year - 1 : now.year;
  state.fields = fieldsOf(secondsOf(fields) - seconds);
}

function digits(state: Approximation, token: string): void {
  pending(state);
  state.touched = true;
  const { fields } = state;
  const date = /^(\d+)([-/.])(\d+)(?:[-/.](\d+))?$/.exec(token);
  const time = /^(\d+):(\d+)(?::(\d+)(?:\.\d+)?)?$/.exec(token);
  if (time)
    Object.assign(fields, { hour: Number(time[1]), minute: Number(time[2]), second: Number(time[3] ?? 0) });
  else if (date) calendar(fields, Number(date[1]), date[2] as string, Number(date[3]), date[4]);
  else if (!token.startsWith("0") || token.length <= 2) state.number = Number(token);
}

function calendar(
  fields: Fields,
  first: number,
  separator: string,
  second: number,
  third: string | undefined,
): void {
  const year = (value: number) =>
    value > 69 && value < 100 ? 1900 + value : value < 38 ? 2000 + value : value;
  if (first > 70) Object.assign(fields, { year: year(first), month: second - 1, day: Number(third ?? 1) });
  else if (separator === ".")
    Object.assign(fields, { day: first, month: second - 1, ...(third ? { year: year(Number(third)) } : {}) });
  else
    Object.assign(fields, { month: first - 1, day: second, ...(third ? { year: year(Number(third)) } : {}) });
}

const UNITS: readonly (readonly [string, number])[] = [
  ["seconds", 1],
  ["minutes", 60],
  ["hours", 3600],
  ["days", 86_400],
  ["weeks", 604_800],
];
const NUMBERS = ["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"];
const HOURS: Readonly<Record<string, number>> = { midnight: 0, noon: 12, tea: 17 };

/** `word` is a beginning of `name`, at least `length` letters long. */
function begins(name: string, word: string, length: number): boolean {
  return word.length >= length && name.toLowerCase().startsWith(word);
}

function word(state: Approximation, token: string): void {
  const text = token.toLowerCase();
  const month = MONTHS.findIndex((name) => begins(name, text, 3));
  const weekday = WEEKDAYS.findIndex((name) => begins(name, text, 3));
  const unit = UNITS.find(([name]) => begins(name, text, name.length - 1));
  const counted = text === "last" ? 1 : NUMBERS.indexOf(text);
  state.touched ||=
    text !== "ago" &&
    (month >= 0 || weekday >= 0 || unit !== undefined || counted >= 0 || text in HOURS || SPECIAL.has(text));
  if (month >= 0) state.fields.month = month;
  else if (text === "yesterday") update(state, 86_400);
  else if (text === "now" || text === "today") update(state, 0);
  else if (text in HOURS) hourOf(state, HOURS[text] as number);
  else if (text === "am" || text === "pm") halfDay(state, text === "pm");
  else if (counted >= 0) state.number = counted;
  else if (unit) shift(state, unit[1]);
  else if (weekday >= 0) lastWeekday(state, weekday);
  else if (begins("months", text, 5)) monthsAgo(state);
  else if (begins("years", text, 4)) yearsAgo(state);
}

const SPECIAL = new Set(["yesterday", "now", "today", "am", "pm", "month", "months", "year", "years"]);

function shift(state: Approximation, seconds: number): void {
  update(state, seconds * state.number);
  state.number = 0;
}

function hourOf(state: Approximation, hour: number): void {
  pending(state);
  if (state.fields.hour < hour) update(state, 86_400);
  Object.assign(state.fields, { hour, minute: 0, second: 0 });
}

function halfDay(state: Approximation, afternoon: boolean): void {
  if (state.number) Object.assign(state.fields, { hour: state.number, minute: 0, second: 0 });
  state.number = 0;
  state.fields.hour = (state.fields.hour % 12) + (afternoon ? 12 : 0);
}

function lastWeekday(state: Approximation, weekday: number): void {
  let weeks = state.number - 1;
  state.number = 0;
  let days = fieldsOf(secondsOf({ ...state.now })).weekday - weekday;
  if (days <= 0) weeks += 1;
  days += 7 * weeks;
  update(state, days * 86_400);
}

function monthsAgo(state: Approximation): void {
  update(state, 0);
  const month = state.fields.month - state.number;
  state.number = 0;
  state.fields.year += Math.floor(month / 12);
  state.fields.month = ((month % 12) + 12) % 12;
}

function yearsAgo(state: Approximation): void {
  update(state, 0);
  state.fields.year -= state.number;
  state.number = 0;
}

const two = (value: number): string => String(value).padStart(2, "0");

/**
 * `--date=<mode>`: default, iso, iso-strict, rfc, short, raw, unix, relative, human, `format:<strftime>`, each also with
 * `-local`. Null for an unknown mode (`fatal: unknown date format x`).
 * @param now seconds since 1970
 */
export function formatDate(moment: Moment, mode: string, now: number): string | null {
  const local = mode.endsWith("-local") || mode === "local";
  const timezone = local ? "+0000" : moment.timezone;
  const f = fieldsOf(moment.timestamp + offsetSeconds(timezone));
  const day = `${String(f.year).padStart(4, "0")}-${two(f.month + 1)}-${two(f.day)}`;
  const time = `${two(f.hour)}:${two(f.minute)}:${two(f.second)}`;
  const weekday = (WEEKDAYS[f.weekday] as string).slice(0, 3);
  const month = (MONTHS[f.month] as string).slice(0, 3);
  const base = mode === "local" ? "default" : mode.replace(/-local$/, "");
  if (base.startsWith("format:")) return strftime(base.slice(7), moment.timestamp, timezone);
  switch (base) {
    case "default":
    case "normal":
      return `${weekday} ${month} ${f.day} ${time} ${f.year}${local ? "" : ` ${timezone}`}`;
    case "iso":
    case "iso8601":
      return `${day} ${time} ${timezone}`;
    case "iso-strict":
    case "iso8601-strict":
      return `${day}T${time}${timezone.slice(0, 3)}:${timezone.slice(3)}`;
    case "rfc":
    case "rfc2822":
      return `${weekday}, ${f.day} ${month} ${f.year} ${time} ${timezone}`;
    case "short":
      return day;
    case "raw":
      return `${moment.timestamp} ${timezone}`;
    case "unix":
      return String(moment.timestamp);
    case "relative":
      return relativeDate(moment.timestamp, now);
    case "human":
      return humanDate(moment.timestamp, f, timezone, now);
    default:
      return null;
  }
}

/** `3 days ago`, rounded as git rounds. */
export function relativeDate(timestamp: number, now: number): string {
  if (now < timestamp) return "in the future";
  const plural = (count: number, unit: string) => `${count} ${unit}${count === 1 ? "" : "s"}`;
  let diff = now - timestamp;
  if (diff < 90) return `${plural(diff, "second")} ago`;
  diff = Math.floor((diff + 30) / 60);
  if (diff < 90) return `${plural(diff, "minute")} ago`;
  diff = Math.floor((diff + 30) / 60);
  if (diff < 36) return `${plural(diff, "hour")} ago`;
  diff = Math.floor((diff + 12) / 24);
  if (diff < 14) return `${plural(diff, "day")} ago`;
  if (diff < 70) return `${plural(Math.floor((diff + 3) / 7), "week")} ago`;
  if (diff < 365) return `${plural(Math.floor((diff + 15) / 30), "month")} ago`;
  if (diff < 1825) {
    const months = Math.floor((diff * 12 * 2 + 365) / (365 * 2));
    const years = Math.floor(months / 12);
    return months % 12 === 0
      ? `${plural(years, "year")} ago`
      : `${plural(years, "year")}, ${plural(months % 12, "month")} ago`;
  }
  return `${plural(Math.floor((diff + 183) / 365), "year")} ago`;
}

function humanDate(
  timestamp: number,
  f: Fields & { weekday: number },
  timezone: string,
  now: number,
): string {
  const today = fieldsOf(now);
  const sameYear = f.year === today.year;
  const days = Math.floor(now / 86_400) - Math.floor(timestamp / 86_400);
  if (sameYear && f.month === today.month && days === 0 && now >= timestamp)
    return relativeDate(timestamp, now);
  const clock = `${two(f.hour)}:${two(f.minute)}`;
  const zone = timezone === "+0000" ? "" : ` ${timezone}`;
  const weekday = (WEEKDAYS[f.weekday] as string).slice(0, 3);
  const month = (MONTHS[f.month] as string).slice(0, 3);
  if (sameYear && f.month === today.month && days < 5 && days > 0) return `${weekday} ${clock}${zone}`;
  return sameYear ? `${weekday} ${month} ${f.day} ${clock}${zone}` : `${month} ${f.day} ${f.year}`;
}

/** The conversions of strftime(3) in the C locale, `%z` and `%Z` by the zone of the date. */
export function strftime(format: string, timestamp: number, timezone: string): string {
  const f = fieldsOf(timestamp + offsetSeconds(timezone));
  const yearDay = Math.floor((Date.UTC(f.year, f.month, f.day) - Date.UTC(f.year, 0, 1)) / 86_400_000) + 1;
  const hour12 = f.hour % 12 || 12;
  const one = (letter: string): string => CONVERSIONS[letter]?.() ?? `%${letter}`;
  const CONVERSIONS: Readonly<Record<string, () => string>> = {
    Y: () => String(f.year),
    C: () => two(Math.floor(f.year / 100)),
    y: () => two(f.year % 100),
    m: () => two(f.month + 1),
    d: () => two(f.day),
    e: () => String(f.day).padStart(2),
    H: () => two(f.hour),
    I: () => two(hour12),
    k: () => String(f.hour).padStart(2),
    l: () => String(hour12).padStart(2),
    M: () => two(f.minute),
    S: () => two(f.second),
    p: () => (f.hour < 12 ? "AM" : "PM"),
    a: () => (WEEKDAYS[f.weekday] as string).slice(0, 3),
    A: () => WEEKDAYS[f.weekday] as string,
    b: () => (MONTHS[f.month] as string).slice(0, 3),
    h: () => (MONTHS[f.month] as string).slice(0, 3),
    B: () => MONTHS[f.month] as string,
    j: () => String(yearDay).padStart(3, "0"),
    u: () => String(f.weekday || 7),
    w: () => String(f.weekday),
    s: () => String(timestamp),
    z: () => timezone,
    Z: () => (timezone === "+0000" ? "UTC" : ""),
    n: () => "\n",
    t: () => "\t",
    "%": () => "%",
    F: () => `${f.year}-${two(f.month + 1)}-${two(f.day)}`,
    T: () => `${two(f.hour)}:${two(f.minute)}:${two(f.second)}`,
    R: () => `${two(f.hour)}:${two(f.minute)}`,
    D: () => `${two(f.month + 1)}/${two(f.day)}/${two(f.year % 100)}`,
    x: () => one("D"),
    X: () => one("T"),
    c: () => `${one("a")} ${one("b")} ${one("e")} ${one("T")} ${f.year}`,
  };
  return format.replace(/%([\s\S])/g, (_, letter: string) => one(letter));
}
