/**
 * actions/checkout. Up to v5 the token lies in `.git/config`; v6 keeps it in a file of $RUNNER_TEMP and only refers to it.
 * https://github.com/actions/checkout
 * The repository is fetched with the token over HTTP as far as rights and use logs go; its objects are then copied.
 */
import { fromUtf8, toBase64 } from "../../base/bytes.ts";
import { resolvePath } from "../../disk/path.ts";
import { objectsOf, type Objects } from "../../world/services/forge/git/objects.ts";
import { FORGE_ORIGIN } from "../../world/services/forge/host.ts";
import type { Repository } from "../../world/services/forge/model.ts";
import { notSimulated } from "../runner/execution.ts";
import { flag, input, save, saved, say, stop, type ActionCall, type BuiltIn } from "./call.ts";
import { forgetCredential, keepCredential } from "./checkoutCredential.ts";
import { fetchObjects } from "./fetchObjects.ts";
import { git, told } from "./git.ts";

const GIT_VERSION = "git version 2.39.5";
/** As long as the real one waits between attempts, on average. */
const RETRY_SECONDS = 15;

/** What LeakLab's git cannot do, with the value that asks for nothing. */
const REFUSED: Readonly<Record<string, string>> = {
  submodules: "false",
  lfs: "false",
  "sparse-checkout": "",
  filter: "",
  "ssh-key": "",
};

export const checkout: BuiltIn = {
  newest: 6,
  oldest: 1,
  inputs: () => ({
    repository: "${{ github.repository }}",
    ref: null,
    token: "${{ github.token }}",
    "ssh-key": null,
    "ssh-known-hosts": null,
    "ssh-strict": "true",
    "ssh-user": "git",
    "persist-credentials": "true",
    path: null,
    clean: "true",
    filter: null,
    "sparse-checkout": null,
    "sparse-checkout-cone-mode": "true",
    "fetch-depth": "1",
    "fetch-tags": "false",
    "show-progress": "true",
    lfs: "false",
    submodules: "false",
    "set-safe-directory": "true",
    "github-server-url": null,
  }),
  main: checkOut,
  post: { condition: "always()", run: cleanUp },
};

interface Source {
  readonly repository: Repository;
  readonly objects: Objects;
  readonly url: string;
  readonly directory: string;
  /** "AUTHORIZATION: basic …". */
  readonly header: string;
}

/** What to fetch and what to check out. */
interface Target {
  readonly commit: string;
  /** "refs/heads/main", "refs/pull/7/merge", "refs/tags/v1"; null for a bare commit. */
  readonly ref: string | null;
}

async function checkOut(call: ActionCall): Promise<void> {
  const refused = Object.entries(REFUSED).find(([name, none]) => ![none, ""].includes(input(call, name)));
  if (refused) {
    notSimulated(
      call.frame,
      `actions/checkout with ${refused[0]}: ${refused[1] === "" ? "…" : input(call, refused[0])}`,
    );
    return;
  }
  const directory = placeOf(call);
  const name = input(call, "repository");
  if (!/^[^/\s]+\/[^/\s]+$/.test(name)) {
    stop(call, `Invalid repository '${name}'. Expected format {owner}/{repo}.`);
    return;
  }
  if (directory === null) return;
  say(call, `Syncing repository: ${name}`);
  say(
    call,
    [
      "##[group]Getting Git version info",
      `Working directory is '${directory}'`,
      told("version"),
      GIT_VERSION,
      "##[endgroup]",
    ].join("\n"),
  );
  const source = await open(call, name, directory);
  if (source === null) return;
  await initialize(call, source);
  await bring(call, source);
}

function placeOf(call: ActionCall): string | null {
  const { workspace } = call.execution.request.state;
  const directory = resolvePath(workspace, input(call, "path"));
  if (directory === workspace || directory.startsWith(`${workspace}/`)) return directory;
  stop(call, `Repository path '${directory}' is not under '${workspace}'`);
  return null;
}

