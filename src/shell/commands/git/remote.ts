/** `git remote`: https://git-scm.com/docs/git-remote */
import type { GitCall, GitCommand } from "./call.ts";
import { staleRefs } from "./fetch.ts";
import { removeSection, renameSection, setConfig, unsetConfig, type Config } from "./lib/config.ts";
import { parseOptions, usageError, type Options } from "./lib/options.ts";
import {
  deleteRef,
  deleteReflog,
  isRefName,
  listRefs,
  readReflog,
  symbolicTarget,
  writeRef,
  writeReflog,
  writeSymbolicRef,
} from "./lib/refs.ts";
import { openRepository, type Repository } from "./lib/repository.ts";
import { die, run, stop, type Transcript } from "./lib/transcript.ts";
import { logIdentity } from "./lib/identity.ts";
import { prettyRef } from "./lib/transport/columns.ts";
import { isAncestorIn } from "./lib/transport/ancestry.ts";
import { mapRef, unmapRef } from "./lib/transport/refspec.ts";
import { connect, remoteNames, remoteOf, trackingRef, type Remote } from "./lib/transport/remotes.ts";
import { editConfig } from "./lib/transport/upstream.ts";

interface Place {
  readonly call: GitCall;
  readonly repo: Repository;
  readonly t: Transcript;
}

type Verb = (place: Place, args: readonly string[]) => Promise<number | void>;

export const remote: GitCommand = (call) =>
  run(async (t) => {
    const place: Place = { call, repo: await openRepository(call), t };
    const verbose = call.args[0] === "-v" || call.args[0] === "--verbose";
    const [name, ...args] = verbose ? call.args.slice(1) : call.args;
    if (name === undefined) return list(place, verbose);
    if (name === "-h" || name === "--help")
      return t.add({ stdout: USAGE, stderr: "", exitCode: 129 }).exitCode;
    if (name.startsWith("-")) {
      const message = name.startsWith("--")
        ? `unknown option \`${name.slice(2)}'`
        : `unknown switch \`${name.charAt(1)}'`;
      return t.add(usageError(message, USAGE)).exitCode;
    }
    const verb = VERBS.get(name);
    if (!verb) return t.add(usageError(`unknown subcommand: \`${name}'`, USAGE)).exitCode;
    return verb(place, args);
  });

async function list({ repo, t }: Place, verbose: boolean): Promise<void> {
  for (const name of remoteNames(repo.config).sort()) {
    const { urls, pushUrls } = remoteOf(repo.config, name);
    if (!verbose) {
      t.out(`${name}\n`);
      continue;
    }
    t.out(`${name}\t${urls[0]} (fetch)\n`);
    for (const url of pushUrls) t.out(`${name}\t${url} (push)\n`);
  }
}

/** An unknown remote ends the command with exit code 2. */
function known(repo: Repository, name: string): void {
  if (!remoteNames(repo.config).includes(name)) stop(`error: No such remote: '${name}'\n`, 2);
}

/** A verb's own options; too few or too many operands end in its usage. */
function operands<S extends Options>(
  { t }: Place,
  args: readonly string[],
  spec: S,
  usage: string,
  least: number,
  most: number,
) {
  const parsed = parseOptions(args, spec, { usage });
  if ("result" in parsed) return t.add(parsed.result).exitCode;
  if (parsed.rest.length < least || parsed.rest.length > most)
    return t.add({ stdout: "", stderr: usage, exitCode: 129 }).exitCode;
  return parsed;
}

const ADD = {
  fetch: { names: ["-f", "--fetch"] },
  tags: { names: ["--tags"] },
  track: { names: ["-t", "--track"], value: "list" },
  master: { names: ["-m", "--master"], value: "required" },
  mirror: { names: ["--mirror"], value: "optional" },
} as const satisfies Options;

const add: Verb = async (place, args) => {
  const { call, repo, t } = place;
  const parsed = operands(place, args, ADD, ADD_USAGE, 2, 2);
  if (typeof parsed === "number") return parsed;
  const { values, counts } = parsed;
  const [name, url] = parsed.rest as [string, string];
  if (remoteNames(repo.config).includes(name)) stop(`error: remote ${name} already exists.\n`, 3);
  if (!isRefName(`refs/remotes/${name}/test`)) die(`'${name}' is not a valid remote name`);
  await editConfig(call, repo, (text) => {
    let next = setConfig(text, `remote.${name}.url`, url);
    if (values.mirror === undefined || values.mirror !== "push") {
      const specs = values.track.length > 0 ? values.track : ["*"];
      for (const branch of specs)
        next = setConfig(next, `remote.${name}.fetch`, fetchSpec(name, branch, values.mirror), { add: true });
    }
    if (values.mirror === "push" || values.mirror === "")
      next = setConfig(next, `remote.${name}.mirror`, "true");
    if (counts.tags !== undefined)
      next = setConfig(next, `remote.${name}.tagOpt`, values.tags ? "--tags" : "--no-tags");
    return next;
  });
  if (values.fetch) {
    t.out(`Updating ${name}\n`);
    if (t.add(await call.git("fetch", [name])).exitCode !== 0) stop(`error: Could not fetch ${name}\n`, 1);
  }
  if (values.master !== undefined)
    await writeSymbolicRef(repo, `refs/remotes/${name}/HEAD`, `refs/remotes/${name}/${values.master}`);
  return 0;
};

