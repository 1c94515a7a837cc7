/** `git init`: https://git-scm.com/docs/git-init */
import type { FileSystem } from "just-git";
import type { GitCommand } from "./call.ts";
import { loadConfig } from "./lib/config.ts";
import { parseOptions, type Options } from "./lib/options.ts";
import { isRefName } from "./lib/refs.ts";
import { die, run } from "./lib/transcript.ts";
import { localPath } from "./lib/transport/local.ts";

const SPEC = {
  template: { names: ["--template"], value: "required" },
  bare: { names: ["--bare"] },
  shared: { names: ["--shared"], value: "optional" },
  quiet: { names: ["-q", "--quiet"] },
  branch: { names: ["-b", "--initial-branch"], value: "required" },
  objectFormat: { names: ["--object-format"], value: "required" },
} as const satisfies Options;

export const init: GitCommand = (call) =>
  run(async (t) => {
    const parsed = parseOptions(call.args, SPEC, { usage: USAGE });
    if ("result" in parsed) return t.add(parsed.result).exitCode;
    const { values, rest } = parsed;
    if (rest.length > 1) return t.add({ stdout: "", stderr: SYNOPSIS, exitCode: 129 }).exitCode;
    const directory = localPath(call.cwd, rest[0] ?? ".");
    const gitDir = values.bare ? directory : `${directory}/.git`;
    const configured = (await loadConfig(call, null)).get("init.defaultBranch");
    const branch = values.branch ?? configured ?? "master";
    if (!isRefName(`refs/heads/${branch}`)) die(`invalid initial branch name: '${branch}'`);
    const again = await call.fs.exists(`${gitDir}/HEAD`);
    if (!again) {
      await createRepository(call.fs, gitDir, values.bare, branch);
      if (values.branch === undefined && configured === undefined && !values.quiet) t.err(DEFAULT_NAME_HINT);
    } else if (values.branch !== undefined && !values.quiet) {
      t.err(`warning: re-init: ignored --initial-branch=${values.branch}\n`);
    }
    if (!values.quiet)
      t.out(`${again ? "Reinitialized existing" : "Initialized empty"} Git repository in ${gitDir}/\n`);
    return 0;
  });

/** The files of a fresh repository. Git's sample hooks are left out. */
export async function createRepository(
  fs: FileSystem,
  gitDir: string,
  bare: boolean,
  branch: string,
): Promise<void> {
  for (const folder of [
    "branches",
    "hooks",
    "info",
    "objects/info",
    "objects/pack",
    "refs/heads",
    "refs/tags",
  ]) {
    await fs.mkdir(`${gitDir}/${folder}`, { recursive: true });
  }
  await fs.writeFile(`${gitDir}/HEAD`, `ref: refs/heads/${branch}\n`);
  await fs.writeFile(
    `${gitDir}/description`,
    "Unnamed repository; edit this file 'description' to name the repository.\n",
  );
  await fs.writeFile(`${gitDir}/info/exclude`, EXCLUDE);
  const logs = bare ? "" : "\tlogallrefupdates = true\n";
  await fs.writeFile(
    `${gitDir}/config`,
    `[core]\n\trepositoryformatversion = 0\n\tfilemode = true\n\tbare = ${bare}\n${logs}`,
  );
}

const EXCLUDE = `# git ls-files --others --exclude-from=.git/info/exclude
# Lines that start with '#' are comments.
# For a project mostly in C, the following would be a good set of
# exclude patterns (uncomment them if you want to use them):
# *.[oa]
# *~
`;

const DEFAULT_NAME_HINT = `hint: Using 'master' as the name for the initial branch. This default branch name
hint: is subject to change. To configure the initial branch name to use in all
hint: of your new repositories, which will suppress this warning, call:
hint: 
hint: 	git config --global init.defaultBranch <name>
hint: 
hint: Names commonly chosen instead of 'master' are 'main', 'trunk' and
hint: 'development'. The just-created branch can be renamed via this command:
hint: 
hint: 	git branch -m <name>
`;

const SYNOPSIS = `usage: git init [-q | --quiet] [--bare] [--template=<template-directory>]
         [--separate-git-dir <git-dir>] [--object-format=<format>]
         [-b <branch-name> | --initial-branch=<branch-name>]
         [--shared[=<permissions>]] [<directory>]
`;

const USAGE = `usage: git init [-q | --quiet] [--bare] [--template=<template-directory>]
                [--separate-git-dir <git-dir>] [--object-format=<format>]
                [-b <branch-name> | --initial-branch=<branch-name>]
                [--shared[=<permissions>]] [<directory>]

    --template <template-directory>
                          directory from which templates will be used
    --bare                create a bare repository
    --shared[=<permissions>]
                          specify that the git repository is to be shared amongst several users
    -q, --quiet           be quiet
    --separate-git-dir <gitdir>
                          separate git dir from working tree
    -b, --initial-branch <name>
                          override the name of the initial branch
    --object-format <hash>
                          specify the hash algorithm to use

`;
