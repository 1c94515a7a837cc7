/** https://git-scm.com/docs/git-notes */
import type { ExecResult } from "just-git";
import { fromUtf8, toUtf8 } from "../../../base/bytes.ts";
import type { GitCall } from "./call.ts";
import { gitEditor, launchEditor } from "./lib/editor.ts";
import { logNote } from "./lib/head.ts";
import { identity } from "./lib/identity.ts";
import { USAGE } from "./lib/inspectionUsage.ts";
import { stripSpace } from "./lib/message.ts";
import { expandNotesRef, type Note, notesRef, readNotes } from "./lib/notesTree.ts";
import { readObject, writeCommit, writeObject, writeTree } from "./lib/objects.ts";
import { type Options, parseOptions } from "./lib/options.ts";
import { resolveRef, writeRef } from "./lib/refs.ts";
import { openRepository, type Repository } from "./lib/repository.ts";
import { resolveRevision } from "./lib/revision.ts";
import { die, run, stop, type Transcript } from "./lib/transcript.ts";

interface NotesCall {
  readonly call: GitCall;
  readonly repo: Repository;
  readonly ref: string;
  readonly args: readonly string[];
  readonly t: Transcript;
}

type Subcommand = (it: NotesCall) => Promise<number>;

const EDITING = {
  message: { names: ["-m", "--message"], value: "list" },
  file: { names: ["-F", "--file"], value: "list" },
  reedit: { names: ["-c", "--reedit-message"], value: "required" },
  reuse: { names: ["-C", "--reuse-message"], value: "required" },
  allowEmpty: { names: ["--allow-empty"] },
  force: { names: ["-f", "--force"] },
} as const satisfies Options;

const SUBCOMMANDS: Readonly<Record<string, Subcommand>> = {
  list,
  show,
  add: (it) => edit(it, "add"),
  append: (it) => edit(it, "append"),
  edit: (it) => edit(it, "edit"),
  copy,
  remove,
  prune,
  "get-ref": async ({ ref, t }) => {
    t.out(`${ref}\n`);
    return 0;
  },
};

export function notes(call: GitCall): Promise<ExecResult> {
  return run(async (t) => {
    const parsed = parseOptions(
      call.args,
      { ref: { names: ["--ref"], value: "required" } },
      { usage: USAGE.notes, stopAtOperand: true },
    );
    if ("result" in parsed) {
      t.add(parsed.result);
      return parsed.result.exitCode;
    }
    const { values, rest } = parsed;
    const repo = await openRepository(call);
    const [name = "list", ...args] = rest;
    const subcommand = SUBCOMMANDS[name];
    if (!subcommand) return stop(`error: unknown subcommand: \`${name}'\n${USAGE.notes}`, 129);
    const ref = values.ref === undefined ? notesRef(call, repo) : expandNotesRef(values.ref);
    return subcommand({ call, repo, ref, args, t });
  });
}

async function objectOf(repo: Repository, text: string): Promise<string> {
  return (await resolveRevision(repo, text))?.id ?? die(`failed to resolve '${text}' as a valid ref.`);
}

async function list({ repo, ref, args, t }: NotesCall): Promise<number> {
  const all = await readNotes(repo, ref);
  if (args[0] === undefined) {
    for (const note of all) t.out(`${note.blob} ${note.object}\n`);
    return 0;
  }
  const object = await objectOf(repo, args[0]);
  const found = all.find((note) => note.object === object);
  if (!found) return stop(`error: no note found for object ${object}.\n`, 1);
  t.out(`${found.blob}\n`);
  return 0;
}

async function show({ repo, ref, args, t }: NotesCall): Promise<number> {
  const object = await objectOf(repo, args[0] ?? "HEAD");
  const found = (await readNotes(repo, ref)).find((note) => note.object === object);
  if (!found) return stop(`error: no note found for object ${object}.\n`, 1);
  t.out(toUtf8((await readObject(repo, found.blob))?.content ?? new Uint8Array()));
  return 0;
}

