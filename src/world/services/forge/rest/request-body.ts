/** Fields of a request's body, and the forge's words for one that is missing or of another kind. */
import type { Json } from "../../../../base/json.ts";
import { failure } from "./answer.ts";
import type { Call } from "./route.ts";

type Body = Call["body"];

export function textField(body: Body, name: string): string | null {
  const value = own(body, name);
  return typeof value === "string" ? value : null;
}

export function flagField(body: Body, name: string): boolean | null {
  const value = own(body, name);
  return typeof value === "boolean" ? value : null;
}

/** Whole numbers; null where it is no list of them. */
export function numbersField(body: Body, name: string): number[] | null {
  const value = own(body, name);
  if (!Array.isArray(value)) return null;
  const numbers = value.map(Number);
  return numbers.every(Number.isSafeInteger) ? numbers : null;
}

export function textsField(body: Body, name: string): string[] | null {
  const value = own(body, name);
  return Array.isArray(value) && value.every((it) => typeof it === "string") ? value : null;
}

/** One of some words. */
export function choiceField<T extends string>(body: Body, name: string, words: readonly T[]): T | null {
  return words.find((word) => word === own(body, name)) ?? null;
}

/** Never what every object has. */
export function own(body: Body, name: string): Json | undefined {
  return Object.hasOwn(body, name) ? body[name] : undefined;
}

/** 422, as GitHub answers where the body has another shape than documented. */
export function missing(name: string): Response {
  return failure(422, `Invalid request.\n\n"${name}" wasn't supplied.`);
}

export function unfit(body: Body, name: string, wanted: string): Response {
  const value = own(body, name);
  if (value === undefined) return missing(name);
  const shown = JSON.stringify(value).slice(0, 100);
  return failure(422, `Invalid request.\n\nFor 'properties/${name}', ${shown} is not ${wanted}.`);
}
