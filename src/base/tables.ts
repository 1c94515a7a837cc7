/** All tables of one service, by name. A table begins to exist when somebody first asks for it. */
import { sha256 } from "./digest.ts";
import { Table } from "./table.ts";

/** Names a table and says what its records are. */
export interface TableName<T extends object> {
  readonly name: string;
  /** Carries the type; never there at run time. */
  readonly record?: T;
}

export function tableName<T extends object>(name: string): TableName<T> {
  return { name };
}

/** Plain data: for every table its records by key, in their order. */
export type TablesData = Readonly<Record<string, readonly (readonly [string, object])[]>>;

export class Tables {
  readonly #tables = new Map<string, Table<object>>();

  static restore(data: TablesData): Tables {
    const tables = new Tables();
    for (const [name, entries] of Object.entries(data)) tables.#tables.set(name, new Table(entries));
    return tables;
  }

  of<T extends object>({ name }: TableName<T>): Table<T> {
    let table = this.#tables.get(name);
    if (!table) this.#tables.set(name, (table = new Table<object>()));
    return table as unknown as Table<T>;
  }

  /** The next whole number of a name, from 1: ids that count up and are never used again. */
  next(counter: string, from = 1): number {
    const counters = this.of(COUNTERS);
    const value = counters.get(counter)?.next ?? from;
    counters.set(counter, { next: value + 1 });
    return value;
  }

  fork(): Tables {
    const fork = new Tables();
    for (const [name, table] of this.#tables) fork.#tables.set(name, table.fork());
    return fork;
  }

  data(): TablesData {
    return Object.fromEntries(this.#filled().map(([name, table]) => [name, table.entries()]));
  }

  digest(): string {
    return sha256(
      this.#filled()
        .map(([name, table]) => `${name} ${table.digest()}\n`)
        .join(""),
    );
  }

  /** Sorted by name; an empty table is as one that nobody asked for. */
  #filled(): [string, Table<object>][] {
    return [...this.#tables].filter(([, table]) => table.size > 0).sort(([a], [b]) => (a < b ? -1 : 1));
  }
}

const COUNTERS = tableName<{ readonly next: number }>("counters");