async function blobText(repo: Repository, id: string): Promise<string> {
  return toUtf8((await readObject(repo, id))?.content ?? new Uint8Array());
}

async function edit(it: NotesCall, kind: "add" | "append" | "edit"): Promise<number> {
  const { repo, ref, t } = it;
  const parsed = parseOptions(it.args, EDITING, { usage: USAGE.notes });
  if ("result" in parsed) {
    t.add(parsed.result);
    return parsed.result.exitCode;
  }
  const { values, rest } = parsed;
  if (rest.length > 1) return stop(`error: too many arguments\n${USAGE.notes}`, 129);
  const object = await objectOf(repo, rest[0] ?? "HEAD");
  const all = await readNotes(repo, ref);
  const old = all.find((note) => note.object === object);
  const given = await givenMessage(it, values);
  if (kind === "add" && old && !values.force) {
    if (given !== null) {
      return stop(
        `error: Cannot add notes. Found existing notes for object ${object}. Use '-f' to overwrite existing notes\n`,
        1,
      );
    }
    return edit({ ...it, args: rest }, "edit");
  }
  if (kind === "add" && old && values.force) t.err(`Overwriting existing notes for object ${object}\n`);
  const before = old && kind !== "add" ? await blobText(repo, old.blob) : "";
  let text =
    given ??
    (await editedMessage(
      it,
      object,
      kind === "edit" || kind === "add" ? (old ? await blobText(repo, old.blob) : "") : "",
    ));
  if (kind === "append" && before !== "")
    text = text === "" ? before : `${before.replace(/\n$/, "")}\n\n${text}`;
  const others = all.filter((note) => note.object !== object);
  if (text === "" && !values.allowEmpty) {
    t.err(`Removing note for object ${object}\n`);
    if (old) await save(it, others, `Notes removed by 'git notes ${kind}'`);
    return 0;
  }
  const blob = await writeObject(repo, "blob", fromUtf8(text));
  await save(it, [...others, { object, blob }], `Notes added by 'git notes ${kind}'`);
  return 0;
}

interface Given {
  readonly message: readonly string[];
  readonly file: readonly string[];
  readonly reuse: string | undefined;
  readonly reedit: string | undefined;
}

async function givenMessage({ call, repo }: NotesCall, values: Given): Promise<string | null> {
  const parts: string[] = values.message.map((text) => stripSpace(`${text}\n`, false));
  for (const file of values.file) parts.push(stripSpace(await fileText(call, file), false));
  const reused = values.reuse ?? values.reedit;
  if (reused !== undefined) {
    const found = await resolveRevision(repo, reused);
    const raw = found && (await readObject(repo, found.id));
    if (!raw) die(`failed to resolve '${reused}' as a valid ref.`);
    if (raw.type !== "blob") die(`cannot read note data from non-blob object '${reused}'.`);
    parts.push(toUtf8(raw.content));
  }
  return parts.length === 0 ? null : parts.join("\n");
}

async function fileText(call: GitCall, file: string): Promise<string> {
  if (file === "-") return call.stdin;
  return call.fs
    .readFile(file.startsWith("/") ? file : `${call.cwd}/${file}`)
    .catch(() => die(`could not open or read '${file}': No such file or directory`));
}

async function editedMessage({ call, repo, t }: NotesCall, object: string, before: string): Promise<string> {
  const path = `${repo.gitDir}/NOTES_EDITMSG`;
  const shown = (await call.git("show", ["--stat", "--no-notes", object])).stdout;
  const help = `\n#\n# Write/edit the notes for the following object:\n#\n${shown.replace(/^.*$/gm, (line) => (line === "" ? "#" : `# ${line}`)).replace(/#$/, "")}#\n`;
  await repo.fs.writeFile(path, `${before}${help}`);
  if (!(await launchEditor(call, t, await gitEditor(call, repo), path)))
    stop("fatal: please supply the note contents using either -m or -F option\n", 128);
  const text = stripSpace(await repo.fs.readFile(path), true);
  await repo.fs.rm(path, { force: true });
  return text;
}

