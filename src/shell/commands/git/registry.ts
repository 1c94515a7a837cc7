/**
 * The git subcommands by name; a name that is absent is an alias, not simulated, or a mistake (unknown.ts). One command,
 * one file, loaded when it is first called: nobody waits for `filter-repo` to see a prompt.
 */
import { loadedOnce } from "../../../base/loaded.ts";
import type { GitCommand } from "./call.ts";

export type LoadCommand = () => Promise<GitCommand>;

const first = async () => (await import("./first.ts")).first;

const COMMANDS: readonly (readonly [name: string, load: LoadCommand])[] = [
  ["add", async () => (await first()).add],
  ["blame", async () => (await import("./blame.ts")).blame],
  ["branch", async () => (await import("./branch.ts")).branch],
  ["cat-file", async () => (await import("./catFile.ts")).catFile],
  ["check-ignore", async () => (await import("./checkIgnore.ts")).checkIgnore],
  ["checkout", async () => (await import("./checkout.ts")).checkout],
  ["cherry", async () => (await import("./cherry.ts")).cherry],
  ["cherry-pick", async () => (await import("./cherryPick.ts")).cherryPick],
  ["clean", async () => (await import("./clean.ts")).clean],
  ["clone", async () => (await import("./clone.ts")).clone],
  ["commit", async () => (await first()).commit],
  ["config", async () => (await first()).config],
  ["count-objects", async () => (await import("./countObjects.ts")).countObjects],
  ["credential", async () => (await import("./credential.ts")).credential],
  ["credential-cache", async () => (await import("./credentialStore.ts")).credentialCache],
  ["credential-store", async () => (await import("./credentialStore.ts")).credentialStore],
  ["describe", async () => (await import("./describe.ts")).describe],
  ["diff", async () => (await import("./diff.ts")).diff],
  ["diff-tree", async () => (await import("./diffTree.ts")).diffTree],
  ["fetch", async () => (await import("./fetch.ts")).fetchCommand],
  ["filter-repo", async () => (await import("./filterRepo.ts")).filterRepo],
  ["for-each-ref", async () => (await import("./forEachRef.ts")).forEachRef],
  ["fsck", async () => (await import("./fsck.ts")).fsck],
  ["gc", async () => (await import("./gc.ts")).gc],
  ["grep", async () => (await import("./grep.ts")).grep],
  ["hash-object", async () => (await import("./hashObject.ts")).hashObject],
  ["init", async () => (await first()).init],
  ["log", async () => (await import("./log.ts")).log],
  ["ls-files", async () => (await import("./lsFiles.ts")).lsFiles],
  ["ls-remote", async () => (await import("./lsRemote.ts")).lsRemote],
  ["ls-tree", async () => (await import("./lsTree.ts")).lsTree],
  ["merge", async () => (await import("./merge.ts")).merge],
  ["merge-base", async () => (await import("./mergeBase.ts")).mergeBase],
  ["mv", async () => (await import("./mv.ts")).mv],
  ["name-rev", async () => (await import("./nameRev.ts")).nameRev],
  ["notes", async () => (await import("./notes.ts")).notes],
  ["pack-refs", async () => (await import("./packRefs.ts")).packRefs],
  ["prune", async () => (await import("./prune.ts")).prune],
  ["pull", async () => (await import("./pull.ts")).pull],
  ["push", async () => (await first()).push],
  ["rebase", async () => (await import("./rebase.ts")).rebase],
  ["reflog", async () => (await import("./reflog.ts")).reflog],
  ["remote", async () => (await first()).remote],
  ["repack", async () => (await import("./repack.ts")).repack],
  ["reset", async () => (await import("./reset.ts")).reset],
  ["restore", async () => (await import("./restore.ts")).restore],
  ["rev-list", async () => (await import("./revList.ts")).revList],
  ["rev-parse", async () => (await import("./revParse.ts")).revParse],
  ["revert", async () => (await import("./revert.ts")).revert],
  ["rm", async () => (await first()).rm],
  ["shortlog", async () => (await import("./shortlog.ts")).shortlog],
  ["show", async () => (await import("./show.ts")).show],
  ["show-ref", async () => (await import("./showRef.ts")).showRef],
  ["stash", async () => (await first()).stash],
  ["status", async () => (await first()).status],
  ["submodule", async () => (await import("./submodule.ts")).submodule],
  ["switch", async () => (await first()).switchCommand],
  ["symbolic-ref", async () => (await import("./symbolicRef.ts")).symbolicRef],
  ["tag", async () => (await import("./tag.ts")).tag],
  ["update-ref", async () => (await import("./updateRef.ts")).updateRef],
  ["var", async () => (await import("./var.ts")).variable],
  ["verify-commit", async () => (await import("./verifySignature.ts")).verifyCommit],
  ["verify-pack", async () => (await import("./verifyPack.ts")).verifyPack],
  ["verify-tag", async () => (await import("./verifySignature.ts")).verifyTag],
];

export const gitCommands: ReadonlyMap<string, LoadCommand> = new Map(
  COMMANDS.map(([name, load]) => [name, loadedOnce(load)]),
);

/** What nearly every session begins with: fetched together, beside the rest, instead of one after another. */
const COMMON = [
  "status",
  "log",
  "add",
  "commit",
  "config",
  "init",
  "switch",
  "stash",
  "remote",
  "push",
  "rm",
];

export async function preloadCommon(): Promise<void> {
  await Promise.all(COMMON.map((name) => gitCommands.get(name)?.()));
}
