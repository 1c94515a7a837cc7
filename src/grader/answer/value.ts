/** How one field of an answer agrees with the truth. Written by hand: capitals, spaces around and quotes do not count. */
import type { Json } from "../../base/json.ts";

/** A field's rule: see `FIELD_RULES` in the documentation of the check. */
export type FieldRule = "same" | "any" | "set" | "holds" | "filled" | { readonly near: number };

export function agrees(rule: FieldRule, given: Json | undefined, truth: Json | undefined): boolean {
  if (rule === "filled") return textsOf(given).some((text) => text !== "");
  if (typeof rule === "object") return isNear(given, truth, rule.near);
  const [ours, theirs] = [textsOf(given), textsOf(truth)];
  if (rule === "any") return ours.length === 1 && theirs.includes(ours[0] as string);
  const holds = theirs.every((text) => ours.includes(text));
  return rule === "holds" ? holds : holds && ours.every((text) => theirs.includes(text));
}

/** A value as words to compare: a list gives each of its own, without repeats; nothing gives none. */
export function textsOf(value: Json | undefined): string[] {
  if (value === undefined || value === null) return [];
  if (Array.isArray(value)) return [...new Set(value.flatMap((item: Json) => textsOf(item)))];
  if (typeof value === "object") return [JSON.stringify(value).toLowerCase()];
  return [String(value).trim().replace(/\s+/g, " ").toLowerCase()];
}

/** Numbers, and points in time (ISO 8601; "09:01:30" where the truth's day is meant), at most so many (seconds) apart. */
function isNear(given: Json | undefined, truth: Json | undefined, most: number): boolean {
  const wanted = textsOf(truth)[0] ?? "";
  const ours = numberOf(textsOf(given)[0] ?? "", wanted);
  const theirs = numberOf(wanted, wanted);
  return ours !== null && theirs !== null && Math.abs(ours - theirs) <= most;
}

const DATE = /^\d{4}-\d\d-\d\d/;
const CLOCK = /^\d{1,2}:\d\d(?::\d\d)?z?$/;

function numberOf(text: string, beside: string): number | null {
  if (/^-?\d+(?:\.\d+)?$/.test(text)) return Number(text);
  const day = DATE.exec(beside)?.[0];
  const whole = CLOCK.test(text) && day !== undefined ? `${day}t${text.padStart(5, "0")}` : text;
  if (!DATE.test(whole)) return null;
  const isDay = whole.length === 10;
  const zoned = isDay || /(?:z|[+-]\d\d:?\d\d)$/.test(whole) ? whole : `${whole}z`;
  const ms = Date.parse(zoned.replace(" ", "t").toUpperCase());
  return Number.isNaN(ms) ? null : ms / 1000;
}
