/** What a commit changes, apart from where: https://git-scm.com/docs/git-patch-id */
import type { GitContext } from "just-git";
import { hashObject } from "./objects.ts";
import { fromLatin1 } from "../../../../base/bytes.ts";
import { compareTrees } from "./compare.ts";
import { type Commit, readCommit } from "./objects.ts";
import { patchText } from "./patch.ts";

/** Equal for commits that make the same change; null for merges. Not the number that git prints. */
export async function patchId(repo: GitContext, commit: Commit): Promise<string | null> {
  if (commit.parents.length > 1) return null;
  const parent = commit.parents[0] === undefined ? null : await readCommit(repo, commit.parents[0]);
  let text = "";
  for (const change of await compareTrees(repo, parent?.tree ?? null, commit.tree)) {
    text += await patchText(repo, change, { fullIndex: true });
  }
  const lines = text.split("\n").filter((line) => !/^(index |@@ )/.test(line));
  return hashObject("blob", fromLatin1(lines.join("\n").replace(/[ \t\r\f\v]/g, "")));
}
