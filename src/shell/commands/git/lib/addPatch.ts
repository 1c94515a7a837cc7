/**
 * Choosing hunks one by one: `git add -p`, `reset -p`, `restore -p`, `checkout -p`, `stash -p`, `commit -p`.
 * Imitates https://git-scm.com/docs/git-add#Documentation/git-add.txt-patch
 */
import { fromLatin1, fromUtf8, toLatin1, toUtf8 } from "../../../../base/bytes.ts";
import type { GitCall } from "../call.ts";
import type { Change } from "./change.ts";
import { compareIndexWorktree, compareTreeIndex, compareTreeWorktree } from "./compare.ts";
import { gitEditor, launchEditor } from "./editor.ts";
import { flatTree } from "./flatTree.ts";
import { readIndex, writeIndex, type IndexEntry } from "./gitIndex.ts";
import { readObject, writeObject } from "./objects.ts";
import {
  applyHunks,
  hunkText,
  parsePatch,
  splitHunk,
  splittable,
  type FilePatch,
  type PatchHunk,
} from "./patchApply.ts";
import { patchText } from "./patch.ts";
import { parsePathspec } from "./pathspec.ts";
import type { WorkTreeRepository } from "./repository.ts";
import type { Transcript } from "./transcript.ts";
import { checkOutFile, fileStat, removeFile } from "./workTree.ts";

/** What the hunks are compared with, and where they go. `tree` is a tree id; `head` whether it is HEAD's. */
export type PatchMode =
  | { readonly kind: "stage" }
  | { readonly kind: "stash"; readonly tree: string }
  | { readonly kind: "reset"; readonly tree: string | null; readonly head: boolean }
  | { readonly kind: "checkout"; readonly tree: string | null; readonly head: boolean }
  | { readonly kind: "worktree"; readonly tree: string; readonly head: boolean };

interface Words {
  /** `Stage %s` */
  readonly prompt: (what: string) => string;
  readonly help: (quit: string) => string;
  readonly hint: string;
}

interface Target {
  readonly index: boolean;
  readonly worktree: boolean;
  /** The person sees the change that is to be taken back. */
  readonly reverse: boolean;
}

/** What was chosen, for a stash; files that were not touched are absent. */
export interface PatchChoice {
  readonly path: string;
  readonly content: Uint8Array | null;
  readonly mode: number;
}

interface Session {
  readonly call: GitCall;
  readonly repo: WorkTreeRepository;
  readonly t: Transcript;
  readonly words: Words;
  readonly target: Target;
  /** Lines of standard input that are left; null where the person answers. */
  readonly answers: string[] | null;
}

type Use = "undecided" | "use" | "skip";

interface Item {
  hunk: PatchHunk | null;
  use: Use;
}

/** Runs the dialogue over all changed files that `paths` mean. Returns what was chosen. */
export async function addPatch(
  call: GitCall,
  repo: WorkTreeRepository,
  t: Transcript,
  mode: PatchMode,
  paths: readonly string[],
): Promise<PatchChoice[]> {
  const session: Session = {
    call,
    repo,
    t,
    words: wordsOf(mode),
    target: targetOf(mode),
    answers: call.stdin === "" ? null : answerLines(call.stdin),
  };
  const changes = (await changesOf(repo, mode, paths)).filter((change) => change.status !== "U");
  const chosen: PatchChoice[] = [];
  let binaries = 0;
  for (const change of changes) {
    const patch = parsePatch(toLatin1(fromUtf8(await patchText(repo, change))));
    if (patch.binary && patch.hunks.length === 0) {
      binaries += 1;
      continue;
    }
    if (patch.hunks.length === 0 && patch.modes.length === 0 && !patch.added && !patch.deleted) continue;
    const result = await chooseInFile(session, change, patch);
    if (result.choice) chosen.push(result.choice);
    if (result.quit) break;
  }
  if (changes.length === 0) t.err("No changes.\n");
  else if (binaries === changes.length) t.err("Only binary files changed.\n");
  return chosen;
}

function answerLines(stdin: string): string[] {
  const lines = toUtf8(fromLatin1(stdin)).split("\n");
  if (lines.at(-1) === "") lines.pop();
  return lines;
}

