/** Our git subcommands by name; a name that is absent is answered by just-git. One command, one file. */
import type { GitCommand } from "./call.ts";
import { mergeBase } from "./mergeBase.ts";
import { symbolicRef } from "./symbolicRef.ts";
import { updateRef } from "./updateRef.ts";
import { showRef } from "./showRef.ts";
import { hashObject } from "./hashObject.ts";
import { lsTree } from "./lsTree.ts";
import { catFile } from "./catFile.ts";
import { revList } from "./revList.ts";
import { commit } from "./commit.ts";
import { filterRepo } from "./filterRepo.ts";
import { add } from "./add.ts";
import { stash } from "./stash.ts";
import { merge } from "./merge.ts";
import { rebase } from "./rebase.ts";
import { cherryPick } from "./cherryPick.ts";
import { revert } from "./revert.ts";
import { checkout } from "./checkout.ts";
import { switchCommand } from "./switch.ts";
import { restore } from "./restore.ts";
import { reset } from "./reset.ts";
import { init } from "./init.ts";
import { clone } from "./clone.ts";
import { fetchCommand } from "./fetch.ts";
import { pull } from "./pull.ts";
import { push } from "./push.ts";
import { remote } from "./remote.ts";
import { lsRemote } from "./lsRemote.ts";
import { log } from "./log.ts";
import { show } from "./show.ts";
import { countObjects } from "./countObjects.ts";
import { prune } from "./prune.ts";
import { gc } from "./gc.ts";
import { repack } from "./repack.ts";
import { packRefs } from "./packRefs.ts";
import { reflog } from "./reflog.ts";
import { rm } from "./rm.ts";
import { mv } from "./mv.ts";
import { fsck } from "./fsck.ts";
import { status } from "./status.ts";
import { diff } from "./diff.ts";
import { checkIgnore } from "./checkIgnore.ts";
import { forEachRef } from "./forEachRef.ts";
import { revParse } from "./revParse.ts";
import { nameRev } from "./nameRev.ts";
import { variable } from "./var.ts";
import { verifyCommit } from "./verifySignature.ts";
import { verifyTag } from "./verifySignature.ts";
import { submodule } from "./submodule.ts";
import { verifyPack } from "./verifyPack.ts";
import { tag } from "./tag.ts";
import { branch } from "./branch.ts";
import { config } from "./config.ts";
import { lsFiles } from "./lsFiles.ts";
import { clean } from "./clean.ts";
import { notes } from "./notes.ts";
import { cherry } from "./cherry.ts";
import { diffTree } from "./diffTree.ts";
import { shortlog } from "./shortlog.ts";
import { describe } from "./describe.ts";
import { grep } from "./grep.ts";
import { blame } from "./blame.ts";

export const gitCommands: ReadonlyMap<string, GitCommand> = new Map<string, GitCommand>([
  ["merge-base", mergeBase],
  ["symbolic-ref", symbolicRef],
  ["update-ref", updateRef],
  ["show-ref", showRef],
  ["hash-object", hashObject],
  ["ls-tree", lsTree],
  ["cat-file", catFile],
  ["rev-list", revList],
  ["commit", commit],
  ["filter-repo", filterRepo],
  ["add", add],
  ["stash", stash],
  ["merge", merge],
  ["rebase", rebase],
  ["cherry-pick", cherryPick],
  ["revert", revert],
  ["checkout", checkout],
  ["switch", switchCommand],
  ["restore", restore],
  ["reset", reset],
  ["init", init],
  ["clone", clone],
  ["fetch", fetchCommand],
  ["pull", pull],
  ["push", push],
  ["remote", remote],
  ["ls-remote", lsRemote],
  ["log", log],
  ["show", show],
  ["count-objects", countObjects],
  ["prune", prune],
  ["gc", gc],
  ["repack", repack],
  ["pack-refs", packRefs],
  ["reflog", reflog],
  ["rm", rm],
  ["mv", mv],
  ["fsck", fsck],
  ["status", status],
  ["diff", diff],
  ["check-ignore", checkIgnore],
  ["for-each-ref", forEachRef],
  ["rev-parse", revParse],
  ["name-rev", nameRev],
  ["var", variable],
  ["verify-commit", verifyCommit],
  ["verify-tag", verifyTag],
  ["submodule", submodule],
  ["verify-pack", verifyPack],
  ["tag", tag],
  ["branch", branch],
  ["config", config],
  ["ls-files", lsFiles],
  ["clean", clean],
  ["notes", notes],
  ["cherry", cherry],
  ["diff-tree", diffTree],
  ["shortlog", shortlog],
  ["describe", describe],
  ["grep", grep],
  ["blame", blame],
]);
