/** The attempts that are not finished, as the service worker reads them: by the names of stores, in whatever version. */
import type { PlayedIn } from "./kept.ts";

interface Stored {
  readonly state: string;
  readonly last: number;
  readonly header: PlayedIn;
}

/** Worlds of attempts that are open and have inputs. */
export function openAttempts(): Promise<readonly PlayedIn[]> {
  return new Promise((resolve, reject) => {
    const opening = indexedDB.open("leaklab");
    // There is no database yet: none is made here.
    opening.onupgradeneeded = () => opening.transaction?.abort();
    opening.onerror = () => resolve([]);
    opening.onsuccess = () => {
      const db = opening.result;
      const end = (): void => db.close();
      if (!db.objectStoreNames.contains("attempts")) return void (end(), resolve([]));
      const all = db.transaction("attempts").objectStore("attempts").getAll() as IDBRequest<Stored[]>;
      all.onerror = () => (end(), reject(all.error as DOMException));
      all.onsuccess = () => {
        end();
        resolve(
          all.result.filter(({ state, last }) => state === "open" && last > 0).map(({ header }) => header),
        );
      };
    };
  });
}
