/** What service worker and pages tell each other, and what a page knows of being kept. */

/** A page asks: how far are you; fetch what is missing, this language first; drop what nobody needs. */
export interface Wish {
  readonly wish: "state" | "fill" | "tidy";
  readonly language: string;
}

/** The service worker tells all pages. */
export interface Kept {
  readonly told: "kept";
  readonly build: string;
  readonly done: number;
  readonly all: number;
  /** The server was not reached. */
  readonly away: boolean;
}

/** What a page goes by after it was told something: a worker that was replaced may still tell what it knew. */
export function afterTelling(before: Kept | null, told: Kept, build: string): Kept {
  const newerIsWhole = before !== null && before.build !== build && before.done === before.all;
  return newerIsWhole && told.build === build ? before : told;
}

export type Offline =
  /** Nothing is known: no service worker, or not yet. */
  | { readonly at: "unknown" }
  | { readonly at: "filling"; readonly done: number; readonly all: number }
  | { readonly at: "kept" }
  /** No network, and everything is here. */
  | { readonly at: "offline" }
  /** No network, and not everything is here. */
  | { readonly at: "partly"; readonly done: number; readonly all: number }
  /** Another build is ready: the next page comes from it. */
  | { readonly at: "newer" };

export function offlineFrom(kept: Kept | null, build: string, online: boolean): Offline {
  if (!kept) return { at: "unknown" };
  const { done, all } = kept;
  const there = online && !kept.away;
  if (done < all) return { at: there ? "filling" : "partly", done, all };
  if (!there) return { at: "offline" };
  return { at: kept.build === build ? "kept" : "newer" };
}
