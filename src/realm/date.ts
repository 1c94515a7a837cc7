/** `Date` on virtual time, with UTC as the local time zone whatever the host's is. */
import type { RealmClock } from "./clock.ts";

const PARTS = ["FullYear", "Month", "Date", "Day", "Hours", "Minutes", "Seconds", "Milliseconds"] as const;
const DAYS = ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"];
const MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

export function installDate(globals: Record<string, unknown>, clock: RealmClock): void {
  const Native = globals["Date"] as DateConstructor;
  localIsUtc(Native.prototype);
  const parse = (text: string): number => parseAsUtc(Native, String(text));
  const make = (args: unknown[]): Date => {
    if (args.length === 0) return new Native(clock.source.now());
    if (args.length > 1) return new Native(Native.UTC(...(args as [number, number])));
    const only = args[0];
    if (typeof only === "string") return new Native(parse(only));
    return new Native(only as number);
  };
  const VirtualDate = function (this: unknown, ...args: unknown[]) {
    if (new.target === undefined) return make([]).toString();
    return withPrototype(make(args), new.target.prototype as object);
  } as unknown as DateConstructor;
  Object.defineProperty(VirtualDate, "name", { value: "Date" });
  Object.defineProperty(VirtualDate, "prototype", { value: Native.prototype, writable: false });
  Object.assign(VirtualDate, { UTC: Native.UTC, parse, now: () => clock.source.now() });
  Object.defineProperty(Native.prototype, "constructor", {
    value: VirtualDate,
    writable: true,
    configurable: true,
  });
  Object.defineProperty(globals, "Date", { value: VirtualDate, writable: false, configurable: false });
}

function withPrototype(date: Date, prototype: object): Date {
  if (Object.getPrototypeOf(date) !== prototype) Object.setPrototypeOf(date, prototype);
  return date;
}

/** A text without a zone means UTC here; the host would take it as its own local time. */
function parseAsUtc(Native: DateConstructor, text: string): number {
  const hasZone = /(?:[zZ]|GMT|UTC|UT|[+-]\d\d:?\d\d|\b[ECMP][SD]T)(?:\s*\(.*\))?\s*$/.test(text);
  const dateOnly = /^[+-]?\d{4,6}(?:-\d\d){0,2}$/.test(text);
  if (hasZone || dateOnly) return Native.parse(text);
  return Native.parse(/^\d{4}-\d\d-\d\dT/.test(text) ? `${text}Z` : `${text} UTC`);
}

function localIsUtc(prototype: Date): void {
  const target = prototype as unknown as Record<string, unknown>;
  for (const part of PARTS) {
    target[`get${part}`] = target[`getUTC${part}`];
    if (part !== "Day") target[`set${part}`] = target[`setUTC${part}`];
  }
  const dateText = (date: Date) =>
    `${DAYS[date.getUTCDay()]} ${MONTHS[date.getUTCMonth()]} ${two(date.getUTCDate())} ${String(date.getUTCFullYear()).padStart(4, "0")}`;
  const timeText = (date: Date) =>
    `${two(date.getUTCHours())}:${two(date.getUTCMinutes())}:${two(date.getUTCSeconds())} GMT+0000 (Coordinated Universal Time)`;
  const valid = (date: Date, text: (date: Date) => string) =>
    Number.isNaN(date.getTime()) ? "Invalid Date" : text(date);
  Object.assign(target, {
    getTimezoneOffset: () => 0,
    getYear(this: Date) {
      return this.getUTCFullYear() - 1900;
    },
    toString(this: Date) {
      return valid(this, (date) => `${dateText(date)} ${timeText(date)}`);
    },
    toDateString(this: Date) {
      return valid(this, dateText);
    },
    toTimeString(this: Date) {
      return valid(this, timeText);
    },
  });
}

function two(value: number): string {
  return String(value).padStart(2, "0");
}
