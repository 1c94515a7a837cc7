/**
 * actions/cache and its halves. https://github.com/actions/cache
 * An entry is read from the scope of the run's own ref, then of the base branch, then of the default branch; it is written
 * to the run's own ref only: https://docs.github.com/en/actions/reference/workflows-and-actions/dependency-caching#restrictions-for-accessing-a-cache
 */
import { sha256 } from "../../base/digest.ts";
import { findCache, readCache, saveCache } from "../../world/services/forge/actions/caches.ts";
import type { Cache } from "../../world/services/forge/actions/model.ts";
import type { Repository } from "../../world/services/forge/model.ts";
import { issue } from "../runner/execution.ts";
import { flag, input, lines, save, saved, say, stop, type ActionCall, type BuiltIn } from "./call.ts";
import { packFiles, unpackFiles } from "./cacheArchive.ts";
import { findFiles } from "./glob.ts";

const LONGEST_KEY = 512;

const RESTORE_INPUTS = {
  path: null,
  key: null,
  "restore-keys": null,
  "upload-chunk-size": null,
  enableCrossOsArchive: "false",
  "fail-on-cache-miss": "false",
  "lookup-only": "false",
};

function lowered(inputs: Readonly<Record<string, string | null>>): Readonly<Record<string, string | null>> {
  return Object.fromEntries(Object.entries(inputs).map(([name, value]) => [name.toLowerCase(), value]));
}

export const cache: BuiltIn = {
  newest: 5,
  oldest: 1,
  inputs: () => lowered({ ...RESTORE_INPUTS, "save-always": "false" }),
  main: restore,
  post: { condition: "success()", run: saveAfter },
};

export const cacheRestore: BuiltIn = {
  newest: 5,
  oldest: 3,
  inputs: () => lowered(RESTORE_INPUTS),
  main: restore,
};

export const cacheSave: BuiltIn = {
  newest: 5,
  oldest: 3,
  inputs: () => lowered({ path: null, key: null, "upload-chunk-size": null, enableCrossOsArchive: "false" }),
  main: (call) => store(call, input(call, "key")),
};

/** v1 and v2 were switched off with the service behind them. */
function isDead(call: ActionCall): boolean {
  if (call.version > 2) return false;
  stop(
    call,
    `This request has been automatically failed because it uses a deprecated version of \`actions/cache: v${call.version}\`. Please update your workflow to use v3/v4 of actions/cache to avoid interruptions. Learn more: https://github.blog/changelog/2024-12-05-notice-of-upcoming-releases-and-breaking-changes-for-github-actions/#actions-cache-v1-v2-and-actions-toolkit-cache-package-closing-down`,
  );
  return true;
}

function restore(call: ActionCall): void {
  if (isDead(call)) return;
  const keys = [input(call, "key"), ...lines(call, "restore-keys")];
  const wrong = lines(call, "path").length === 0 ? "Input required and not supplied: path" : keyProblem(keys);
  if (wrong !== null) {
    stop(call, wrong);
    return;
  }
  const { world } = call.execution.request;
  const [primary = ""] = keys;
  save(call, "primary", primary);
  call.frame.outputs["cache-primary-key"] = primary;
  const repository = repositoryOf(call);
  const found =
    repository && findCache(world.forge, repository, scopes(call, repository), keys, versionOf(call));
  if (!found) missed(call, keys);
  else hit(call, found, primary);
}

function keyProblem(keys: readonly string[]): string | null {
  if (keys[0] === "") return "Input required and not supplied: key";
  if (keys.length > 10) return "Key Validation Error: Keys are limited to a maximum of 10.";
  for (const key of keys) {
    if (key.length > LONGEST_KEY)
      return `Key Validation Error: ${key} cannot be larger than ${LONGEST_KEY} characters.`;
    if (key.includes(",")) return `Key Validation Error: ${key} cannot contain commas.`;
  }
  return null;
}

function missed(call: ActionCall, keys: readonly string[]): void {
  if (flag(call, "fail-on-cache-miss") === true) {
    stop(call, `Failed to restore cache entry. Exiting as fail-on-cache-miss is set. Input key: ${keys[0]}`);
    return;
  }
  say(call, `Cache not found for input keys: ${keys.join(", ")}`);
}

function hit(call: ActionCall, found: Cache, primary: string): void {
  const lookup = flag(call, "lookup-only") === true;
  if (!lookup) {
    const problem = unpackFiles(call.execution, readCache(call.execution.request.world.forge, found));
    if (problem !== null) issue(call.frame, "warning", `Failed to restore: ${problem}`);
    say(call, `Cache hit for: ${found.key}\nReceived ${found.sizeBytes} of ${found.sizeBytes} (100.0%)`);
    say(call, "Cache restored successfully");
  }
  save(call, "matched", found.key);
  const exact = found.key.toLowerCase() === primary.toLowerCase();
  Object.assign(call.frame.outputs, { "cache-hit": String(exact), "cache-matched-key": found.key });
  say(
    call,
    lookup
      ? `Cache found and can be restored from key: ${found.key}`
      : `Cache restored from key: ${found.key}`,
  );
}

function saveAfter(call: ActionCall): void {
  say(call, "Post job cleanup.");
  const primary = saved(call, "primary");
  if (primary === undefined) issue(call.frame, "warning", "Key is not specified.");
  else if (saved(call, "matched")?.toLowerCase() === primary.toLowerCase())
    say(call, `Cache hit occurred on the primary key ${primary}, not saving cache.`);
  else store(call, primary);
}

function store(call: ActionCall, key: string): void {
  if (isDead(call)) return;
  const wrong = keyProblem([key]);
  if (wrong !== null) {
    stop(call, wrong);
    return;
  }
  const { execution } = call;
  const { world, run } = execution.request;
  const { files } = findFiles(execution, lines(call, "path"), true);
  if (files.length === 0) {
    issue(
      call.frame,
      "warning",
      "Path Validation Error: Path(s) specified in the action for caching do(es) not exist, hence no cache is being saved.",
    );
    return;
  }
  const bytes = packFiles(execution, files);
  const repository = repositoryOf(call);
  const made = repository && saveCache(world.forge, repository, run.ref, key, versionOf(call), bytes);
  if (!made)
    say(
      call,
      `Failed to save: Unable to reserve cache with key ${key}, another job may be creating this cache.`,
    );
  else
    say(
      call,
      `Cache Size: ~0 MB (${made.sizeBytes} B)\nCache saved successfully\nCache saved with key: ${key}`,
    );
}

/** Undefined where it was deleted meanwhile. */
function repositoryOf({ execution }: ActionCall): Repository | undefined {
  const { world, run } = execution.request;
  return world.forge.find(run.repository);
}

/** Other paths, another archive: entries of other paths are never found. */
function versionOf(call: ActionCall): string {
  return sha256([...lines(call, "path"), "gzip", "1.0"].join("|"));
}

function scopes(call: ActionCall, { defaultBranch }: Repository): string[] {
  const { run, github } = call.execution.request;
  const base = github["base_ref"];
  const fallbacks = [typeof base === "string" && base !== "" ? base : null, defaultBranch];
  const refs = fallbacks.flatMap((branch) => (branch === null ? [] : [`refs/heads/${branch}`]));
  return [...new Set([run.ref, ...refs])];
}
