/** `git clone`: https://git-scm.com/docs/git-clone */
import { findRepo } from "just-git";
import type { GitCall, GitCommand } from "./call.ts";
import { createRepository } from "./init.ts";
import { loadConfig, setConfig } from "./lib/config.ts";
import { flatTree } from "./lib/flatTree.ts";
import { detachHead } from "./lib/head.ts";
import { logIdentity } from "./lib/identity.ts";
import { compareText, peel, readCommit } from "./lib/objects.ts";
import { parseOptions, type Options } from "./lib/options.ts";
import { isRefName, writeRef, writeSymbolicRef } from "./lib/refs.ts";
import type { Repository } from "./lib/repository.ts";
import { die, run, type Transcript } from "./lib/transcript.ts";
import { forceTree } from "./lib/unpack.ts";
import type { Advertisement, Connection } from "./lib/transport/connection.ts";
import { localPath, repositoryAt } from "./lib/transport/local.ts";
import { remoteLines } from "./lib/transport/pktLine.ts";
import { connect, shownUrl } from "./lib/transport/remotes.ts";
import { editConfig } from "./lib/transport/upstream.ts";

const SPEC = {
  verbose: { names: ["-v", "--verbose"] },
  quiet: { names: ["-q", "--quiet"] },
  progress: { names: ["--progress"] },
  noCheckout: { names: ["-n", "--no-checkout"] },
  bare: { names: ["--bare"] },
  mirror: { names: ["--mirror"] },
  local: { names: ["-l", "--local"] },
  noHardlinks: { names: ["--no-hardlinks"] },
  shared: { names: ["-s", "--shared"] },
  recurse: { names: ["--recurse-submodules", "--recursive"], value: "optional" },
  jobs: { names: ["-j", "--jobs"], value: "required" },
  template: { names: ["--template"], value: "required" },
  reference: { names: ["--reference"], value: "required" },
  origin: { names: ["-o", "--origin"], value: "required" },
  branch: { names: ["-b", "--branch"], value: "required" },
  depth: { names: ["--depth"], value: "required" },
  shallowSubmodules: { names: ["--shallow-submodules"] },
  singleBranch: { names: ["--single-branch"] },
  tags: { names: ["--tags"] },
  filter: { names: ["--filter"], value: "required" },
  config: { names: ["-c", "--config"], value: "list" },
} as const satisfies Options;

interface Clone {
  readonly call: GitCall;
  readonly t: Transcript;
  /** As it goes into the configuration: absolute where it is a path. */
  readonly url: string;
  readonly directory: string;
  readonly gitDir: string;
  readonly bare: boolean;
  readonly mirror: boolean;
  readonly quiet: boolean;
  readonly origin: string;
  readonly branch: string | undefined;
  readonly single: boolean;
  readonly depth: number | undefined;
  readonly tags: boolean;
  readonly checkOut: boolean;
  readonly config: readonly string[];
}

export const clone: GitCommand = (call) =>
  run(async (t) => {
    const parsed = parseOptions(call.args, SPEC, { usage: USAGE.replace(ALIAS, ALIAS_RESOLVED) });
    if ("result" in parsed) return t.add(parsed.result).exitCode;
    const { values, counts, rest } = parsed;
    if (rest.length > 2)
      return t.add({ stdout: "", stderr: `fatal: Too many arguments.\n\n${USAGE}`, exitCode: 129 }).exitCode;
    const [source, asked] = rest;
    if (source === undefined)
      return t.add({
        stdout: "",
        stderr: `fatal: You must specify a repository to clone.\n\n${USAGE}`,
        exitCode: 129,
      }).exitCode;
    if (values.filter !== undefined) die("partial clones are not simulated in LeakLab");
    const depth = values.depth === undefined ? undefined : Number(values.depth);
    if (depth !== undefined && !(Number.isInteger(depth) && depth > 0))
      die(`depth ${values.depth} is not a positive number`);
    const bare = values.bare || values.mirror;
    const origin = values.origin ?? "origin";
    const remote = /^[a-z][a-z0-9+.-]*:\/\//.test(source) || isScp(source);
    const path = remote ? null : localPath(call.cwd, source);
    const found = path === null ? null : await repositoryAt(call, path);
    if (path !== null && !found) die(`repository '${source}' does not exist`);
    const name = asked ?? defaultDirectory(source, bare);
    const directory = localPath(call.cwd, name);
    const given = source.startsWith("/") ? source : `${call.cwd}/${source}`;
    const shown = found && path !== null ? pathOf(given, path, found.gitDir) : null;
    if (found && depth !== undefined)
      t.err("warning: --depth is ignored in local clones; use file:// instead.\n");
    const job: Clone = {
      call,
      t,
      url: shown ?? source,
      directory,
      gitDir: bare ? directory : `${directory}/.git`,
      bare,
      mirror: values.mirror,
      quiet: values.quiet,
      origin,
      branch: values.branch,
      single: counts.singleBranch === -1 ? false : values.singleBranch || depth !== undefined,
      depth: found ? undefined : depth,
      tags: counts.tags !== -1,
      checkOut: !bare && !values.noCheckout,
      config: values.config,
    };
    return cloneInto(job, name, found !== null);
  });

