/** What a certificate lists, and the files that prove it. */
import { labOf, type Catalog, type CatalogPath } from "./catalog.ts";
import type { LabResult } from "./result.ts";
import type { LabStanding, PathStanding } from "./standing.ts";

export interface CertifiedLab {
  readonly standing: LabStanding;
  readonly title: string;
  /** The pass that proves it: of the lab itself, or of the one that covers it. */
  readonly proof: LabResult;
}

/** The labs that prove a path, those to come left out; null while it is not finished. */
export function certified(
  catalog: Catalog,
  { labs, finished }: PathStanding,
  results: readonly LabResult[],
): readonly CertifiedLab[] | null {
  if (!finished) return null;
  return labs.flatMap((standing) => {
    const by = standing.cover?.by;
    const covers = results.filter(({ lab, passed, hints }) => lab === by && passed && hints === 0);
    const proof = standing.pass ?? covers[0];
    const title = labOf(catalog, standing.lab)?.title ?? standing.lab;
    return proof ? [{ standing, title, proof }] : [];
  });
}

export function proofName({ lab, seed }: Pick<LabResult, "lab" | "seed">): string {
  return `${lab}-${seed}.attempt`;
}

/** One zip with every attempt file, and how to check them. */
export async function proofArchive(
  labs: readonly CertifiedLab[],
  readMe: string,
): Promise<Uint8Array<ArrayBuffer>> {
  const { strToU8, zipSync } = await import("fflate");
  const files = new Map(
    labs.flatMap(({ proof }) =>
      proof.proof === null ? [] : [[proofName(proof), strToU8(proof.proof)] as const],
    ),
  );
  return zipSync({ ...Object.fromEntries(files), "README.txt": strToU8(readMe) }) as Uint8Array<ArrayBuffer>;
}

export function archiveName(path: CatalogPath): string {
  return `leaklab-${path.id}.zip`;
}

/** The day of the last pass that the certificate rests on, ms since 1970. */
export function finishedAt(labs: readonly CertifiedLab[]): number {
  return Math.max(...labs.map(({ proof }) => proof.when));
}