function fetchSpec(remoteName: string, branch: string, mirror: string | undefined): string {
  return mirror === undefined
    ? `+refs/heads/${branch}:refs/remotes/${remoteName}/${branch}`
    : "+refs/*:refs/*";
}

const remove: Verb = async (place, args) => {
  const { call, repo, t } = place;
  const parsed = operands(place, args, {}, REMOVE_USAGE, 1, 1);
  if (typeof parsed === "number") return parsed;
  const name = parsed.rest[0] as string;
  known(repo, name);
  const skipped: string[] = [];
  const own = remoteOf(repo.config, name);
  const others = remoteNames(repo.config)
    .filter((other) => other !== name)
    .map((other) => remoteOf(repo.config, other));
  for (const ref of await listRefs(repo)) {
    // What another remote fills too stays.
    if (!fills(own, ref.name) || others.some((other) => fills(other, ref.name))) continue;
    if (ref.name.startsWith("refs/heads/")) skipped.push(ref.name.slice(11));
    else if (ref.name.startsWith("refs/remotes/")) await deleteRef(repo, ref.name);
  }
  await editConfig(call, repo, (text) => {
    let next = removeSection(text, `remote.${name}`) ?? text;
    for (const branch of branchesOf(repo.config, name)) {
      next = unsetConfig(unsetConfig(next, `branch.${branch}.remote`), `branch.${branch}.merge`);
    }
    return next;
  });
  const head = `refs/remotes/${name}/HEAD`;
  if ((await symbolicTarget(repo, head)) && !others.some((other) => fills(other, head)))
    await deleteRef(repo, head);
  if (skipped.length > 0) {
    const one = "Note: A branch outside the refs/remotes/ hierarchy was not removed;\nto delete it, use:";
    const many =
      "Note: Some branches outside the refs/remotes/ hierarchy were not removed;\nto delete them, use:";
    t.err(
      `${skipped.length === 1 ? one : many}\n${skipped.map((branch) => `  git branch -d ${branch}\n`).join("")}`,
    );
  }
  return 0;
};

/** Whether a fetch from the remote would write the ref. */
function fills(it: Remote, ref: string): boolean {
  return it.fetch.some((spec) => unmapRef(spec, ref) !== null);
}

function branchesOf(config: Config, remoteName: string): string[] {
  return config.entries.flatMap((entry) => {
    const branch = /^branch\.(.+)\.remote$/.exec(entry.key)?.[1];
    return branch !== undefined && entry.value === remoteName ? [branch] : [];
  });
}

const rename: Verb = async (place, args) => {
  const { call, repo } = place;
  const parsed = operands(place, args, { progress: { names: ["--progress"] } }, RENAME_USAGE, 2, 2);
  if (typeof parsed === "number") return parsed;
  const [from, to] = parsed.rest as [string, string];
  known(repo, from);
  if (from === to) return 0;
  if (remoteNames(repo.config).includes(to)) stop(`error: remote ${to} already exists.\n`, 3);
  if (!isRefName(`refs/remotes/${to}/test`)) die(`'${to}' is not a valid remote name`);
  const old = remoteOf(repo.config, from);
  await editConfig(call, repo, (text) => {
    let next = renameSection(text, `remote.${from}`, `remote.${to}`) ?? text;
    next = unsetConfig(next, `remote.${to}.fetch`);
    for (const { text: spec } of old.fetch) {
      next = setConfig(
        next,
        `remote.${to}.fetch`,
        spec.replace(`:refs/remotes/${from}/`, `:refs/remotes/${to}/`),
        { add: true },
      );
    }
    for (const branch of branchesOf(repo.config, from)) next = setConfig(next, `branch.${branch}.remote`, to);
    return next;
  });
  const person = logIdentity(call, repo.config);
  for (const ref of await listRefs(repo, `refs/remotes/${from}/`)) {
    const name = ref.name.replace(`refs/remotes/${from}/`, `refs/remotes/${to}/`);
    if (ref.target !== undefined) {
      await deleteRef(repo, ref.name);
      await writeSymbolicRef(repo, name, ref.target.replace(`refs/remotes/${from}/`, `refs/remotes/${to}/`));
      continue;
    }
    const log = await readReflog(repo, ref.name);
    await deleteRef(repo, ref.name);
    await writeRef(repo, name, ref.id, null);
    const message = `remote: renamed ${ref.name} to ${name}`;
    if (log.length > 0)
      await writeReflog(repo, name, [...log, { old: ref.id, new: ref.id, person, message }]);
  }
  await deleteReflog(repo, `refs/remotes/${from}/HEAD`);
  return 0;
};

