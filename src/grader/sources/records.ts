/** Surfaces that are records in tables: what people wrote on the forge, mail, the audit log. */
import { fromUtf8 } from "../../base/bytes.ts";
import { canonicalJson, type Json } from "../../base/json.ts";
import { sha256 } from "../../base/digest.ts";
import { tableName } from "../../base/tables.ts";
import type { GraderMemory } from "../memory.ts";
import type { Item, Surface } from "../surface.ts";
import type { Source } from "./source.ts";

type Record = { readonly [field: string]: unknown };

interface Table {
  readonly surface: Surface;
  readonly table: string;
  /** The place as a person would write it. */
  place(key: string, record: Record): string;
}

const numbered = (what: string, field: string) => (_key: string, record: Record) =>
  `${what} #${String(record[field])}`;

/** Edits are part of their records, so the history of a text is searched with it. */
const TABLES: readonly Table[] = [
  { surface: "forge.text", table: "forge/issues", place: numbered("issue or pull request", "number") },
  { surface: "forge.text", table: "forge/comments", place: numbered("comment on", "number") },
  { surface: "forge.text", table: "forge/pulls", place: numbered("pull request", "number") },
  { surface: "forge.text", table: "forge/reviews", place: numbered("review of", "pull") },
  { surface: "forge.text", table: "forge/review-comments", place: numbered("review comment on", "pull") },
  { surface: "forge.text", table: "forge/labels", place: (_key, { name }) => `label ${String(name)}` },
  { surface: "forge.text", table: "forge/repositories", place: (key) => `description of ${key}` },
  { surface: "forge.text", table: "forge/checks", place: (key) => `check ${key}` },
  { surface: "forge.text", table: "forge/statuses", place: (key) => `status ${key}` },
  { surface: "releases", table: "forge/releases", place: (_key, { tag }) => `release ${String(tag)}` },
  {
    surface: "mail",
    table: "mail/messages",
    place: (_key, { mailbox, subject }) => `mail of ${String(mailbox)}: ${String(subject)}`,
  },
  {
    surface: "status",
    table: "status/incidents",
    place: (_key, { name }) => `incident on the status page: ${String(name)}`,
  },
  { surface: "audit", table: "audit", place: (key) => `audit entry ${key}` },
];

export const records: Source = {
  name: "records",
  covers: (surface) => TABLES.some((table) => table.surface === surface),
  items: async ({ world, memory }, surface) =>
    TABLES.filter((table) => table.surface === surface).flatMap(({ table, place }) =>
      world.tables
        .of(tableName<Record>(table))
        .entries()
        .map(([key, record]) => recordItem(memory, surface, place(key, record), record)),
    ),
};

/** Records never change, so each is written out and named once in its life. */
export function recordItem(memory: GraderMemory, surface: Surface, place: string, record: object): Item {
  const known = memory.records.get(record) ?? written(record);
  memory.records.set(record, known);
  return { surface, place, path: "", content: known.content, read: async () => known.bytes };
}

function written(record: object): { content: string; bytes: Uint8Array } {
  const texts = lines(record as Json);
  const text = [...texts, canonicalJson(record as Json)].join("\n");
  return { content: `record ${sha256(text)}`, bytes: fromUtf8(text) };
}

/** Every text of a record as it was written, before the record as a whole. */
function lines(value: Json | undefined): string[] {
  if (typeof value === "string") return [value];
  if (value === null || value === undefined || typeof value !== "object") return [];
  return Object.values<Json | undefined>(value).flatMap((item) => lines(item));
}