async function changesOf(
  repo: WorkTreeRepository,
  mode: PatchMode,
  paths: readonly string[],
): Promise<Change[]> {
  const index = await readIndex(repo.fs, repo.gitDir);
  const spec = parsePathspec(paths, repo.prefix);
  switch (mode.kind) {
    case "stage":
      return compareIndexWorktree(repo, index, spec);
    case "stash":
      return compareTreeWorktree(repo, mode.tree, index, spec);
    case "reset":
      return turned(await compareTreeIndex(repo, mode.tree, index, spec), !mode.head);
    case "checkout":
      if (mode.tree === null) return compareIndexWorktree(repo, index, spec);
      return turned(await compareTreeWorktree(repo, mode.tree, index, spec), !mode.head);
    case "worktree":
      return turned(await compareTreeWorktree(repo, mode.tree, index, spec), !mode.head);
  }
}

const OPPOSITE: Readonly<Record<string, Change["status"]>> = { A: "D", D: "A" };

function turned(changes: readonly Change[], turn: boolean): Change[] {
  return changes.map((change) =>
    turn
      ? { ...change, status: OPPOSITE[change.status] ?? change.status, old: change.new, new: change.old }
      : change,
  );
}

function targetOf(mode: PatchMode): Target {
  switch (mode.kind) {
    case "stage":
      return { index: true, worktree: false, reverse: false };
    case "stash":
      return { index: false, worktree: false, reverse: false };
    case "reset":
      return { index: true, worktree: false, reverse: mode.head };
    case "checkout":
      return { index: mode.tree !== null, worktree: true, reverse: mode.tree === null || mode.head };
    case "worktree":
      return { index: false, worktree: true, reverse: mode.head };
  }
}

function wordsOf(mode: PatchMode): Words {
  const make = (verb: string, tail: string, done: string, hint: string): Words => ({
    prompt: (what) => `${verb} ${what}${tail}`,
    help: (word) => done.replaceAll("%", word),
    hint,
  });
  const text = (yes: string, tail = "") =>
    `y - ${yes} this hunk${tail}\nn - do not ${yes} this hunk${tail}\nq - quit; do not ${yes} this hunk or any of the remaining ones\n` +
    `a - ${yes} this hunk and all later hunks in the file\nd - do not ${yes} this hunk or any of the later hunks in the file\n`;
  const hint = (what: string) =>
    `If the patch applies cleanly, the edited hunk will immediately be marked for ${what}.`;
  const discard = hint("discarding");
  const applying = hint("applying");
  switch (mode.kind) {
    case "stage":
      return make("Stage", "", text("stage"), hint("staging"));
    case "stash":
      return make("Stash", "", text("stash"), hint("stashing"));
    case "reset":
      return mode.head
        ? make("Unstage", "", text("unstage"), hint("unstaging"))
        : make("Apply", " to index", text("apply", " to index"), applying);
    case "checkout":
      if (mode.tree === null)
        return make("Discard", " from worktree", text("discard", " from worktree"), discard);
      return mode.head
        ? make("Discard", " from index and worktree", text("discard", " from index and worktree"), discard)
        : make("Apply", " to index and worktree", text("apply", " to index and worktree"), applying);
    case "worktree":
      return mode.head
        ? make("Discard", " from worktree", text("discard", " from worktree"), discard)
        : make("Apply", " to worktree", text("apply", " to worktree"), applying);
  }
}

/** Prints a prompt and waits; null is end of input. */
async function ask(session: Session, prompt: string): Promise<string | null> {
  if (session.answers) {
    session.t.out(prompt);
    return session.answers.shift() ?? null;
  }
  session.t.show(session.call);
  return session.call.terminal.readLine(prompt);
}

interface FileState {
  readonly session: Session;
  readonly patch: FilePatch;
  /** The mode change, where there is one, then the hunks. */
  readonly items: Item[];
  readonly change: Change;
  at: number;
}

async function chooseInFile(
  session: Session,
  change: Change,
  patch: FilePatch,
): Promise<{ quit: boolean; choice: PatchChoice | null }> {
  const { t } = session;
  t.out(show(patch.header.map((line) => `${line}\n`).join("")));
  const hasModes = patch.modes.length === 2;
  const items: Item[] = [
    ...(hasModes ? [{ hunk: null, use: "undecided" as Use }] : []),
    ...patch.hunks.map((hunk) => ({ hunk, use: "undecided" as Use })),
  ];
  const whole: Item = { hunk: null, use: "undecided" };
  const state: FileState = { session, patch, items, change, at: 0 };
  const quit = items.length > 0 ? await chooseHunks(state) : await chooseWhole(state, whole);
  const used =
    items.length > 0 ? items.filter((item) => item.use === "use") : whole.use === "use" ? [whole] : [];
  const choice = used.length > 0 ? await applyChoice(state, used) : null;
  t.out("\n");
  return { quit, choice };
}

