/**
 * Go templates, as far as everyday use of `--template` goes: fields, range, if, else, pipes, a few functions.
 * @see https://pkg.go.dev/text/template
 */
import { GhStop, notSimulated } from "./stop.ts";
import { ago } from "./text.ts";

export function fillTemplate(template: string, data: unknown, nowMs: number): string {
  const parts = template.split(/(\{\{-?\s*[^]*?\s*-?\}\})/);
  const trimmed = parts.map((part, i) => {
    if (i % 2 === 1) return part;
    const left = parts[i - 1]?.endsWith("-}}") ? part.trimStart() : part;
    return parts[i + 1]?.startsWith("{{-") ? left.trimEnd() : left;
  });
  const reader: Reader = { parts: trimmed, at: 0, nowMs };
  const text = block(reader, data, true);
  if (reader.at < trimmed.length) throw new GhStop("template: unexpected {{end}}");
  return text;
}

interface Reader {
  readonly parts: readonly string[];
  at: number;
  readonly nowMs: number;
}

/** Until `{{end}}` or `{{else}}`, which are not consumed. Without `shown` the block is only skipped. */
function block(reader: Reader, dot: unknown, shown: boolean): string {
  let text = "";
  while (reader.at < reader.parts.length) {
    const part = reader.parts[reader.at] as string;
    const action = reader.at % 2 === 1 ? inside(part) : null;
    if (action === "end" || action === "else") return text;
    reader.at += 1;
    if (action === null) text += part;
    else if (action.startsWith("/*")) continue;
    else if (/^range\b/.test(action)) text += range(reader, action.slice(5), dot, shown);
    else if (/^if\b/.test(action)) text += choice(reader, action.slice(2), dot, shown);
    else if (shown) text += textOf(pipeline(action, dot, reader.nowMs));
  }
  return text;
}

function inside(part: string): string {
  return part.replace(/^\{\{-?\s*/, "").replace(/\s*-?\}\}$/, "");
}

function range(reader: Reader, source: string, dot: unknown, shown: boolean): string {
  const value = shown ? pipeline(source, dot, reader.nowMs) : [];
  const items = Array.isArray(value) ? (value as unknown[]) : Object.values((value ?? {}) as object);
  const start = reader.at;
  let text = "";
  for (const item of items) {
    reader.at = start;
    text += block(reader, item, true);
  }
  if (items.length === 0) block(reader, null, false);
  return text + rest(reader, dot, shown && items.length === 0);
}

function choice(reader: Reader, source: string, dot: unknown, shown: boolean): string {
  const yes = shown && truthy(pipeline(source, dot, reader.nowMs));
  const text = block(reader, dot, yes);
  return (yes ? text : "") + rest(reader, dot, shown && !yes);
}

/** An `{{else}}` block and `{{end}}`. */
function rest(reader: Reader, dot: unknown, shown: boolean): string {
  let text = "";
  if (inside(reader.parts[reader.at] ?? "") === "else") {
    reader.at += 1;
    const other = block(reader, dot, shown);
    if (shown) text = other;
  }
  if (reader.at >= reader.parts.length) throw new GhStop("template: unexpected EOF");
  reader.at += 1;
  return text;
}

function truthy(value: unknown): boolean {
  if (Array.isArray(value)) return value.length > 0;
  return Boolean(value);
}

function pipeline(source: string, dot: unknown, nowMs: number): unknown {
  let value: unknown;
  const stages = source.match(/(?:"(?:\\.|[^"\\])*"|`[^`]*`|[^|])+/g) ?? [];
  stages.forEach((stage, i) => {
    const words = stage.trim().match(/"(?:\\.|[^"\\])*"|`[^`]*`|\S+/g) ?? [];
    value = stageOf(words, dot, nowMs, i > 0 ? [value] : []);
  });
  return value;
}

function stageOf(words: readonly string[], dot: unknown, nowMs: number, piped: readonly unknown[]): unknown {
  const [head = ".", ...more] = words;
  const args = [...more.map((word) => operand(word, dot)), ...piped];
  if (/^[."`\d]/.test(head)) return operand(head, dot);
  if (head === "len") return (args[0] as { length?: number } | null)?.length ?? 0;
  if (head === "timeago") return ago(textOf(args[0]), nowMs);
  if (head === "join") return Array.isArray(args[1]) ? args[1].map(textOf).join(textOf(args[0])) : "";
  if (head === "pluck") return Array.isArray(args[1]) ? args[1].map((it) => at(it, textOf(args[0]))) : [];
  if (head === "eq") return args[0] === args[1];
  if (head === "ne") return args[0] !== args[1];
  if (head === "not") return !truthy(args[0]);
  throw notSimulated(`template function ${head}`);
}

function operand(word: string, dot: unknown): unknown {
  if (word.startsWith("`")) return word.slice(1, -1);
  if (/^\d+$/.test(word)) return Number(word);
  if (word.startsWith('"')) {
    try {
      return JSON.parse(word) as unknown;
    } catch {
      throw new GhStop(`template: invalid string ${word}`);
    }
  }
  if (!word.startsWith(".")) throw notSimulated(`template word ${word}`);
  return word.split(".").filter(Boolean).reduce(at, dot);
}

function at(value: unknown, name: string): unknown {
  if (value === null || typeof value !== "object") return null;
  return Object.hasOwn(value, name) ? (value as Record<string, unknown>)[name] : null;
}

function textOf(value: unknown): string {
  if (value === null || value === undefined) return "";
  return typeof value === "object" ? JSON.stringify(value) : String(value as string | number | boolean);
}