/** Git records the path as it was given, below the current directory, and the part that it had to add. */
function pathOf(given: string, path: string, gitDir: string): string {
  const bare = given.replace(/\/+$/, "");
  return gitDir.startsWith(`${path}.git`) ? `${bare}.git` : bare;
}

function isScp(source: string): boolean {
  const colon = source.indexOf(":");
  return colon > 0 && !source.slice(0, colon).includes("/");
}

function defaultDirectory(source: string, bare: boolean): string {
  const stem = source
    .replace(/^[a-z][a-z0-9+.-]*:\/\/([^/@]*@)?/, "")
    .replace(/\/+$/, "")
    .replace(/\/\.git$/, "");
  const name = (stem.split(/[/:]/).at(-1) ?? "").replace(/\.git$/, "");
  return bare ? `${name}.git` : name;
}

async function cloneInto(job: Clone, name: string, local: boolean): Promise<number> {
  const { call, t } = job;
  if ((await call.fs.exists(job.directory)) && (await isOccupied(call, job.directory))) {
    die(`destination path '${name}' already exists and is not an empty directory.`);
  }
  const existed = await call.fs.exists(job.directory);
  if (!job.quiet) t.err(`Cloning into ${job.bare ? "bare repository " : ""}'${name}'...\n`);
  if (!isRefName(`refs/remotes/${job.origin}/x`)) die(`'${job.origin}' is not a valid remote name`);
  try {
    const connection = await connect(call, job.url, "git-upload-pack");
    return await fill(job, connection, local);
  } catch (problem) {
    // A clone that fails leaves nothing behind, but never removes a directory that was there before.
    await call.fs.rm(existed ? job.gitDir : job.directory, { recursive: true, force: true });
    throw problem;
  }
}

async function isOccupied(call: GitCall, path: string): Promise<boolean> {
  if (!(await call.fs.stat(path)).isDirectory) return true;
  return (await call.fs.readdir(path)).length > 0;
}

async function fill(job: Clone, connection: Connection, local: boolean): Promise<number> {
  const { call, t } = job;
  const { refs, head } = connection.advertisement;
  const wanted = wantedBranch(job, connection.advertisement);
  await createRepository(call.fs, job.gitDir, job.bare, "main");
  await writeSettings(job, wanted.branch);
  const made = (await findRepo(call.fs, job.directory)) ?? die(`could not open '${job.directory}'`);
  const repo: Repository = {
    ...made,
    fs: call.fs,
    config: await loadConfig(call, job.gitDir),
    prefix: "",
    now: Math.floor(call.now() / 1000),
  };
  const asked = mapRefs(job, refs, wanted.branch);
  const shallow = job.depth !== undefined && job.single;
  const wants = shallow
    ? shallowWants(asked, wanted)
    : [...asked.map((ref) => ref.id), ...(head?.id ? [head.id] : [])];
  t.err(remoteLines(await connection.fetch(repo, [...new Set(wants)], job.depth)));
  const mapped = job.depth === undefined ? asked : await presentRefs(repo, asked);
  await writePackedRefs(repo, mapped);
  if (wants.length === 0) {
    t.err("warning: You appear to have cloned an empty repository.\n");
    if (local && !job.quiet) t.err("done.\n");
  } else if (local && !job.quiet) t.err("done.\n");
  await pointHead(job, repo, wanted, mapped, head);
  return 0;
}

/** Tags do not make a shallow clone deeper: those of its commits come along. */
function shallowWants(mapped: readonly Mapped[], wanted: Chosen): string[] {
  const branches = mapped.filter((ref) => !ref.name.startsWith("refs/tags/")).map((ref) => ref.id);
  return [...branches, ...(wanted.id === null ? [] : [wanted.id])];
}

