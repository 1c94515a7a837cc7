/** Stored secrets as auditors of stories see them: where each is, whether it is one value or a structure of several. */
import { parseDocument, isMap, isSeq } from "yaml";
import { fromBase64, toUtf8 } from "../base/bytes.ts";
import { SECRETS, scopeKey } from "../world/services/forge/actions/model.ts";
import type { World } from "../world/world.ts";

export type Shape = "text" | "json" | "yaml" | "xml";

export interface StoredSecret {
  readonly name: string;
  readonly scope: string;
  readonly shape: Shape;
  /** Ids of credentials whose value it is, or that it contains. */
  readonly holds: readonly string[];
}

export function storedSecrets({
  tables,
  credentials,
}: Pick<World, "tables" | "credentials">): StoredSecret[] {
  const known = credentials.all();
  return tables
    .of(SECRETS)
    .all()
    .map(({ name, scope, value }) => ({
      name,
      scope: scopeKey(scope),
      shape: shapeOf(value),
      holds: known
        .filter(({ parts }) => parts.some((part) => part !== "" && value.includes(part)))
        .map(({ id }) => id),
    }));
}

/** What a value is when it is read as data; one that is packed in base64 is what it is unpacked. */
export function shapeOf(value: string): Shape {
  const text = value.trim();
  const shape = openShapeOf(text);
  if (shape !== "text" || !/^[A-Za-z0-9+/_\s-]{8,}={0,2}$/.test(text)) return shape;
  const packed = text.replace(/\s/g, "").replaceAll("-", "+").replaceAll("_", "/");
  return openShapeOf(toUtf8(fromBase64(packed)).trim());
}

function openShapeOf(text: string): Shape {
  if (isJson(text)) return "json";
  if (/^<[a-z?!][\s\S]*>$/i.test(text)) return "xml";
  // Keys of PEM files have header lines with a colon, and are one value all the same.
  if (text.startsWith("-----BEGIN ")) return "text";
  return isYaml(text) || /^(?:[\w.-]+=.*(?:\n|$)){2,}$/.test(text) ? "yaml" : "text";
}

/** A list or a map: one value alone has none of these characters there. */
function isYaml(text: string): boolean {
  if (!/[:[{?]|^\s*-\s/m.test(text)) return false;
  const document = parseDocument(text, { logLevel: "silent" });
  return document.errors.length === 0 && (isMap(document.contents) || isSeq(document.contents));
}

function isJson(text: string): boolean {
  try {
    const value = JSON.parse(text) as unknown;
    return value !== null && typeof value === "object";
  } catch {
    return false;
  }
}
