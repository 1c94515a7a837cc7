/** Operations on objects. https://docs.aws.amazon.com/AmazonS3/latest/API/API_Operations_Amazon_Simple_Storage_Service.html */
import { fromBase64, fromUtf8, toBase64, toUtf8 } from "../../../../base/bytes.ts";
import { cloudError, type CloudError } from "../error.ts";
import type { Principal } from "../model.ts";
import type { Elements, Good } from "./answer.ts";
import { iso } from "./buckets.ts";
import { bytesOf, deleteObject, findObject, objectsOf, putObject, type StoredObject } from "./objects.ts";
import { bucketNamed, denied, NO_BUCKET, type S3Operation } from "./operation.ts";
import type { S3Request } from "./request.ts";
import type { Bucket } from "./resource.ts";

const MOST_KEYS = 1000;
/** https://docs.aws.amazon.com/AmazonS3/latest/userguide/object-keys.html */
const LONGEST_KEY = 1024;

export const objectOperations: readonly S3Operation[] = [
  {
    name: "ListObjects",
    method: "GET",
    of: "bucket",
    part: "",
    action: "ListBucket",
    readOnly: true,
    data: true,
    run: list,
  },
  {
    name: "DeleteObjects",
    method: "POST",
    of: "bucket",
    part: "delete",
    action: "DeleteObject",
    readOnly: false,
    data: true,
    run: removeMany,
  },
  {
    name: "HeadObject",
    method: "HEAD",
    of: "object",
    part: "",
    action: "GetObject",
    readOnly: true,
    data: true,
    run: get,
  },
  {
    name: "GetObject",
    method: "GET",
    of: "object",
    part: "",
    action: "GetObject",
    readOnly: true,
    data: true,
    run: get,
  },
  {
    name: "PutObject",
    method: "PUT",
    of: "object",
    part: "",
    action: "PutObject",
    readOnly: false,
    data: true,
    run: put,
  },
  {
    name: "DeleteObject",
    method: "DELETE",
    of: "object",
    part: "",
    action: "DeleteObject",
    readOnly: false,
    data: true,
    run: remove,
  },
];

/** Objects in the order of their keys; what has a delimiter behind the prefix is told once, as a common prefix. */
function list({ call, bucket, query }: S3Request): Good {
  const prefix = query.get("prefix") ?? "";
  const delimiter = query.get("delimiter") ?? "";
  const second = query.get("list-type") === "2";
  const after = second
    ? (tokenKey(query.get("continuation-token")) ?? query.get("start-after") ?? "")
    : (query.get("marker") ?? "");
  const most = Math.min(MOST_KEYS, Math.max(0, Number(query.get("max-keys") ?? MOST_KEYS) || 0));
  const { rows, last } = rowsOf(objectsOf(call.ports, bucket), { prefix, delimiter, after, most });
  const encode =
    query.get("encoding-type") === "url"
      ? (text: string) => encodeURIComponent(text).replaceAll("%2F", "/")
      : (text: string) => text;
  const shown: Elements = rows.map((row) =>
    typeof row === "string"
      ? ["CommonPrefixes", [["Prefix", encode(row)]]]
      : ["Contents", contents(row, encode)],
  );
  const head: Elements = [
    ["Name", bucket],
    ["Prefix", encode(prefix)],
    ...(delimiter === "" ? [] : [["Delimiter", encode(delimiter)] as const]),
    ["MaxKeys", most],
    ...(second ? [["KeyCount", rows.length] as const] : []),
    ["IsTruncated", last !== null],
    ...(last === null
      ? []
      : [
          [
            second ? "NextContinuationToken" : "NextMarker",
            second ? toBase64(fromUtf8(last)) : last,
          ] as const,
        ]),
    ...(query.get("encoding-type") === "url" ? [["EncodingType", "url"] as const] : []),
  ];
  return { body: { root: "ListBucketResult", content: [...head, ...shown] } };
}

interface Asked {
  readonly prefix: string;
  readonly delimiter: string;
  readonly after: string;
  readonly most: number;
}

/** `last`: the key after which the next page begins; null where there is none. */
function rowsOf(objects: readonly StoredObject[], { prefix, delimiter, after, most }: Asked) {
  const rows: (StoredObject | string)[] = [];
  let last = "";
  for (const object of objects) {
    const { key } = object;
    if (!key.startsWith(prefix) || key <= after) continue;
    const end = delimiter === "" ? -1 : key.indexOf(delimiter, prefix.length);
    const folder = end < 0 ? null : key.slice(0, end + delimiter.length);
    // What a page before told as a prefix is not told again.
    if (folder !== null && (rows.at(-1) === folder || (after !== "" && after.startsWith(folder)))) {
      last = key;
      continue;
    }
    if (rows.length === most) return { rows, last: most === 0 ? null : last };
    rows.push(folder ?? object);
    last = key;
  }
  return { rows, last: null };
}

function tokenKey(token: string | null): string | null {
  if (token === null || !/^[A-Za-z0-9+/]*={0,2}$/.test(token) || token.length % 4 !== 0) return null;
  return toUtf8(fromBase64(token));
}