const getUrl: Verb = async (place, args) => {
  const { repo, t } = place;
  const spec = { push: { names: ["--push"] }, all: { names: ["--all"] } } as const satisfies Options;
  const parsed = operands(place, args, spec, GET_URL_USAGE, 1, 1);
  if (typeof parsed === "number") return parsed;
  const name = parsed.rest[0] as string;
  if (!remoteNames(repo.config).includes(name)) stop(`error: No such remote '${name}'\n`, 2);
  const it = remoteOf(repo.config, name);
  const urls = parsed.values.push ? it.pushUrls : it.urls;
  for (const url of parsed.values.all ? urls : urls.slice(0, 1)) t.out(`${url}\n`);
  return 0;
};

const setUrl: Verb = async (place, args) => {
  const { call, repo } = place;
  const spec = {
    push: { names: ["--push"] },
    add: { names: ["--add"] },
    delete: { names: ["--delete"] },
  } as const satisfies Options;
  const parsed = operands(place, args, spec, SET_URL_USAGE, 2, 3);
  if (typeof parsed === "number") return parsed;
  const [name, url, old] = parsed.rest as [string, string, string | undefined];
  const { values } = parsed;
  if (!remoteNames(repo.config).includes(name)) stop(`error: No such remote '${name}'\n`, 2);
  const key = `remote.${name}.${values.push ? "pushurl" : "url"}`;
  const matches = (pattern: string) => (value: string) => new RegExp(pattern).test(value);
  if (
    (values.delete || old !== undefined) &&
    !repo.config.all(key).some(matches(values.delete ? url : (old as string)))
  ) {
    die(`No such URL found: ${values.delete ? url : old}`);
  }
  await editConfig(call, repo, (text) => {
    if (values.add) return setConfig(text, key, url, { add: true });
    if (values.delete) return unsetConfig(text, key, matches(url));
    if (old !== undefined) return setConfig(unsetConfig(text, key, matches(old)), key, url, { add: true });
    return setConfig(text, key, url);
  });
  return 0;
};

const prune: Verb = async (place, args) => {
  const { call, repo, t } = place;
  const parsed = operands(place, args, { dryRun: { names: ["-n", "--dry-run"] } }, PRUNE_USAGE, 0, 99);
  if (typeof parsed === "number") return parsed;
  for (const name of parsed.rest) {
    const it = remoteOf(repo.config, name);
    const { advertisement } = await connect(call, it.urls[0] as string, "git-upload-pack");
    const stale = staleRefs(await listRefs(repo), advertisement, it.fetch);
    if (stale.length > 0) t.out(`Pruning ${name}\nURL: ${it.urls[0]}\n`);
    for (const ref of stale) {
      if (!parsed.values.dryRun) await deleteRef(repo, ref.name);
      t.out(` * [${parsed.values.dryRun ? "would prune" : "pruned"}] ${prettyRef(ref.name)}\n`);
    }
  }
  return 0;
};

const show: Verb = async (place, args) => {
  const { call, repo, t } = place;
  const parsed = operands(place, args, { n: { names: ["-n"] } }, SHOW_USAGE, 0, 99);
  if (typeof parsed === "number") return parsed;
  if (parsed.rest.length === 0) return list(place, false);
  for (const name of parsed.rest) {
    const it = remoteOf(repo.config, name);
    t.out(`* remote ${name}\n  Fetch URL: ${it.urls[0]}\n`);
    for (const url of it.pushUrls) t.out(`  Push  URL: ${url}\n`);
    const { advertisement } = await connect(call, it.urls[0] as string, "git-upload-pack");
    t.out(`  HEAD branch: ${advertisement.head?.target?.replace(/^refs\/heads\//, "") ?? "(unknown)"}\n`);
    await showBranches(place, name, advertisement);
  }
  return 0;
};

type Advertised = Awaited<ReturnType<typeof connect>>["advertisement"];

