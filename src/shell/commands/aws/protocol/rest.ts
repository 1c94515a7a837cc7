/** S3's protocol: operations are methods on paths, and parts of them are in headers and queries. https://smithy.io/2.0/aws/protocols/aws-restxml-protocol.html */
import { fromBase64 } from "../../../../base/bytes.ts";
import { invariant } from "../../../../base/invariant.ts";
import type { Json } from "../../../../base/json.ts";
import { writeBytes } from "../../lib/invocation.ts";
import type { Client } from "../client.ts";
import {
  listItem,
  isScalar,
  type Http,
  type Operation,
  type Service,
  type Shape,
  type Structure,
} from "../model/shape.ts";
import type { Input } from "../parameters.ts";
import { AwsStop, parameterStop } from "../stop.ts";
import { fromText, fromXml } from "./answer.ts";
import type { Prepared } from "./request.ts";
import { escaped, parseXml } from "./xml.ts";

type Answer = { readonly [name: string]: Json };

const NAMESPACE = "http://s3.amazonaws.com/doc/2006-03-01/";
/** Lists of S3 stand among the other elements. */
const FLAT = { Contents: "Contents", CommonPrefixes: "CommonPrefixes" };

export async function callRest(
  client: Client,
  service: Service,
  operation: Operation,
  input: Input,
  outfile: string | null,
): Promise<Answer> {
  const { http } = operation;
  invariant(http, `${operation.name} has no path`);
  const response = await client.send(service, operation.name, restRequest(http, operation.input, input));
  const head = headersOf(http, operation.output, response.headers);
  if (outfile === null) return { ...head, ...bodyOf(operation, await response.text()) };
  const problem = await writeBytes(
    client.machine.context,
    outfile,
    new Uint8Array(await response.arrayBuffer()),
  );
  if (problem !== null) throw new AwsStop(`[Errno 2] ${problem}: '${outfile}'`, 255);
  return head;
}

export function restRequest(http: Http, shape: Structure, input: Input): Prepared {
  const [path = "", fixed = ""] = http.path.split("?");
  const filled = path.replace(/\{(\w+)\}/g, (_, name: string) => pathPart(name, String(input[name] ?? "")));
  const query = Object.entries(http.query ?? {}).flatMap(([member, name]) =>
    Object.hasOwn(input, member) ? [`${name}=${encodeURIComponent(String(input[member]))}`] : [],
  );
  const all = [...(fixed === "" ? [] : [fixed]), ...query].join("&");
  const headers = Object.fromEntries(
    Object.entries(http.headers ?? {}).flatMap(([member, name]) =>
      Object.hasOwn(input, member) ? [[name, String(input[member])]] : [],
    ),
  );
  const body = payload(http, shape, input);
  return { method: http.method, path: `/${filled}${all === "" ? "" : `?${all}`}`, headers, body };
}

/** Slashes of a key stay; a bucket has a name of its own shape. */
function pathPart(name: string, value: string): string {
  if (name === "Bucket" && !/^[a-zA-Z0-9.\-_]{1,255}$/.test(value))
    throw parameterStop(
      `Parameter validation failed:\nInvalid bucket name "${value}": Bucket name must match the regex "^[a-zA-Z0-9.\\-_]{1,255}$" or be an ARN matching the regex "^arn:(aws).*:(s3|s3-object-lambda):[a-z\\-0-9]*:[0-9]{12}:accesspoint[/:][a-zA-Z0-9\\-.]{1,63}$|^arn:(aws).*:s3-outposts:[a-z\\-0-9]+:[0-9]{12}:outpost[/:][a-zA-Z0-9\\-]{1,63}[/:]accesspoint[/:][a-zA-Z0-9\\-]{1,63}$"`,
    );
  return encodeURIComponent(value)
    .replace(/[!'()*]/g, (char) => `%${char.charCodeAt(0).toString(16).toUpperCase()}`)
    .replaceAll("%2F", "/");
}

function payload({ payload: of }: Http, shape: Structure, input: Input): string | Uint8Array {
  if (!of || !Object.hasOwn(input, of[0])) return "";
  const value = input[of[0]] as Json;
  if (of[1] === "text") return String(value);
  if (of[1] !== "bytes")
    return `<${of[1]} xmlns="${NAMESPACE}">${inner(shape[of[0]] as Shape, value)}</${of[1]}>`;
  try {
    return fromBase64(String(value));
  } catch {
    throw parameterStop(`Invalid base64: "${String(value).slice(0, 80)}"`);
  }
}

function inner(shape: Shape, value: Json): string {
  if (value === null || typeof value !== "object") return escaped(String(value));
  const members = isScalar(shape) || listItem(shape) ? {} : (shape as Structure);
  return Object.entries(value)
    .map(([name, it]) => {
      if (!Object.hasOwn(members, name))
        throw parameterStop(
          `Parameter validation failed:\nUnknown parameter in input: "${name}", must be one of: ${Object.keys(members).join(", ")}`,
        );
      return `<${name}>${inner(members[name] as Shape, it as Json)}</${name}>`;
    })
    .join("");
}

function headersOf({ headers = {} }: Http, output: Structure, given: Headers): Answer {
  return Object.fromEntries(
    Object.entries(output).flatMap(([member, shape]) => {
      const value = Object.hasOwn(headers, member) ? given.get(headers[member] as string) : null;
      return value === null ? [] : [[member, fromText(shape, value)]];
    }),
  );
}

function bodyOf({ http, output }: Operation, text: string): Answer {
  if (text === "") return {};
  const of = http?.answer;
  if (of?.[1] === "text" && !text.startsWith("<?xml")) return { [of[0]]: text };
  const root = parseXml(text);
  if (!root) return {};
  if (!of) return fromXml(output, root, FLAT) as Answer;
  if (of[1] === "text") return { [of[0]]: root.text === "" ? null : root.text };
  return { [of[0]]: fromXml(output[of[0]] as Shape, root) };
}
