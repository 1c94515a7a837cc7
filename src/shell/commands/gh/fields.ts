/**
 * Parameters of `gh api` as `-f` and `-F` give them: nested with brackets, typed with `-F`.
 * @see https://cli.github.com/manual/gh_api
 */
import { GhStop } from "./stop.ts";

export type Value = string | number | boolean | null | Value[] | { [name: string]: Value };

/** Adds `key[sub][]=value` to the parameters. Throws a GhStop where the key is none. */
export function addField(target: Record<string, Value>, key: string, value: Value | undefined): void {
  const [head, ...subs] = keyParts(key);
  let holder: Holder = target;
  let name: string = head as string;
  for (const sub of subs) {
    const below: Holder = sub === "" ? listIn(holder, name, key) : recordIn(holder, name, key, value);
    holder = below;
    name = sub;
  }
  if (Array.isArray(holder)) {
    if (value !== undefined) holder.push(value);
    return;
  }
  if (value === undefined && subs.length === 0) throw new GhStop(`invalid key: ${JSON.stringify(key)}`);
  if (value === undefined)
    throw new GhStop(`field ${JSON.stringify(key)} requires a value separated by an '=' sign`);
  if (subs.length === 0 || !Object.hasOwn(holder, name)) return define(holder, name, value);
  throw new GhStop(`unexpected override existing field under ${JSON.stringify(name)}`);
}

function keyParts(key: string): string[] {
  const match = /^([^[\]]+)((?:\[[^[\]]*\])*)$/.exec(key);
  if (!match) throw new GhStop(`invalid key: ${JSON.stringify(key)}`);
  const subs = [...(match[2] as string).matchAll(/\[([^[\]]*)\]/g)].map((sub) => sub[1] as string);
  return [match[1] as string, ...subs];
}

type Holder = Record<string, Value> | Value[];

/** `__proto__` is a name like any other. */
function define(holder: Record<string, Value>, name: string, value: Value): void {
  Object.defineProperty(holder, name, { value, enumerable: true, writable: true, configurable: true });
}

function child(holder: Holder, name: string): Value | undefined {
  if (Array.isArray(holder)) return undefined;
  return Object.hasOwn(holder, name) ? holder[name] : undefined;
}

function put(holder: Holder, name: string, value: Value): void {
  if (Array.isArray(holder)) holder.push(value);
  else define(holder, name, value);
}

function listIn(holder: Holder, name: string, key: string): Value[] {
  const there = child(holder, name);
  if (Array.isArray(there)) return there;
  if (there !== undefined)
    throw new GhStop(`expected array type under ${JSON.stringify(key.replace(/\[\].*$/, ""))}`);
  const list: Value[] = [];
  put(holder, name, list);
  return list;
}

/** In a list, the last record is continued until it has the name already. */
function recordIn(
  holder: Holder,
  name: string,
  key: string,
  value: Value | undefined,
): Record<string, Value> {
  const there = Array.isArray(holder) ? continued(holder, key, value) : child(holder, name);
  if (there !== undefined && (there === null || typeof there !== "object" || Array.isArray(there)))
    throw new GhStop(`expected map type under ${JSON.stringify(name)}`);
  if (there !== undefined) return there as Record<string, Value>;
  const record: Record<string, Value> = {};
  put(holder, name, record);
  return record;
}

function continued(list: Value[], key: string, value: Value | undefined): Value | undefined {
  const last = list.at(-1);
  const name = /\[([^[\]]*)\]$/.exec(key)?.[1] ?? "";
  if (last === null || typeof last !== "object" || Array.isArray(last)) return undefined;
  return Object.hasOwn(last, name) && value !== undefined && name !== "" ? undefined : last;
}

/** `-F` reads true, false, null and whole numbers as what they are. */
export function typed(text: string): Value {
  if (text === "true" || text === "false") return text === "true";
  if (text === "null") return null;
  return /^-?\d{1,15}$/.test(text) ? Number(text) : text;
}