async function copy(it: NotesCall): Promise<number> {
  const parsed = parseOptions(
    it.args,
    { force: { names: ["-f", "--force"] }, stdin: { names: ["--stdin"] } },
    { usage: USAGE.notes },
  );
  if ("result" in parsed) {
    it.t.add(parsed.result);
    return parsed.result.exitCode;
  }
  const { values, rest } = parsed;
  const [from, to = "HEAD"] = rest;
  if (from === undefined) return stop(`error: too few arguments\n${USAGE.notes}`, 129);
  const source = await objectOf(it.repo, from);
  const target = await objectOf(it.repo, to);
  const all = await readNotes(it.repo, it.ref);
  const note = all.find((one) => one.object === source);
  if (all.some((one) => one.object === target)) {
    if (!values.force)
      return stop(
        `error: Cannot copy notes. Found existing notes for object ${target}. Use '-f' to overwrite existing notes\n`,
        1,
      );
    it.t.err(`Overwriting existing notes for object ${target}\n`);
  }
  if (!note) return stop(`error: missing notes on source object ${source}. Cannot copy.\n`, 1);
  await save(
    it,
    [...all.filter((one) => one.object !== target), { object: target, blob: note.blob }],
    "Notes added by 'git notes copy'",
  );
  return 0;
}

async function remove(it: NotesCall): Promise<number> {
  const parsed = parseOptions(
    it.args,
    { ignoreMissing: { names: ["--ignore-missing"] }, stdin: { names: ["--stdin"] } },
    { usage: USAGE.notes },
  );
  if ("result" in parsed) {
    it.t.add(parsed.result);
    return parsed.result.exitCode;
  }
  let all = await readNotes(it.repo, it.ref);
  const before = all.length;
  let code = 0;
  for (const text of parsed.rest.length > 0 ? parsed.rest : ["HEAD"]) {
    const found = await resolveRevision(it.repo, text);
    if (!found) return stop(`error: Failed to resolve '${text}' as a valid ref.\n`, 1);
    const has = all.some((note) => note.object === found.id);
    it.t.err(has ? `Removing note for object ${text}\n` : `Object ${text} has no note\n`);
    if (!has && !parsed.values.ignoreMissing) code = 1;
    all = all.filter((note) => note.object !== found.id);
  }
  if (code === 0 && all.length !== before) await save(it, all, "Notes removed by 'git notes remove'");
  return code;
}

async function prune(it: NotesCall): Promise<number> {
  const all = await readNotes(it.repo, it.ref);
  const kept: Note[] = [];
  for (const note of all) {
    if (await readObject(it.repo, note.object)) kept.push(note);
    else if (it.args.includes("-n") || it.args.includes("-v")) it.t.out(`${note.object}\n`);
  }
  if (!it.args.includes("-n") && kept.length !== all.length)
    await save(it, kept, "Notes removed by 'git notes prune'");
  return 0;
}

/** Writes the notes as one flat tree; git fans out only beyond some hundreds. */
async function save({ call, repo, ref }: NotesCall, all: readonly Note[], message: string): Promise<void> {
  const author = identity(call, repo.config, "author");
  const committer = identity(call, repo.config, "committer");
  if ("error" in author) return stop(author.error, 128);
  if ("error" in committer) return stop(committer.error, 128);
  const tree = await writeTree(
    repo,
    all.map((note) => ({ mode: 0o100644, name: note.object, id: note.blob })),
  );
  const parent = await resolveRef(repo, ref);
  const id = await writeCommit(repo, {
    tree,
    parents: parent ? [parent.id] : [],
    author: author.person,
    committer: committer.person,
    extra: [],
    message: `${message}\n`,
  });
  await writeRef(repo, ref, id, logNote(call, repo, `notes: ${message}`));
}
