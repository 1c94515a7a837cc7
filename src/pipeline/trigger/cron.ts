/** POSIX cron with five fields, in UTC. https://docs.github.com/en/actions/reference/workflows-and-actions/events-that-trigger-workflows#schedule */

const MINUTE_MS = 60_000;
const DAY_MS = 24 * 60 * MINUTE_MS;
/** Not more often than every five minutes. */
const SHORTEST_MS = 5 * MINUTE_MS;
/** 29 February comes round within eight years. */
const FARTHEST_DAYS = 8 * 366;

const MONTHS = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
const WEEKDAYS = ["sun", "mon", "tue", "wed", "thu", "fri", "sat"];

interface Cron {
  readonly minutes: ReadonlySet<number>;
  readonly hours: ReadonlySet<number>;
  readonly days: ReadonlySet<number>;
  readonly months: ReadonlySet<number>;
  readonly weekdays: ReadonlySet<number>;
  /** A day counts when either field names it, unless one of them is `*`. */
  readonly eitherDay: boolean;
}

/** The first time after `afterMs` (and five minutes); null for an expression that never comes or is none. */
export function nextTime(expression: string, afterMs: number): number | null {
  const cron = parse(expression);
  if (!cron) return null;
  const from = Math.ceil((afterMs + SHORTEST_MS) / MINUTE_MS) * MINUTE_MS;
  const firstDay = Math.floor(from / DAY_MS);
  for (let day = firstDay; day < firstDay + FARTHEST_DAYS; day++) {
    if (!isDay(cron, new Date(day * DAY_MS))) continue;
    const time = timeOn(cron, day * DAY_MS, from);
    if (time !== null) return time;
  }
  return null;
}

function isDay({ days, months, weekdays, eitherDay }: Cron, date: Date): boolean {
  if (!months.has(date.getUTCMonth() + 1)) return false;
  const [day, weekday] = [days.has(date.getUTCDate()), weekdays.has(date.getUTCDay())];
  return eitherDay ? day || weekday : day && weekday;
}

function timeOn({ hours, minutes }: Cron, dayMs: number, from: number): number | null {
  for (let hour = 0; hour < 24; hour++) {
    if (!hours.has(hour)) continue;
    for (let minute = 0; minute < 60; minute++) {
      const at = dayMs + (hour * 60 + minute) * MINUTE_MS;
      if (minutes.has(minute) && at >= from) return at;
    }
  }
  return null;
}

function parse(expression: string): Cron | null {
  const fields = expression.trim().split(/\s+/);
  if (fields.length !== 5) return null;
  const [minutes, hours, days, months, weekdays] = [
    values(fields[0] as string, 0, 59, []),
    values(fields[1] as string, 0, 23, []),
    values(fields[2] as string, 1, 31, []),
    values(fields[3] as string, 1, 12, MONTHS, 1),
    values(fields[4] as string, 0, 7, WEEKDAYS),
  ];
  if (!minutes || !hours || !days || !months || !weekdays) return null;
  if (weekdays.has(7)) weekdays.add(0);
  const eitherDay = !fields[2]?.startsWith("*") && !fields[4]?.startsWith("*");
  return { minutes, hours, days, months, weekdays, eitherDay };
}

/** Lists, ranges and steps; null where a part is none. */
function values(
  text: string,
  least: number,
  most: number,
  names: readonly string[],
  first = 0,
): Set<number> | null {
  const found = new Set<number>();
  for (const part of text.split(",")) {
    const [, from = "", to, step = "1"] = /^(\*|\w+)(?:-(\w+))?(?:\/(\d+))?$/.exec(part) ?? [];
    const number = (word: string) =>
      names.includes(word.toLowerCase()) ? names.indexOf(word.toLowerCase()) + first : Number(word);
    const low = from === "*" ? least : number(from);
    const high = from === "*" ? most : to !== undefined ? number(to) : part.includes("/") ? most : low;
    if (from === "" || !(low >= least && high <= most && low <= high) || Number(step) < 1) return null;
    for (let value = low; value <= high; value += Number(step)) found.add(value);
  }
  return found;
}
