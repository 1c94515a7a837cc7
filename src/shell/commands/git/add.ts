/** `git add`: https://git-scm.com/docs/git-add */
import type { GitCall, GitCommand } from "./call.ts";
import { readIndex, writeIndex, type GitIndex, type IndexEntry } from "./lib/gitIndex.ts";
import { ignoreOf } from "./lib/ignore.ts";
import { GITLINK_MODE, writeObject } from "./lib/objects.ts";
import { parseOptions } from "./lib/options.ts";
import { parsePathspec, type Pathspec } from "./lib/pathspec.ts";
import { USAGE } from "./lib/firstUsage.ts";
import { resolveRef } from "./lib/refs.ts";
import { openWorkTree, type WorkTreeRepository } from "./lib/repository.ts";
import { quotePath } from "./lib/quotePath.ts";
import { die, run, stop, type Transcript } from "./lib/transcript.ts";
import { findUntracked } from "./lib/untracked.ts";
import { fileChange, fileStat, stageFile } from "./lib/workTree.ts";

const SPEC = {
  dryRun: { names: ["-n", "--dry-run"] },
  verbose: { names: ["-v", "--verbose"] },
  interactive: { names: ["-i", "--interactive"] },
  patch: { names: ["-p", "--patch"] },
  edit: { names: ["-e", "--edit"] },
  force: { names: ["-f", "--force"] },
  update: { names: ["-u", "--update"] },
  renormalize: { names: ["--renormalize"] },
  intent: { names: ["-N", "--intent-to-add"] },
  all: { names: ["-A", "--all"] },
  ignoreRemoval: { names: ["--ignore-removal"] },
  refresh: { names: ["--refresh"] },
  ignoreErrors: { names: ["--ignore-errors"] },
  ignoreMissing: { names: ["--ignore-missing"] },
  chmod: { names: ["--chmod"], value: "required" },
} as const;

interface Adding {
  readonly call: GitCall;
  readonly repo: WorkTreeRepository;
  readonly t: Transcript;
  readonly index: GitIndex;
  readonly spec: Pathspec;
  readonly paths: readonly string[];
  readonly tracked: ReadonlyMap<string, IndexEntry>;
  readonly force: boolean;
  readonly removals: boolean;
  readonly onlyTracked: boolean;
  readonly intent: boolean;
  readonly tells: boolean;
  readonly dryRun: boolean;
  readonly chmod: string | undefined;
}

export const add: GitCommand = async (call) => {
  const parsed = parseOptions(call.args, SPEC, { usage: USAGE.add });
  if ("result" in parsed) return parsed.result;
  const { values, counts, rest: paths } = parsed;
  return run(async (t) => {
    const repo = await openWorkTree(call);
    if (values.patch) {
      const { addPatch } = await import("./lib/addPatch.ts");
      await addPatch(call, repo, t, { kind: "stage" }, paths);
      return 0;
    }
    if (values.interactive || values.edit)
      die(`${values.edit ? "-e" : "-i"} is not simulated in LeakLab; use 'git add -p'`);
    if (values.all && values.update) die("options '-A' and '-u' cannot be used together");
    if (values.chmod !== undefined && !/^[+-]x$/.test(values.chmod))
      die(`--chmod param '${values.chmod}' must be either -x or +x`);
    if (paths.length === 0 && !values.all && !values.update) {
      t.err("Nothing specified, nothing added.\n");
      if (repo.config.bool("advice.addEmptyPathspec") !== false) {
        t.err(
          "hint: Maybe you wanted to say 'git add .'?\nhint: Turn this message off by running\nhint: \"git config advice.addEmptyPathspec false\"\n",
        );
      }
      return 0;
    }
    for (const path of paths)
      if (path === "")
        die("empty string is not a valid pathspec. please use . instead if you meant to match all paths");
    const index = await readIndex(repo.fs, repo.gitDir);
    return stage({
      call,
      repo,
      t,
      index,
      paths,
      spec: parsePathspec(paths, paths.length === 0 ? "" : repo.prefix),
      tracked: new Map(index.entries.map((entry) => [entry.path, entry])),
      force: values.force,
      removals: counts.all !== -1 && !values.ignoreRemoval,
      onlyTracked: values.update,
      intent: values.intent,
      tells: values.verbose || values.dryRun,
      dryRun: values.dryRun,
      chmod: values.chmod,
    });
  });
};

async function stage(adding: Adding): Promise<number> {
  const { repo, call, t, index, spec } = adding;
  const ignores = ignoreOf(repo, call.env);
  const found = adding.onlyTracked
    ? { untracked: [], ignored: [] }
    : await findUntracked(repo, index, {
        mode: "all",
        paths: spec,
        ignores: adding.force ? NOTHING_IGNORED : ignores,
        wantsIgnored: "no",
      });
  const fresh = found.untracked;
  const ignored = adding.force || adding.onlyTracked ? [] : await ignoredNames(adding, fresh);
  await requireMatches(adding, fresh, ignored);
  const entries = new Map<string, IndexEntry[]>();
  for (const entry of index.entries) entries.set(entry.path, [...(entries.get(entry.path) ?? []), entry]);
  const paths = [...entries.keys(), ...fresh.filter((path) => !entries.has(path))]
    .filter((path) => spec.matches(path))
    .sort();
  for (const path of paths) await stagePath(adding, path, entries);
  if (!adding.dryRun) await writeIndex(repo.fs, repo.gitDir, [...entries.values()].flat());
  if (ignored.length === 0) return 0;
  t.err(
    `The following paths are ignored by one of your .gitignore files:\n${ignored.map((path) => `${path}\n`).join("")}`,
  );
  if (repo.config.bool("advice.addIgnoredFile") !== false) {
    t.err(
      'hint: Use -f if you really want to add them.\nhint: Turn this message off by running\nhint: "git config advice.addIgnoredFile false"\n',
    );
  }
  return 1;
}

