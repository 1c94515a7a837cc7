/** `git update-ref`: https://git-scm.com/docs/git-update-ref */
import type { GitCall, GitCommand } from "./call.ts";
import { logNote } from "./lib/head.ts";
import { readObject, ZERO_ID } from "./lib/objects.ts";
import { parseOptions } from "./lib/options.ts";
import { PLUMBING_USAGE } from "./lib/plumbingUsage.ts";
import {
  appendReflog,
  deleteRef,
  hasReflog,
  isRefName,
  listRefs,
  resolveRef,
  symbolicEnd,
  symbolicTarget,
  writeRef,
  writeReflog,
} from "./lib/refs.ts";
import { openRepository, type Repository } from "./lib/repository.ts";
import { resolveRevision } from "./lib/revision.ts";
import { stdinLines } from "./lib/stdin.ts";
import { die, run, stop } from "./lib/transcript.ts";

const OPTIONS = {
  message: { names: ["-m"], value: "required" },
  delete: { names: ["-d"] },
  deref: { names: ["--deref"] },
  zero: { names: ["-z"] },
  stdin: { names: ["--stdin"] },
  createReflog: { names: ["--create-reflog"] },
} as const;

interface Update {
  readonly name: string;
  /** Null deletes; undefined only verifies. */
  readonly value: string | null | undefined;
  /** What it must be now; ZERO_ID is "absent". */
  readonly old: string | undefined;
  readonly deref: boolean;
}

interface Place {
  readonly call: GitCall;
  readonly repo: Repository;
  readonly message: string | undefined;
  readonly createReflog: boolean;
}

export const updateRef: GitCommand = async (call) => {
  const parsed = parseOptions(call.args, OPTIONS, { usage: PLUMBING_USAGE.updateRef });
  if ("result" in parsed) return parsed.result;
  const { values, rest, counts } = parsed;
  return run(async (t) => {
    const repo = await openRepository(call);
    if (values.message === "") die("Refusing to perform update with empty message.");
    const place: Place = { call, repo, message: values.message, createReflog: values.createReflog };
    const deref = counts.deref !== -1;
    if (values.stdin) {
      if (values.delete || rest.length > 0) stop(PLUMBING_USAGE.updateRef, 129);
      await runScript(place, call.stdin, values.zero, (text) => t.out(text));
      return 0;
    }
    if (values.zero) stop(PLUMBING_USAGE.updateRef, 129);
    const [name, ...more] = rest;
    if (name === undefined || more.length > (values.delete ? 1 : 2) || (!values.delete && more.length === 0))
      stop(PLUMBING_USAGE.updateRef, 129);
    const [value, old] = values.delete ? [null, more[0]] : [more[0] as string, more[1]];
    const id = value === null ? null : await idOf(repo, value, "");
    const oldId = old === undefined ? undefined : old === "" ? ZERO_ID : await idOf(repo, old, "old ");
    const update: Update = { name, value: id === ZERO_ID ? null : id, old: oldId, deref };
    const problem = await check(place, update);
    if (problem) {
      if (value === null) stop(`error: ${problem}\n`, 1);
      die(`update_ref failed for ref '${name}': ${problem}`);
    }
    await apply(place, update);
    return 0;
  });
};

async function idOf(repo: Repository, text: string, which: string): Promise<string> {
  return (await resolveRevision(repo, text))?.id ?? die(`${text}: not a valid ${which}SHA1`);
}

/** Why an update is refused; null where it may happen. */
async function check({ repo }: Place, update: Update): Promise<string | null> {
  const { name, value, old } = update;
  const end = update.deref ? await symbolicEnd(repo, name) : name;
  if (!isRefName(name) && value !== null) return `refusing to update ref with bad name '${name}'`;
  const current = (await resolveRef(repo, end))?.id ?? null;
  if (old !== undefined) {
    if (old === ZERO_ID && current !== null) return `cannot lock ref '${name}': reference already exists`;
    if (old !== ZERO_ID && current === null)
      return `cannot lock ref '${name}': unable to resolve reference '${end}'`;
    if (old !== ZERO_ID && current !== old)
      return `cannot lock ref '${name}': is at ${current} but expected ${old}`;
  }
  if (value === null || value === undefined) return null;
  const raw = await readObject(repo, value);
  if (!raw)
    return `cannot update ref '${end}': trying to write ref '${end}' with nonexistent object ${value}`;
  if (/^(HEAD$|refs\/heads\/)/.test(end) && raw.type !== "commit")
    return `cannot update ref '${end}': trying to write non-commit object ${value} to branch '${end}'`;
  return current === null ? clash(repo, name, end) : null;
}

/** A file and a directory cannot share a name. */
async function clash(repo: Repository, name: string, end: string): Promise<string | null> {
  for (const other of await listRefs(repo)) {
    if (end.startsWith(`${other.name}/`) || other.name.startsWith(`${end}/`))
      return `cannot lock ref '${name}': '${other.name}' exists; cannot create '${end}'`;
  }
  return null;
}

