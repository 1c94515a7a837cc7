/** Parameters of IAM's operations: which are needed, what they may be, and lists in pages. */
import type { CloudError } from "../error.ts";
import type { QueryParameters } from "../queryProtocol.ts";
import type { Xml } from "../xml.ts";
import { validationError, type IamCall } from "./operation.ts";

const NAME = /^[\w+=,.@-]+$/;
const MOST_ITEMS = 1000;

/** Longest name by parameter. */
const NAMES: Readonly<Record<string, number>> = {
  UserName: 64,
  RoleName: 64,
  NewUserName: 64,
  PolicyName: 128,
};

/** What is wrong with the parameters that an operation needs; null where nothing is. */
export function parameterProblem(parameters: QueryParameters, needs: readonly string[]): CloudError | null {
  const missing = needs.filter((name) => parameters.get(name) === undefined);
  if (missing.length > 0) {
    const each = missing.map(
      (name) => `Value null at '${shown(name)}' failed to satisfy constraint: Member must not be null`,
    );
    return detected(each);
  }
  for (const [name, most] of Object.entries(NAMES)) {
    const value = parameters.get(name);
    if (value !== undefined && !NAME.test(value))
      return validationError(
        `The specified value for ${shown(name)} is invalid. It must contain only alphanumeric characters and/or the following: +=,.@_-`,
      );
    if (value !== undefined && value.length > most)
      return detected([
        `Value at '${shown(name)}' failed to satisfy constraint: Member must have length less than or equal to ${most}`,
      ]);
  }
  return null;
}

function detected(problems: readonly string[]): CloudError {
  const count = problems.length;
  return validationError(
    `${count} validation error${count === 1 ? "" : "s"} detected: ${problems.join("; ")}`,
  );
}

function shown(name: string): string {
  return name.charAt(0).toLowerCase() + name.slice(1);
}

/** The user that is named; nobody named: whoever asks. */
export function userParameter({ parameters, caller }: IamCall): string {
  return parameters.get("UserName") ?? (caller.kind === "user" ? caller.user : "");
}

/** A page of a list: `MaxItems` of it from `Marker` on. */
export function paged<T>(
  { parameters }: IamCall,
  name: string,
  items: readonly T[],
  show: (item: T) => Xml,
): { readonly [name: string]: Xml | readonly Xml[] } | CloudError {
  const [from, size] = [startOf(parameters), sizeOf(parameters)];
  if (from === null) return validationError("Invalid Marker.");
  if (size === null)
    return detected([
      `Value at 'maxItems' failed to satisfy constraint: Member must have value between 1 and ${MOST_ITEMS}`,
    ]);
  const page = items.slice(from, from + size);
  const more = from + size < items.length;
  return {
    IsTruncated: more,
    [name]: page.map(show),
    ...(more ? { Marker: markerAt(from + size) } : {}),
  };
}

function markerAt(at: number): string {
  return btoa(`iam:${at}`);
}

function startOf(parameters: QueryParameters): number | null {
  const marker = parameters.get("Marker");
  if (marker === undefined) return 0;
  if (!/^[A-Za-z0-9+/=]{4,64}$/.test(marker) || marker.length % 4 !== 0) return null;
  const [, at] = /^iam:(\d{1,9})$/.exec(atobSafe(marker)) ?? [];
  return at === undefined ? null : Number(at);
}

function atobSafe(text: string): string {
  try {
    return atob(text);
  } catch {
    return "";
  }
}

function sizeOf(parameters: QueryParameters): number | null {
  const text = parameters.get("MaxItems");
  if (text === undefined) return 100;
  const size = Number(text);
  return /^\d{1,4}$/.test(text) && size >= 1 && size <= MOST_ITEMS ? size : null;
}

/** Path of a new entity: "/" or "/team/". */
export function pathParameter({ parameters }: IamCall): string | CloudError {
  const path = parameters.get("Path") ?? "/";
  return /^\/(?:[\x21-\x7e]{1,510}\/)?$/.test(path)
    ? path
    : validationError(
        "The specified value for path is invalid. It must begin and end with / and contain only alphanumeric characters and/or / characters.",
      );
}

export function tagParameters({ parameters }: IamCall): Readonly<Record<string, string>> {
  return Object.fromEntries(parameters.pairs("Tags"));
}

export function tagList(tags: Readonly<Record<string, string>>): Xml[] {
  return Object.entries(tags).map(([Key, Value]) => ({ Key, Value }));
}
