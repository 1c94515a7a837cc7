/** `git merge-base`: https://git-scm.com/docs/git-merge-base */
import type { GitCommand } from "./call.ts";
import { peel, readObject, ZERO_ID } from "./lib/objects.ts";
import { parseOptions } from "./lib/options.ts";
import { PLUMBING_USAGE } from "./lib/plumbingUsage.ts";
import { expandRef, readReflog } from "./lib/refs.ts";
import { openRepository, type Repository } from "./lib/repository.ts";
import { resolveRevision } from "./lib/revision.ts";
import { die, run, stop, type Transcript } from "./lib/transcript.ts";
import { isAncestor, mergeBases } from "./lib/walk.ts";

const OPTIONS = {
  all: { names: ["-a", "--all"] },
  octopus: { names: ["--octopus"] },
  independent: { names: ["--independent"] },
  isAncestor: { names: ["--is-ancestor"] },
  forkPoint: { names: ["--fork-point"] },
} as const;

export const mergeBase: GitCommand = async (call) => {
  const parsed = parseOptions(call.args, OPTIONS, { usage: PLUMBING_USAGE.mergeBase });
  if ("result" in parsed) return parsed.result;
  const { values, rest } = parsed;
  return run(async (t) => {
    const repo = await openRepository(call);
    if (values.isAncestor) {
      if (rest.length !== 2)
        stop(
          rest.length < 2 ? PLUMBING_USAGE.mergeBase : "fatal: --is-ancestor takes exactly two commits\n",
          rest.length < 2 ? 129 : 128,
        );
      const [one, two] = [await commitOf(repo, rest[0] as string), await commitOf(repo, rest[1] as string)];
      return (await isAncestor(repo, one, two)) ? 0 : 1;
    }
    if (values.forkPoint) {
      if (rest.length < 1 || rest.length > 2) stop(PLUMBING_USAGE.mergeBase, 129);
      return show(t, await forkPoint(repo, rest[0] as string, rest[1] ?? "HEAD"), true);
    }
    if (rest.length < (values.octopus || values.independent ? 1 : 2)) stop(PLUMBING_USAGE.mergeBase, 129);
    const ids: string[] = [];
    for (const name of rest) ids.push(await commitOf(repo, name));
    if (values.independent) return show(t, await independent(repo, ids), true);
    const bases = values.octopus
      ? await octopus(repo, ids)
      : await mergeBases(repo, ids[0] as string, ids.slice(1));
    return show(t, bases, values.all);
  });
};

function show(t: Transcript, ids: readonly string[], all: boolean): number {
  for (const id of all ? ids : ids.slice(0, 1)) t.out(`${id}\n`);
  return ids.length > 0 ? 0 : 1;
}

async function commitOf(repo: Repository, name: string): Promise<string> {
  const found = await resolveRevision(repo, name);
  if (!found) die(`Not a valid object name ${name}`);
  const raw = await readObject(repo, found.id);
  if (!raw) die(`Not a valid commit name ${name}`);
  const id = await peel(repo, found.id, "commit");
  if (id === null)
    stop(
      `error: object ${found.id} is a ${raw.type}, not a commit\nfatal: Not a valid commit name ${name}\n`,
      128,
    );
  return id;
}

async function octopus(repo: Repository, ids: readonly string[]): Promise<string[]> {
  let bases = [ids[0] as string];
  for (const id of ids.slice(1)) {
    const next = new Set<string>();
    for (const base of bases) for (const found of await mergeBases(repo, id, [base])) next.add(found);
    bases = [...next];
  }
  return independent(repo, bases);
}

/** Those that none of the others reaches. */
async function independent(repo: Repository, ids: readonly string[]): Promise<string[]> {
  const kept: string[] = [];
  const unique = [...new Set(ids)];
  for (const id of unique) {
    const implied = await Promise.all(unique.map((other) => other !== id && isAncestor(repo, id, other)));
    if (!implied.includes(true)) kept.push(id);
  }
  return kept;
}

/** Where a commit left a branch, by what the branch's log remembers. */
async function forkPoint(repo: Repository, refName: string, name: string): Promise<string[]> {
  const ref = await expandRef(repo, refName);
  if (!ref) die(`No such ref: '${refName}'`);
  const derived = await commitOf(repo, name);
  const entries = await readReflog(repo, ref.name);
  const tips = [
    ...new Set([
      ...entries.map((entry) => entry.new),
      ...entries.slice(0, 1).map((entry) => entry.old),
      ref.id,
    ]),
  ].filter((id) => id !== ZERO_ID);
  const [base, ...others] = await mergeBases(repo, derived, tips);
  return base !== undefined && others.length === 0 && tips.includes(base) ? [base] : [];
}
