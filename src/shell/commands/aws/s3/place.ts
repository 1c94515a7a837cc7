/** What the commands of `aws s3` name: objects, files, and standard input and output. */
import { usageStop } from "../stop.ts";

export type Place =
  | { readonly kind: "s3"; readonly bucket: string; readonly key: string }
  | { readonly kind: "file"; readonly path: string }
  | { readonly kind: "stream" };

export type ObjectPlace = Extract<Place, { kind: "s3" }>;

export function placeOf(word: string): Place {
  if (word === "-") return { kind: "stream" };
  const [, bucket = "", key = ""] = /^s3:\/\/([^/]*)\/?([^]*)$/.exec(word) ?? [];
  return word.startsWith("s3://") ? { kind: "s3", bucket, key } : { kind: "file", path: word };
}

/** `s3://BUCKET/PREFIX`, or the same without `s3://` where nothing else can be meant. */
export function bucketOf(word: string): ObjectPlace {
  const place = placeOf(word.startsWith("s3://") ? word : `s3://${word}`);
  if (place.kind !== "s3" || place.bucket === "") throw usageStop(`Invalid argument type\n${word}`);
  return place;
}

export function shown(place: Place): string {
  if (place.kind === "s3") return `s3://${place.bucket}/${place.key}`;
  if (place.kind === "stream") return "-";
  return place.path.startsWith("/") || place.path.startsWith("../")
    ? place.path
    : place.path.replace(/^(?!\.\/)/, "./");
}
