/** `git restore`: https://git-scm.com/docs/git-restore */
import type { GitCommand } from "./call.ts";
import { addPatch } from "./lib/addPatch.ts";
import { checkOutPaths } from "./lib/checkoutPaths.ts";
import { EMPTY_TREE, peel } from "./lib/objects.ts";
import { parseOptions } from "./lib/options.ts";
import { USAGE } from "./lib/porcelainUsage.ts";
import { openWorkTree, type WorkTreeRepository } from "./lib/repository.ts";
import { resolveRevision } from "./lib/revision.ts";
import { die, run } from "./lib/transcript.ts";

const SPEC = {
  source: { names: ["-s", "--source"], value: "required" },
  staged: { names: ["-S", "--staged"] },
  worktree: { names: ["-W", "--worktree"] },
  ignoreUnmerged: { names: ["--ignore-unmerged"] },
  overlay: { names: ["--overlay"] },
  quiet: { names: ["-q", "--quiet"] },
  progress: { names: ["--progress"] },
  merge: { names: ["-m", "--merge"] },
  ours: { names: ["-2", "--ours"] },
  theirs: { names: ["-3", "--theirs"] },
  patch: { names: ["-p", "--patch"] },
} as const;

export const restore: GitCommand = async (call) => {
  const parsed = parseOptions(call.args, SPEC, { usage: USAGE.restore });
  if ("result" in parsed) return parsed.result;
  const { values, rest: paths } = parsed;
  return run(async (t) => {
    const repo = await openWorkTree(call);
    const worktree = values.worktree || !values.staged;
    const revision = values.source ?? (values.staged ? "HEAD" : undefined);
    if (values.patch) {
      const tree = revision === undefined ? null : await treeOf(repo, revision);
      const head = revision === "HEAD" || revision === undefined;
      if (!worktree) await addPatch(call, repo, t, { kind: "reset", tree, head }, paths);
      else if (values.staged || tree === null)
        await addPatch(call, repo, t, { kind: "checkout", tree, head }, paths);
      else await addPatch(call, repo, t, { kind: "worktree", tree, head }, paths);
      return 0;
    }
    if (paths.length === 0) die("you must specify path(s) to restore");
    if ((values.ours || values.theirs) && values.staged)
      die("'--ours' or '--theirs' cannot be used with --staged");
    const tree = revision === undefined ? null : await treeOf(repo, revision);
    const side = values.ours ? 2 : values.theirs ? 3 : undefined;
    await checkOutPaths(repo, t, {
      paths,
      tree,
      staged: values.staged,
      worktree,
      overlay: values.overlay,
      side,
      force: values.ignoreUnmerged,
    });
    return 0;
  });
};

async function treeOf(repo: WorkTreeRepository, revision: string): Promise<string> {
  const found = await resolveRevision(repo, revision);
  if (!found && revision === "HEAD") return EMPTY_TREE;
  if (!found) die(`could not resolve ${revision}`);
  const tree = await peel(repo, found.id, "tree");
  if (!tree) die(`unable to read tree (${found.id})`);
  return tree;
}
