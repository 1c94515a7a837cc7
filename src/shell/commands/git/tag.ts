/** https://git-scm.com/docs/git-tag */
import type { ExecResult } from "just-git";
import { fromUtf8, toUtf8 } from "../../../base/bytes.ts";
import type { GitCall } from "./call.ts";
import { gitEditor, launchEditor } from "./lib/editor.ts";
import { identity } from "./lib/identity.ts";
import { USAGE } from "./lib/inspectionUsage.ts";
import { cleanMessage, type Cleanup } from "./lib/message.ts";
import { abbreviate, encodeTag, readObject, readTag, writeObject } from "./lib/objects.ts";
import { parseOptions } from "./lib/options.ts";
import { deleteRef, isRefName, listRefs, resolveRef, writeRef } from "./lib/refs.ts";
import { refFilter, type RefFilterOptions } from "./lib/refFilter.ts";
import { parseRefFormat, type RefItem, refItem, sortRefs } from "./lib/refFormat.ts";
import { openRepository, type Repository } from "./lib/repository.ts";
import { resolveRevision } from "./lib/revision.ts";
import { die, run, stop, type Transcript } from "./lib/transcript.ts";
import { tagLines } from "./lib/tagLines.ts";
import { wildmatch } from "./lib/wildmatch.ts";
import { logNote } from "./lib/head.ts";

const OPTIONS = {
  list: { names: ["-l", "--list"] },
  lines: { names: ["-n"], value: "optional" },
  delete: { names: ["-d", "--delete"] },
  verify: { names: ["-v", "--verify"] },
  annotate: { names: ["-a", "--annotate"] },
  message: { names: ["-m", "--message"], value: "list" },
  file: { names: ["-F", "--file"], value: "required" },
  edit: { names: ["-e", "--edit"] },
  sign: { names: ["-s", "--sign"] },
  cleanup: { names: ["--cleanup"], value: "required" },
  localUser: { names: ["-u", "--local-user"], value: "required" },
  force: { names: ["-f", "--force"] },
  createReflog: { names: ["--create-reflog"] },
  column: { names: ["--column"], value: "optional" },
  contains: { names: ["--contains", "--with"], value: "optional", noNegation: true },
  noContains: { names: ["--no-contains", "--without"], value: "optional", noNegation: true },
  merged: { names: ["--merged"], value: "optional", noNegation: true },
  noMerged: { names: ["--no-merged"], value: "optional", noNegation: true },
  sort: { names: ["--sort"], value: "list" },
  pointsAt: { names: ["--points-at"], value: "optional" },
  format: { names: ["--format"], value: "required" },
  color: { names: ["--color"], value: "optional" },
  ignoreCase: { names: ["-i", "--ignore-case"] },
} as const;

export function tag(call: GitCall): Promise<ExecResult> {
  return run(async (t) => {
    const parsed = parseOptions(spaced(call.args), OPTIONS, { usage: USAGE.tag });
    if ("result" in parsed) {
      t.add(parsed.result);
      return parsed.result.exitCode;
    }
    const { values, rest } = parsed;
    const repo = await openRepository(call);
    const filters = [
      values.contains,
      values.noContains,
      values.merged,
      values.noMerged,
      values.pointsAt,
      values.lines,
    ];
    const filtering = filters.some((filter) => filter !== undefined);
    if (values.delete) return deleteTags(repo, rest, t);
    if (values.verify) return verifyTags(repo, rest, t);
    const creating = values.annotate || values.sign || values.message.length > 0 || values.file !== undefined;
    if (creating && rest.length === 0) return stop(USAGE.tag, 129);
    if (values.list || rest.length === 0 || filtering) return listTags(repo, rest, values, t);
    return createTag(call, repo, rest, values, t);
  });
}

/** `--contains X` and its like take the next word too, where there is one. */
export function spaced(args: readonly string[]): string[] {
  const out: string[] = [];
  for (let i = 0; i < args.length; i++) {
    const arg = args[i] as string;
    const next = args[i + 1];
    const takes = /^--(contains|no-contains|with|without|merged|no-merged|points-at)$/.test(arg);
    if (arg === "--") return [...out, ...args.slice(i)];
    if (takes) {
      out.push(`${arg}=${next !== undefined && !next.startsWith("-") ? next : "HEAD"}`);
      if (next !== undefined && !next.startsWith("-")) i++;
    } else out.push(arg);
  }
  return out;
}

interface Values extends RefFilterOptions {
  readonly lines: string | undefined;
  readonly sort: string[];
  readonly format: string | undefined;
  readonly ignoreCase: boolean;
}

async function listTags(
  repo: Repository,
  patterns: readonly string[],
  values: Values,
  t: Transcript,
): Promise<number> {
  const format = values.format === undefined ? null : parseRefFormat(values.format);
  const accepts = await refFilter(repo, values);
  const names = (name: string) =>
    patterns.length === 0 ||
    patterns.some((pattern) => wildmatch(pattern, name, { ignoreCase: values.ignoreCase }));
  const kept: RefItem[] = [];
  for (const ref of await listRefs(repo, "refs/tags/")) {
    if (names(ref.name.slice(10)) && (await accepts(ref))) kept.push(refItem(repo, ref));
  }
  const keys = values.sort.length > 0 ? values.sort : repo.config.all("tag.sort").slice(-1);
  const lines = values.lines === undefined ? 0 : values.lines === "" ? 1 : Number(values.lines);
  for (const item of await sortRefs(kept, keys, values.ignoreCase)) {
    const short = item.ref.name.slice(10);
    if (format) t.out(`${await format(item, "none")}\n`);
    else if (lines > 0) t.out(await tagLines(repo, item.ref.id, short, lines));
    else t.out(`${short}\n`);
  }
  return 0;
}

