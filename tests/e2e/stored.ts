/** What the browser has stored, and attempts put there before a page opens. */
import type { Page } from "@playwright/test";

export interface Stored {
  readonly attempts: readonly {
    readonly id: string;
    readonly state: string;
    readonly last: number;
    readonly header: { readonly core: string; readonly seed: number };
  }[];
  readonly entries: readonly { readonly attempt: string; readonly seq: number }[];
  readonly snapshots: readonly unknown[];
}

/** Everything in the browser's database of LeakLab. The page may be any of the site. */
export function readStored(page: Page): Promise<Stored> {
  return page.evaluate(
    () =>
      new Promise<Stored>((resolve, reject) => {
        const opening = indexedDB.open("leaklab");
        opening.onerror = () => reject(opening.error as DOMException);
        opening.onsuccess = () => {
          const db = opening.result;
          const names = ["attempts", "entries", "snapshots"];
          const all = names.map((name) => db.transaction(name).objectStore(name).getAll());
          const last = all.at(-1) as IDBRequest;
          last.onsuccess = () => {
            db.close();
            const [attempts, entries, snapshots] = all.map(({ result }) => result as never);
            resolve({ attempts, entries, snapshots } as unknown as Stored);
          };
        };
      }),
  );
}

/** Stores an attempt as an earlier visit would have; to be called from a page of the site that opens no attempt. */
export async function storeAttempt(
  page: Page,
  header: unknown,
  entries: readonly unknown[],
  last = entries.length,
): Promise<void> {
  const { lab } = header as { lab: string };
  const record = { id: "kept", lab, header, state: "open", last, owner: "earlier", startedAt: 0 };
  await page.evaluate(
    ({ record, entries }) =>
      new Promise<void>((resolve, reject) => {
        const opening = indexedDB.open("leaklab", 1);
        opening.onupgradeneeded = () => {
          const db = opening.result;
          db.createObjectStore("attempts", { keyPath: "id" }).createIndex("lab", "lab");
          db.createObjectStore("entries", { keyPath: ["attempt", "seq"] });
          db.createObjectStore("snapshots", { keyPath: "attempt" });
        };
        opening.onerror = () => reject(opening.error as DOMException);
        opening.onsuccess = () => {
          const db = opening.result;
          const tx = db.transaction(["attempts", "entries"], "readwrite");
          tx.objectStore("attempts").put(record);
          for (const entry of entries)
            tx.objectStore("entries").put({ ...(entry as object), attempt: record.id });
          tx.oncomplete = () => {
            db.close();
            resolve();
          };
          tx.onerror = () => reject(tx.error as DOMException);
        };
      }),
    { record, entries },
  );
}

/** Header and entries of an attempt file. */
export function parseFile(text: string): {
  readonly header: { core: string; seed: number };
  readonly entries: readonly { seq: number }[];
} {
  const [header, ...rest] = text
    .trimEnd()
    .split("\n")
    .map((line) => JSON.parse(line) as never);
  return { header: header as never, entries: rest.filter((value: object) => "input" in value) };
}
