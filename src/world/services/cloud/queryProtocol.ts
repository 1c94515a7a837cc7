/**
 * The query protocol of IAM and STS: parameters as a form, answers as XML.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/programming.html
 */
import { toUtf8 } from "../../../base/bytes.ts";
import type { Json } from "../../../base/json.ts";
import type { CloudAnswer, CloudCall } from "./call.ts";
import type { CloudError } from "./error.ts";
import type { CloudEvent } from "./model.ts";
import { xml, type Xml } from "./xml.ts";

/** Parameters by name, as they were sent: `Tags.member.1.Key`. */
export class QueryParameters {
  readonly #values: ReadonlyMap<string, string>;

  constructor(values: ReadonlyMap<string, string>) {
    this.#values = values;
  }

  get(name: string): string | undefined {
    return this.#values.get(name);
  }

  /** A list: `Name.member.1`, `Name.member.2`, up to the first that is not there. */
  list(name: string): string[] {
    return this.#members(name, (prefix) => this.#values.get(prefix));
  }

  /** A list of structures with one field each: by key and value. */
  pairs(name: string): [string, string][] {
    return this.#members(name, (prefix) => {
      const key = this.#values.get(`${prefix}.Key`);
      return key === undefined ? undefined : [key, this.#values.get(`${prefix}.Value`) ?? ""];
    });
  }

  /** For CloudTrail: names begin with a small letter there. */
  shown(secret: ReadonlySet<string>): { readonly [key: string]: Json } {
    const own = [...this.#values].filter(([name]) => !["Action", "Version"].includes(name));
    return Object.fromEntries(
      own.map(([name, value]) => [
        name.charAt(0).toLowerCase() + name.slice(1),
        secret.has(name) ? "HIDDEN_DUE_TO_SECURITY_REASONS" : value.slice(0, 2000),
      ]),
    );
  }

  #members<T>(name: string, read: (prefix: string) => T | undefined): T[] {
    const found: T[] = [];
    for (let i = 1; ; i++) {
      const value = read(`${name}.member.${i}`);
      if (value === undefined) return found;
      found.push(value);
    }
  }
}

export function queryParameters({ method, url, body }: CloudCall): QueryParameters {
  const text = method === "POST" ? toUtf8(body) : url.search;
  return new QueryParameters(new Map(new URLSearchParams(text)));
}

export interface QueryDialect {
  /** "https://iam.amazonaws.com/doc/2010-05-08/". */
  readonly namespace: string;
}

export function queryAnswer(
  { namespace }: QueryDialect,
  { requestId }: CloudCall,
  event: CloudEvent,
  result: Xml | null,
): CloudAnswer {
  const body = xml(`${event.name}Response`, namespace, {
    ...(result === null ? {} : { [`${event.name}Result`]: result }),
    ResponseMetadata: { RequestId: requestId },
  });
  return { response: xmlResponse(200, body, requestId), event };
}

export function queryProblem(
  { namespace }: QueryDialect,
  { requestId }: CloudCall,
  event: CloudEvent,
  error: CloudError,
): CloudAnswer {
  const { code, message, status } = error;
  const body = xml("ErrorResponse", namespace, {
    Error: { Type: status >= 500 ? "Receiver" : "Sender", Code: code, Message: message },
    RequestId: requestId,
  });
  return { response: xmlResponse(status, body, requestId), event, error };
}

function xmlResponse(status: number, body: string, requestId: string): Response {
  return new Response(body, {
    status,
    headers: { "Content-Type": "text/xml", "x-amzn-RequestId": requestId },
  });
}
