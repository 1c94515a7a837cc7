/** Real and virtual time in words. */
import type { Text } from "../text/text.ts";
import { clockText } from "../workbench/timescale.ts";

const DAY = 86_400_000;

/** Calendar days of the reader between two moments. */
export function daysBetween(earlier: number, later: number): number {
  const midnight = (ms: number) => new Date(ms).setHours(0, 0, 0, 0);
  return Math.round((midnight(later) - midnight(earlier)) / DAY);
}

/** The day before the month in English too, as everywhere in LeakLab. */
const localeOf = ({ language }: Text): string => (language === "en" ? "en-GB" : language);

/** "today", "yesterday", "on Monday", "on 3 May 2026". */
export function dayText(t: Text, when: number, now: number): string {
  const days = daysBetween(when, now);
  if (days <= 0) return t("today");
  if (days === 1) return t("yesterday");
  const form: Intl.DateTimeFormatOptions = days < 7 ? { weekday: "long" } : { dateStyle: "long" };
  return t("on {day}", { day: new Intl.DateTimeFormat(localeOf(t), form).format(when) });
}

/** "today", "tomorrow", "in 5 days". */
export function aheadText(t: Text, when: number, now: number): string {
  const days = daysBetween(now, when);
  if (days <= 0) return t("today");
  return days === 1 ? t("tomorrow") : t("in {days} days", { days });
}

export function dateText(t: Text, when: number): string {
  return new Intl.DateTimeFormat(localeOf(t), { dateStyle: "long" }).format(when);
}

/** "T+12:30" */
export function labClock(ms: number): string {
  return `T+${clockText(ms)}`;
}
