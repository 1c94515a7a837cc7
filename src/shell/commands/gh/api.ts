/** `gh api`. https://cli.github.com/manual/gh_api */
import { fromUtf8, toUtf8 } from "../../../base/bytes.ts";
import type { GhCall } from "./call.ts";
import { addressOf, errorOf, nextPage, type RequestOptions } from "./client.ts";
import type { GhCommand } from "./command.ts";
import { addField, typed, type Value } from "./fields.ts";
import { printValue } from "./json.ts";
import { type ExitCode, GhStop, notSimulated, usageError } from "./stop.ts";
import { harmlessJsonText } from "./text.ts";

export const apiCommand: GhCommand = {
  name: "api",
  args: "<endpoint> [flags]",
  about: "Make an authenticated request to the forge's API and print the answer",
  takes: [1, 1],
  flags: `    --cache duration   Cache the response, e.g. "3600s", "60m", "1h"
-F, --field key=value   Add a typed parameter in key=value format
-H, --header key:value   Add a HTTP request header in key:value format
    --hostname string   The GitHub hostname for the request (default "forge.test")
-i, --include   Include HTTP response status line and headers in the output
    --input file   The file to use as body for the HTTP request (use "-" to read from standard input)
-q, --jq string   Query to select values from the response using jq syntax
-X, --method string   The HTTP method for the request (default "GET")
    --paginate   Make additional HTTP requests to fetch all pages of results
-p, --preview strings   Opt into GitHub API previews (names should omit '-preview')
-f, --raw-field key=value   Add a string parameter in key=value format
    --silent   Do not print the response body
    --slurp   Use with "--paginate" to return an array of all pages of results
-t, --template string   Format JSON output using a Go template; see "gh help formatting"
    --verbose   Include full HTTP request and response in the output`,
  run: api,
};

async function api(call: GhCall): Promise<ExitCode> {
  const { flags } = call;
  checkFlags(call);
  const path = await filledIn(call, call.args[0] as string);
  if (/^\/?graphql$/.test(path)) throw notSimulated("gh api graphql");
  const host = flags.value("hostname");
  if (host !== undefined && !/^(?:api\.)?forge\.test$/.test(host))
    throw new GhStop(
      `error connecting to ${host}\ncheck your internet connection or https://githubstatus.com`,
    );
  const fields = await readFields(call);
  const method = methodOf(call, fields);
  const first = withQuery(call, path, method, fields);
  const options = await optionsOf(call, method, fields);
  return pages(call, method, first, options);
}

function checkFlags({ flags }: GhCall): void {
  const asked = (...names: string[]) => names.filter((name) => flags.has(name)).length;
  if (flags.on("paginate") && flags.has("method") && flags.value("method")?.toUpperCase() !== "GET")
    throw usageError("the `--paginate` option is not supported for non-GET requests");
  if (flags.on("paginate") && flags.has("input"))
    throw usageError("the `--paginate` option is not supported with `--input`");
  if (flags.on("slurp") && !flags.on("paginate"))
    throw usageError("`--paginate` required when passing `--slurp`");
  if (flags.on("slurp") && asked("jq", "template") > 0)
    throw usageError("the `--slurp` option is not supported with `--jq` or `--template`");
  if (asked("jq", "template", "silent", "verbose") > 1)
    throw usageError("only one of `--template`, `--jq`, `--silent`, or `--verbose` may be used");
  if (flags.on("verbose")) throw notSimulated("gh api --verbose");
}

/** `{owner}`, `{repo}` and `{branch}` of the folder's repository. */
async function filledIn(call: GhCall, path: string): Promise<string> {
  let text = path;
  if (/\{(?:owner|repo)\}/.test(text)) {
    const { owner, name } = await call.repo();
    text = text.replaceAll("{owner}", owner).replaceAll("{repo}", name);
  }
  if (text.includes("{branch}")) {
    const branch = await call.branch();
    if (branch === null) throw new GhStop("unable to determine current branch: git: not on any branch");
    text = text.replaceAll("{branch}", encodeURIComponent(branch));
  }
  return text;
}

async function readFields(call: GhCall): Promise<Record<string, Value>> {
  const fields: Record<string, Value> = {};
  for (const [name, magic] of [
    ["raw-field", false],
    ["field", true],
  ] as const) {
    for (const pair of call.flags.values(name)) {
      const at = pair.indexOf("=");
      const key = at < 0 ? pair : pair.slice(0, at);
      const text = at < 0 ? undefined : pair.slice(at + 1);
      addField(fields, key, text === undefined || !magic ? text : await magicValue(call, text));
    }
  }
  return fields;
}

async function magicValue(call: GhCall, text: string): Promise<Value> {
  if (text.startsWith("@")) return toUtf8(await call.fileBytes(text.slice(1)));
  return typed(/\{(?:owner|repo|branch)\}/.test(text) ? await filledIn(call, text) : text);
}

