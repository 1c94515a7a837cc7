/** `git fetch`: https://git-scm.com/docs/git-fetch */
import type { GitCall, GitCommand } from "./call.ts";
import { fetchHead, formatLine, nameWidth, shortUrl, updateRef } from "./fetch/update.ts";
import { reachableTags, refMap, type Fetched, type Wanted } from "./fetch/refMap.ts";
import { staleRefs } from "./fetch/stale.ts";
import { parseOptions, type Options } from "./lib/options.ts";
import { deleteRef, listRefs, readHead, type Head, type Ref } from "./lib/refs.ts";
import { openRepository, type Repository } from "./lib/repository.ts";
import { shallowIds } from "./lib/shallow.ts";
import { die, run, type Transcript } from "./lib/transcript.ts";
import type { Advertisement } from "./lib/transport/connection.ts";
import { remoteLines } from "./lib/transport/pktLine.ts";
import { parseRefspec, type Refspec } from "./lib/transport/refspec.ts";
import {
  connect,
  defaultRemote,
  remoteNames,
  remoteOf,
  shownUrl,
  type Remote,
} from "./lib/transport/remotes.ts";

const SPEC = {
  verbose: { names: ["-v", "--verbose"] },
  quiet: { names: ["-q", "--quiet"] },
  all: { names: ["--all"] },
  append: { names: ["-a", "--append"] },
  atomic: { names: ["--atomic"] },
  force: { names: ["-f", "--force"] },
  multiple: { names: ["-m", "--multiple"] },
  tags: { names: ["-t", "--tags"] },
  noTags: { names: ["-n"] },
  jobs: { names: ["-j", "--jobs"], value: "required" },
  prune: { names: ["-p", "--prune"] },
  pruneTags: { names: ["-P", "--prune-tags"] },
  dryRun: { names: ["--dry-run"] },
  writeFetchHead: { names: ["--write-fetch-head"] },
  keep: { names: ["-k", "--keep"] },
  updateHeadOk: { names: ["-u", "--update-head-ok"] },
  progress: { names: ["--progress"] },
  depth: { names: ["--depth"], value: "required" },
  unshallow: { names: ["--unshallow"] },
  autoMaintenance: { names: ["--auto-maintenance", "--auto-gc"] },
  refmap: { names: ["--refmap"], value: "required" },
} as const satisfies Options;

interface FetchOptions {
  readonly wanted: Wanted;
  readonly prune: boolean;
  readonly pruneTags: boolean;
  readonly dryRun: boolean;
  readonly quiet: boolean;
  readonly verbose: boolean;
  readonly updateHeadOk: boolean;
  readonly append: boolean;
  readonly writeHead: boolean;
  readonly depth: number | undefined;
}

interface Fetch {
  readonly call: GitCall;
  readonly repo: Repository;
  readonly head: Head;
  readonly options: FetchOptions;
  readonly t: Transcript;
}

export const fetchCommand: GitCommand = (call) =>
  run(async (t) => {
    const repo = await openRepository(call);
    const parsed = parseOptions(call.args, SPEC, { usage: USAGE });
    if ("result" in parsed) return t.add(parsed.result).exitCode;
    const { values, counts, rest } = parsed;
    const depth = await depthOf(repo, values.depth, values.unshallow);
    const [name, ...texts] = rest;
    if (values.all && name !== undefined)
      die(
        texts.length > 0
          ? "fetch --all does not make sense with refspecs"
          : "fetch --all does not take a repository argument",
      );
    const head = await readHead(repo);
    const noTags = values.noTags || counts.tags === -1;
    const options: FetchOptions = {
      wanted: {
        refspecs: texts.map(refspec),
        tags: values.tags ? "all" : noTags ? "none" : "reachable",
        force: values.force,
        ...(values.refmap === undefined
          ? {}
          : { refmap: values.refmap === "" ? [] : [refspec(values.refmap)] }),
      },
      prune: counts.prune === -1 ? false : values.prune || (repo.config.bool("fetch.prune") ?? false),
      pruneTags: values.pruneTags || (repo.config.bool("fetch.pruneTags") ?? false),
      dryRun: values.dryRun,
      quiet: values.quiet,
      verbose: values.verbose,
      updateHeadOk: values.updateHeadOk,
      append: values.append,
      writeHead: !values.dryRun && counts.writeFetchHead !== -1,
      depth,
    };
    const fetch: Fetch = { call, repo, head, options, t };
    if (values.all) return fetchAll(fetch, remoteNames(repo.config));
    const remote = remoteOf(repo.config, name ?? defaultRemote(repo.config, head));
    if (name === undefined && !remote.configured) return 0;
    return fetchOne(fetch, remote);
  });

