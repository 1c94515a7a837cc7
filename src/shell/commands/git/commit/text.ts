/** The message of a commit: where it comes from, the editor, the hooks that see it, and what remains of it. */
import type { Committing } from "./committing.ts";
import { gitEditor, launchEditor } from "../lib/editor.ts";
import { readGitFile, writeGitFile } from "../lib/gitFile.ts";
import { runHook } from "../lib/hooks.ts";
import { identity } from "../lib/identity.ts";
import { addTrailer, cleanMessage, stripSpace, subjectOf, type Cleanup } from "../lib/message.ts";
import { resolveCommit } from "../lib/resolve.ts";
import { die, stop } from "../lib/transcript.ts";
import { statusForEditor } from "./template.ts";

export interface Draft {
  readonly text: string;
  readonly editor: boolean;
  /** Further arguments of prepare-commit-msg: where the message comes from. */
  readonly source: readonly string[];
}

export async function commitMessage(it: Committing): Promise<Draft> {
  const { options } = it;
  const draft = await draftOf(it);
  let { text } = draft;
  for (const trailer of options.trailers)
    text = addTrailer(text, trailer.replace(/^([^:=]+)[:=]\s*/, "$1: "));
  if (options.signoff) text = addTrailer(text, signOff(it));
  return { text, editor: options.edit ?? draft.editor, source: draft.source };
}

function signOff({ call, repo }: Committing): string {
  const result = identity(call, repo.config, "committer");
  if ("error" in result) stop(result.error, 128);
  return `Signed-off-by: ${result.person.name} <${result.person.email}>`;
}

async function draftOf(it: Committing): Promise<Draft> {
  const { repo, options, head } = it;
  const given =
    options.messages.length > 0
      ? options.messages
          .map((text, i) => (i === 0 ? text : `\n${text}`))
          .map((text) => `${text}\n`)
          .join("")
      : null;
  if (options.fixup) return fixup(it, options.fixup, given);
  const squash =
    options.squash === undefined ? "" : `squash! ${subjectOf((await named(it, options.squash)).message)}\n\n`;
  if (given !== null) return { text: squash + given, editor: false, source: ["message"] };
  if (options.file !== undefined)
    return { text: squash + (await fromFile(it, options.file)), editor: false, source: ["message"] };
  if (options.reuse !== undefined) {
    const { message } = await named(it, options.reuse);
    return { text: squash + message, editor: options.reedit, source: ["commit", options.reuse] };
  }
  if (options.amend && head.commit)
    return { text: squash + head.commit.message, editor: true, source: ["commit", "HEAD"] };
  const merging = await readGitFile(repo, "MERGE_MSG");
  const squashing = await readGitFile(repo, "SQUASH_MSG");
  if (merging !== null)
    return {
      text: squash + (squashing ?? "") + merging,
      editor: true,
      source: [squashing === null ? "merge" : "squash"],
    };
  if (squashing !== null) return { text: squash + squashing, editor: true, source: ["squash"] };
  const template = options.template ?? repo.config.get("commit.template");
  if (template !== undefined)
    return { text: squash + (await templateText(it, template)), editor: true, source: ["template"] };
  return { text: squash, editor: true, source: squash ? ["message"] : [] };
}

async function named({ repo }: Committing, revision: string) {
  const commit = await resolveCommit(repo, revision);
  if (!commit) die(`could not lookup commit ${revision}`);
  return commit;
}

async function fixup(
  it: Committing,
  { kind, commit }: NonNullable<Committing["options"]["fixup"]>,
  given: string | null,
): Promise<Draft> {
  const target = await named(it, commit);
  const subject = subjectOf(target.message);
  if (kind === "fixup")
    return { text: `fixup! ${subject}\n\n${given ?? ""}`, editor: false, source: ["message"] };
  const body = target.message.startsWith("amend! ")
    ? target.message.slice(target.message.indexOf("\n\n") + 2)
    : target.message;
  return { text: `amend! ${subject}\n\n${given ?? body}`, editor: true, source: ["message"] };
}

async function fromFile({ call }: Committing, file: string): Promise<string> {
  if (file === "-") return call.stdin;
  const path = file.startsWith("/") ? file : `${call.cwd}/${file}`;
  if (!(await call.fs.exists(path))) die(`could not read log file '${file}': No such file or directory`);
  return call.fs.readFile(path);
}

async function templateText({ call, repo }: Committing, file: string): Promise<string> {
  const home = call.env.get("HOME") ?? "~";
  const expanded = file.replace(/^~(?=\/)/, home);
  const path = expanded.startsWith("/") ? expanded : `${repo.workTree}/${expanded}`;
  if (!(await call.fs.exists(path))) die(`could not read '${file}': No such file or directory`);
  return call.fs.readFile(path);
}

/** Runs prepare-commit-msg, the editor and commit-msg, and gives the message that is committed. */
export async function editMessage(
  it: Committing,
  draft: Draft,
  env: Readonly<Record<string, string>>,
): Promise<string> {
  const { call, repo, t, options } = it;
  const cleanup = cleanupOf(it);
  const initial = `${cleanup === "verbatim" ? draft.text : stripSpace(draft.text, false)}`;
  const verbose = options.verbose || repo.config.bool("commit.verbose") === true;
  const text = draft.editor ? initial + (await statusForEditor(it, cleanup, verbose)) : initial;
  await writeGitFile(repo, "COMMIT_EDITMSG", text);
  const file = ".git/COMMIT_EDITMSG";
  if (
    t.add(await runHook(call, repo, "prepare-commit-msg", { args: [file, ...draft.source], env }))
      .exitCode !== 0
  )
    stop("");
  if (draft.editor) await openEditor(it, env);
  if (
    !options.noVerify &&
    t.add(await runHook(call, repo, "commit-msg", { args: [file], env })).exitCode !== 0
  )
    stop("");
  const edited = (await readGitFile(repo, "COMMIT_EDITMSG")) ?? "";
  const message = cleanMessage(edited, cleanup, draft.editor);
  await refuseBad(it, draft, message);
  return message;
}

function cleanupOf({ repo, options }: Committing): Cleanup {
  return options.cleanup ?? (repo.config.get("commit.cleanup") as Cleanup | undefined) ?? "default";
}

async function openEditor(
  { call, repo, t }: Committing,
  env: Readonly<Record<string, string>>,
): Promise<void> {
  const editor = await gitEditor(call, repo);
  if (
    await launchEditor(call, t, editor, `${repo.gitDir}/COMMIT_EDITMSG`, {
      GIT_INDEX_FILE: env["GIT_INDEX_FILE"] ?? ".git/index",
    })
  )
    return;
  stop("Please supply the message using either -m or -F option.\n");
}

async function refuseBad(it: Committing, draft: Draft, message: string): Promise<void> {
  const { repo, options } = it;
  if (options.allowEmptyMessage) return;
  const template = options.template ?? repo.config.get("commit.template");
  if (template !== undefined && draft.source[0] === "template" && draft.editor) {
    if (message !== "" && stripSpace(await templateText(it, template), true) === message)
      stop("Aborting commit; you did not edit the message.\n");
  }
  const body = message.split("\n").filter((line) => line !== "" && !line.startsWith("Signed-off-by: "));
  if (body.length === 0) stop("Aborting commit due to empty commit message.\n");
  if (
    options.fixup &&
    options.fixup.kind !== "fixup" &&
    message.replace(/^amend! [^\n]*\n?/, "").trim() === ""
  ) {
    stop("Aborting commit due to empty commit message body.\n");
  }
}
