/** Requests in the protocols of the cloud's services, and what their refusals say. https://smithy.io/2.0/aws/protocols/index.html */
import type { Json } from "../../../../base/json.ts";
import { listItem, mapValue, type Operation, type Service, type Shape } from "../model/shape.ts";
import type { Input } from "../parameters.ts";
import { child, parseXml } from "./xml.ts";

export interface Prepared {
  readonly method: string;
  /** Path and query. */
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | Uint8Array;
}

/** https://smithy.io/2.0/aws/protocols/aws-query-protocol.html */
export function queryRequest(
  { version }: Service,
  { name, input: shape }: Operation,
  input: Input,
): Prepared {
  const pairs: [string, string][] = [
    ["Action", name],
    ["Version", version],
  ];
  for (const [member, value] of Object.entries(input)) addPair(pairs, member, shape[member], value);
  return {
    method: "POST",
    path: "/",
    headers: { "content-type": "application/x-www-form-urlencoded; charset=utf-8" },
    body: new URLSearchParams(pairs).toString(),
  };
}

function addPair(pairs: [string, string][], name: string, shape: Shape | undefined, value: Json): void {
  if (Array.isArray(value)) {
    for (const [i, item] of (value as readonly Json[]).entries())
      addPair(pairs, `${name}.member.${i + 1}`, shape && listItem(shape), item);
    if (value.length === 0) pairs.push([name, ""]);
    return;
  }
  if (value === null || typeof value !== "object") {
    pairs.push([name, String(value)]);
    return;
  }
  const of = shape && mapValue(shape);
  for (const [i, [key, item]] of Object.entries(value).entries()) {
    if (of) pairs.push([`${name}.entry.${i + 1}.key`, key]);
    addPair(pairs, of ? `${name}.entry.${i + 1}.value` : `${name}.${key}`, of, item as Json);
  }
}

/** https://smithy.io/2.0/aws/protocols/aws-json-1_1-protocol.html */
export function jsonRequest({ version }: Service, { name, input: shape }: Operation, input: Input): Prepared {
  const body = Object.fromEntries(
    Object.entries(input).map(([member, value]) => [
      member,
      shape[member] === "timestamp" ? Date.parse(String(value)) / 1000 : value,
    ]),
  );
  return {
    method: "POST",
    path: "/",
    headers: { "content-type": "application/x-amz-json-1.1", "x-amz-target": `${version}.${name}` },
    body: JSON.stringify(body),
  };
}

export interface Refusal {
  readonly code: string;
  readonly message: string;
}

/** Whatever a service says in XML or JSON; the status where it says nothing. */
export function refusalOf(status: number, text: string, headers: Headers): Refusal {
  const json = jsonRefusal(text, headers);
  if (json) return json;
  const root = parseXml(text);
  const error = root?.name === "Error" ? root : child(root, "Error");
  const code = child(error, "Code")?.text;
  if (code !== undefined) return { code, message: child(error, "Message")?.text ?? "None" };
  return { code: String(status), message: STATUS[status] ?? "Unknown" };
}

/** Of answers without a body: to HEAD. */
const STATUS: Readonly<Record<number, string>> = {
  301: "Moved Permanently",
  400: "Bad Request",
  403: "Forbidden",
  404: "Not Found",
};

function jsonRefusal(text: string, headers: Headers): Refusal | null {
  try {
    const body = JSON.parse(text) as Readonly<Record<string, unknown>> | null;
    const type = body?.["__type"] ?? body?.["code"] ?? headers.get("x-amzn-errortype");
    if (typeof type !== "string") return null;
    const message = body?.["message"] ?? body?.["Message"] ?? "";
    return { code: type.replace(/^.*#/, "").replace(/:.*$/, ""), message: String(message) };
  } catch {
    return null;
  }
}
