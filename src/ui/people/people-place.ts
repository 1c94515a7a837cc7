/** Which of the people's pages is open, what they wrote, and what of it was seen. */
import { computed, signal, type ReadonlySignal, type Signal } from "@preact/signals";
import { unreadOf, type News, type Unread } from "./news.ts";

export type PeoplePage = "chat" | "mail";

export interface PeoplePlace {
  /** Null: the first that the lab has. */
  readonly page: Signal<PeoplePage | null>;
  readonly channel: Signal<string | null>;
  /** Null until the first look. */
  readonly news: Signal<readonly News[] | null>;
  readonly seen: Signal<ReadonlySet<string>>;
  readonly unread: ReadonlySignal<Unread>;
}

export function createPeoplePlace(): PeoplePlace {
  const news = signal<readonly News[] | null>(null);
  const seen = signal<ReadonlySet<string>>(new Set());
  return {
    page: signal<PeoplePage | null>(null),
    channel: signal<string | null>(null),
    news,
    seen,
    unread: computed(() => unreadOf(news.value ?? [], seen.value)),
  };
}

const KEY = "leaklab/read/";

/** What was seen of an attempt is the browser's to remember: reading costs no time and is no input. */
export function readSeen(attempt: string): ReadonlySet<string> {
  try {
    const stored: unknown = JSON.parse(localStorage.getItem(KEY + attempt) ?? "[]");
    return new Set(Array.isArray(stored) ? stored.filter((it): it is string => typeof it === "string") : []);
  } catch {
    return new Set();
  }
}

/** Marks as seen; without storage it is new again after a reload. */
export function see(place: PeoplePlace, attempt: string | undefined, ids: readonly string[]): void {
  if (ids.every((id) => place.seen.value.has(id))) return;
  place.seen.value = new Set([...place.seen.value, ...ids]);
  if (attempt === undefined) return;
  try {
    localStorage.setItem(KEY + attempt, JSON.stringify([...place.seen.value]));
  } catch {
    // Nothing is lost but a count.
  }
}