/** What stands for "all of it": https://git-scm.com/docs/shallow */
const INFINITE_DEPTH = 0x7fffffff;

async function depthOf(
  repo: Repository,
  depth: string | undefined,
  unshallow: boolean,
): Promise<number | undefined> {
  if (unshallow && depth !== undefined) die("options '--depth' and '--unshallow' cannot be used together");
  if (unshallow && (await shallowIds(repo)).size === 0)
    die("--unshallow on a complete repository does not make sense");
  if (unshallow) return INFINITE_DEPTH;
  if (depth === undefined) return undefined;
  const count = Number(depth);
  return Number.isInteger(count) && count > 0 ? count : die(`depth ${depth} is not a positive number`);
}

function refspec(text: string): Refspec {
  const tag = /^tag (.+)$/.exec(text);
  return (
    parseRefspec(tag ? `refs/tags/${tag[1]}:refs/tags/${tag[1]}` : text) ?? die(`invalid refspec '${text}'`)
  );
}

async function fetchAll(fetch: Fetch, names: readonly string[]): Promise<number> {
  let code = 0;
  let next = fetch;
  for (const name of names) {
    if (!fetch.options.quiet && names.length > 1) fetch.t.out(`Fetching ${name}\n`);
    const result = await run((t) => fetchOne({ ...next, t }, remoteOf(fetch.repo.config, name)));
    fetch.t.add(result);
    if (result.exitCode !== 0) {
      fetch.t.err(`error: could not fetch ${name}\n`);
      code = 1;
    }
    next = { ...fetch, options: { ...fetch.options, append: true } };
  }
  return code;
}

async function fetchOne(fetch: Fetch, remote: Remote): Promise<number> {
  const { call, repo, head, options, t } = fetch;
  const url = remote.urls[0] as string;
  const connection = await connect(call, url, "git-upload-pack");
  const advertised = connection.advertisement;
  const local = await listRefs(repo);
  const map = refMap(advertised, repo.config, remote, head, options.wanted);
  if (!options.updateHeadOk) refuseCurrentBranch(repo, head, map);
  if (options.wanted.tags === "reachable" && followsTags(remote, options, repo)) {
    const tags = await reachableTags(repo, advertised, local, map);
    // A dry run stores nothing, so that git looks for tags a second time and names them again.
    map.push(...tags, ...(options.dryRun ? tags : []));
  }
  const say = sayFrom(fetch, url);
  if (options.prune) await pruneRefs(fetch, remote, advertised, local, say);
  if (!options.dryRun || map.length > 0) {
    const deeper = options.depth !== undefined && !options.dryRun;
    const wants = deeper ? [...new Set(map.map(({ id }) => id))] : await lacking(repo, map);
    // A dry run also brings the objects: git compares commits in order to say what would happen.
    const messages = await connection.fetch(repo, wants, deeper ? options.depth : undefined);
    if (!options.quiet) t.err(remoteLines(messages));
  }
  return storeRefs(fetch, url, map, local, say);
}

/** Tags follow only into remote-tracking branches (or where configured). */
function followsTags(remote: Remote, { wanted }: FetchOptions, repo: Repository): boolean {
  const option = repo.config.get(`remote.${remote.name}.tagopt`);
  if (option === "--no-tags") return false;
  if (wanted.refspecs.length === 0) return remote.fetch.length > 0;
  return wanted.refspecs.some((spec) => spec.destination !== null && spec.destination !== "");
}

async function lacking(repo: Repository, map: readonly Fetched[]): Promise<string[]> {
  const wants = new Set<string>();
  for (const { id } of map) if (!(await repo.objectStore.exists(id))) wants.add(id);
  return [...wants];
}

function refuseCurrentBranch(repo: Repository, head: Head, map: readonly Fetched[]): void {
  if (repo.workTree === null || head.branch === null) return;
  for (const { localName } of map) {
    if (localName === head.branch)
      die(`refusing to fetch into branch '${localName}' checked out at '${repo.workTree}'`);
  }
}

/** Prints lines below one heading, which appears with the first of them. */
function sayFrom({ options, t }: Fetch, url: string): (line: string) => void {
  let headed = false;
  return (line) => {
    if (options.quiet && !line.startsWith(" !")) return;
    if (!headed) t.err(`From ${shortUrl(shownUrl(url))}\n`);
    headed = true;
    t.err(line);
  };
}