/** Patches are handled as byte strings; what is shown is text. */
function show(bytes: string): string {
  return toUtf8(fromLatin1(bytes));
}

function promptKind({ patch, items, at }: FileState): string {
  if (patch.deleted) return "deletion";
  if (patch.added) return "addition";
  return items[at]?.hunk === null && items.length > 0 ? "mode change" : "this hunk";
}

/** An added or deleted empty file has no hunks, yet is asked about. */
async function chooseWhole(state: FileState, whole: Item): Promise<boolean> {
  while (whole.use === "undecided") {
    const answer = await ask(
      state.session,
      `(1/1) ${state.session.words.prompt(promptKind(state))} [y,n,q,a,d,?]? `,
    );
    if (answer === null) return false;
    const letter = answer.charAt(0).toLowerCase();
    if (letter === "y" || letter === "a") whole.use = "use";
    else if (letter === "n" || letter === "d" || letter === "q") whole.use = "skip";
    else if (letter !== "") help(state, "");
    if (letter === "q") return true;
  }
  return false;
}

async function chooseHunks(state: FileState): Promise<boolean> {
  const { items, session } = state;
  for (;;) {
    if (state.at >= items.length) state.at = 0;
    const item = items[state.at] as Item;
    const previous = items.findLastIndex((other, i) => i < state.at && other.use === "undecided");
    const next = items.findIndex((other, i) => i > state.at && other.use === "undecided");
    if (previous < 0 && next < 0 && item.use !== "undecided") return false;
    session.t.out(
      show(item.hunk ? hunkText(item.hunk) : state.patch.modes.map((line) => `${line}\n`).join("")),
    );
    const extra = commands(state, item, previous, next);
    const answer = await ask(
      session,
      `(${state.at + 1}/${items.length}) ${session.words.prompt(promptKind(state))} [y,n,q,a,d${extra},?]? `,
    );
    if (answer === null) return false;
    if (answer !== "" && (await obey(state, item, answer, extra, previous, next))) return true;
  }
}

function commands({ items, at, patch }: FileState, item: Item, previous: number, next: number): string {
  let text = "";
  if (previous >= 0) text += ",k";
  if (at > 0) text += ",K";
  if (next >= 0) text += ",j";
  if (at + 1 < items.length) text += ",J";
  if (items.length > 1) text += ",g,/";
  if (item.hunk && splittable(item.hunk) > 1) text += ",s";
  if (item.hunk && !patch.deleted) text += ",e";
  return text;
}

/** True to stop. */
async function obey(
  state: FileState,
  item: Item,
  answer: string,
  extra: string,
  previous: number,
  next: number,
): Promise<boolean> {
  const { items, session } = state;
  const { t } = session;
  const allowed = (command: string) => extra.split(",").includes(command);
  const forward = () => void (state.at = next < 0 ? items.length : next);
  const rest = (use: Use) => {
    for (const other of items.slice(state.at)) if (other.use === "undecided") other.use = use;
    state.at = items.length;
  };
  const move = (command: string, to: number, missing: string) => {
    if (allowed(command)) state.at = to;
    else t.err(`${missing}\n`);
  };
  const first = answer.charAt(0);
  switch (first === "K" || first === "J" ? first : first.toLowerCase()) {
    case "y":
      item.use = "use";
      forward();
      return false;
    case "n":
      item.use = "skip";
      forward();
      return false;
    case "a":
      rest("use");
      return false;
    case "d":
      rest("skip");
      return false;
    case "q":
      rest("skip");
      return true;
    case "K":
      move("K", state.at - 1, "No previous hunk");
      return false;
    case "J":
      move("J", state.at + 1, "No next hunk");
      return false;
    case "k":
      move("k", previous, "No previous hunk");
      return false;
    case "j":
      move("j", next, "No next hunk");
      return false;
    case "g":
      if (allowed("g")) await goTo(state, answer);
      else t.err("No other hunks to goto\n");
      return false;
    case "/":
      if (allowed("/")) await search(state, answer);
      else t.err("No other hunks to search\n");
      return false;
    case "s":
      if (!allowed("s") || !item.hunk) t.err("Sorry, cannot split this hunk\n");
      else {
        const parts = splitHunk(item.hunk);
        items.splice(state.at, 1, ...parts.map((hunk) => ({ hunk, use: "undecided" as Use })));
        t.out(`Split into ${parts.length} hunks.\n`);
      }
      return false;
    case "e":
      if (!allowed("e") || !item.hunk) t.err("Sorry, cannot edit this hunk\n");
      else if (await editHunk(state, item, item.hunk)) {
        item.use = "use";
        forward();
      }
      return false;
    default:
      help(state, extra);
      return false;
  }
}

