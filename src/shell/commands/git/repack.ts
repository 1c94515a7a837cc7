/** `git repack`: https://git-scm.com/docs/git-repack */
import type { GitCommand } from "./call.ts";
import { expiryDate } from "./lib/dates.ts";
import { keptObjects, repackAll } from "./lib/housekeeping.ts";
import { readPacks } from "./lib/objects.ts";
import { parseOptions } from "./lib/options.ts";
import { forgetPacks, prunePacked, updateServerInfo, writePack } from "./lib/packs.ts";
import { PLUMBING_USAGE } from "./lib/plumbingUsage.ts";
import { openRepository, type Repository } from "./lib/repository.ts";
import { run } from "./lib/transcript.ts";

const OPTIONS = {
  all: { names: ["-a"] },
  loosen: { names: ["-A"] },
  delete: { names: ["-d"] },
  noReuseDelta: { names: ["-f"] },
  noReuseObject: { names: ["-F"] },
  noServerInfo: { names: ["-n"] },
  quiet: { names: ["-q", "--quiet"] },
  local: { names: ["-l", "--local"] },
  bitmap: { names: ["-b", "--write-bitmap-index"] },
  unpack: { names: ["--unpack-unreachable"], value: "required" },
  keepUnreachable: { names: ["-k", "--keep-unreachable"] },
  window: { names: ["--window"], value: "required" },
  depth: { names: ["--depth"], value: "required" },
  threads: { names: ["--threads"], value: "required" },
} as const;

export const repack: GitCommand = async (call) => {
  const parsed = parseOptions(call.args, OPTIONS, { usage: PLUMBING_USAGE.repack });
  if ("result" in parsed) return parsed.result;
  const { values } = parsed;
  return run(async (t) => {
    const repo = await openRepository(call);
    const limit = values.unpack === undefined ? 0 : (expiryDate(values.unpack, repo.now) ?? 0);
    const changed =
      values.all || values.loosen
        ? await repackAll(repo, {
            kept: await keptObjects(repo),
            loosen: values.loosen ? { unlessOlderThan: limit } : null,
            removeOld: values.delete,
          })
        : await packLoose(repo, values.delete);
    if (!changed && !values.quiet) t.out("Nothing new to pack.\n");
  });
};

/** Packs what is kept and not packed yet. */
async function packLoose(repo: Repository, remove: boolean): Promise<boolean> {
  const packed = new Set((await readPacks(repo)).flatMap((pack) => pack.objects.map(({ id }) => id)));
  const ids = [...(await keptObjects(repo))].filter((id) => !packed.has(id)).sort();
  if (ids.length > 0) await writePack(repo, ids);
  forgetPacks(repo);
  if (remove) await prunePacked(repo);
  await updateServerInfo(repo);
  return ids.length > 0;
}
