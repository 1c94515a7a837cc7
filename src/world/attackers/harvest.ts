/** Extracts credentials from what was read, also where they were encoded, up to three deep, and remembers them. */
import { fromUtf8, toLatin1 } from "../../base/bytes.ts";
import { sha256 } from "../../base/digest.ts";
import { tableName } from "../../base/tables.ts";
import { prepareNeedles, type PreparedNeedle } from "../../engine/needles.ts";
import { trace } from "../../engine/trace.ts";
import type { Credential } from "../credential.ts";
import type { AttackerPorts } from "./ports.ts";
import type { PublicItem } from "./item.ts";

/** A credential that an attacker holds. */
export interface Held {
  readonly credential: string;
  readonly who: string;
  /** Where they found it. */
  readonly where: string;
  readonly foundAtMs: number;
  /** Whether it worked when they last tried. */
  readonly worked: boolean;
  /** How far they have come with it: times of the steps that were taken. */
  readonly steps: readonly { readonly step: string; readonly atMs: number }[];
}

/** By `who credential`. */
export const HELD = tableName<Held>("attackers/held");
/** What was read already, by `who digest of the item's key`. */
const READ = tableName<{ readonly atMs: number }>("attackers/read");

/** Values that are shorter would be found by chance. */
const SHORTEST = 8;

export interface Found {
  readonly credential: Credential;
  readonly where: string;
}

/** Reads what is new, and returns what was found in it that `who` does not hold yet. */
export function harvest(ports: AttackerPorts, who: string, items: readonly PublicItem[]): Found[] {
  const { tables, credentials, now } = ports;
  const held = tables.of(HELD);
  const wanted = credentials.all().filter((it) => it.issuer !== "none" && !held.has(`${who} ${it.id}`));
  const search = searchFor(wanted);
  const found = new Map<string, Found>();
  for (const item of items) {
    const key = `${who} ${sha256(item.key)}`;
    if (tables.of(READ).has(key)) continue;
    tables.of(READ).set(key, { atMs: now() });
    for (const id of item.read().flatMap((bytes) => search(bytes))) {
      const credential = credentials.get(id);
      if (credential && !found.has(id)) found.set(id, { credential, where: item.where });
    }
  }
  return [...found.values()];
}

export function hold(ports: AttackerPorts, who: string, { credential, where }: Found, worked: boolean): void {
  const { tables, now } = ports;
  tables.of(HELD).set(`${who} ${credential.id}`, {
    credential: credential.id,
    who,
    where,
    foundAtMs: now(),
    worked,
    steps: [],
  });
}

/** What somebody holds, in the order in which they found it. */
export function heldBy({ tables }: Pick<AttackerPorts, "tables">, who: string): Held[] {
  return tables.of(HELD).filter((held) => held.who === who);
}

export function heldOne(
  { tables }: Pick<AttackerPorts, "tables">,
  who: string,
  id: string,
): Held | undefined {
  return tables.of(HELD).get(`${who} ${id}`);
}

export function remember(ports: AttackerPorts, held: Held, change: Partial<Held>): void {
  ports.tables.of(HELD).set(`${held.who} ${held.credential}`, { ...held, ...change });
}

/** Returns ids of credentials that are in some bytes. */
function searchFor(wanted: readonly Credential[]): (bytes: Uint8Array) => string[] {
  const values = wanted.flatMap(({ id, value, parts }) =>
    (parts.length > 0 ? parts : [value]).map((part) => ({ credential: id, value: part })),
  );
  // What people choose themselves is too regular for the trace; as it stands it is found all the same.
  const random = values.filter(({ value }) => value.length >= 20 && new Set(value).size >= 10);
  const plain = values.filter((it) => !random.includes(it) && it.value.length >= SHORTEST);
  const needles: readonly PreparedNeedle[] = prepareNeedles(random);
  return (bytes) => {
    const traced = needles.length > 0 ? trace(needles, bytes).hits.map(({ credential }) => credential) : [];
    const text = plain.length > 0 ? toLatin1(bytes) : "";
    const open = plain.filter(({ value }) => text.includes(toLatin1(fromUtf8(value))));
    return [...new Set([...traced, ...open.map(({ credential }) => credential)])];
  };
}