async function presentRefs(repo: Repository, refs: readonly Mapped[]): Promise<Mapped[]> {
  const present = await Promise.all(refs.map((ref) => repo.objectStore.exists(ref.id)));
  return refs.filter((_ref, i) => present[i]);
}

interface Chosen {
  /** `refs/heads/main`; null where HEAD is detached. */
  readonly branch: string | null;
  readonly id: string | null;
}

function wantedBranch(job: Clone, { refs, head }: Advertisement): Chosen {
  if (job.branch === undefined) {
    const detached = head !== null && head.target === null;
    return { branch: detached ? null : (head?.target ?? "refs/heads/main"), id: head?.id ?? null };
  }
  const branch = refs.find((ref) => ref.name === `refs/heads/${job.branch}`);
  if (branch) return { branch: branch.name, id: branch.id };
  const tag = refs.find((ref) => ref.name === `refs/tags/${job.branch}`);
  if (tag) return { branch: null, id: tag.id };
  if (job.single) job.t.err(`warning: Could not find remote branch ${job.branch} to clone.\n`);
  return die(`Remote branch ${job.branch} not found in upstream ${job.origin}`);
}

async function writeSettings(job: Clone, branch: string | null): Promise<void> {
  await editConfig(job.call, job, (text) => {
    let next = text;
    for (const pair of job.config) {
      const [key = "", ...value] = pair.split("=");
      next = setConfig(next, key, value.length > 0 ? value.join("=") : "true", { add: true });
    }
    next = setConfig(next, `remote.${job.origin}.url`, job.url);
    if (job.mirror)
      next = setConfig(
        setConfig(next, `remote.${job.origin}.fetch`, "+refs/*:refs/*"),
        `remote.${job.origin}.mirror`,
        "true",
      );
    else if (!job.bare) {
      if (!job.tags) next = setConfig(next, `remote.${job.origin}.tagOpt`, "--no-tags");
      next = setConfig(next, `remote.${job.origin}.fetch`, followed(job, branch));
    }
    return next;
  });
}

interface Mapped {
  readonly name: string;
  readonly id: string;
}

/** What later fetches bring. */
function followed(job: Clone, branch: string | null): string {
  if (job.single && branch === null && job.branch !== undefined)
    return `+refs/tags/${job.branch}:refs/tags/${job.branch}`;
  const short = job.single && branch !== null ? branch.slice("refs/heads/".length) : "*";
  return `+refs/heads/${short}:refs/remotes/${job.origin}/${short}`;
}

/** With `--branch TAG` there is no branch to follow. */
function isChosen(job: Clone, name: string, branch: string | null): boolean {
  return branch === null ? job.branch === undefined : name === branch;
}

function mapRefs(job: Clone, refs: Advertisement["refs"], branch: string | null): Mapped[] {
  return refs.flatMap(({ name, id }) => {
    if (job.mirror) return [{ name, id }];
    if (name.startsWith("refs/tags/")) return job.tags ? [{ name, id }] : [];
    if (!name.startsWith("refs/heads/") || (job.single && !isChosen(job, name, branch))) return [];
    return [{ name: job.bare ? name : name.replace("refs/heads/", `refs/remotes/${job.origin}/`), id }];
  });
}

/** A clone's refs begin packed. */
async function writePackedRefs(repo: Repository, refs: readonly Mapped[]): Promise<void> {
  if (refs.length === 0) return;
  let text = "# pack-refs with: peeled fully-peeled sorted \n";
  for (const { name, id } of refs.toSorted((a, b) => compareText(a.name, b.name))) {
    const target = name.startsWith("refs/tags/") ? await peel(repo, id) : id;
    text += `${id} ${name}\n${target !== null && target !== id ? `^${target}\n` : ""}`;
  }
  await repo.fs.writeFile(`${repo.gitDir}/packed-refs`, text);
}