async function showBranches({ repo, t }: Place, name: string, advertised: Advertised): Promise<void> {
  const it = remoteOf(repo.config, name);
  const local = await listRefs(repo);
  const here = new Set(local.map((ref) => ref.name));
  const branches = advertised.refs.filter((ref) => ref.name.startsWith("refs/heads/"));
  const states = branches.map((ref) => {
    const tracking = trackingRef(it, ref.name, mapRef);
    return {
      name: ref.name.slice(11),
      state:
        tracking !== null && here.has(tracking)
          ? "tracked"
          : `new (next fetch will store in remotes/${name})`,
    };
  });
  for (const ref of staleRefs(local, advertised, it.fetch)) {
    states.push({ name: ref.name.replace(/^refs\//, ""), state: "stale (use 'git remote prune' to remove)" });
  }
  section(
    t,
    "  Remote branch:",
    "  Remote branches:",
    states.map((state) => [state.name, state.state]),
  );
  const pulls = branchesOf(repo.config, name).flatMap((branch) => {
    const merge = repo.config.get(`branch.${branch}.merge`);
    const verb = repo.config.bool(`branch.${branch}.rebase`) ? "rebases onto remote" : "merges with remote";
    return merge === undefined ? [] : [[branch, `${verb} ${merge.replace(/^refs\/heads\//, "")}`] as const];
  });
  section(
    t,
    "  Local branch configured for 'git pull':",
    "  Local branches configured for 'git pull':",
    pulls,
  );
  const pushes: (readonly [string, string])[] = [];
  const shared = branches.filter((ref) => here.has(ref.name));
  const width = Math.max(...shared.map((ref) => ref.name.length - "refs/heads/".length));
  for (const ref of shared) {
    const own = local.find((candidate) => candidate.name === ref.name) as (typeof local)[number];
    const fits = await isAncestorIn(repo, ref.id, own.id);
    const state =
      own.id === ref.id
        ? "up to date"
        : !(await repo.objectStore.exists(ref.id))
          ? "local out of date"
          : fits
            ? "fast-forwardable"
            : "local out of date";
    const short = ref.name.slice(11);
    pushes.push([short, `pushes to ${short.padEnd(width)} (${state})`]);
  }
  section(t, "  Local ref configured for 'git push':", "  Local refs configured for 'git push':", pushes);
}

function section(
  t: Transcript,
  one: string,
  many: string,
  rows: readonly (readonly [string, string])[],
): void {
  if (rows.length === 0) return;
  const width = Math.max(...rows.map(([name]) => name.length));
  t.out(`${rows.length === 1 ? one : many}\n`);
  for (const [name, text] of rows) t.out(`    ${name.padEnd(width)} ${text}\n`);
}

const VERBS: ReadonlyMap<string, Verb> = new Map([
  ["add", add],
  ["remove", remove],
  ["rm", remove],
  ["rename", rename],
  ["get-url", getUrl],
  ["set-url", setUrl],
  ["prune", prune],
  ["show", show],
]);

const ADD_USAGE = `usage: git remote add [<options>] <name> <url>

    -f, --fetch           fetch the remote branches
    --tags                import all tags and associated objects when fetching
                          or do not fetch any tag at all (--no-tags)
    -t, --track <branch>  branch(es) to track
    -m, --master <branch>
                          master branch
    --mirror[=(push|fetch)]
                          set up remote as a mirror to push to or fetch from

`;

const RENAME_USAGE = `usage: git remote rename [--[no-]progress] <old> <new>

    --progress            force progress reporting

`;

const GET_URL_USAGE = `usage: git remote get-url [--push] [--all] <name>

    --push                query push URLs rather than fetch URLs
    --all                 return all URLs

`;

const SET_URL_USAGE = `usage: git remote set-url [--push] <name> <newurl> [<oldurl>]
   or: git remote set-url --add <name> <newurl>
   or: git remote set-url --delete <name> <url>

    --push                manipulate push URLs
    --add                 add URL
    --delete              delete URLs

`;

const PRUNE_USAGE = `usage: git remote prune [<options>] <name>

    -n, --dry-run         dry run

`;

const SHOW_USAGE = `usage: git remote show [<options>] <name>

    -n                    do not query remotes

`;

const REMOVE_USAGE = `usage: git remote remove <name>

`;

const USAGE = `usage: git remote [-v | --verbose]
   or: git remote add [-t <branch>] [-m <master>] [-f] [--tags | --no-tags] [--mirror=<fetch|push>] <name> <url>
   or: git remote rename [--[no-]progress] <old> <new>
   or: git remote remove <name>
   or: git remote set-head <name> (-a | --auto | -d | --delete | <branch>)
   or: git remote [-v | --verbose] show [-n] <name>
   or: git remote prune [-n | --dry-run] <name>
   or: git remote [-v | --verbose] update [-p | --prune] [(<group> | <remote>)...]
   or: git remote set-branches [--add] <name> <branch>...
   or: git remote get-url [--push] [--all] <name>
   or: git remote set-url [--push] <name> <newurl> [<oldurl>]
   or: git remote set-url --add <name> <newurl>
   or: git remote set-url --delete <name> <url>

    -v, --verbose         be verbose; must be placed before a subcommand

`;