async function pruneRefs(
  fetch: Fetch,
  remote: Remote,
  advertised: Advertisement,
  local: readonly Ref[],
  say: (line: string) => void,
): Promise<void> {
  const { options, repo } = fetch;
  const specs = options.wanted.refspecs.length > 0 ? options.wanted.refspecs : remote.fetch;
  for (const { name } of staleRefs(local, advertised, options.pruneTags ? [...specs, TAGS] : specs)) {
    if (!options.dryRun) await deleteRef(repo, name);
    say(formatLine("-", "[deleted]", "(none)", name, "", 10));
  }
}

const TAGS: Refspec = {
  force: false,
  negative: false,
  source: "refs/tags/*",
  destination: "refs/tags/*",
  pattern: true,
  matching: false,
  text: "",
};

async function storeRefs(
  fetch: Fetch,
  url: string,
  map: readonly Fetched[],
  local: readonly Ref[],
  say: (line: string) => void,
): Promise<number> {
  const { call, repo, options } = fetch;
  const before = new Map(local.map((ref) => [ref.name, ref.id]));
  const width = nameWidth(map, (it) => options.verbose || before.get(it.localName ?? "") !== it.id);
  const action = call.env.get("GIT_REFLOG_ACTION") ?? ["fetch", ...call.args].join(" ");
  let failed = false;
  // What a merge would take comes first.
  const order = ["merge", "not-for-merge", "none"];
  for (const it of map.toSorted((a, b) => order.indexOf(a.head) - order.indexOf(b.head))) {
    const outcome = await updateRef(call, repo, it, {
      width,
      dryRun: options.dryRun,
      verbose: options.verbose,
      action,
    });
    if (outcome.line !== null) say(outcome.line);
    failed ||= outcome.failed;
  }
  if (options.writeHead) {
    const path = `${repo.gitDir}/FETCH_HEAD`;
    const kept = options.append && (await repo.fs.exists(path)) ? await repo.fs.readFile(path) : "";
    await repo.fs.writeFile(path, kept + fetchHead(map, shownUrl(url)));
  }
  return failed ? 1 : 0;
}

const USAGE = `usage: git fetch [<options>] [<repository> [<refspec>...]]
   or: git fetch [<options>] <group>
   or: git fetch --multiple [<options>] [(<repository> | <group>)...]
   or: git fetch --all [<options>]

    -v, --verbose         be more verbose
    -q, --quiet           be more quiet
    --all                 fetch from all remotes
    --set-upstream        set upstream for git pull/fetch
    -a, --append          append to .git/FETCH_HEAD instead of overwriting
    --atomic              use atomic transaction to update references
    --upload-pack <path>  path to upload pack on remote end
    -f, --force           force overwrite of local reference
    -m, --multiple        fetch from multiple remotes
    -t, --tags            fetch all tags and associated objects
    -n                    do not fetch all tags (--no-tags)
    -j, --jobs <n>        number of submodules fetched in parallel
    --prefetch            modify the refspec to place all refs within refs/prefetch/
    -p, --prune           prune remote-tracking branches no longer on remote
    -P, --prune-tags      prune local tags no longer on remote and clobber changed tags
    --recurse-submodules[=<on-demand>]
                          control recursive fetching of submodules
    --dry-run             dry run
    --write-fetch-head    write fetched references to the FETCH_HEAD file
    -k, --keep            keep downloaded pack
    -u, --update-head-ok  allow updating of HEAD ref
    --progress            force progress reporting
    --depth <depth>       deepen history of shallow clone
    --shallow-since <time>
                          deepen history of shallow repository based on time
    --shallow-exclude <revision>
                          deepen history of shallow clone, excluding rev
    --deepen <n>          deepen history of shallow clone
    --unshallow           convert to a complete repository
    --refetch             re-fetch without negotiating common commits
    --update-shallow      accept refs that update .git/shallow
    --refmap <refmap>     specify fetch refmap
    -o, --server-option <server-specific>
                          option to transmit
    -4, --ipv4            use IPv4 addresses only
    -6, --ipv6            use IPv6 addresses only
    --negotiation-tip <revision>
                          report that we have only objects reachable from this object
    --negotiate-only      do not fetch a packfile; instead, print ancestors of negotiation tips
    --filter <args>       object filtering
    --auto-maintenance    run 'maintenance --auto' after fetching
    --auto-gc             run 'maintenance --auto' after fetching
    --show-forced-updates
                          check for forced-updates on all updated branches
    --write-commit-graph  write the commit-graph after fetching
    --stdin               accept refspecs from stdin

`;