const REMAINDER = [
  "j - leave this hunk undecided, see next undecided hunk",
  "J - leave this hunk undecided, see next hunk",
  "k - leave this hunk undecided, see previous undecided hunk",
  "K - leave this hunk undecided, see previous hunk",
  "g - select a hunk to go to",
  "/ - search for a hunk matching the given regex",
  "s - split the current hunk into smaller hunks",
  "e - manually edit the current hunk",
  "? - print help",
];

function help({ session }: FileState, extra: string): void {
  session.t.out(session.words.help(""));
  for (const line of REMAINDER)
    if (line.startsWith("?") || extra.includes(line.charAt(0))) session.t.out(`${line}\n`);
}

const SHOWN_HUNKS = 20;

async function goTo(state: FileState, answer: string): Promise<void> {
  const { items, session } = state;
  let wanted = answer.slice(1).trim();
  let from = Math.max(state.at - SHOWN_HUNKS / 2, items[0]?.hunk === null ? 1 : 0);
  while (wanted === "") {
    for (const end = Math.min(from + SHOWN_HUNKS, items.length); from < end; from++)
      session.t.out(show(summary(items[from] as Item, from)));
    const more = from < items.length ? " (<ret> to see more)" : "";
    const line = await ask(session, `go to which hunk${more}? `);
    if (line === null) break;
    wanted = line.trim();
  }
  if (!/^\d+$/.test(wanted)) session.t.err(`Invalid number: '${wanted}'\n`);
  else if (Number(wanted) > 0 && Number(wanted) <= items.length) state.at = Number(wanted) - 1;
  else session.t.err(`Sorry, only ${items.length} hunk${items.length === 1 ? "" : "s"} available.\n`);
}

/** One line of the list: mark, number, place, first change. */
function summary(item: Item, at: number): string {
  const mark = item.use === "use" ? "+" : item.use === "skip" ? "-" : " ";
  const hunk = item.hunk;
  if (!hunk) return `${mark}${String(at + 1).padStart(2)}: \n`;
  const text = hunkText(hunk);
  const place = /^@@ (-\S+ \+\S+) @@/.exec(text)?.[1] ?? "";
  const first = hunk.lines.find((line) => line.startsWith("+") || line.startsWith("-")) ?? "";
  return `${`${mark}${String(at + 1).padStart(2)}: ${` ${place} `.padEnd(20)}${first}`.slice(0, 80)}\n`;
}

async function search(state: FileState, answer: string): Promise<void> {
  const { items, session } = state;
  let pattern = answer.slice(1);
  if (pattern === "") pattern = (await ask(session, "search for regex? ")) ?? "";
  if (pattern === "") return;
  let regex: RegExp;
  try {
    regex = new RegExp(pattern, "m");
  } catch {
    session.t.err(`Malformed search regexp ${pattern}: Invalid regular expression\n`);
    return;
  }
  for (let i = 0; i < items.length; i++) {
    const at = (state.at + i) % items.length;
    const hunk = items[at]?.hunk;
    if (hunk && regex.test(show(hunkText(hunk)))) {
      state.at = at;
      return;
    }
  }
  session.t.err("No hunk matches the given pattern\n");
}

/** The person edits the hunk until it applies. False where it is left as it was. */
async function editHunk(state: FileState, item: Item, hunk: PatchHunk): Promise<boolean> {
  const { session } = state;
  const { call, repo, t } = session;
  const path = `${repo.gitDir}/addp-hunk-edit.diff`;
  const { reverse } = session.target;
  for (;;) {
    await repo.fs.writeFile(path, fromLatin1(editText(hunk, session.words.hint, reverse)));
    const opened = await launchEditor(call, t, await gitEditor(call, repo), path);
    const lines = opened ? editedLines(toLatin1(await repo.fs.readFileBuffer(path))) : [];
    await repo.fs.rm(path, { force: true });
    if (lines.length === 0) return false;
    const edited = { ...hunk, lines };
    if ((await attempt(state, edited)) !== null) {
      item.hunk = edited;
      return true;
    }
    const again = await ask(
      session,
      'Your edited hunk does not apply. Edit again (saying "no" discards!) [y/n]? ',
    );
    if (again === null || /^n/i.test(again)) return false;
  }
}

