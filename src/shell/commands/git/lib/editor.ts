/** Which editor git opens, and how: https://git-scm.com/docs/git-var#Documentation/git-var.txt-GITEDITOR */
import type { GitCall } from "../call.ts";
import { assignments, quote } from "./quote.ts";
import type { Repository } from "./repository.ts";
import type { Transcript } from "./transcript.ts";

export async function gitEditor(call: GitCall, repo: Repository): Promise<string> {
  return (
    call.env.get("GIT_EDITOR") ||
    repo.config.get("core.editor") ||
    call.env.get("VISUAL") ||
    call.env.get("EDITOR") ||
    "vi"
  );
}

export async function sequenceEditor(call: GitCall, repo: Repository): Promise<string> {
  return call.env.get("GIT_SEQUENCE_EDITOR") || repo.config.get("sequence.editor") || gitEditor(call, repo);
}

/** Opens `path` and waits. False where the editor failed; git's error is printed then. */
export async function launchEditor(
  call: GitCall,
  t: Transcript,
  editor: string,
  path: string,
  env: Readonly<Record<string, string>> = {},
): Promise<boolean> {
  if (editor === ":") return true;
  if (call.stdin === "") t.show(call);
  // A plain command gets the path as its argument; one with shell syntax as "$@", as git's own wrapper does.
  const command = /["'$&|;<>(){}*?`\\]/.test(editor)
    ? `set -- ${quote(path)}; ${editor} "$@"`
    : `${editor} ${quote(path)}`;
  const exported = `export ${assignments({ GIT_EXEC_PATH: "/usr/lib/git-core", ...env })}; `;
  const result = t.add(await call.shell(exported + command));
  if (result.exitCode === 0) return true;
  t.err(`error: There was a problem with the editor '${editor}'.\n`);
  return false;
}
