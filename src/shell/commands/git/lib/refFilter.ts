/** Which references `--points-at`, `--merged`, `--contains` and their opposites leave; also for branch and tag. */
import { peel } from "./objects.ts";
import type { Ref } from "./refs.ts";
import type { Repository } from "./repository.ts";
import { resolveRevision } from "./revision.ts";
import { stop } from "./transcript.ts";
import { ancestors, commitReader } from "./walk.ts";

export type RefFilter = (ref: Ref) => Promise<boolean>;

export interface RefFilterOptions {
  readonly pointsAt?: string | undefined;
  readonly merged?: string | undefined;
  readonly noMerged?: string | undefined;
  readonly contains?: string | undefined;
  readonly noContains?: string | undefined;
}

/** Each option holds a revision; "" is HEAD, undefined is absent. Dies with exit 129 (128 for merged) where one is none. */
export async function refFilter(repo: Repository, options: RefFilterOptions): Promise<RefFilter> {
  const read = commitReader(repo);
  const history = async (text: string) => ancestors(repo, [await commitOf(repo, text, "fatal")], { read });
  const merged = options.merged === undefined ? null : await history(options.merged);
  const noMerged = options.noMerged === undefined ? null : await history(options.noMerged);
  const contains = options.contains === undefined ? null : await commitOf(repo, options.contains);
  const noContains = options.noContains === undefined ? null : await commitOf(repo, options.noContains);
  const target = options.pointsAt === undefined ? null : await objectOf(repo, options.pointsAt);
  return async (ref) => {
    if (target !== null && ref.id !== target && (await peel(repo, ref.id)) !== target) return false;
    if (!merged && !noMerged && contains === null && noContains === null) return true;
    const commit = await peel(repo, ref.id, "commit");
    if (commit === null) return false;
    if ((merged && !merged.has(commit)) || noMerged?.has(commit)) return false;
    if (contains === null && noContains === null) return true;
    const below = await ancestors(repo, [commit], { read });
    return (contains === null || below.has(contains)) && (noContains === null || !below.has(noContains));
  };
}

async function objectOf(repo: Repository, text: string): Promise<string> {
  return (
    (await resolveRevision(repo, text || "HEAD"))?.id ?? stop(`error: malformed object name '${text}'\n`, 129)
  );
}

async function commitOf(repo: Repository, text: string, level: "error" | "fatal" = "error"): Promise<string> {
  const name = text || "HEAD";
  const found = await resolveRevision(repo, name);
  if (!found) stop(`${level}: malformed object name ${name}\n`, level === "fatal" ? 128 : 129);
  return (await peel(repo, found.id, "commit")) ?? stop(`error: no such commit ${name}\n`, 129);
}