function methodOf({ flags }: GhCall, fields: Record<string, Value>): string {
  const given = flags.value("method");
  const method = (
    given ?? (Object.keys(fields).length > 0 || flags.has("input") ? "POST" : "GET")
  ).toUpperCase();
  if (!/^[A-Z]+$/.test(method) || ["CONNECT", "TRACE", "TRACK"].includes(method))
    throw new GhStop(`net/http: invalid method ${JSON.stringify(given ?? "")}`);
  return method;
}

function withQuery(call: GhCall, path: string, method: string, fields: Record<string, Value>): string {
  const url = addressOf(path);
  if (method === "GET" || method === "HEAD" || call.flags.has("input"))
    for (const [name, value] of Object.entries(fields)) addQuery(url, name, value);
  if (call.flags.on("paginate") && !url.searchParams.has("per_page")) url.searchParams.set("per_page", "100");
  return url.href;
}

function addQuery(url: URL, name: string, value: Value): void {
  if (Array.isArray(value)) for (const item of value) addQuery(url, `${name}[]`, item);
  else if (value !== null && typeof value === "object")
    for (const [sub, item] of Object.entries(value)) addQuery(url, `${name}[${sub}]`, item);
  else url.searchParams.append(name, value === null ? "" : String(value));
}

async function optionsOf(
  call: GhCall,
  method: string,
  fields: Record<string, Value>,
): Promise<RequestOptions> {
  const given = call.flags.values("header").map((header): [string, string] => {
    const at = header.indexOf(":");
    if (at < 0) throw new GhStop(`header ${JSON.stringify(header)} requires a value separated by ':'`);
    return [header.slice(0, at).trim(), header.slice(at + 1).trim()];
  });
  const names = new Set(given.map(([name]) => name.toLowerCase()));
  const accept: [string, string][] = names.has("accept") ? [] : [["Accept", "*/*"]];
  const json: [string, string] = ["Content-Type", "application/json; charset=utf-8"];
  const headers = [...accept, ...(names.has("content-type") ? [] : [json]), ...given];
  const input = call.flags.value("input");
  if (input !== undefined && method !== "GET" && method !== "HEAD")
    return { headers, bytes: await call.fileBytes(input) };
  if (method === "GET" || method === "HEAD" || Object.keys(fields).length === 0)
    return { headers: headers.filter((pair) => pair !== json) };
  return { headers, bytes: fromUtf8(JSON.stringify(fields)) };
}

async function pages(
  call: GhCall,
  method: string,
  first: string,
  options: RequestOptions,
): Promise<ExitCode> {
  const client = await call.client();
  const slurped: unknown[] = [];
  let url: string | null = first;
  while (url !== null) {
    const response: Response = await client.send(method, url, options);
    if (call.flags.on("include")) call.out(headOf(response));
    const bytes = new Uint8Array(await response.arrayBuffer());
    if (!response.ok) {
      showBody(call, response, bytes);
      return refused(call, response, toUtf8(bytes));
    }
    if (call.flags.on("slurp")) slurped.push(JSON.parse(harmlessJsonText(toUtf8(bytes))));
    else await show(call, response, bytes);
    url = call.flags.on("paginate") ? nextPage(response.headers) : null;
  }
  if (call.flags.on("slurp")) call.out(JSON.stringify(slurped));
  return 0;
}

function headOf(response: Response): string {
  const lines = [...response.headers].map(([name, value]) => `${canonical(name)}: ${value}\r\n`);
  return `HTTP/1.1 ${`${response.status} ${response.statusText}`.trim()}\r\n${lines.join("")}\r\n`;
}

function canonical(name: string): string {
  return name.replace(/(^|-)[a-z]/g, (letter) => letter.toUpperCase());
}

function isJson(response: Response): boolean {
  return /\bjson\b/.test(response.headers.get("Content-Type") ?? "");
}

async function show(call: GhCall, response: Response, bytes: Uint8Array): Promise<void> {
  const jq = call.flags.value("jq");
  const template = call.flags.value("template");
  if ((jq ?? template) === undefined || bytes.length === 0) return showBody(call, response, bytes);
  if (!isJson(response)) throw new GhStop("the answer is not JSON");
  await printValue(call, harmlessJsonText(toUtf8(bytes)), jq, template);
}

function showBody(call: GhCall, response: Response, bytes: Uint8Array): void {
  if (call.flags.on("silent") || bytes.length === 0) return;
  if (!isJson(response)) return call.out(bytes);
  const text = harmlessJsonText(toUtf8(bytes));
  call.out(call.screen.tty ? `${JSON.stringify(JSON.parse(text), null, 2)}\n` : text);
}

function refused(call: GhCall, response: Response, text: string): ExitCode {
  const { message, details } = errorOf(text);
  const said = message || response.statusText;
  call.note(
    `gh: ${said === "" ? "" : `${said} `}(HTTP ${response.status})${details.map((detail) => `\n${detail}`).join("")}`,
  );
  return 1;
}
