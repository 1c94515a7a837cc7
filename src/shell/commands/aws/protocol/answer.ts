/** What services answer, as the values that the command line prints. */
import type { Json } from "../../../../base/json.ts";
import { isScalar, listItem, mapValue, type Shape, type Structure } from "../model/shape.ts";
import { child, type Element } from "./xml.ts";

/** Lists are below `member`, or (of S3) stand among the other members under their own names. */
export function fromXml(
  shape: Shape,
  element: Element,
  listNames: Readonly<Record<string, string>> = {},
): Json {
  if (isScalar(shape)) return fromText(shape, element.text);
  const item = listItem(shape);
  if (item !== undefined) return element.children.map((it) => fromXml(item, it, listNames));
  const value = mapValue(shape);
  if (value !== undefined) return mapFrom(value, element);
  const entries = Object.entries(shape as Structure).flatMap(([name, of]) => {
    const flat = listItem(of) !== undefined ? listNames[name] : undefined;
    if (flat !== undefined) {
      const found = element.children.filter((it) => it.name === flat);
      return found.length === 0
        ? []
        : [[name, found.map((it) => fromXml(listItem(of) as Shape, it, listNames))] as const];
    }
    const found = child(element, name);
    return found ? [[name, fromXml(of, found, listNames)] as const] : [];
  });
  return Object.fromEntries(entries);
}

function mapFrom(value: Shape, element: Element): Json {
  return Object.fromEntries(
    element.children.map((entry) => [
      child(entry, "key")?.text ?? "",
      fromXml(value, child(entry, "value") ?? entry),
    ]),
  );
}

/** Members that the shape does not know are left out, as a client of an older model does. */
export function fromJson(shape: Shape, value: unknown): Json {
  if (value === null || value === undefined) return null;
  if (shape === "timestamp") return typeof value === "number" ? isoTime(value * 1000) : (value as Json);
  if (isScalar(shape)) return value as Json;
  const item = listItem(shape);
  if (item !== undefined) return Array.isArray(value) ? value.map((it) => fromJson(item, it)) : [];
  const record = value as { readonly [name: string]: unknown };
  const of = mapValue(shape);
  if (of !== undefined)
    return Object.fromEntries(Object.entries(record).map(([name, it]) => [name, fromJson(of, it)]));
  return Object.fromEntries(
    Object.entries(shape as Structure).flatMap(([name, inner]) => {
      const given = Object.hasOwn(record, name) ? record[name] : undefined;
      return given === null || given === undefined ? [] : [[name, fromJson(inner, given)] as const];
    }),
  );
}

export function fromText(shape: Shape, text: string): Json {
  if (shape === "integer") return Number(text);
  if (shape === "boolean") return text.trim() === "true";
  if (shape === "timestamp") {
    const ms = Date.parse(text);
    return Number.isNaN(ms) ? text : isoTime(ms);
  }
  return shape === "document" ? documentOf(text) : text;
}

/** A policy comes back URL-encoded, and is shown as what it is. */
function documentOf(text: string): Json {
  try {
    return JSON.parse(decodeURIComponent(text)) as Json;
  } catch {
    return text;
  }
}

/** "2026-03-03T09:00:00+00:00", with a fraction where there is one. */
function isoTime(ms: number): string {
  const text = new Date(ms).toISOString();
  const fraction = text.slice(19, 23) === ".000" ? "" : `${text.slice(19, 23)}000`;
  return `${text.slice(0, 19)}${fraction}+00:00`;
}
