/** JSON from outside. */
import type { Json } from "../../../base/json.ts";

export type Fields = Readonly<Record<string, Json | undefined>>;

/** The object that it is; nothing where it is something else. */
export function fields(value: Json | undefined): Fields {
  return value !== null && typeof value === "object" && !Array.isArray(value) ? (value as Fields) : {};
}

/** Texts of a list; null where it is none. */
export function texts(value: Json | undefined): string[] | null {
  return Array.isArray(value) ? (value as readonly Json[]).map(String) : null;
}