function contents(
  { key, modifiedAtMs, etag, size }: StoredObject,
  encode: (text: string) => string,
): Elements {
  return [
    ["Key", encode(key)],
    ["LastModified", iso(modifiedAtMs)],
    ["ETag", `"${etag}"`],
    ["Size", size],
    ["StorageClass", "STANDARD"],
  ];
}

/** Whoever may not list a bucket does not learn what is missing in it. */
function get(request: S3Request, caller: Principal, record: Bucket): Good | CloudError {
  const { call, bucket, key } = request;
  const found = findObject(call.ports, bucket, key);
  if (!found) return denied(request, caller, "ListBucket", record) ?? noKey(call.method);
  const bytes = bytesOf(call.ports, found);
  const range = rangeOf(call.headers.get("range"), bytes.length);
  if (range === "unsatisfiable")
    return cloudError("InvalidRange", "The requested range is not satisfiable", 416);
  const part = range ? bytes.slice(range[0], range[1] + 1) : bytes;
  return {
    status: range ? 206 : 200,
    headers: {
      "Content-Type": found.contentType,
      "Content-Length": String(part.length),
      "Last-Modified": new Date(found.modifiedAtMs).toUTCString(),
      ETag: `"${found.etag}"`,
      "Accept-Ranges": "bytes",
      "x-amz-server-side-encryption": "AES256",
      ...(range ? { "Content-Range": `bytes ${range[0]}-${range[1]}/${bytes.length}` } : {}),
    },
    body: part,
  };
}

function noKey(method: string): CloudError {
  const message = method === "HEAD" ? "Not Found" : "The specified key does not exist.";
  return cloudError("NoSuchKey", message, 404);
}

/** One range; null where none is asked for. */
function rangeOf(header: string | null, size: number): readonly [number, number] | "unsatisfiable" | null {
  const [, from = "", to = ""] = /^bytes=(\d*)-(\d*)$/.exec(header ?? "") ?? [];
  if (from === "" && to === "") return null;
  const first = from === "" ? Math.max(0, size - Number(to)) : Number(from);
  const last = from === "" || to === "" ? size - 1 : Math.min(Number(to), size - 1);
  return first > last ? "unsatisfiable" : [first, last];
}

function put(request: S3Request, caller: Principal): Good | CloudError {
  const { call, bucket, key, body } = request;
  if (fromUtf8(key).length > LONGEST_KEY) return cloudError("KeyTooLongError", "Your key is too long", 400);
  const source = call.headers.get("x-amz-copy-source");
  if (source !== null) return copy(request, caller, source);
  const type = call.headers.get("content-type") ?? "binary/octet-stream";
  const { etag } = putObject(call.ports, { bucket, key }, body, type);
  return { headers: { ETag: `"${etag}"`, "x-amz-server-side-encryption": "AES256" } };
}

/** Whoever copies must be allowed to read the source too. */
function copy(request: S3Request, caller: Principal, source: string): Good | CloudError {
  const { call, bucket, key } = request;
  const [, name = "", sourceKey = ""] =
    /^\/?([^/]+)\/([^?]*)/.exec(decodeURIComponent(source.replace(/%(?![0-9a-f]{2})/gi, "%25"))) ?? [];
  const from = bucketNamed(call.ports, name);
  const problem = denied({ ...request, bucket: name, key: sourceKey }, caller, "GetObject", from);
  if (problem) return problem;
  if (!from) return NO_BUCKET;
  const found = findObject(call.ports, name, sourceKey);
  if (!found) return noKey("GET");
  const made = putObject(call.ports, { bucket, key }, bytesOf(call.ports, found), found.contentType);
  const content: Elements = [
    ["ETag", `"${made.etag}"`],
    ["LastModified", iso(made.modifiedAtMs)],
  ];
  return { body: { root: "CopyObjectResult", content } };
}

/** That it was not there is no mistake. */
function remove({ call, bucket, key }: S3Request): Good {
  deleteObject(call.ports, bucket, key);
  return { status: 204 };
}

function removeMany(request: S3Request, caller: Principal): Good | CloudError {
  const { call, bucket, body } = request;
  const keys = [...toUtf8(body).matchAll(/<Key>([^<]*)<\/Key>/g)].map(([, key = ""]) => unescaped(key));
  if (keys.length === 0 || keys.length > MOST_KEYS)
    return cloudError(
      "MalformedXML",
      "The XML you provided was not well-formed or did not validate against our published schema",
      400,
    );
  const rows: Elements = keys.map((key) => {
    const problem = denied({ ...request, key }, caller, "DeleteObject", bucketNamed(call.ports, bucket));
    if (problem)
      return [
        "Error",
        [
          ["Key", key],
          ["Code", "AccessDenied"],
          ["Message", problem.message],
        ],
      ] as const;
    deleteObject(call.ports, bucket, key);
    return ["Deleted", [["Key", key]]] as const;
  });
  return { body: { root: "DeleteResult", content: rows } };
}

function unescaped(text: string): string {
  return text
    .replaceAll("&lt;", "<")
    .replaceAll("&gt;", ">")
    .replaceAll("&quot;", '"')
    .replaceAll("&apos;", "'")
    .replaceAll("&amp;", "&");
}
