/** `git branch -m` and `-c`. */
import type { GitCall } from "../call.ts";
import { logNote } from "../lib/head.ts";
import {
  appendReflog,
  deleteRef,
  readHead,
  readReflog,
  resolveRef,
  writeReflog,
  writeRef,
  writeSymbolicRef,
} from "../lib/refs.ts";
import type { Repository } from "../lib/repository.ts";
import { die, type Transcript } from "../lib/transcript.ts";
import { checkName } from "./create.ts";
import { copyBranchSection, renameBranchSection } from "./section.ts";

export interface RenameOptions {
  readonly copy: boolean;
  readonly force: boolean;
}

export async function copyOrRename(
  call: GitCall,
  repo: Repository,
  rest: readonly string[],
  options: RenameOptions,
  _t: Transcript,
): Promise<number> {
  if (rest.length === 0) die("branch name required");
  if (rest.length > 2) die(`too many arguments for a ${options.copy ? "copy" : "rename"} operation`);
  const head = await readHead(repo);
  const current = head.branch?.replace(/^refs\/heads\//, "");
  const from =
    rest.length === 2
      ? (rest[0] as string)
      : (current ?? die(`cannot ${options.copy ? "copy" : "rename"} the current branch while not on any.`));
  const to = rest.at(-1) as string;
  const source = await resolveRef(repo, `refs/heads/${from}`);
  if (!source && !(current === from && !options.copy)) {
    die(current === from ? `no commit on branch '${from}' yet` : `No branch named '${from}'.`);
  }
  checkName(to);
  const there = await resolveRef(repo, `refs/heads/${to}`);
  if (there && from !== to && !options.force) die(`a branch named '${to}' already exists`);
  if (there && from !== to && head.branch === `refs/heads/${to}` && repo.workTree !== null)
    die(`cannot force update the branch '${to}' checked out at '${repo.workTree}'`);
  if (from === to) return 0;
  if (source) await moveRef(call, repo, from, to, source.id, options.copy, head.branch);
  else await writeSymbolicRef(repo, "HEAD", `refs/heads/${to}`);
  if (options.copy) await copyBranchSection(repo, from, to);
  else await renameBranchSection(repo, from, to);
  return 0;
}

async function moveRef(
  call: GitCall,
  repo: Repository,
  from: string,
  to: string,
  id: string,
  copy: boolean,
  current: string | null,
): Promise<void> {
  const [old, target] = [`refs/heads/${from}`, `refs/heads/${to}`];
  const log = await readReflog(repo, old);
  const message = `Branch: ${copy ? "copied" : "renamed"} ${old} to ${target}`;
  const note = logNote(call, repo, message);
  if (!copy) await deleteRef(repo, old);
  await writeRef(repo, target, id, null);
  if (log.length > 0 || note.create)
    await writeReflog(repo, target, [...log, { old: id, new: id, person: note.person, message }]);
  if (copy || current !== old) return;
  await writeSymbolicRef(repo, "HEAD", target);
  const zero = "0".repeat(40);
  await appendReflog(repo, "HEAD", { old: id, new: zero, person: note.person, message });
  await appendReflog(repo, "HEAD", { old: zero, new: id, person: note.person, message });
}
