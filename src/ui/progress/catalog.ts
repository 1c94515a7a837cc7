/** What pages about progress know of labs and paths; made while the site is built, plain data on the page. */
import type { Mark } from "../../worker/protocol.ts";

export interface CatalogLab {
  readonly id: string;
  readonly title: string;
  readonly minutes: number;
  readonly module: string;
  /** Empty for a lab to come. */
  readonly version: string;
  readonly difficulty: string;
  readonly ready: boolean;
  /** What is to be done first, in a sentence or two of Markdown. */
  readonly about: string;
  /** Its language, where that is not the one of the page. */
  readonly aboutLang?: "en";
  /** Marks that the lab asks for, and those for which it has an extra check only. */
  readonly asks: readonly Mark[];
  readonly extras: readonly Mark[];
}

/** A stretch of a path's time. */
export type CatalogPart =
  | { readonly kind: "lab"; readonly id: string; readonly minutes: number }
  | { readonly kind: "talk"; readonly title: string; readonly minutes: number };

export interface CatalogPath {
  readonly id: string;
  readonly title: string;
  readonly text: string;
  readonly labs: readonly string[];
  readonly parts: readonly CatalogPart[];
}

export interface CatalogModule {
  readonly id: string;
  readonly title: string;
  readonly about: string;
  readonly labs: readonly string[];
}

export interface Catalog {
  readonly labs: readonly CatalogLab[];
  readonly paths: readonly CatalogPath[];
  readonly modules: readonly CatalogModule[];
}

export function labOf(catalog: Catalog, id: string): CatalogLab | undefined {
  return catalog.labs.find((lab) => lab.id === id);
}

export function pathIn(catalog: Pick<Catalog, "paths">, id: string | null): CatalogPath | undefined {
  return catalog.paths.find((path) => path.id === id);
}

/** The lab after this one on a path, passing over those to come; null at the path's end. */
export function nextLab(
  catalog: Pick<Catalog, "labs" | "paths">,
  pathId: string,
  labId: string,
): CatalogLab | null {
  const labs = pathIn(catalog, pathId)?.labs ?? [];
  const place = labs.indexOf(labId);
  const after = place < 0 ? [] : labs.slice(place + 1);
  const ready = after.map((id) => catalog.labs.find((lab) => lab.id === id)).filter((lab) => lab?.ready);
  return ready[0] ?? null;
}
