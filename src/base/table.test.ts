import fc from "fast-check";
import { expect, test } from "vitest";
import { Table } from "./table.ts";
import { Tables, tableName } from "./tables.ts";

const key = fc.constantFrom("a", "b", "c");
const write = fc.oneof(
  fc.record({ kind: fc.constant("set" as const), key, n: fc.nat(9) }),
  fc.record({ kind: fc.constant("delete" as const), key, n: fc.constant(0) }),
);
type Write = { readonly kind: "set" | "delete"; readonly key: string; readonly n: number };

function apply(table: Table<{ n: number }>, writes: readonly Write[]): void {
  for (const { kind, key: at, n } of writes) {
    if (kind === "set") table.set(at, { n });
    else table.delete(at);
  }
}

test("a fork and its origin never see each other's writes", () => {
  fc.assert(
    fc.property(fc.array(write), fc.array(write), fc.array(write), (before, here, there) => {
      const table = new Table<{ n: number }>();
      apply(table, before);
      const fork = table.fork();
      const second = fork.fork();
      const alone = new Table(table.entries());
      apply(table, here);
      apply(fork, there);
      const expected = new Table(alone.entries());
      apply(expected, there);
      expect(fork.entries()).toEqual(expected.entries());
      expect(fork.digest()).toBe(expected.digest());
      expect(second.entries()).toEqual(alone.entries());
    }),
  );
});

test("digest says what is there, also after it was asked before", () => {
  const table = new Table<{ n: number }>();
  const empty = table.digest();
  table.set("a", { n: 1 });
  const one = table.digest();
  expect(one).not.toBe(empty);
  table.change("a", { n: 2 });
  expect(table.digest()).not.toBe(one);
  table.change("a", { n: 1 });
  expect(table.digest()).toBe(one);
  expect(() => table.change("b", { n: 1 })).toThrow(/no record b/);
});

test("tables restore to the same digest, and counters go on", () => {
  const names = tableName<{ readonly n: number }>("names");
  const tables = new Tables();
  tables.of(names).set("x", { n: 1 });
  tables.of(tableName<{ readonly n: number }>("unused"));
  expect([tables.next("run", 117), tables.next("run", 117)]).toEqual([117, 118]);
  const again = Tables.restore(tables.data());
  expect(again.digest()).toBe(tables.digest());
  expect(again.next("run")).toBe(119);
  expect(again.digest()).not.toBe(tables.digest());
});
