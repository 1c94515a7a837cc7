/** The status as `git commit` words it: against the parent when amending, and "Initial commit" before the first one. */
import type { Committing } from "./committing.ts";
import type { Change } from "../lib/change.ts";
import { compareTreeIndex } from "../lib/compare.ts";
import { readIndex } from "../lib/gitIndex.ts";
import { readCommit } from "../lib/objects.ts";
import { quotePath } from "../lib/quotePath.ts";
import { findRenames } from "../lib/rename.ts";

export async function statusText(it: Committing): Promise<string> {
  const text = (await it.call.git("status", [])).stdout.replace(
    "\n\nNo commits yet\n",
    "\n\nInitial commit\n",
  );
  return it.options.amend ? amended(it, text) : text;
}

const SECTION = /(Changes to be committed:\n(?: {2}\(.*\)\n)*(?:\t.*\n)+\n)/;
const ENDING = /(?:nothing to commit.*|nothing added to commit.*|no changes added to commit.*)\n$/;

async function amended({ repo, head }: Committing, text: string): Promise<string> {
  const parent = head.commit?.parents[0];
  const tree = parent === undefined ? null : ((await readCommit(repo, parent))?.tree ?? null);
  const changes = await findRenames(
    repo,
    await compareTreeIndex(repo, tree, await readIndex(repo.fs, repo.gitDir)),
  );
  const staged = changes.filter((change) => change.status !== "U");
  const hint =
    parent === undefined ? "git rm --cached <file>..." : "git restore --source=HEAD^1 --staged <file>...";
  const section =
    staged.length === 0
      ? ""
      : `Changes to be committed:\n  (use "${hint}" to unstage)\n${staged.map(line).join("")}\n`;
  const rest = text.replace(SECTION, "").replace(ENDING, staged.length === 0 ? "No changes\n" : "");
  const initial = parent === undefined ? "Initial commit\n\n" : "";
  const at = rest.search(/^(?:Changes not staged|Untracked files|Unmerged paths|Ignored files|No changes)/m);
  const place = at < 0 ? rest.length : at;
  const before = rest.slice(0, place);
  return before + (initial && !before.endsWith("\n\n") ? "\n" : "") + initial + section + rest.slice(place);
}

const WORDS: Readonly<Record<string, string>> = {
  A: "new file",
  D: "deleted",
  M: "modified",
  R: "renamed",
  T: "typechange",
  C: "copied",
};

function line(change: Change): string {
  const name =
    change.status === "R"
      ? `${quotePath(change.old.path)} -> ${quotePath(change.new.path)}`
      : quotePath(change.new.path);
  return `\t${`${WORDS[change.status] ?? ""}:`.padEnd(12)}${name}\n`;
}
