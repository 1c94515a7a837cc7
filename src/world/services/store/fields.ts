/** Values of requests as the store reads them: lenient about types, as its own field schemas are. */
import type { Json } from "../../../base/json.ts";
import { HOUR_MS, SECOND_MS, type Fields } from "./model.ts";

export function textOf(fields: Fields, name: string, otherwise = ""): string {
  const value = Object.hasOwn(fields, name) ? fields[name] : undefined;
  if (typeof value === "string") return value;
  return typeof value === "number" || typeof value === "boolean" ? String(value) : otherwise;
}

export function has(fields: Fields, name: string): boolean {
  return Object.hasOwn(fields, name) && fields[name] !== null && fields[name] !== undefined;
}

export function flagOf(fields: Fields, name: string, otherwise = false): boolean {
  if (!has(fields, name)) return otherwise;
  return /^(?:1|t|true)$/i.test(textOf(fields, name));
}

export function numberOf(fields: Fields, name: string, otherwise = 0): number {
  const value = Number(textOf(fields, name, String(otherwise)));
  return Number.isSafeInteger(value) ? value : otherwise;
}

/** A list, or a text with commas. */
export function listOf(fields: Fields, name: string): string[] {
  const value = has(fields, name) ? fields[name] : [];
  const items = Array.isArray(value) ? value.map((it) => String(it)) : textOf(fields, name).split(",");
  return items.map((it) => it.trim()).filter((it) => it !== "");
}

/** An object, or the same as JSON text, or a list of `key=value`. */
export function mapOf(fields: Fields, name: string): { readonly [key: string]: Json } | null {
  const value = has(fields, name) ? fields[name] : null;
  if (isMap(value)) return value;
  if (typeof value === "string")
    return isMap(parsed(value)) ? (parsed(value) as Fields as never) : pairs([value]);
  return Array.isArray(value) ? pairs(value.map(String)) : null;
}

function isMap(value: unknown): value is { readonly [key: string]: Json } {
  return value !== null && typeof value === "object" && !Array.isArray(value);
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return null;
  }
}

function pairs(items: readonly string[]): { readonly [key: string]: Json } | null {
  const found = items.flatMap((item) => {
    const [, key, value] = /^([^=]+)=([^]*)$/.exec(item) ?? [];
    return key === undefined ? [] : [[key.trim(), (value ?? "").trim()] as const];
  });
  return found.length > 0 ? Object.fromEntries(found) : null;
}

const UNITS: Readonly<Record<string, number>> = {
  d: 24 * HOUR_MS,
  h: HOUR_MS,
  m: 60 * SECOND_MS,
  s: SECOND_MS,
};

/** Seconds, or `1h30m`; null for what is neither. https://openbao.org/docs/concepts/duration-format/ */
export function durationMs(value: string): number | null {
  const text = value.trim();
  if (/^\d{1,12}$/.test(text)) return Number(text) * SECOND_MS;
  if (!/^(?:\d{1,9}[dhms])+$/.test(text)) return null;
  return [...text.matchAll(/(\d+)([dhms])/g)].reduce(
    (sum, [, count, unit]) => sum + Number(count) * (UNITS[unit as string] as number),
    0,
  );
}

/** Of a field, in ms; 0 where nothing is said or it makes no sense. */
export function spanOf(fields: Fields, name: string): number {
  return durationMs(textOf(fields, name)) ?? 0;
}

/** The first field that is no span of time. */
export function wrongSpan(fields: Fields, names: readonly string[]): string | null {
  const wrong = names.find((name) => {
    const text = textOf(fields, name);
    return text !== "" && durationMs(text) === null;
  });
  if (wrong === undefined) return null;
  const text = textOf(fields, wrong);
  return `error converting input ${text} for field "${wrong}": time: invalid duration ${JSON.stringify(text)}`;
}

export function seconds(ms: number): number {
  return Math.floor(ms / SECOND_MS);
}

/** RFC 3339 with nanoseconds, as Go prints it. */
export function goTime(ms: number): string {
  return new Date(ms).toISOString().replace("Z", "000000Z");
}

/** Without fractions where there are none. */
export function plainTime(ms: number): string {
  return new Date(ms).toISOString().replace(/\.000Z$/, "Z");
}

const BASE62 = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

export interface Chance {
  random(length: number, alphabet: string): string;
}

export function base62({ random }: Chance, length: number): string {
  return random(length, BASE62);
}

export function uuid({ random }: Chance): string {
  const hex = random(32, "0123456789abcdef");
  return [
    hex.slice(0, 8),
    hex.slice(8, 12),
    `4${hex.slice(13, 16)}`,
    `a${hex.slice(17, 20)}`,
    hex.slice(20),
  ].join("-");
}
