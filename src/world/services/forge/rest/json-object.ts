/** Parts of a body that have to be objects. */
import type { Json } from "../../../../base/json.ts";

export type JsonObject = { readonly [key: string]: Json | undefined };

export function objectOrNull(value: Json | undefined): JsonObject | null {
  return value !== null && value !== undefined && typeof value === "object" && !Array.isArray(value)
    ? (value as JsonObject)
    : null;
}

/** The objects of a list; what is none is left out. */
export function objectsIn(value: Json | undefined): JsonObject[] {
  const listed: readonly Json[] = Array.isArray(value) ? value : [];
  return listed.map(objectOrNull).filter((it) => it !== null);
}
