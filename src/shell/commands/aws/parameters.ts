/** What stands behind the name of an operation becomes its input. https://docs.aws.amazon.com/cli/latest/userguide/cli-usage-parameters.html */
import { toBase64, toUtf8Strict } from "../../../base/bytes.ts";
import type { Json } from "../../../base/json.ts";
import { readBytes } from "../lib/invocation.ts";
import type { Machine } from "./machine.ts";
import { dashed, isScalar, listItem, mapValue, type Operation, type Shape } from "./model/shape.ts";
import { split } from "./options.ts";
import { readShorthand } from "./shorthand.ts";
import { parameterStop, usageStop } from "./stop.ts";

export type Input = { readonly [member: string]: Json };

export interface Given {
  readonly input: Input;
  /** --max-items: so many in all; null for all. */
  readonly maxItems: number | null;
  readonly startingToken: string | null;
  /** --page-size. */
  readonly pageSize: number | null;
  readonly outfile: string | null;
}

/** Of operations that give pages the real tool takes these in place of the service's own. */
const PAGING = ["--max-items", "--starting-token", "--page-size"];

export async function readParameters(
  machine: Machine,
  operation: Operation,
  args: readonly string[],
): Promise<Given> {
  const members = new Map(
    Object.entries(operation.input).map(([name, shape]) => [`--${dashed(name)}`, { name, shape }]),
  );
  const input: Record<string, Json> = {};
  const paging = new Map<string, string>();
  const strange: string[] = [];
  const words: string[] = [];
  for (let i = 0; i < args.length;) {
    const arg = args[i] as string;
    const [option, attached] = split(arg);
    i += 1;
    if (!arg.startsWith("--")) {
      words.push(arg);
      continue;
    }
    if (option === "--cli-input-json") {
      const text = await textOf(machine, option, attached ?? args[i++] ?? "");
      Object.assign(input, { ...(parsed(option, text) as object), ...input });
      continue;
    }
    if (operation.pages && PAGING.includes(option)) {
      const value = attached ?? args[i++];
      if (value === undefined) throw usageStop(`argument ${option}: expected one argument`);
      paging.set(option, value);
      continue;
    }
    const member = members.get(option) ?? negated(members, option);
    if (!member) {
      strange.push(arg);
      continue;
    }
    if (member.shape === "boolean") {
      input[member.name] = !option.startsWith("--no-") || members.has(option);
      continue;
    }
    const values = attached === undefined ? [] : [attached];
    if (attached === undefined) {
      const many = !isScalar(member.shape);
      while (i < args.length && (values.length === 0 || many) && !(args[i] as string).startsWith("--"))
        values.push(args[i++] as string);
    }
    const isList = listItem(member.shape) !== undefined;
    if (values.length === 0 && !isList) throw usageStop(`argument ${option}: expected one argument`);
    input[member.name] = values.length === 0 ? [] : await valueOf(machine, option, member.shape, values);
  }
  const outfile = operation.outfile ? (words.shift() ?? null) : null;
  checkMissing(operation, input, operation.outfile === true && outfile === null);
  if (strange.length + words.length > 0)
    throw usageStop(`Unknown options: ${[...strange, ...words].join(", ")}`);
  const number = (name: string) => (paging.has(name) ? integer(name, paging.get(name) as string) : null);
  return {
    input,
    maxItems: number("--max-items"),
    pageSize: number("--page-size"),
    startingToken: paging.get("--starting-token") ?? null,
    outfile,
  };
}

/** `--no-x` of a switch. */
function negated<T extends { readonly shape: Shape }>(
  members: ReadonlyMap<string, T>,
  option: string,
): T | undefined {
  const member = members.get(option.replace(/^--no-/, "--"));
  return member?.shape === "boolean" ? member : undefined;
}

function checkMissing({ required }: Operation, input: Input, outfile: boolean): void {
  const missing = required
    .split(" ")
    .filter((name) => name !== "" && !Object.hasOwn(input, name))
    .map((name) => `--${dashed(name)}`);
  const all = [...missing, ...(outfile ? ["outfile"] : [])];
  if (all.length > 0) throw usageStop(`the following arguments are required: ${all.join(", ")}`);
}