async function pointHead(
  job: Clone,
  repo: Repository,
  wanted: Chosen,
  mapped: readonly Mapped[],
  head: Advertisement["head"],
): Promise<void> {
  const { call } = job;
  const note = {
    person: logIdentity(call, repo.config),
    message: `clone: from ${shownUrl(job.url)}`,
    create: !job.bare,
  };
  const remoteHead = head?.target?.replace("refs/heads/", `refs/remotes/${job.origin}/`);
  if (!job.bare && remoteHead !== undefined && mapped.some((ref) => ref.name === remoteHead)) {
    await writeSymbolicRef(repo, `refs/remotes/${job.origin}/HEAD`, remoteHead);
    await writeRef(repo, `refs/remotes/${job.origin}/HEAD`, head?.id as string, null);
  }
  const id = wanted.id === null ? null : await peel(repo, wanted.id, "commit");
  if (wanted.branch === null) {
    if (id !== null) await detachHead(call, repo, id, note.message);
  } else {
    await writeSymbolicRef(repo, "HEAD", wanted.branch);
    if (id !== null && !job.bare) await writeRef(repo, wanted.branch, id, note);
    if (!job.bare) await trackBranch(job, wanted.branch);
  }
  const advised = repo.config.bool("advice.detachedHead") ?? true;
  // Git gives this advice with --quiet, too.
  if (id !== null && wanted.branch === null && job.checkOut && advised) job.t.err(detachedAdvice(id));
  const commit = id === null ? null : await readCommit(repo, id);
  if (commit && job.checkOut)
    await forceTree({ ...repo, workTree: job.directory }, await flatTree(repo, commit.tree));
}

async function trackBranch(job: Clone, branch: string): Promise<void> {
  const short = branch.slice("refs/heads/".length);
  await editConfig(job.call, job, (text) =>
    setConfig(setConfig(text, `branch.${short}.remote`, job.origin), `branch.${short}.merge`, branch),
  );
}

function detachedAdvice(name: string): string {
  return `Note: switching to '${name}'.

You are in 'detached HEAD' state. You can look around, make experimental
changes and commit them, and you can discard any commits you make in this
state without impacting any branches by switching back to a branch.

If you want to create a new branch to retain commits you create, you may
do so (now or later) by using -c with the switch command. Example:

  git switch -c <new-branch-name>

Or undo this operation with:

  git switch -

Turn off this advice by setting config variable advice.detachedHead to false

`;
}

// Git prints the alias in two ways, depending on which of its checks fails.
const ALIAS = "    --recursive ...       alias of";
const ALIAS_RESOLVED = "    --recursive[=<pathspec>]\n                          alias of";

const USAGE = `usage: git clone [<options>] [--] <repo> [<dir>]

    -v, --verbose         be more verbose
    -q, --quiet           be more quiet
    --progress            force progress reporting
    --reject-shallow      don't clone shallow repository
    -n, --no-checkout     don't create a checkout
    --bare                create a bare repository
    --mirror              create a mirror repository (implies bare)
    -l, --local           to clone from a local repository
    --no-hardlinks        don't use local hardlinks, always copy
    -s, --shared          setup as shared repository
    --recurse-submodules[=<pathspec>]
                          initialize submodules in the clone
    --recursive ...       alias of --recurse-submodules
    -j, --jobs <n>        number of submodules cloned in parallel
    --template <template-directory>
                          directory from which templates will be used
    --reference <repo>    reference repository
    --reference-if-able <repo>
                          reference repository
    --dissociate          use --reference only while cloning
    -o, --origin <name>   use <name> instead of 'origin' to track upstream
    -b, --branch <branch>
                          checkout <branch> instead of the remote's HEAD
    -u, --upload-pack <path>
                          path to git-upload-pack on the remote
    --depth <depth>       create a shallow clone of that depth
    --shallow-since <time>
                          create a shallow clone since a specific time
    --shallow-exclude <revision>
                          deepen history of shallow clone, excluding rev
    --single-branch       clone only one branch, HEAD or --branch
    --no-tags             don't clone any tags, and make later fetches not to follow them
    --shallow-submodules  any cloned submodules will be shallow
    --separate-git-dir <gitdir>
                          separate git dir from working tree
    -c, --config <key=value>
                          set config inside the new repository
    --server-option <server-specific>
                          option to transmit
    -4, --ipv4            use IPv4 addresses only
    -6, --ipv6            use IPv6 addresses only
    --filter <args>       object filtering
    --also-filter-submodules
                          apply partial clone filters to submodules
    --remote-submodules   any cloned submodules will use their remote-tracking branch
    --sparse              initialize sparse-checkout file to include only files at root
    --bundle-uri <uri>    a URI for downloading bundles before fetching from origin remote

`;