/** Asks the forge, with the token; tells why it refuses. */
async function open(call: ActionCall, name: string, directory: string): Promise<Source | null> {
  const { execution } = call;
  const credential = toBase64(fromUtf8(`x-access-token:${input(call, "token")}`));
  execution.addMask(credential);
  const url = `${FORGE_ORIGIN}/${name}`;
  const { world } = execution.request;
  const request = () =>
    new Request(`${url}.git/info/refs?service=git-upload-pack`, {
      headers: { Authorization: `basic ${credential}` },
    });
  const response = await execution.reach(request());
  const repository = world.forge.find(name);
  if (response.ok && repository) {
    const header = `AUTHORIZATION: basic ${credential}`;
    return { repository, objects: objectsOf(world.forge, repository), url, directory, header };
  }
  const said =
    response.status === 401
      ? `fatal: could not read Username for '${FORGE_ORIGIN}': terminal prompts disabled`
      : `remote: Repository not found.\nfatal: repository '${url}/' not found`;
  for (let attempt = 1; attempt <= 3; attempt++) {
    say(call, `${told("fetch", "origin")}\n${said}`);
    if (attempt === 3) break;
    say(
      call,
      `The process '/usr/bin/git' failed with exit code 128\nWaiting ${RETRY_SECONDS} seconds before trying again`,
    );
    execution.seconds += RETRY_SECONDS;
  }
  stop(call, "The process '/usr/bin/git' failed with exit code 128");
  return null;
}

/** A repository that is there already (a self-hosted runner) is cleaned, unless `clean: false`. */
async function initialize(call: ActionCall, { directory, url }: Source): Promise<void> {
  const { disk, user } = call.execution;
  const known =
    disk.exists(`${directory}/.git/config`) &&
    (await git(call, directory, "remote", "get-url", "origin")).output === url;
  if (known) {
    await forgetCredential(call, directory);
    if (flag(call, "clean") !== false) {
      say(
        call,
        `##[group]Cleaning the repository\n${told("clean", "-ffdx")}\n${told("reset", "--hard", "HEAD")}\n##[endgroup]`,
      );
      await git(call, directory, "clean", "-ffdx");
      await git(call, directory, "reset", "-q", "--hard", "HEAD");
    }
    return;
  }
  if (disk.exists(directory)) {
    say(call, `Deleting the contents of '${directory}'`);
    for (const name of disk.list(directory)) disk.remove(`${directory}/${name}`, { recursive: true });
  }
  disk.mkdir(directory, { recursive: true }, user);
  const output = await create(call, directory, url);
  say(
    call,
    [
      "##[group]Initializing the repository",
      told("init", directory),
      `Initialized empty Git repository in ${directory}/.git/${output === "" ? "" : `\n${output}`}`,
      told("remote", "add", "origin", url),
      "##[endgroup]",
      "##[group]Disabling automatic garbage collection",
      told("config", "--local", "gc.auto", "0"),
      "##[endgroup]",
    ].join("\n"),
  );
}

/** Says what git said: nothing, unless something on the machine is wrong. */
async function create(call: ActionCall, directory: string, url: string): Promise<string> {
  const steps = [
    ["init", "-q", "."],
    ["remote", "add", "origin", url],
    ["config", "gc.auto", "0"],
  ];
  let said = "";
  for (const args of steps) {
    const { output, exitCode } = await git(call, directory, ...args);
    said += output;
    if (exitCode !== 0) break;
  }
  return said;
}

async function bring(call: ActionCall, source: Source): Promise<void> {
  const target = targetOf(call, source);
  say(call, "##[group]Setting up auth");
  await keepCredential(call, source.directory, source.header);
  say(call, "##[endgroup]");
  save(call, "directory", source.directory);
  if (target === null) {
    const ref = input(call, "ref");
    stop(
      call,
      /^[0-9a-f]{40}$/.test(ref)
        ? "The process '/usr/bin/git' failed with exit code 128"
        : `A branch or tag with the name '${ref}' could not be found`,
    );
    return;
  }
  fetch(call, source, target);
  await switchTo(call, source, target);
  if (flag(call, "persist-credentials") === false) {
    say(call, "##[group]Removing auth");
    await forgetCredential(call, source.directory);
    say(call, "##[endgroup]");
  }
  say(call, `${told("log", "-1", "--format=%H")}\n${target.commit}`);
  call.frame.outputs["ref"] = input(call, "ref") || (target.ref ?? "");
  call.frame.outputs["commit"] = target.commit;
}

