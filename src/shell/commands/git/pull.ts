/** `git pull`: https://git-scm.com/docs/git-pull */
import type { GitCall, GitCommand } from "./call.ts";
import { flatTree, indexFiles } from "./lib/flatTree.ts";
import { logNote } from "./lib/head.ts";
import { readCommit } from "./lib/objects.ts";
import { parseOptions, type Options } from "./lib/options.ts";
import { readHead, writeRef, type Head } from "./lib/refs.ts";
import { openWorkTree, type WorkTreeRepository } from "./lib/repository.ts";
import { changedFiles } from "./lib/workTree.ts";
import { readIndex } from "./lib/gitIndex.ts";
import { die, run, stop, type Transcript } from "./lib/transcript.ts";
import { forceTree } from "./lib/unpack.ts";
import { isAncestorIn } from "./lib/transport/ancestry.ts";
import { remoteNames } from "./lib/transport/remotes.ts";

const SPEC = {
  verbose: { names: ["-v", "--verbose"] },
  quiet: { names: ["-q", "--quiet"] },
  rebase: { names: ["-r", "--rebase"], value: "optional" },
  noStat: { names: ["-n"] },
  stat: { names: ["--stat"] },
  commit: { names: ["--commit"] },
  squash: { names: ["--squash"] },
  edit: { names: ["-e", "--edit"] },
  ff: { names: ["--ff"] },
  ffOnly: { names: ["--ff-only"], noNegation: true },
  strategy: { names: ["-s", "--strategy"], value: "required" },
  strategyOption: { names: ["-X", "--strategy-option"], value: "list" },
  autostash: { names: ["--autostash"] },
  unrelated: { names: ["--allow-unrelated-histories"] },
  all: { names: ["--all"] },
  append: { names: ["-a", "--append"] },
  force: { names: ["-f", "--force"] },
  tags: { names: ["-t", "--tags"] },
  prune: { names: ["-p", "--prune"] },
  dryRun: { names: ["--dry-run"] },
  noVerify: { names: ["--no-verify"] },
  progress: { names: ["--progress"] },
} as const satisfies Options;

interface Pull {
  readonly call: GitCall;
  readonly repo: WorkTreeRepository;
  readonly t: Transcript;
  readonly quiet: boolean;
  readonly ff: "only" | "no" | "yes" | null;
  readonly rebase: boolean | null;
  readonly mergeOptions: readonly string[];
  readonly autostash: boolean;
  readonly operands: readonly string[];
}

export const pull: GitCommand = (call) =>
  run(async (t) => {
    const repo = await openWorkTree(call);
    const parsed = parseOptions(call.args, SPEC, { usage: USAGE });
    if ("result" in parsed) return t.add(parsed.result).exitCode;
    const { values, counts, rest } = parsed;
    const ff = values.ffOnly ? "only" : counts.ff === -1 ? "no" : values.ff ? "yes" : configuredFf(repo);
    const asked =
      counts.rebase === -1
        ? false
        : values.rebase === undefined
          ? null
          : !/^(false|no|0|off)$/.test(values.rebase);
    const pull: Pull = {
      call,
      repo,
      t,
      quiet: values.quiet,
      ff,
      rebase: asked ?? (values.ffOnly ? null : await configuredRebase(repo)),
      mergeOptions: [
        ...(counts.commit === -1 ? ["--no-commit"] : []),
        ...(values.squash ? ["--squash"] : []),
        ...(counts.edit === -1 ? ["--no-edit"] : []),
        ...(values.quiet ? ["-q"] : []),
        ...(values.unrelated ? ["--allow-unrelated-histories"] : []),
        ...(values.strategy === undefined ? [] : ["-s", values.strategy]),
        ...values.strategyOption.flatMap((option) => ["-X", option]),
      ],
      autostash: values.autostash || (repo.config.bool("rebase.autoStash") ?? false),
      operands: rest,
    };
    const flags = [
      ...(values.quiet ? ["-q"] : []),
      ...(values.tags ? ["--tags"] : []),
      ...(values.prune ? ["--prune"] : []),
      ...(values.force ? ["--force"] : []),
      ...(values.all ? ["--all"] : []),
      ...(values.dryRun ? ["--dry-run"] : []),
    ];
    await refuseUnfinished(pull);
    if (pull.rebase) await refuseChanges(pull);
    const before = (await readHead(repo)).id;
    const env = { GIT_REFLOG_ACTION: call.env.get("GIT_REFLOG_ACTION") ?? ["pull", ...call.args].join(" ") };
    const fetched = t.add(await call.git("fetch", ["--update-head-ok", ...flags, ...rest], { env }));
    if (fetched.exitCode !== 0) return 1;
    if (values.dryRun) return 0;
    return integrate(pull, before, env);
  });