function editText(hunk: PatchHunk, hint: string, reverse: boolean): string {
  const [gone, born] = reverse ? ["+", "-"] : ["-", "+"];
  return (
    `# Manual hunk edit mode -- see bottom for a quick guide.\n${hunkText(hunk)}# ---\n` +
    `# To remove '${gone}' lines, make them ' ' lines (context).\n# To remove '${born}' lines, delete them.\n` +
    `# Lines starting with # will be removed.\n# ${hint}\n` +
    "# If it does not apply cleanly, you will be given an opportunity to\n" +
    "# edit again.  If all lines of the hunk are removed, then the edit is\n# aborted and the hunk is left unchanged.\n"
  );
}

function editedLines(text: string): string[] {
  const lines = text
    .replace(/\n$/, "")
    .split("\n")
    .filter((line) => !line.startsWith("#"));
  const body = lines[0]?.startsWith("@@ ") ? lines.slice(1) : lines;
  return body
    .map((line) => (line === "" ? " " : line))
    .filter((_, i, all) => all.length > 1 || all[i] !== " ");
}

async function sourceContent({ session, change }: FileState): Promise<string> {
  const { repo, target } = session;
  const side = target.reverse ? change.new : change.old;
  if (side.mode === 0) return "";
  if (side.file !== undefined) return toLatin1(await repo.fs.readFileBuffer(side.file));
  return side.id === null ? "" : toLatin1((await readObject(repo, side.id))?.content ?? new Uint8Array());
}

async function attempt(state: FileState, hunk: PatchHunk): Promise<string | null> {
  return applyHunks(await sourceContent(state), [hunk], state.session.target.reverse);
}

/** Applies what was chosen to index and working tree. */
async function applyChoice(state: FileState, used: readonly Item[]): Promise<PatchChoice | null> {
  const { session, change, patch } = state;
  const { repo, target, t } = session;
  const hunks = used.flatMap((item) => (item.hunk ? [item.hunk] : []));
  const content = applyHunks(await sourceContent(state), hunks, target.reverse);
  if (content === null) {
    t.err("error: 'git apply' failed\n");
    return null;
  }
  const [from, to] = target.reverse ? [change.new, change.old] : [change.old, change.new];
  const whole = used.some((item) => item.hunk === null) || patch.modes.length === 0;
  const gone = to.mode === 0 && content === "";
  const mode = to.mode === 0 ? from.mode : whole ? to.mode : from.mode || to.mode;
  const path = change.new.path;
  const bytes = fromLatin1(content);
  if (target.worktree) await putFile(repo, path, gone ? null : bytes, mode);
  if (target.index) await putIndex(repo, path, gone ? null : bytes, mode);
  return { path, content: gone ? null : bytes, mode };
}

async function putFile(
  repo: WorkTreeRepository,
  path: string,
  content: Uint8Array | null,
  mode: number,
): Promise<void> {
  if (content === null) return removeFile(repo, path);
  await checkOutFile(repo, path, { mode, oid: await writeObject(repo, "blob", content) });
}

async function putIndex(
  repo: WorkTreeRepository,
  path: string,
  content: Uint8Array | null,
  mode: number,
): Promise<void> {
  const index = await readIndex(repo.fs, repo.gitDir);
  const others = index.entries.filter((entry) => entry.path !== path);
  if (content === null) return writeIndex(repo.fs, repo.gitDir, others);
  const oid = await writeObject(repo, "blob", content);
  const stat = await fileStat(repo, path);
  const same =
    stat !== null && toLatin1(await repo.fs.readFileBuffer(`${repo.workTree}/${path}`)) === toLatin1(content);
  const entry: IndexEntry = {
    path,
    mode,
    oid,
    stage: 0,
    size: same ? stat.size : 0,
    mtimeMs: same ? stat.mtimeMs : 0,
  };
  await writeIndex(repo.fs, repo.gitDir, [...others, entry]);
}

/** The files of a tree with chosen contents put in. */
export async function withChoices(repo: WorkTreeRepository, tree: string, chosen: readonly PatchChoice[]) {
  const files = await flatTree(repo, tree);
  for (const { path, content, mode } of chosen) {
    if (content === null) files.delete(path);
    else files.set(path, { mode, oid: await writeObject(repo, "blob", content) });
  }
  return files;
}
