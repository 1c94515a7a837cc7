/** `--json`, `--jq` and `--template`. https://cli.github.com/manual/gh_help_formatting */
import { fromLatin1, toUtf8 } from "../../../base/bytes.ts";
import type { GhCall } from "./call.ts";
import { GhStop, usageError } from "./stop.ts";
import { fillTemplate } from "./template.ts";

export const JSON_FLAGS = `
-q, --jq expression     Filter JSON output using a jq expression
    --json fields       Output JSON with the specified fields
-t, --template string   Format JSON output using a Go template; see "gh help formatting"`;

/** How each field is made out of an item of the REST API. */
export type Fields<T> = Readonly<Record<string, (item: T, call: GhCall) => unknown>>;

/** Refuses unknown fields, and filters without `--json`. */
export function checkJsonFlags(call: GhCall, known: readonly string[]): void {
  const { flags } = call;
  if (!flags.has("json")) {
    for (const name of ["jq", "template"])
      if (flags.has(name)) throw new GhStop(`cannot use \`--${name}\` without specifying \`--json\``);
    return;
  }
  if (flags.has("jq") && flags.has("template"))
    throw usageError("cannot use `--jq` and `--template` together");
  const unknown = flags.list("json").find((name) => !known.includes(name));
  if (unknown !== undefined)
    throw new GhStop(
      `Unknown JSON field: ${JSON.stringify(unknown)}\nAvailable fields:\n${fieldLines(known)}`,
    );
}

/** Said where `--json` has no fields. */
export function fieldsNeeded(known: readonly string[]): GhStop {
  return new GhStop(`Specify one or more comma-separated fields for \`--json\`:\n${fieldLines(known)}`);
}

function fieldLines(known: readonly string[]): string {
  return [...known]
    .sort()
    .map((name) => `  ${name}`)
    .join("\n");
}

/** Prints the items as JSON where `--json` was given; false otherwise. */
export async function printJson<T>(
  call: GhCall,
  items: T | readonly T[],
  fields: Fields<T>,
): Promise<boolean> {
  if (!call.flags.has("json")) return false;
  const names = [...new Set(call.flags.list("json"))].sort();
  const chosen = async (item: T) => {
    const entries: [string, unknown][] = [];
    for (const name of names) entries.push([name, await fields[name]?.(item, call)]);
    return Object.fromEntries(entries);
  };
  let value: unknown;
  if (Array.isArray(items)) {
    const rows: unknown[] = [];
    for (const item of items as readonly T[]) rows.push(await chosen(item));
    value = rows;
  } else value = await chosen(items as T);
  await printValue(call, JSON.stringify(value), call.flags.value("jq"), call.flags.value("template"));
  return true;
}

/** JSON text through a jq filter or a template, or as it is. */
export async function printValue(
  call: GhCall,
  text: string,
  jq: string | undefined,
  template: string | undefined,
): Promise<void> {
  if (jq !== undefined) call.out(await filtered(call, text, jq));
  else if (template !== undefined) call.out(fillTemplate(template, JSON.parse(text), call.now));
  else if (call.screen.tty) call.out(`${JSON.stringify(JSON.parse(text), null, 2)}\n`);
  else call.out(`${text}\n`);
}

export async function filtered(call: GhCall, text: string, filter: string): Promise<string> {
  // A space in front: a filter may begin with a minus sign.
  const ran = await call.run(["jq", "-rc", ` ${filter}`], text);
  if (ran.exitCode !== 0) {
    const said = ran.stderr.replace(/^jq: (?:error: )?/, "").split("\n")[0] ?? "";
    throw new GhStop(/compile|parse|syntax/i.test(said) ? `failed to parse jq expression: ${said}` : said);
  }
  return ran.stdoutKind === "bytes" || ran.stdoutEncoding === "binary"
    ? toUtf8(fromLatin1(ran.stdout))
    : ran.stdout;
}
