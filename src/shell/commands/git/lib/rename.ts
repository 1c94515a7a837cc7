/** Renames among deleted and added files: https://git-scm.com/docs/gitdiffcore#_diffcore_rename_for_detecting_renames_and_copies */
import type { GitContext } from "just-git";
import { type Change, contentOf, idOf, type Side } from "./change.ts";
import { isBinary } from "./lines.ts";

const MAX_SCORE = 60000;
const BASE = 107927;
const KIND = 0o170000;
const REGULAR = 0o100000;

export interface RenameOptions {
  /** Percent of similarity that makes a rename; 50 unless told. */
  readonly threshold?: number;
  /** No inexact renames where deleted × added exceeds this squared; 1000 unless told, 0 no limit. */
  readonly limit?: number;
  /** Also find copies from changed files (-C), or from all files given (--find-copies-harder). */
  readonly copies?: readonly Side[];
}

interface Found {
  readonly source: number;
  readonly target: number;
  readonly score: number;
}

interface Chunks {
  readonly size: number;
  /** Bytes per chunk hash. */
  readonly weights: ReadonlyMap<number, number>;
}

/** The changes with deletions and additions paired where they are alike; the order stays that of the new paths. */
export async function findRenames(
  repo: GitContext,
  all: readonly Change[],
  options: RenameOptions = {},
): Promise<Change[]> {
  const sources = all.filter((change) => change.status === "D");
  const targets = all.filter((change) => change.status === "A");
  const copySources = options.copies ?? [];
  if (targets.length === 0 || sources.length + copySources.length === 0) return [...all];
  const search = new Search(
    repo,
    [...sources.map((change) => change.old), ...copySources],
    targets.map((change) => change.new),
    sources.length,
  );
  await search.exact();
  const least = Math.floor(((options.threshold ?? 50) * MAX_SCORE) / 100);
  if (least < MAX_SCORE) {
    if (copySources.length === 0) await search.byName(least + Math.floor((MAX_SCORE - least) / 2));
    if (search.affordable(options.limit ?? 1000)) await search.byContent(least);
  }
  return paired(all, targets, sources, search);
}

function paired(
  all: readonly Change[],
  targets: readonly Change[],
  sources: readonly Change[],
  search: Search,
): Change[] {
  const byTarget = new Map(search.found.map((found) => [targets[found.target] as Change, found]));
  const last = new Map<number, number>();
  for (const found of search.found)
    last.set(found.source, Math.max(last.get(found.source) ?? -1, found.target));
  const used = new Set(
    search.found
      .filter((found) => found.source < sources.length)
      .map((found) => sources[found.source] as Change),
  );
  return all.flatMap((change): Change[] => {
    if (used.has(change)) return [];
    const found = byTarget.get(change);
    if (!found) return [change];
    const score = Math.floor((found.score * 100) / MAX_SCORE);
    // Of several files made from one deleted file the last is the rename, the others are copies.
    const renamed = found.source < sources.length && last.get(found.source) === found.target;
    return [
      { status: renamed ? "R" : "C", old: search.sources[found.source] as Side, new: change.new, score },
    ];
  });
}

class Search {
  readonly found: Found[] = [];
  readonly sources: readonly Side[];
  readonly #repo: GitContext;
  readonly #targets: readonly Side[];
  readonly #deleted: number;
  readonly #usedSources = new Set<number>();
  readonly #usedTargets = new Set<number>();
  readonly #chunks = new Map<Side, Chunks>();

  constructor(repo: GitContext, sources: readonly Side[], targets: readonly Side[], deleted: number) {
    this.#repo = repo;
    this.sources = sources;
    this.#targets = targets;
    this.#deleted = deleted;
  }

