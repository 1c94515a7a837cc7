/** What operations take and give, as far as LeakLab has them, in the order in which the real tool prints it. */

export type Scalar =
  | "string"
  | "integer"
  | "boolean"
  /** ISO 8601 in XML, seconds since 1970 in JSON. */
  | "timestamp"
  /** Bytes in base64. */
  | "blob"
  /** The same, named by the path of a file. */
  | "file"
  /** JSON, URL-encoded on its way back: a policy. */
  | "document";

export interface Structure {
  readonly [member: string]: Shape;
}

/** An array of one stands for a list of such; `map` for an object with any keys. */
export type Shape = Scalar | readonly [Shape] | MapShape | Structure;

const MAP: unique symbol = Symbol("map");

export interface MapShape {
  readonly [MAP]: Shape;
}

export function mapOf(value: Shape): MapShape {
  return { [MAP]: value };
}

export function mapValue(shape: Shape): Shape | undefined {
  return typeof shape === "object" && MAP in shape ? shape[MAP] : undefined;
}

export function listItem(shape: Shape): Shape | undefined {
  return Array.isArray(shape) ? (shape as readonly [Shape])[0] : undefined;
}

export function isScalar(shape: Shape): shape is Scalar {
  return typeof shape === "string";
}

export interface Pages {
  /** Members of the answer that its pages add to. */
  readonly lists: readonly string[];
  /** Members by which the next page is asked for, and found. */
  readonly ask: string;
  readonly found: string;
}

/** Of REST protocols: where the parts of a request and an answer are. */
export interface Http {
  readonly method: "GET" | "HEAD" | "PUT" | "POST" | "DELETE";
  /** `{Bucket}/{Key}`, and a query that is always there. */
  readonly path: string;
  /** Member → name in the query. */
  readonly query?: Readonly<Record<string, string>>;
  /** Member → name of a header, of the request and of the answer. */
  readonly headers?: Readonly<Record<string, string>>;
  /** Member that is the body: bytes, a text, or XML below an element of that name. */
  readonly payload?: readonly [member: string, as: "bytes" | "text" | string];
  /** Member of the answer that is its body. */
  readonly answer?: readonly [member: string, as: "bytes" | "text" | string];
}

export interface Operation {
  readonly name: string;
  readonly input: Structure;
  /** Names of members, with spaces between. */
  readonly required: string;
  readonly output: Structure;
  readonly pages?: Pages;
  readonly http?: Http;
  /** What follows the options: the file that gets the body of the answer. */
  readonly outfile?: boolean;
}

export interface Service {
  /** As on the command line. */
  readonly name: string;
  /** In the host name and in signatures. */
  readonly endpoint: string;
  readonly protocol: "query" | "json" | "rest-xml";
  /** Of the query protocol; of JSON, what comes before the operation's name. */
  readonly version: string;
  /** There is one for all regions, so that none has to be said. */
  readonly global: boolean;
  readonly operations: readonly Operation[];
}

/** "ListUsers" → "list-users", "PutPublicAccessBlock" → "put-public-access-block". */
export function dashed(name: string): string {
  return name
    .replace(/([a-z0-9])([A-Z])/g, "$1-$2")
    .replace(/([A-Z]+)([A-Z][a-z])/g, "$1-$2")
    .toLowerCase();
}

export function operation(
  name: string,
  input: Structure,
  required = "",
  output: Structure = {},
  more: Pick<Operation, "pages" | "http" | "outfile"> = {},
): Operation {
  // Where the next page is has to be read out of every answer.
  const next: Structure = more.pages ? { [more.pages.found]: "string" } : {};
  return { name, input, required, output: { ...output, ...next }, ...more };
}
