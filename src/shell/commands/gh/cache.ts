/** `gh cache`. https://cli.github.com/manual/gh_cache */
import type { GhCall } from "./call.ts";
import type { GhGroup } from "./command.ts";
import { type Fields, printJson } from "./json.ts";
import { fullName } from "./repository.ts";
import { type ExitCode, GhStop, usageError } from "./stop.ts";
import { ago, plural, size } from "./text.ts";

interface Cache {
  readonly id: number;
  readonly key: string;
  readonly ref: string;
  readonly version: string;
  readonly size_in_bytes: number;
  readonly created_at: string;
  readonly last_accessed_at: string;
}

const FIELDS: Fields<Cache> = {
  createdAt: (it) => it.created_at,
  id: (it) => it.id,
  key: (it) => it.key,
  lastAccessedAt: (it) => it.last_accessed_at,
  ref: (it) => it.ref,
  sizeInBytes: (it) => it.size_in_bytes,
  version: (it) => it.version,
};

export const cacheGroup: GhGroup = {
  name: "cache",
  about: "Work with caches of workflows",
  repoFlag: true,
  commands: [
    {
      name: "delete",
      args: "[<cache-id> | <cache-key> | --all] [flags]",
      about: "Delete caches",
      takes: [0, 1],
      flags: `-a, --all   Delete all caches, can be used with --ref to delete all caches for a specific ref
-r, --ref string   Delete by cache key and ref, formatted as refs/heads/<branch name> or refs/pull/<number>/merge
    --succeed-on-no-caches   Return exit code 0 if no caches found. Must be used in conjunction with --all`,
      run: remove,
    },
    {
      name: "list",
      aliases: ["ls"],
      about: "List caches",
      json: Object.keys(FIELDS),
      flags: `-k, --key string   Filter by cache key prefix
-L, --limit int   Maximum number of caches to fetch (default 30)
-O, --order string   Order of caches returned: {asc|desc} (default "desc")
-r, --ref string   Filter by ref, formatted as refs/heads/<branch name> or refs/pull/<number>/merge
-S, --sort string   Sort fetched caches: {created_at|last_accessed_at|size_in_bytes} (default "last_accessed_at")`,
      run: list,
    },
  ],
};

async function list(call: GhCall): Promise<void> {
  const { flags } = call;
  const limit = flags.number("limit", 30);
  if (limit < 1) throw usageError(`invalid limit: ${limit}`);
  const query = new URLSearchParams({
    sort: flags.value("sort") ?? "last_accessed_at",
    direction: flags.value("order") ?? "desc",
  });
  for (const name of ["key", "ref"]) if (flags.has(name)) query.set(name, flags.value(name) as string);
  const repo = fullName(await call.repo());
  const caches = await call.list<Cache>(
    `${await call.at()}/actions/caches?${query.toString()}`,
    limit,
    "actions_caches",
  );
  if (await printJson(call, caches, FIELDS)) return;
  if (caches.length === 0) return call.tell(`No caches found in ${repo}`);
  if (call.screen.tty) call.out(`\nShowing ${plural(caches.length, "cache")} in ${repo}\n\n`);
  const time = (text: string) => (call.screen.tty ? ago(text, call.now) : text);
  call.table(
    ["id", "key", "size", "created", "accessed"],
    caches.map((it) => [
      String(it.id),
      it.key,
      size(it.size_in_bytes),
      time(it.created_at),
      time(it.last_accessed_at),
    ]),
  );
}

async function remove(call: GhCall): Promise<ExitCode> {
  const { flags } = call;
  const [which] = call.args;
  if (flags.on("all") && which !== undefined)
    throw usageError("specify only one of cache id, cache key, or --all");
  if (!flags.on("all") && which === undefined)
    throw usageError("must provide either cache id, cache key, or use --all");
  if (flags.on("succeed-on-no-caches") && !flags.on("all"))
    throw usageError("--succeed-on-no-caches must be used in conjunction with --all");
  return which === undefined ? removeAll(call) : removeOne(call, which);
}

async function removeAll(call: GhCall): Promise<ExitCode> {
  const at = `${await call.at()}/actions/caches`;
  const ref = call.flags.value("ref");
  const query = ref === undefined ? "" : `?ref=${encodeURIComponent(ref)}`;
  const caches = await call.list<Cache>(at + query, undefined, "actions_caches");
  if (caches.length === 0) {
    if (!call.flags.on("succeed-on-no-caches")) throw new GhStop("X No caches to delete");
    call.tell("✓ No caches to delete");
    return 0;
  }
  for (const { id } of caches) await call.send("DELETE", `${at}/${id}`);
  call.tell(`✓ Deleted ${plural(caches.length, "cache")} from ${fullName(await call.repo())}`);
  return 0;
}

async function removeOne(call: GhCall, which: string): Promise<ExitCode> {
  const at = `${await call.at()}/actions/caches`;
  const ref = call.flags.value("ref");
  const number = /^\d+$/.test(which);
  const query = new URLSearchParams({ key: which, ...(ref === undefined ? {} : { ref }) });
  await call
    .send("DELETE", number ? `${at}/${which}` : `${at}?${query.toString()}`)
    .catch((error: unknown) => {
      if (!(error instanceof GhStop && error.status === 404)) throw error;
      throw new GhStop(
        `X Could not find a cache matching ${which}${ref ? ` (with ref ${ref})` : ""} in ${fullNameOf(at)}`,
      );
    });
  call.tell(`✓ Deleted 1 cache from ${fullName(await call.repo())}`);
  return 0;
}

function fullNameOf(path: string): string {
  return /^repos\/([^/]+\/[^/]+)/.exec(path)?.[1] ?? "";
}
