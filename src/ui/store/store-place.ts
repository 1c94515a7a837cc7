/** Which page of the store is open. */
import { signal, type Signal } from "@preact/signals";

export const STORE = "https://bao.lantern-tides.test";

export type StoreSection = "secrets" | "policies" | "tokens" | "leases" | "methods";

export interface StorePlace {
  readonly section: Signal<StoreSection>;
}

export function createStorePlace(): StorePlace {
  return { section: signal<StoreSection>("secrets") };
}