function configuredFf(repo: WorkTreeRepository): Pull["ff"] {
  const value = repo.config.get("pull.ff");
  if (value === undefined) return null;
  return value === "only" ? "only" : repo.config.bool("pull.ff") === false ? "no" : "yes";
}

async function configuredRebase(repo: WorkTreeRepository): Promise<boolean | null> {
  const { branch } = await readHead(repo);
  const value =
    (branch && repo.config.get(`branch.${branch.slice(11)}.rebase`)) ?? repo.config.get("pull.rebase");
  return value === null || value === undefined ? null : !/^(false|no|0|off)$/.test(value);
}

async function refuseUnfinished({ repo }: Pull): Promise<void> {
  const index = await readIndex(repo.fs, repo.gitDir);
  if (index.entries.some((entry) => entry.stage !== 0)) {
    stop(
      "error: Pulling is not possible because you have unmerged files.\n" +
        "hint: Fix them up in the work tree, and then use 'git add/rm <file>'\nhint: as appropriate to mark resolution and make a commit.\n" +
        "fatal: Exiting because of an unresolved conflict.\n",
      128,
    );
  }
  if (await repo.fs.exists(`${repo.gitDir}/MERGE_HEAD`)) {
    stop(
      "error: You have not concluded your merge (MERGE_HEAD exists).\nhint: Please, commit your changes before merging.\nfatal: Exiting because of unfinished merge.\n",
      128,
    );
  }
}

/** A pull that may rebase wants a clean tree before it fetches. */
async function refuseChanges({ repo, autostash }: Pull): Promise<void> {
  if (autostash) return;
  const index = await readIndex(repo.fs, repo.gitDir);
  const unstaged = (await changedFiles(repo, index)).size > 0;
  const head = (await readHead(repo)).id;
  const committed = await flatTree(
    repo,
    head === null ? null : ((await readCommit(repo, head))?.tree ?? null),
  );
  const files = indexFiles(index.entries);
  const staged =
    files.size !== committed.size ||
    [...files].some(
      ([path, file]) => committed.get(path)?.oid !== file.oid || committed.get(path)?.mode !== file.mode,
    );
  if (!unstaged && !staged) return;
  const lines = [...(unstaged ? ["error: cannot pull with rebase: You have unstaged changes.\n"] : [])];
  if (staged)
    lines.push(
      unstaged
        ? "error: additionally, your index contains uncommitted changes.\n"
        : "error: cannot pull with rebase: Your index contains uncommitted changes.\n",
    );
  stop(`${lines.join("")}error: please commit or stash them.\n`, 128);
}

interface ForMerge {
  readonly id: string;
  /** `branch 'main' of ../b` */
  readonly description: string;
}