  get #copying(): boolean {
    return this.#deleted < this.sources.length;
  }

  affordable(limit: number): boolean {
    const sources = this.sources.length - (this.#copying ? 0 : this.#usedSources.size);
    return limit <= 0 || sources * (this.#targets.length - this.#usedTargets.size) <= limit * limit;
  }

  #take(source: number, target: number, score: number): void {
    this.found.push({ source, target, score });
    this.#usedSources.add(source);
    this.#usedTargets.add(target);
  }

  /** Same content: a source of the same base name is preferred, then an unused one. */
  async exact(): Promise<void> {
    const ids = await Promise.all(this.sources.map((side) => idOf(this.#repo, side)));
    for (const [t, target] of this.#targets.entries()) {
      const id = await idOf(this.#repo, target);
      let best = -1;
      let bestScore = -1;
      for (const [s, source] of this.sources.entries()) {
        if (ids[s] !== id || !alike(source, target)) continue;
        if (this.#usedSources.has(s) && !this.#copying) continue;
        const score = (this.#usedSources.has(s) ? 0 : 1) + (baseName(source) === baseName(target) ? 1 : 0);
        if (score > bestScore) [best, bestScore] = [s, score];
      }
      if (best >= 0) this.#take(best, t, MAX_SCORE);
    }
  }

  /** A base name that occurs once on each side is a rename at a higher similarity, without looking further. */
  async byName(least: number): Promise<void> {
    const sources = uniqueNames(this.sources, this.#usedSources);
    const targets = uniqueNames(this.#targets, this.#usedTargets);
    for (const [name, s] of sources) {
      const t = targets.get(name);
      if (t === undefined || t < 0 || s < 0) continue;
      const score = await this.#similarity(s, t, least);
      if (score >= least) this.#take(s, t, score);
    }
  }

  async byContent(least: number): Promise<void> {
    const candidates: (Found & { name: boolean })[] = [];
    for (const [t, target] of this.#targets.entries()) {
      if (this.#usedTargets.has(t)) continue;
      const own: (Found & { name: boolean })[] = [];
      for (const [s, source] of this.sources.entries()) {
        if (this.#usedSources.has(s) && !this.#copying) continue;
        const score = await this.#similarity(s, t, least);
        own.push({ source: s, target: t, score, name: baseName(source) === baseName(target) });
      }
      candidates.push(...own.sort(better).slice(0, 4));
    }
    candidates.sort(better);
    for (const reuse of this.#copying ? [false, true] : [false]) {
      for (const { source, target, score } of candidates) {
        if (score < least) break;
        if (this.#usedTargets.has(target) || (!reuse && this.#usedSources.has(source))) continue;
        this.#take(source, target, score);
      }
    }
  }

  async #similarity(s: number, t: number, least: number): Promise<number> {
    const source = this.sources[s] as Side;
    const target = this.#targets[t] as Side;
    if ((source.mode & KIND) !== REGULAR || (target.mode & KIND) !== REGULAR) return 0;
    const [a, b] = [await this.#chunksOf(source), await this.#chunksOf(target)];
    const largest = Math.max(a.size, b.size);
    if (largest * (MAX_SCORE - least) < Math.abs(a.size - b.size) * MAX_SCORE || b.size === 0) return 0;
    let copied = 0;
    for (const [hash, weight] of a.weights) copied += Math.min(weight, b.weights.get(hash) ?? 0);
    return Math.floor((copied * MAX_SCORE) / largest);
  }

  async #chunksOf(side: Side): Promise<Chunks> {
    let chunks = this.#chunks.get(side);
    if (!chunks) this.#chunks.set(side, (chunks = chunksOf(await contentOf(this.#repo, side))));
    return chunks;
  }
}

function better(a: Found & { name: boolean }, b: Found & { name: boolean }): number {
  return b.score - a.score || Number(b.name) - Number(a.name);
}

function alike(a: Side, b: Side): boolean {
  return (a.mode & KIND) === (b.mode & KIND);
}

function baseName(side: Side): string {
  return side.path.slice(side.path.lastIndexOf("/") + 1);
}

/** Index by base name; -1 where a name occurs twice. */
function uniqueNames(sides: readonly Side[], used: ReadonlySet<number>): Map<string, number> {
  const names = new Map<string, number>();
  for (const [i, side] of sides.entries()) {
    if (!used.has(i)) names.set(baseName(side), names.has(baseName(side)) ? -1 : i);
  }
  return names;
}

/** Hashes of lines, or of 64 bytes where lines are longer; an unfinished last chunk does not count. */
function chunksOf(content: string): Chunks {
  const weights = new Map<number, number>();
  const text = !isBinary(content);
  let a = 0;
  let b = 0;
  let n = 0;
  for (let i = 0; i < content.length; i++) {
    const c = content.charCodeAt(i);
    if (text && c === 13 && content.charCodeAt(i + 1) === 10) continue;
    const before = a;
    a = ((a << 7) ^ (b >>> 25)) >>> 0;
    b = ((b << 7) ^ (before >>> 25)) >>> 0;
    a = (a + c) >>> 0;
    if (++n < 64 && c !== 10) continue;
    const hash = ((a + Math.imul(b, 0x61)) >>> 0) % BASE;
    weights.set(hash, (weights.get(hash) ?? 0) + n);
    n = a = b = 0;
  }
  return { size: content.length, weights };
}
