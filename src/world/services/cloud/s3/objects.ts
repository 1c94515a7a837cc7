/** Objects of buckets. What they hold lies on a disk of the service's own, by its digest. */
import { md5 } from "@noble/hashes/legacy.js";
import { toHex } from "../../../../base/bytes.ts";
import { sha256 } from "../../../../base/digest.ts";
import { tableName } from "../../../../base/tables.ts";
import type { ServicePorts } from "../../../service.ts";

export interface StoredObject {
  readonly bucket: string;
  readonly key: string;
  readonly size: number;
  /** MD5 in hex. */
  readonly etag: string;
  readonly contentType: string;
  readonly modifiedAtMs: number;
  /** SHA-256: the name of the file. */
  readonly digest: string;
}

/** By bucket and key. */
export const OBJECTS = tableName<StoredObject>("cloud/objects");

/** Name of the machine whose disk holds what objects hold. */
export const S3_MACHINE = "s3";

export function objectsOf({ tables }: Pick<ServicePorts, "tables">, bucket: string): StoredObject[] {
  return tables
    .of(OBJECTS)
    .filter((it) => it.bucket === bucket)
    .sort((a, b) => (a.key < b.key ? -1 : 1));
}

export function findObject(
  { tables }: Pick<ServicePorts, "tables">,
  bucket: string,
  key: string,
): StoredObject | undefined {
  return tables.of(OBJECTS).get(`${bucket}/${key}`);
}

export function putObject(
  ports: ServicePorts,
  { bucket, key }: Pick<StoredObject, "bucket" | "key">,
  bytes: Uint8Array,
  contentType: string,
): StoredObject {
  const digest = sha256(bytes);
  const disk = ports.machines.has(S3_MACHINE)
    ? ports.machines.get(S3_MACHINE)
    : ports.machines.add(S3_MACHINE);
  disk.mkdir("/objects", { recursive: true });
  if (!disk.exists(`/objects/${digest}`)) disk.write(`/objects/${digest}`, bytes);
  return ports.tables.of(OBJECTS).set(`${bucket}/${key}`, {
    bucket,
    key,
    size: bytes.length,
    etag: toHex(md5(bytes)),
    contentType,
    modifiedAtMs: ports.now(),
    digest,
  });
}

export function bytesOf({ machines }: Pick<ServicePorts, "machines">, { digest }: StoredObject): Uint8Array {
  return machines.get(S3_MACHINE).read(`/objects/${digest}`);
}

/** The file goes where no other object holds the same. */
export function deleteObject(ports: ServicePorts, bucket: string, key: string): void {
  const found = findObject(ports, bucket, key);
  if (!found) return;
  ports.tables.of(OBJECTS).delete(`${bucket}/${key}`);
  if (!ports.tables.of(OBJECTS).find(({ digest }) => digest === found.digest))
    ports.machines.get(S3_MACHINE).remove(`/objects/${found.digest}`, { force: true });
}
