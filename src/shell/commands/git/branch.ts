/** https://git-scm.com/docs/git-branch */
import type { ExecResult } from "just-git";
import type { GitCall } from "./call.ts";
import { branchLines } from "./branch/list.ts";
import { copyOrRename } from "./branch/rename.ts";
import { deleteBranches } from "./branch/delete.ts";
import { createBranch } from "./branch/create.ts";
import { setUpstream, unsetUpstream } from "./branch/upstream.ts";
import { gitEditor, launchEditor } from "./lib/editor.ts";
import { USAGE } from "./lib/inspectionUsage.ts";
import { stripSpace } from "./lib/message.ts";
import { parseOptions } from "./lib/options.ts";
import { readHead } from "./lib/refs.ts";
import { openRepository, type Repository } from "./lib/repository.ts";
import { die, run, type Transcript } from "./lib/transcript.ts";
import { spaced } from "./tag.ts";

const OPTIONS = {
  verbose: { names: ["-v", "--verbose"] },
  quiet: { names: ["-q", "--quiet"] },
  track: { names: ["-t", "--track"], value: "optional" },
  upstream: { names: ["-u", "--set-upstream-to"], value: "required" },
  unsetUpstream: { names: ["--unset-upstream"] },
  color: { names: ["--color"], value: "optional" },
  remotes: { names: ["-r", "--remotes"] },
  contains: { names: ["--contains"], value: "optional", noNegation: true },
  noContains: { names: ["--no-contains"], value: "optional", noNegation: true },
  abbrev: { names: ["--abbrev"], value: "optional" },
  all: { names: ["-a", "--all"] },
  delete: { names: ["-d", "--delete"] },
  deleteForce: { names: ["-D"] },
  move: { names: ["-m", "--move"] },
  moveForce: { names: ["-M"] },
  copy: { names: ["-c", "--copy"] },
  copyForce: { names: ["-C"] },
  list: { names: ["-l", "--list"] },
  showCurrent: { names: ["--show-current"] },
  createReflog: { names: ["--create-reflog"] },
  editDescription: { names: ["--edit-description"] },
  force: { names: ["-f", "--force"] },
  merged: { names: ["--merged"], value: "optional", noNegation: true },
  noMerged: { names: ["--no-merged"], value: "optional", noNegation: true },
  column: { names: ["--column"], value: "optional" },
  sort: { names: ["--sort"], value: "list" },
  pointsAt: { names: ["--points-at"], value: "optional" },
  ignoreCase: { names: ["-i", "--ignore-case"] },
  format: { names: ["--format"], value: "required" },
} as const;

export function branch(call: GitCall): Promise<ExecResult> {
  return run(async (t) => {
    const parsed = parseOptions(spaced(call.args), OPTIONS, { usage: USAGE.branch });
    if ("result" in parsed) {
      t.add(parsed.result);
      return parsed.result.exitCode;
    }
    const { values, counts, rest } = parsed;
    const repo = await openRepository(call);
    const filtering = [
      values.contains,
      values.noContains,
      values.merged,
      values.noMerged,
      values.pointsAt,
    ].some((value) => value !== undefined);
    const force = values.force;
    if (values.showCurrent) return showCurrent(repo, t);
    if (values.delete || values.deleteForce)
      return deleteBranches(
        repo,
        rest,
        { force: force || values.deleteForce, remotes: values.remotes, quiet: values.quiet },
        t,
      );
    if (values.move || values.moveForce)
      return copyOrRename(call, repo, rest, { copy: false, force: force || values.moveForce }, t);
    if (values.copy || values.copyForce)
      return copyOrRename(call, repo, rest, { copy: true, force: force || values.copyForce }, t);
    if (values.upstream !== undefined) return setUpstream(repo, values.upstream, rest, t);
    if (values.unsetUpstream) return unsetUpstream(repo, rest);
    if (values.editDescription) return editDescription(call, repo, rest, t);
    if (values.list || values.all || values.remotes || filtering || rest.length === 0) {
      const verbose = Math.max(0, counts.verbose ?? 0);
      t.out(
        await branchLines(repo, rest, {
          ...values,
          verbose,
          abbrev: values.abbrev === undefined ? 7 : Number(values.abbrev || 7),
          fullIds: counts.abbrev === -1,
        }),
      );
      return 0;
    }
    const track =
      counts.track === -1
        ? "no"
        : values.track === undefined
          ? null
          : values.track === "inherit"
            ? "inherit"
            : "direct";
    return createBranch(call, repo, rest, { force, track, quiet: values.quiet }, t);
  });
}

async function showCurrent(repo: Repository, t: Transcript): Promise<number> {
  const { branch: name } = await readHead(repo);
  if (name !== null) t.out(`${name.replace(/^refs\/heads\//, "")}\n`);
  return 0;
}

async function editDescription(
  call: GitCall,
  repo: Repository,
  rest: readonly string[],
  t: Transcript,
): Promise<number> {
  const head = await readHead(repo);
  const name =
    rest[0] ?? head.branch?.replace(/^refs\/heads\//, "") ?? die("Cannot give description to detached HEAD");
  const path = `${repo.gitDir}/EDIT_DESCRIPTION`;
  const before = repo.config.get(`branch.${name}.description`) ?? "";
  const help = `# Please edit the description for the branch\n#   ${name}\n# Lines starting with '#' will be stripped.\n`;
  await repo.fs.writeFile(path, `${before}${before && !before.endsWith("\n") ? "\n" : ""}${help}`);
  if (!(await launchEditor(call, t, await gitEditor(call, repo), path))) return 1;
  const text = stripSpace(await repo.fs.readFile(path), true);
  await call.git(
    "config",
    text === "" ? ["--unset", `branch.${name}.description`] : [`branch.${name}.description`, text],
  );
  return 0;
}
