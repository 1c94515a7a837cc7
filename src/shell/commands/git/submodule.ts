/** `git submodule status`, read-only: https://git-scm.com/docs/git-submodule */
import type { GitCommand } from "./call.ts";
import { readIndex } from "./lib/gitIndex.ts";
import { GITLINK_MODE } from "./lib/objects.ts";
import { parsePathspec } from "./lib/pathspec.ts";
import { PLUMBING_USAGE } from "./lib/plumbingUsage.ts";
import { openWorkTree } from "./lib/repository.ts";
import { run, stop } from "./lib/transcript.ts";

const OTHERS = new Set([
  "add",
  "init",
  "deinit",
  "update",
  "set-branch",
  "set-url",
  "summary",
  "foreach",
  "sync",
  "absorbgitdirs",
]);

export const submodule: GitCommand = (call) =>
  run(async (t) => {
    const words = call.args.filter((arg) => arg !== "--quiet" && arg !== "-q" && arg !== "--cached");
    const [name = "status", ...rest] = words;
    if (name === "-h") stop(PLUMBING_USAGE.submodule, 0);
    const repo = await openWorkTree(call);
    const links = (await readIndex(repo.fs, repo.gitDir)).entries.filter(
      (entry) => entry.mode === GITLINK_MODE,
    );
    if (OTHERS.has(name)) {
      if (links.length === 0 && name !== "add" && name !== "set-url" && name !== "set-branch") return 0;
      stop(`git submodule ${name}: not simulated in LeakLab\n`, 1);
    }
    if (name !== "status") stop(PLUMBING_USAGE.submodule, 1);
    const paths = rest.filter((arg) => !arg.startsWith("-"));
    const spec = parsePathspec(paths, repo.prefix);
    const tracked = (await readIndex(repo.fs, repo.gitDir)).entries;
    for (const item of spec.items) {
      if (!tracked.some((entry) => item.matches(entry.path)))
        stop(`error: pathspec '${item.original}' did not match any file(s) known to git\n`, 1);
    }
    for (const link of links) if (spec.matches(link.path)) t.out(`-${link.oid} ${link.path}\n`);
    return 0;
  });