async function integrate(
  pull: Pull,
  before: string | null,
  env: Readonly<Record<string, string>>,
): Promise<number> {
  const { repo, t, call } = pull;
  const head = await readHead(repo);
  const heads = await mergeHeads(repo);
  const [first] = heads;
  if (!first) return noCandidates(pull, head);
  if (before === null) return unborn(pull, first.id);
  if (heads.length > 1) {
    if (pull.rebase) die("Cannot rebase onto multiple branches.");
    if (pull.ff === "only") die("Cannot fast-forward to multiple branches.");
  }
  const canFf = heads.length === 1 && (await isAncestorIn(repo, before, first.id));
  const upToDate = heads.length === 1 && (await isAncestorIn(repo, first.id, before));
  const divergent = !canFf && !upToDate;
  if (pull.ff === "only") {
    if (divergent) die("Not possible to fast-forward, aborting.");
    return t.add(await merge(pull, heads, false, ["--ff-only"], env)).exitCode;
  }
  if (pull.ff === null && pull.rebase === null && divergent)
    stop(`${DIVERGENT}fatal: Need to specify how to reconcile divergent branches.\n`, 128);
  if (pull.rebase) {
    if (canFf) return t.add(await merge(pull, heads, false, ["--ff-only"], env)).exitCode;
    const quiet = pull.quiet ? ["-q"] : [];
    const stash = pull.autostash ? ["--autostash"] : [];
    const onto = await forkPoint(pull, head, first.id);
    return t.add(await call.git("rebase", [...quiet, ...stash, "--onto", first.id, onto], { env })).exitCode;
  }
  const ff = pull.ff === "no" ? ["--no-ff"] : pull.ff === "yes" ? ["--ff"] : [];
  return t.add(await merge(pull, heads, divergent || pull.ff === "no", ff, env)).exitCode;
}

/** Where the branch left its upstream; without a rewritten upstream that is the upstream itself. */
async function forkPoint({ call }: Pull, head: Head, id: string): Promise<string> {
  if (head.branch === null) return id;
  const found = await call.git("merge-base", ["--fork-point", `${head.branch.slice(11)}@{upstream}`, "HEAD"]);
  const point = found.stdout.trim();
  return found.exitCode === 0 && /^[0-9a-f]{40}$/.test(point) ? point : id;
}

function merge(
  pull: Pull,
  heads: readonly ForMerge[],
  commits: boolean,
  flags: readonly string[],
  env: Readonly<Record<string, string>>,
) {
  const message = commits ? ["-m", mergeMessage(heads)] : [];
  return pull.call.git("merge", [...flags, ...pull.mergeOptions, ...message, ...heads.map((it) => it.id)], {
    env,
  });
}

/** As git fmt-merge-msg words it. */
function mergeMessage(heads: readonly ForMerge[]): string {
  const [head] = heads as [ForMerge];
  if (heads.length === 1) return `Merge ${head.description}`;
  return `Merge ${heads.map((it) => it.description).join(", ")}`;
}

async function mergeHeads(repo: WorkTreeRepository): Promise<ForMerge[]> {
  const path = `${repo.gitDir}/FETCH_HEAD`;
  if (!(await repo.fs.exists(path))) return [];
  return (await repo.fs.readFile(path)).split("\n").flatMap((line) => {
    const match = /^([0-9a-f]{40})\t\t(.*)$/.exec(line);
    return match ? [{ id: match[1] as string, description: match[2] as string }] : [];
  });
}

/** A pull into a branch without commits. */
async function unborn({ call, repo }: Pull, id: string): Promise<number> {
  const commit = (await readCommit(repo, id)) ?? die(`not a commit: ${id}`);
  await forceTree(repo, await flatTree(repo, commit.tree));
  await writeRef(repo, "HEAD", id, logNote(call, repo, "initial pull"));
  return 0;
}

async function noCandidates(pull: Pull, head: Head): Promise<number> {
  const { repo, t, operands } = pull;
  const verb = pull.rebase ? "rebase against" : "merge with";
  const branch = head.branch?.slice("refs/heads/".length);
  const remote = branch === undefined ? undefined : repo.config.get(`branch.${branch}.remote`);
  if (operands.length > 1) {
    t.err(
      `There are no candidates for ${pull.rebase ? "rebasing against" : "merging"} among the refs that you just fetched.\n`,
    );
    t.err(
      "Generally this means that you provided a wildcard refspec which had no\nmatches on the remote end.\n",
    );
  } else if (operands.length === 1 && branch !== undefined && operands[0] !== remote) {
    t.err(`You asked to pull from the remote '${operands[0]}', but did not specify\n`);
    t.err(
      "a branch. Because this is not the default configured remote\nfor your current branch, you must specify a branch on the command line.\n",
    );
  } else if (branch === undefined) {
    t.err(`You are not currently on a branch.\nPlease specify which branch you want to ${verb}.\n${SEE}\n`);
    t.err("    git pull <remote> <branch>\n\n");
  } else if (repo.config.get(`branch.${branch}.merge`) === undefined) {
    const names = remoteNames(repo.config);
    const name = names.length === 1 ? (names[0] as string) : "<remote>";
    t.err(
      `There is no tracking information for the current branch.\nPlease specify which branch you want to ${verb}.\n${SEE}\n`,
    );
    t.err("    git pull <remote> <branch>\n\n");
    t.err(`If you wish to set tracking information for this branch you can do so with:\n\n`);
    t.err(`    git branch --set-upstream-to=${name}/<branch> ${branch}\n\n`);
  } else {
    t.err(
      `Your configuration specifies to ${verb} the ref '${repo.config.get(`branch.${branch}.merge`)}'\nfrom the remote, but no such ref was fetched.\n`,
    );
  }
  return 1;
}