async function apply(place: Place, update: Update): Promise<void> {
  const { call, repo, message } = place;
  const end = update.deref ? await symbolicEnd(repo, update.name) : update.name;
  if (update.value === undefined) return;
  if (update.value === null) return remove(place, end);
  const note = logNote(call, repo, message ?? "");
  if (place.createReflog && !(await hasReflog(repo, end))) await writeReflog(repo, end, []);
  if (!update.deref && (await symbolicTarget(repo, end)) !== null) {
    const old = (await resolveRef(repo, end))?.id ?? ZERO_ID;
    await repo.refStore.writeRef(end, { type: "direct", hash: update.value });
    await appendReflog(repo, end, { old, new: update.value, person: note.person, message: note.message });
    return;
  }
  await writeRef(repo, end, update.value, note);
}

async function remove({ call, repo, message }: Place, name: string): Promise<void> {
  const before = (await resolveRef(repo, name))?.id;
  const isHead = (await symbolicTarget(repo, "HEAD")) === name;
  await deleteRef(repo, name);
  if (!isHead || before === undefined) return;
  const note = logNote(call, repo, message ?? "");
  await appendReflog(repo, "HEAD", { old: before, new: ZERO_ID, person: note.person, message: note.message });
}

/** Commands of `--stdin`; all are checked before any is carried out. */
async function runScript(
  place: Place,
  stdin: string,
  zero: boolean,
  say: (text: string) => void,
): Promise<void> {
  const queue: Update[] = [];
  let open = false;
  const flush = async () => {
    for (const update of queue) {
      const problem = await check(place, update);
      if (problem) die(problem);
    }
    for (const update of queue.splice(0)) await apply(place, update);
  };
  let deref = true;
  for (const words of scriptLines(stdin, zero)) {
    const [command, ...args] = words as [string, ...string[]];
    if (command === "start" || command === "prepare" || command === "commit" || command === "abort") {
      say(`${command}: ok\n`);
      open = command === "start" || command === "prepare";
      if (command === "commit") await flush();
      if (command === "abort") queue.length = 0;
    } else if (command === "option") {
      if (args[0] !== "no-deref") die(`option unknown: ${args[0]}`);
      deref = false;
    } else {
      queue.push(await parseUpdate(place.repo, command, args, deref));
      deref = true;
    }
  }
  if (!open) await flush();
}

/** Words of each command. */
function scriptLines(stdin: string, zero: boolean): string[][] {
  if (!zero) return stdinLines(stdin).map((line) => line.split(" "));
  const fields = stdinLines(stdin, true);
  const lines: string[][] = [];
  const counts: Readonly<Record<string, number>> = { update: 2, create: 1, delete: 1, verify: 1 };
  for (let i = 0; i < fields.length; i++) {
    const words = (fields[i] as string).split(" ");
    const extra = counts[words[0] as string] ?? 0;
    lines.push([...words, ...fields.slice(i + 1, i + 1 + extra)]);
    i += extra;
  }
  return lines;
}

async function parseUpdate(
  repo: Repository,
  command: string,
  args: readonly string[],
  deref: boolean,
): Promise<Update> {
  const [name, first, second, third] = args;
  if (!["update", "create", "delete", "verify"].includes(command))
    die(`unknown command: ${[command, ...args].join(" ")}\n`);
  if (name === undefined || name === "") die(`${command}: missing <ref>`);
  if (!isRefName(name)) die(`invalid ref format: ${name}`);
  const id = async (text: string | undefined, what: string) => {
    if (text === undefined) return undefined;
    if (text === "") return ZERO_ID;
    return (await resolveRevision(repo, text))?.id ?? die(`${command} ${name}: invalid <${what}>: ${text}`);
  };
  const extra = (text: string | undefined) =>
    text === undefined ? undefined : die(`${command} ${name}: extra input:  ${text}`);
  if (command === "update") {
    if (first === undefined) die(`update ${name}: missing <newvalue>`);
    extra(third);
    const value = (await id(first, "newvalue")) as string;
    return { name, value: value === ZERO_ID ? null : value, old: await id(second, "oldvalue"), deref };
  }
  if (command === "create") {
    if (first === undefined) die(`create ${name}: missing <newvalue>`);
    extra(second);
    const value = (await id(first, "newvalue")) as string;
    if (value === ZERO_ID) die(`create ${name}: zero <newvalue>`);
    return { name, value, old: ZERO_ID, deref };
  }
  extra(second);
  const old = await id(first, "oldvalue");
  if (command === "verify") return { name, value: undefined, old: old ?? ZERO_ID, deref };
  if (old === ZERO_ID) die(`delete ${name}: zero <oldvalue>`);
  return { name, value: null, old, deref };
}
