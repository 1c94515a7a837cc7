/** What the page says when the browser's storage does not do what it should, and what it asks of it. */
import { said } from "../text/said.ts";
import type { LogFailure } from "./log.ts";

export interface StorageNotice {
  readonly title: string;
  readonly text: string;
}

/** Plain answers, one per failure; play goes on in memory after each of the first two. */
export const STORAGE_NOTICES: Readonly<Record<Exclude<LogFailure, "stolen">, StorageNotice>> = {
  blocked: {
    title: said("Nothing is saved in this browser."),
    text: said("It does not let this page store data. Closing the tab ends the attempt."),
  },
  full: {
    title: said("Your newest commands are not saved."),
    text: said("The browser's storage is full. Closing the tab loses what came after this point."),
  },
  evicted: {
    title: said("The browser removed your saved attempt."),
    text: said("This tab still had all of it, and stored it again."),
  },
};

/** Asks the browser not to evict; the answer changes nothing for the learner. */
export async function askToPersist(storage: StorageManager | undefined): Promise<boolean> {
  try {
    return (await storage?.persist?.()) ?? false;
  } catch {
    return false;
  }
}

/** Room left in bytes, or null where the browser does not say. */
export async function roomLeft(storage: StorageManager | undefined): Promise<number | null> {
  try {
    const estimate = await storage?.estimate?.();
    return estimate?.quota === undefined ? null : estimate.quota - (estimate.usage ?? 0);
  } catch {
    return null;
  }
}
