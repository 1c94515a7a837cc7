/** The few calls of S3 that the commands of `aws s3` are made of. */
import { toBase64 } from "../../../../base/bytes.ts";
import { invariant } from "../../../../base/invariant.ts";
import type { Json } from "../../../../base/json.ts";
import type { Client } from "../client.ts";
import { s3api } from "../model/s3api.ts";
import type { Operation } from "../model/shape.ts";
import { refusalOf } from "../protocol/request.ts";
import { callRest, restRequest } from "../protocol/rest.ts";
import { ServiceStop } from "../stop.ts";
import type { ObjectPlace } from "./place.ts";

export interface Stored {
  readonly key: string;
  readonly size: number;
  /** As the service writes it. */
  readonly modified: string;
  readonly etag: string;
}

export interface Listed {
  readonly objects: readonly Stored[];
  /** Folders, where the listing stops at slashes. */
  readonly prefixes: readonly string[];
}

type Answer = { readonly [name: string]: Json };

export class Store {
  readonly client: Client;

  constructor(client: Client) {
    this.client = client;
  }

  call(name: string, input: Answer): Promise<Answer> {
    return callRest(this.client, s3api, operationOf(name), input, null);
  }

  async buckets(): Promise<{ readonly name: string; readonly created: string }[]> {
    const { Buckets = [] } = (await this.call("ListBuckets", {})) as { Buckets?: Answer[] };
    return Buckets.map(({ Name, CreationDate }) => ({ name: String(Name), created: String(CreationDate) }));
  }

  /** Everything below a prefix, over as many pages as are needed. */
  async list(bucket: string, prefix: string, delimiter: string | null): Promise<Listed> {
    const objects: Stored[] = [];
    const prefixes: string[] = [];
    let token: string | null = null;
    do {
      const answer: Answer = await this.call("ListObjectsV2", {
        Bucket: bucket,
        Prefix: prefix,
        ...(delimiter === null ? {} : { Delimiter: delimiter }),
        ...(token === null ? {} : { ContinuationToken: token }),
      });
      objects.push(...((answer["Contents"] as Answer[] | undefined) ?? []).map(storedOf));
      prefixes.push(
        ...((answer["CommonPrefixes"] as Answer[] | undefined) ?? []).map(({ Prefix }) => String(Prefix)),
      );
      const next = answer["NextContinuationToken"];
      token = typeof next === "string" && next !== "" && next !== token ? next : null;
    } while (token !== null);
    return { objects, prefixes };
  }

  /** Throws as the real tool does: an answer to HEAD has no words. */
  async head({ bucket, key }: ObjectPlace): Promise<void> {
    const { http, input } = operationOf("HeadObject");
    invariant(http, "HeadObject has a path");
    const response = await this.client.sendAny(
      s3api,
      "HeadObject",
      restRequest(http, input, { Bucket: bucket, Key: key }),
    );
    if (response.ok) return;
    const { code, message } = refusalOf(response.status, "", response.headers);
    throw new ServiceStop("HeadObject", code, code === "404" ? `Key "${key}" does not exist` : message);
  }

  async get({ bucket, key }: ObjectPlace): Promise<Uint8Array> {
    const { http, input } = operationOf("GetObject");
    invariant(http, "GetObject has a path");
    const response = await this.client.send(
      s3api,
      "GetObject",
      restRequest(http, input, { Bucket: bucket, Key: key }),
    );
    return new Uint8Array(await response.arrayBuffer());
  }

  async put({ bucket, key }: ObjectPlace, bytes: Uint8Array): Promise<void> {
    await this.call("PutObject", {
      Bucket: bucket,
      Key: key,
      Body: toBase64(bytes),
      ContentType: contentType(key),
    });
  }

  async copy(from: ObjectPlace, to: ObjectPlace): Promise<void> {
    const source = `${from.bucket}/${from.key.split("/").map(encodeURIComponent).join("/")}`;
    await this.call("CopyObject", { Bucket: to.bucket, Key: to.key, CopySource: source });
  }

  async remove({ bucket, key }: ObjectPlace): Promise<void> {
    await this.call("DeleteObject", { Bucket: bucket, Key: key });
  }
}

function operationOf(name: string): Operation {
  const found = s3api.operations.find((it) => it.name === name);
  invariant(found, `S3 has no ${name}`);
  return found;
}

function storedOf({ Key, Size, LastModified, ETag }: Answer): Stored {
  return { key: String(Key), size: Number(Size), modified: String(LastModified), etag: String(ETag) };
}

const TYPES: Readonly<Record<string, string>> = {
  txt: "text/plain",
  html: "text/html",
  css: "text/css",
  csv: "text/csv",
  js: "text/javascript",
  json: "application/json",
  xml: "application/xml",
  png: "image/png",
  svg: "image/svg+xml",
  gz: "application/gzip",
  tar: "application/x-tar",
  zip: "application/zip",
  pdf: "application/pdf",
};

function contentType(key: string): string {
  const end = /\.([a-z]+)$/.exec(key)?.[1] ?? "";
  return Object.hasOwn(TYPES, end) ? (TYPES[end] as string) : "binary/octet-stream";
}
