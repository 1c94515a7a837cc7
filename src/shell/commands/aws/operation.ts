/** Calls one operation of a service: parameters in, pages gathered, the query applied, the answer printed. */
import { fromBase64, fromUtf8, toBase64, toUtf8 } from "../../../base/bytes.ts";
import type { Json } from "../../../base/json.ts";
import { Client } from "./client.ts";
import { QueryError } from "./jmespath/error.ts";
import { parseQuery, type Expression } from "./jmespath/parser.ts";
import { search } from "./jmespath/search.ts";
import type { Machine } from "./machine.ts";
import type { Operation, Pages, Service } from "./model/shape.ts";
import type { Globals } from "./options.ts";
import { formatted } from "./output/format.ts";
import { readParameters, type Given } from "./parameters.ts";
import { AwsStop, parameterStop } from "./stop.ts";

type Answer = { readonly [name: string]: Json };

/** Sends one request. */
export type Send = (input: Given["input"]) => Promise<Answer>;

/** A service that repeats its last page for ever is not followed for ever. */
const MOST_PAGES = 1000;

export async function callOperation(
  machine: Machine,
  globals: Globals,
  service: Service,
  operation: Operation,
  args: readonly string[],
): Promise<string | Uint8Array> {
  const query = globals.query === undefined ? null : compiled(globals.query);
  const given = await readParameters(machine, operation, args);
  const client = await Client.of(machine, globals);
  const send: Send =
    service.protocol === "rest-xml"
      ? await restSend(client, service, operation, given)
      : (input) => client.call(service, operation, input);
  const pages = globals.paginate ? operation.pages : undefined;
  const answer = pages ? await allPages(send, pages, given) : await send(given.input);
  return formatted(query ? found(query, answer) : answer, client.settings.output, operation.name);
}

async function restSend(client: Client, service: Service, operation: Operation, given: Given): Promise<Send> {
  const { callRest } = await import("./protocol/rest.ts");
  return (input) => callRest(client, service, operation, input, given.outfile);
}

export function compiled(query: string): Expression {
  try {
    return parseQuery(query);
  } catch (error) {
    if (error instanceof QueryError) throw parameterStop(`Bad value for --query ${query}: ${error.message}`);
    throw error;
  }
}

function found(query: Expression, answer: Json): Json {
  try {
    return search(query, answer);
  } catch (error) {
    if (error instanceof QueryError) throw new AwsStop(error.message, 255);
    throw error;
  }
}

/** Until the service has no more, or --max-items are there; then a token tells where to go on. */
async function allPages(send: Send, pages: Pages, given: Given): Promise<Answer> {
  const { lists, ask, found: next } = pages;
  const start = given.startingToken === null ? null : readToken(given.startingToken);
  let marker = start?.marker ?? null;
  let skip = start?.skip ?? 0;
  const gathered: Record<string, Json> = {};
  let left = given.maxItems ?? Number.POSITIVE_INFINITY;
  for (let page = 0; page < MOST_PAGES; page++) {
    const answer = await send({
      ...given.input,
      ...(marker === null ? {} : { [ask]: marker }),
      ...sizeOf(given, pages),
    });
    for (const [name, value] of Object.entries(answer))
      if (!lists.includes(name) && !HIDDEN.has(name) && name !== next) gathered[name] ??= value;
    for (const name of lists) {
      const all = ((answer[name] as Json[] | undefined) ?? []).slice(skip);
      const items = all.slice(0, left);
      if (Object.hasOwn(answer, name) || gathered[name] !== undefined)
        gathered[name] = [...((gathered[name] as Json[] | undefined) ?? []), ...items];
      left -= items.length;
      if (all.length > items.length)
        return ordered(answer, { ...gathered, NextToken: writeToken(marker, skip + items.length) });
    }
    skip = 0;
    const more = answer[next];
    if (typeof more !== "string" || more === "" || more === marker) return ordered(answer, gathered);
    marker = more;
    if (left <= 0) return ordered(answer, { ...gathered, NextToken: writeToken(marker, 0) });
  }
  return gathered;
}

/** What is said about one page, and not about the whole. */
const HIDDEN: ReadonlySet<string> = new Set([
  "IsTruncated",
  "KeyCount",
  "MaxKeys",
  "ContinuationToken",
  "Marker",
  "Name",
  "RequestCharged",
]);

/** In the order of the answer. */
function ordered(answer: Answer, gathered: Answer): Answer {
  const names = [...Object.keys(answer), ...Object.keys(gathered)].filter((name) =>
    Object.hasOwn(gathered, name),
  );
  return Object.fromEntries([...new Set(names)].map((name) => [name, gathered[name] as Json]));
}

function sizeOf({ pageSize }: Given, { ask }: Pages): Answer {
  if (pageSize === null) return {};
  return {
    [ask === "Marker" ? "MaxItems" : ask === "ContinuationToken" ? "MaxKeys" : "MaxResults"]: pageSize,
  };
}

function writeToken(marker: string | null, skip: number): string {
  return toBase64(fromUtf8(JSON.stringify({ marker, skip })));
}

function readToken(text: string): { marker: string | null; skip: number } {
  try {
    const { marker, skip } = JSON.parse(toUtf8(fromBase64(text))) as { marker: unknown; skip: unknown };
    if ((marker === null || typeof marker === "string") && Number.isInteger(skip))
      return { marker, skip: skip as number };
  } catch {
    // Told below.
  }
  throw new AwsStop("Bad starting token: " + text, 255);
}