/** Without `ref` the run's own commit, or another repository's default branch. */
function targetOf(call: ActionCall, { repository, objects }: Source): Target | null {
  const { run } = call.execution.request;
  const wanted = input(call, "ref");
  const own = input(call, "repository").toLowerCase() === run.repository.toLowerCase();
  if (wanted === "" && own) return objects.peel(run.sha) === null ? null : { ref: run.ref, commit: run.sha };
  const name = wanted === "" ? `refs/heads/${repository.defaultBranch}` : wanted;
  if (/^[0-9a-f]{40}$/.test(name)) return objects.peel(name) === null ? null : { ref: null, commit: name };
  const full = name.startsWith("refs/") ? [name] : [`refs/heads/${name}`, `refs/tags/${name}`];
  for (const ref of full) {
    const id = objects.ref(ref);
    const commit = id === null ? null : objects.peel(id);
    if (commit !== null) return { ref, commit };
  }
  return null;
}

function fetch(call: ActionCall, { objects, directory, url }: Source, { commit, ref }: Target): void {
  const depth = /^\d{1,6}$/.test(input(call, "fetch-depth")) ? Number(input(call, "fetch-depth")) : 1;
  const all = depth === 0;
  const tags = all || flag(call, "fetch-tags") === true;
  const wanted = new Map<string, string>();
  if (all) for (const { name, id } of objects.refs("refs/heads/")) wanted.set(remoteName(name), id);
  if (tags) for (const { name, id } of objects.refs("refs/tags/")) wanted.set(name, id);
  wanted.set(
    ref === null ? "" : remoteName(ref),
    ref?.startsWith("refs/tags/") ? (objects.ref(ref) ?? commit) : commit,
  );
  fetchObjects(call, objects, `${directory}/.git`, wanted, depth);
  const specs = all
    ? [
        "--prune",
        "--no-recurse-submodules",
        "origin",
        "+refs/heads/*:refs/remotes/origin/*",
        "+refs/tags/*:refs/tags/*",
      ]
    : [
        ...(tags ? [] : ["--no-tags"]),
        "--prune",
        "--no-recurse-submodules",
        `--depth=${depth}`,
        "origin",
        ref === null ? commit : `+${commit}:${remoteName(ref)}`,
      ];
  const news = [...wanted].map(
    ([name]) => ` * [new ref]         ${ref === null ? commit : name.replace(/^refs\/remotes\//, "")}`,
  );
  say(
    call,
    [
      "##[group]Fetching the repository",
      told("-c", "protocol.version=2", "fetch", ...specs),
      `From ${url}`,
      ...news,
      "##[endgroup]",
    ].join("\n"),
  );
}

/** Where a ref of the forge is kept: refs/heads/x as refs/remotes/origin/x, refs/pull/7/merge as refs/remotes/pull/7/merge. */
function remoteName(ref: string): string {
  return ref.replace(/^refs\/heads\//, "refs/remotes/origin/").replace(/^refs\/pull\//, "refs/remotes/pull/");
}

async function switchTo(call: ActionCall, { directory }: Source, { commit, ref }: Target): Promise<void> {
  const branch = /^refs\/heads\/(.+)$/s.exec(ref ?? "")?.[1];
  const words =
    branch !== undefined
      ? ["-B", branch, `refs/remotes/origin/${branch}`]
      : [ref === null ? commit : remoteName(ref)];
  const { output, exitCode } = await git(call, directory, "checkout", "--force", ...words);
  if (branch !== undefined && exitCode === 0) await follow(call, directory, branch);
  say(
    call,
    [
      "##[group]Determining the checkout info\n##[endgroup]",
      "##[group]Checking out the ref",
      told("checkout", "--progress", "--force", ...words),
      output,
      "##[endgroup]",
    ].join("\n"),
  );
  if (exitCode !== 0) stop(call, `The process '/usr/bin/git' failed with exit code ${exitCode}`);
}

/** What `-B` does where it starts at a remote branch. */
async function follow(call: ActionCall, directory: string, branch: string): Promise<void> {
  const { exitCode } = await git(call, directory, "config", `branch.${branch}.remote`, "origin");
  if (exitCode === 0) await git(call, directory, "config", `branch.${branch}.merge`, `refs/heads/${branch}`);
}

async function cleanUp(call: ActionCall): Promise<void> {
  const directory = saved(call, "directory");
  say(call, "Post job cleanup.");
  if (directory === undefined || !call.execution.disk.exists(`${directory}/.git/config`)) return;
  say(call, `${told("version")}\n${GIT_VERSION}`);
  await forgetCredential(call, directory);
}