async function deleteTags(repo: Repository, names: readonly string[], t: Transcript): Promise<number> {
  let code = 0;
  for (const name of names) {
    const ref = await resolveRef(repo, `refs/tags/${name}`);
    if (!ref) {
      t.err(`error: tag '${name}' not found.\n`);
      code = 1;
      continue;
    }
    await deleteRef(repo, `refs/tags/${name}`);
    t.out(`Deleted tag '${name}' (was ${await abbreviate(repo, ref.id)})\n`);
  }
  return code;
}

async function verifyTags(repo: Repository, names: readonly string[], t: Transcript): Promise<number> {
  for (const name of names) {
    const ref = await resolveRef(repo, `refs/tags/${name}`);
    if (!ref) return stop(`error: tag '${name}' not found.\n`, 1);
    const raw = await readObject(repo, ref.id);
    if (raw?.type !== "tag")
      return stop(`error: ${name}: cannot verify a non-tag object of type ${raw?.type ?? "commit"}.\n`, 1);
    t.out(toUtf8(raw.content));
    return stop("error: no signature found\n", 1);
  }
  return 0;
}

interface CreateValues {
  readonly annotate: boolean;
  readonly message: string[];
  readonly file: string | undefined;
  readonly edit: boolean;
  readonly sign: boolean;
  readonly cleanup: string | undefined;
  readonly force: boolean;
}

async function createTag(
  call: GitCall,
  repo: Repository,
  rest: readonly string[],
  values: CreateValues,
  t: Transcript,
): Promise<number> {
  const [name, target = "HEAD"] = rest as [string, string?];
  if (rest.length > 2) die("too many arguments");
  const found = await resolveRevision(repo, target);
  if (!found) die(`Failed to resolve '${target}' as a valid ref.`);
  if (!isRefName(`refs/tags/${name}`) || name.startsWith("-")) die(`'${name}' is not a valid tag name.`);
  const old = await resolveRef(repo, `refs/tags/${name}`);
  if (old && !values.force) die(`tag '${name}' already exists`);
  if (values.sign) die("gpg is not simulated in LeakLab");
  const annotated = values.annotate || values.message.length > 0 || values.file !== undefined;
  const id = annotated ? await writeTag(call, repo, name, found.id, target, values, t) : found.id;
  await writeRef(repo, `refs/tags/${name}`, id, { ...logNote(call, repo, ""), create: false });
  if (old && old.id !== id) t.out(`Updated tag '${name}' (was ${await abbreviate(repo, old.id)})\n`);
  return 0;
}

async function writeTag(
  call: GitCall,
  repo: Repository,
  name: string,
  target: string,
  shown: string,
  values: CreateValues,
  t: Transcript,
): Promise<string> {
  const raw = await readObject(repo, target);
  if (!raw) die(`bad object type.`);
  if (raw.type === "tag" && repo.config.bool("advice.nestedTag") !== false) t.err(nestedHint(name, shown));
  const tagger = identity(call, repo.config, "committer");
  if ("error" in tagger) return stop(tagger.error, 128);
  const message = await tagMessage(call, repo, name, values, t);
  if (message === "" && values.message.length === 0 && values.file === undefined) die("no tag message?");
  return writeObject(
    repo,
    "tag",
    encodeTag({ object: target, type: raw.type, name, tagger: tagger.person, message }),
  );
}

function nestedHint(name: string, target: string): string {
  return (
    "hint: You have created a nested tag. The object referred to by your new tag is\n" +
    "hint: already a tag. If you meant to tag the object that it points to, use:\n" +
    "hint: \n" +
    `hint: \tgit tag -f ${name} ${target}^{}\n` +
    'hint: Disable this message with "git config advice.nestedTag false"\n'
  );
}

async function tagMessage(
  call: GitCall,
  repo: Repository,
  name: string,
  values: CreateValues,
  t: Transcript,
): Promise<string> {
  if (values.message.length > 0 && values.file !== undefined)
    die("options '-F' and '-m' cannot be used together");
  const cleanup = (values.cleanup ?? "strip") as Cleanup;
  if (!["strip", "whitespace", "verbatim"].includes(cleanup)) die(`Invalid cleanup mode ${cleanup}`);
  const given =
    values.message.length > 0
      ? values.message.join("\n\n")
      : values.file !== undefined
        ? await messageFile(call, values.file)
        : null;
  if (given !== null && !values.edit)
    return cleanMessage(
      given.endsWith("\n") || cleanup === "verbatim" ? given : `${given}\n`,
      cleanup,
      false,
    );
  const old = await resolveRef(repo, `refs/tags/${name}`);
  const oldMessage = old ? ((await readTag(repo, old.id))?.message ?? "") : "";
  const path = `${repo.gitDir}/TAG_EDITMSG`;
  const help = `\n#\n# Write a message for tag:\n#   ${name}\n# Lines starting with '#' will be ignored.\n`;
  const before = given ?? oldMessage;
  await repo.fs.writeFile(
    path,
    fromUtf8(
      `${before !== "" && !before.endsWith("\n") ? `${before}\n` : before}${cleanup === "strip" ? help : ""}`,
    ),
  );
  if (!(await launchEditor(call, t, await gitEditor(call, repo), path)))
    stop("Please supply the message using either -m or -F option.\n", 1);
  const message = cleanMessage(await repo.fs.readFile(path), cleanup, cleanup === "strip");
  await repo.fs.rm(path, { force: true });
  return message;
}

async function messageFile(call: GitCall, file: string): Promise<string> {
  if (file === "-") return call.stdin;
  try {
    return await call.fs.readFile(file.startsWith("/") ? file : `${call.cwd}/${file}`);
  } catch {
    return die(`could not open or read '${file}': No such file or directory`);
  }
}
