/** Settings of mounts, as they were written: get, put, delete, list. */
import type { Tables } from "../../../base/tables.ts";
import { ENTRIES, type Entry, type Fields } from "./model.ts";

interface Place {
  readonly tables: Tables;
}

const keyOf = (mount: string, kind: string, name: string) => `${mount} ${kind} ${name}`;

export function entryOf({ tables }: Place, mount: string, kind: string, name: string): Fields | undefined {
  return tables.of(ENTRIES).get(keyOf(mount, kind, name))?.fields;
}

export function putEntry({ tables }: Place, entry: Entry): void {
  tables.of(ENTRIES).set(keyOf(entry.mount, entry.kind, entry.name), entry);
}

export function deleteEntry({ tables }: Place, mount: string, kind: string, name: string): boolean {
  return tables.of(ENTRIES).delete(keyOf(mount, kind, name));
}

/** All of a kind, sorted by name. */
export function entriesOf({ tables }: Place, mount: string, kind: string): Entry[] {
  const found = tables.of(ENTRIES).filter((it) => it.mount === mount && it.kind === kind);
  return found.sort((a, b) => (a.name < b.name ? -1 : 1));
}

/** Everything of a mount that was disabled. */
export function forgetMount({ tables }: Place, mount: string): void {
  for (const [key, entry] of tables.of(ENTRIES).entries())
    if (entry.mount === mount) tables.of(ENTRIES).delete(key);
}