async function valueOf(
  machine: Machine,
  option: string,
  shape: Shape,
  given: readonly string[],
): Promise<Json> {
  const values: string[] = [];
  if (shape === "file") return bodyOf(machine, option, given[0] as string);
  for (const value of given)
    values.push(
      shape === "blob" ? await blobOf(machine, option, value) : await textOf(machine, option, value),
    );
  const first = values[0] as string;
  if (isScalar(shape)) return scalar(option, shape, first);
  const item = listItem(shape);
  if (/^\s*[[{]/.test(first)) {
    const value = parsed(option, first);
    return item !== undefined && !Array.isArray(value) ? [value] : value;
  }
  if (item === undefined) return typed(option, shape, readShorthand(option, first));
  return values.map((value) =>
    isScalar(item) ? scalar(option, item, value) : typed(option, item, readShorthand(option, value)),
  );
}

/** Shorthand gives texts; the shape knows better. */
function typed(option: string, shape: Shape, value: Json): Json {
  if (typeof value === "string") {
    const item = listItem(shape);
    if (item !== undefined) return [typed(option, item, value)];
    return isScalar(shape) ? scalar(option, shape, value) : value;
  }
  if (Array.isArray(value)) {
    const item = listItem(shape);
    return value.map((it: Json) => (item === undefined ? it : typed(option, item, it)));
  }
  if (value === null || typeof value !== "object") return value;
  const inner = mapValue(shape);
  const members =
    isScalar(shape) || listItem(shape) !== undefined ? {} : (shape as { readonly [name: string]: Shape });
  return Object.fromEntries(
    Object.entries(value).map(([name, it]) => {
      const of = inner ?? (Object.hasOwn(members, name) ? members[name] : undefined);
      return [name, of === undefined ? (it as Json) : typed(option, of, it as Json)];
    }),
  );
}

function scalar(option: string, shape: Shape, text: string): Json {
  if (shape === "integer") return integer(option, text);
  if (shape === "boolean") return text.toLowerCase() === "true";
  if (shape !== "timestamp") return text;
  const ms = /^\d+(?:\.\d+)?$/.test(text) ? Number(text) * 1000 : Date.parse(withZone(text));
  if (Number.isNaN(ms)) throw parameterStop(`Invalid timestamp "${text}": Unknown string format: ${text}`);
  return new Date(ms).toISOString().replace(/\.000Z$/, "Z");
}

/** Without a zone it is the machine's, which is UTC. */
function withZone(text: string): string {
  const iso = text.trim().replace(/^(\d{4}-\d\d-\d\d) (\d)/, "$1T$2");
  return /T[\d:.]+$/.test(iso) ? `${iso}Z` : iso;
}

function integer(option: string, text: string): number {
  if (!/^[+-]?\d{1,15}$/.test(text))
    throw parameterStop(
      `Error parsing parameter '${option}': invalid literal for int() with base 10: '${text}'`,
    );
  return Number(text);
}

function parsed(option: string, text: string): Json {
  try {
    return JSON.parse(text) as Json;
  } catch {
    throw parameterStop(`Error parsing parameter '${option}': Invalid JSON: ${text.slice(0, 200)}`);
  }
}

/** `file://PATH` stands for what is in a file. */
async function textOf(machine: Machine, option: string, value: string): Promise<string> {
  if (value.startsWith("fileb://")) return toUtf8Strict(await fileOf(machine, option, value)) ?? "";
  if (!value.startsWith("file://")) return value;
  const text = toUtf8Strict(await fileOf(machine, option, value));
  if (text !== null) return text;
  throw parameterStop(
    `Error parsing parameter '${option}': Unable to load paramfile (${value}), text contents could not be decoded.  If this is a binary file, please use the fileb:// prefix instead of the file:// prefix.`,
  );
}

async function blobOf(machine: Machine, option: string, value: string): Promise<string> {
  if (!/^fileb?:\/\//.test(value)) return value;
  return toBase64(await fileOf(machine, option, value));
}

/** Of what is streamed the path of a file is given, with nothing before it. */
async function bodyOf(machine: Machine, option: string, value: string): Promise<string> {
  const bytes = await readBytes(machine.context, value.replace(/^fileb?:\/\//, ""));
  if (typeof bytes !== "string") return toBase64(bytes);
  throw parameterStop(`Error parsing parameter '${option}': Blob values must be a path to a file.`);
}

async function fileOf(machine: Machine, option: string, value: string): Promise<Uint8Array> {
  const path = value.replace(/^fileb?:\/\//, "");
  const bytes = await readBytes(
    machine.context,
    path.replace(/^~(?=\/)/, machine.context.exportedEnv?.["HOME"] ?? "~"),
  );
  if (typeof bytes !== "string") return bytes;
  throw parameterStop(
    `Error parsing parameter '${option}': Unable to load paramfile ${value}: [Errno 2] ${bytes}: '${path}'`,
  );
}