const NOTHING_IGNORED = { isIgnored: async () => false };

/** Arguments that name an ignored path exactly. */
async function ignoredNames(
  { repo, call, spec, tracked }: Adding,
  fresh: readonly string[],
): Promise<string[]> {
  const ignores = ignoreOf(repo, call.env);
  const names: string[] = [];
  for (const item of spec.items) {
    if (
      item.exclude ||
      item.path === "" ||
      /[*?[]/.test(item.path) ||
      fresh.some((path) => item.matches(path))
    )
      continue;
    if ([...tracked.keys()].some((path) => item.matches(path))) continue;
    const at = `${repo.workTree}/${item.path}`;
    if (!(await repo.fs.exists(at))) continue;
    const directory = (await repo.fs.stat(at)).isDirectory;
    const parts = item.path.split("/");
    for (let i = 1; i <= parts.length; i++) {
      const part = parts.slice(0, i).join("/");
      if (!(await ignores.isIgnored(part, i < parts.length || directory))) continue;
      names.push(part);
      break;
    }
  }
  return [...new Set(names)];
}

async function requireMatches(
  { repo, spec, tracked }: Adding,
  fresh: readonly string[],
  ignored: readonly string[],
): Promise<void> {
  for (const item of spec.items) {
    if (item.exclude || item.path === "") continue;
    if (ignored.some((path) => item.path === path || item.path.startsWith(`${path}/`))) continue;
    if (fresh.some((path) => item.matches(path)) || [...tracked.keys()].some((path) => item.matches(path)))
      continue;
    if (!/[*?[]/.test(item.path) && (await repo.fs.exists(`${repo.workTree}/${item.path}`))) continue;
    die(`pathspec '${item.original}' did not match any files`);
  }
}

async function stagePath(adding: Adding, path: string, entries: Map<string, IndexEntry[]>): Promise<void> {
  const { repo, t, index } = adding;
  if (path.endsWith("/")) return stageRepository(adding, path.slice(0, -1), entries);
  const known = entries.get(path)?.find((entry) => entry.stage === 0);
  const stat = await fileStat(repo, path);
  if (!stat) {
    if (!adding.removals || known?.mode === GITLINK_MODE) return;
    entries.delete(path);
    if (adding.tells) t.out(`remove '${quotePath(path)}'\n`);
    return;
  }
  if (known && (await fileChange(repo, index, known)) === null) {
    if (adding.chmod !== undefined) setMode(adding, entries, known);
    return;
  }
  if (known && adding.intent) return;
  if (adding.tells) t.out(`add '${quotePath(path)}'\n`);
  if (adding.dryRun) return;
  if (adding.intent) {
    // The entry names the empty blob, which has to be there: fsck looks.
    const oid = await writeObject(repo, "blob", new Uint8Array());
    entries.set(path, [{ path, mode: stat.mode, oid, stage: 0, size: 0, mtimeMs: 0, intentToAdd: true }]);
  } else {
    const entry = await stageFile(repo, path);
    if (entry) entries.set(path, [entry]);
    if (entry && adding.chmod !== undefined) setMode(adding, entries, entry);
  }
}

function setMode({ chmod }: Adding, entries: Map<string, IndexEntry[]>, entry: IndexEntry): void {
  entries.set(entry.path, [{ ...entry, mode: chmod === "+x" ? 0o100755 : 0o100644 }]);
}

/** A repository inside: only the commit that it is on can be added. */
async function stageRepository(
  { repo, t, dryRun, tells }: Adding,
  path: string,
  entries: Map<string, IndexEntry[]>,
): Promise<void> {
  const inner = { ...repo, gitDir: `${repo.workTree}/${path}/.git` };
  if (!(await repo.fs.exists(inner.gitDir))) return;
  const head = await resolveRef(inner, "HEAD");
  if (!head) stop(`error: '${path}/' does not have a commit checked out\nfatal: adding files failed\n`, 128);
  if (!entries.has(path)) {
    t.err(`warning: adding embedded git repository: ${path}\n`);
    if (repo.config.bool("advice.addEmbeddedRepo") !== false) t.err(EMBEDDED.replaceAll("%", path));
  }
  if (tells) t.out(`add '${path}/'\n`);
  if (!dryRun) entries.set(path, [{ path, mode: GITLINK_MODE, oid: head.id, stage: 0, size: 0, mtimeMs: 0 }]);
}

const EMBEDDED = `hint: You've added another git repository inside your current repository.
hint: Clones of the outer repository will not contain the contents of
hint: the embedded repository and will not know how to obtain it.
hint: If you meant to add a submodule, use:
hint: 
hint: \tgit submodule add <url> %
hint: 
hint: If you added this path by mistake, you can remove it from the
hint: index with:
hint: 
hint: \tgit rm --cached %
hint: 
hint: See "git help submodule" for more information.
`;
