/** `git gc`: https://git-scm.com/docs/git-gc */
import { output, type GitCommand } from "./call.ts";
import { expiryDate } from "./lib/dates.ts";
import { expireReflog, keptObjects, pruneLoose, repackAll } from "./lib/housekeeping.ts";
import { looseIds, readPacks } from "./lib/objects.ts";
import { parseOptions } from "./lib/options.ts";
import { PLUMBING_USAGE } from "./lib/plumbingUsage.ts";
import { packRefs, reflogNames } from "./lib/refs.ts";
import { openRepository, type Repository } from "./lib/repository.ts";
import { die, run } from "./lib/transcript.ts";

const OPTIONS = {
  quiet: { names: ["-q", "--quiet"] },
  prune: { names: ["--prune"], value: "optional" },
  cruft: { names: ["--cruft"] },
  aggressive: { names: ["--aggressive"] },
  auto: { names: ["--auto"] },
  force: { names: ["--force"] },
  keepLargest: { names: ["--keep-largest-pack"] },
} as const;

export const gc: GitCommand = async (call) => {
  const parsed = parseOptions(call.args, OPTIONS, { usage: PLUMBING_USAGE.gc });
  if ("result" in parsed) return parsed.result;
  const { values, counts, rest } = parsed;
  if (rest.length > 0) return output("", PLUMBING_USAGE.gc, 129);
  return run(async (t) => {
    const repo = await openRepository(call);
    const asked = values.prune || repo.config.get("gc.pruneExpire") || "2.weeks.ago";
    const expire = counts.prune === -1 ? 0 : expiryDate(asked, repo.now);
    if (expire === null) die(`failed to parse prune expiry value ${asked}`);
    if (values.auto && !(await tooMany(repo))) return;
    if (!(await collectGarbage(repo, expire)) && !values.quiet) t.out("Nothing new to pack.\n");
  });
};

/**
 * @param expire unreachable objects of this time or older go; 0 keeps all
 * @returns whether there was anything to pack
 */
export async function collectGarbage(repo: Repository, expire: number): Promise<boolean> {
  if (repo.config.bool("gc.packRefs") !== false) await packRefs(repo, { all: true, prune: true });
  for (const name of await reflogNames(repo)) {
    await expireReflog(repo, name, {
      total: undefined,
      unreachable: undefined,
      rewrite: false,
      updateRef: false,
      dryRun: false,
    });
  }
  const kept = await keptObjects(repo);
  const packed = await repackAll(repo, {
    kept,
    loosen: expire >= repo.now ? null : { unlessOlderThan: expire },
    removeOld: true,
  });
  if (expire > 0) await pruneLoose(repo, { expire, kept, dryRun: false });
  return packed;
}

/** `gc.auto` loose objects (6700), or `gc.autoPackLimit` packs (50). */
async function tooMany(repo: Repository): Promise<boolean> {
  const limit = repo.config.int("gc.auto") ?? 6700;
  if (limit <= 0) return false;
  return (
    (await looseIds(repo)).length > limit ||
    (await readPacks(repo)).length > (repo.config.int("gc.autoPackLimit") ?? 50)
  );
}
