/** `aws s3 ls`. https://docs.aws.amazon.com/cli/latest/reference/s3/ls.html */
import type { ExecResult } from "just-bash/browser";
import { result } from "../../lib/invocation.ts";
import { bucketOf } from "./place.ts";
import type { Store, Stored } from "./store.ts";
import type { Words } from "./words.ts";

export async function list(store: Store, { places: [word], has }: Words): Promise<ExecResult> {
  if (word === undefined || word === "s3://") {
    const buckets = await store.buckets();
    return result(buckets.map(({ name, created }) => `${timeOf(created)} ${name}\n`).join(""));
  }
  const { bucket, key } = bucketOf(word);
  const recursive = has("--recursive");
  const { objects, prefixes } = await store.list(bucket, key, recursive ? null : "/");
  const human = has("--human-readable");
  const lines = [
    ...prefixes.map((prefix) => `${"PRE".padStart(30)} ${lastPart(prefix)}`),
    ...objects.map(
      (it) => `${timeOf(it.modified)} ${sizeOf(it.size, human).padStart(10)} ${nameOf(it, recursive)}`,
    ),
  ];
  if (has("--summarize"))
    lines.push(
      "",
      `Total Objects: ${objects.length}`,
      `   Total Size: ${sizeOf(
        objects.reduce((sum, { size }) => sum + size, 0),
        human,
      )}`,
    );
  const nothing = objects.length + prefixes.length === 0 && key !== "";
  return result(lines.map((line) => `${line}\n`).join(""), "", nothing ? 1 : 0);
}

function nameOf({ key }: Stored, recursive: boolean): string {
  return recursive ? key : key.slice(key.lastIndexOf("/") + 1);
}

function lastPart(prefix: string): string {
  return `${prefix.replace(/\/$/, "").replace(/^.*\//s, "")}/`;
}

/** "2026-03-03 09:00:00". */
function timeOf(iso: string): string {
  return iso.slice(0, 19).replace("T", " ");
}

function sizeOf(bytes: number, human: boolean): string {
  if (!human) return String(bytes);
  if (bytes < 1024) return `${bytes} Byte${bytes === 1 ? "" : "s"}`;
  const units = ["KiB", "MiB", "GiB", "TiB"];
  let size = bytes / 1024;
  let unit = 0;
  for (; size >= 1024 && unit < units.length - 1; unit++) size /= 1024;
  return `${size.toFixed(1)} ${units[unit]}`;
}