const SEE = "See git-pull(1) for details.\n";

const DIVERGENT = `hint: You have divergent branches and need to specify how to reconcile them.
hint: You can do so by running one of the following commands sometime before
hint: your next pull:
hint: 
hint:   git config pull.rebase false  # merge
hint:   git config pull.rebase true   # rebase
hint:   git config pull.ff only       # fast-forward only
hint: 
hint: You can replace "git config" with "git config --global" to set a default
hint: preference for all repositories. You can also pass --rebase, --no-rebase,
hint: or --ff-only on the command line to override the configured default per
hint: invocation.
`;

const USAGE = `usage: git pull [<options>] [<repository> [<refspec>...]]

    -v, --verbose         be more verbose
    -q, --quiet           be more quiet
    --progress            force progress reporting
    --recurse-submodules[=<on-demand>]
                          control for recursive fetching of submodules

Options related to merging
    -r, --rebase[=(false|true|merges|interactive)]
                          incorporate changes by rebasing rather than merging
    -n                    do not show a diffstat at the end of the merge
    --stat                show a diffstat at the end of the merge
    --log[=<n>]           add (at most <n>) entries from shortlog to merge commit message
    --signoff[=...]       add a Signed-off-by trailer
    --squash              create a single commit instead of doing a merge
    --commit              perform a commit if the merge succeeds (default)
    --edit                edit message before committing
    --cleanup <mode>      how to strip spaces and #comments from message
    --ff                  allow fast-forward
    --ff-only             abort if fast-forward is not possible
    --verify              control use of pre-merge-commit and commit-msg hooks
    --verify-signatures   verify that the named commit has a valid GPG signature
    --autostash           automatically stash/stash pop before and after
    -s, --strategy <strategy>
                          merge strategy to use
    -X, --strategy-option <option=value>
                          option for selected merge strategy
    -S, --gpg-sign[=<key-id>]
                          GPG sign commit
    --allow-unrelated-histories
                          allow merging unrelated histories

Options related to fetching
    --all                 fetch from all remotes
    -a, --append          append to .git/FETCH_HEAD instead of overwriting
    --upload-pack <path>  path to upload pack on remote end
    -f, --force           force overwrite of local branch
    -t, --tags            fetch all tags and associated objects
    -p, --prune           prune remote-tracking branches no longer on remote
    -j, --jobs[=<n>]      number of submodules pulled in parallel
    --dry-run             dry run
    -k, --keep            keep downloaded pack
    --depth <depth>       deepen history of shallow clone
    --shallow-since <time>
                          deepen history of shallow repository based on time
    --shallow-exclude <revision>
                          deepen history of shallow clone, excluding rev
    --deepen <n>          deepen history of shallow clone
    --unshallow           convert to a complete repository
    --update-shallow      accept refs that update .git/shallow
    --refmap <refmap>     specify fetch refmap
    -o, --server-option <server-specific>
                          option to transmit
    -4, --ipv4            use IPv4 addresses only
    -6, --ipv6            use IPv6 addresses only
    --negotiation-tip <revision>
                          report that we have only objects reachable from this object
    --show-forced-updates
                          check for forced-updates on all updated branches
    --set-upstream        set upstream for git pull/fetch

`;
