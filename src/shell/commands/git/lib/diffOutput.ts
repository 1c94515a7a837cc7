/** A list of changes in every output format of git diff: https://git-scm.com/docs/diff-format */
import type { GitContext } from "just-git";
import { type Change, contentOf, idOf, type Side } from "./change.ts";
import { treeSides } from "./compare.ts";
import type { DiffSettings, Format } from "./diffSettings.ts";
import { fileStats, numStat, shortStat, statLines, summaryLines } from "./diffstat.ts";
import { changes as lineChanges } from "./hunks.ts";
import { isBinary, splitLines } from "./lines.ts";
import { modeText } from "./objects.ts";
import { patchText, shortId } from "./patch.ts";
import { basicRegex, byteRegex } from "./posixRegex.ts";
import { quotePath } from "./quotePath.ts";
import { findRenames } from "./rename.ts";
import { whitespaceErrors } from "./whitespace.ts";

/** What renames, pickaxe and filters leave of a comparison. */
export async function refine(
  repo: GitContext,
  all: readonly Change[],
  settings: DiffSettings,
  oldTree: string | null = null,
): Promise<Change[]> {
  let changes = settings.reverse ? all.map(reversed) : [...all];
  if (settings.renames !== undefined) {
    const options = { threshold: settings.renames, limit: settings.renameLimit };
    const copies = await copySources(repo, changes, settings, oldTree);
    changes = await findRenames(repo, changes, copies ? { ...options, copies } : options);
  }
  if (settings.pickaxe) changes = await picked(repo, changes, settings.pickaxe);
  return settings.filter ? filtered(changes, settings.filter) : changes;
}

async function copySources(
  repo: GitContext,
  all: readonly Change[],
  settings: DiffSettings,
  oldTree: string | null,
): Promise<Side[] | null> {
  if (settings.copies === 0) return null;
  if (settings.copies === 2 && oldTree) {
    const gone = new Set(all.filter((change) => change.status === "D").map((change) => change.old.path));
    return [...(await treeSides(repo, oldTree)).values()].filter((side) => !gone.has(side.path));
  }
  return all.filter((change) => change.status === "M").map((change) => change.old);
}

const MIRROR = { A: "D", D: "A", C: "C", M: "M", R: "R", T: "T", U: "U" } as const;

function reversed(change: Change): Change {
  return { ...change, status: MIRROR[change.status], old: change.new, new: change.old };
}

function filtered(all: readonly Change[], filter: string): Change[] {
  const upper = filter.replace(/[^A-Z]/g, "");
  const lower = filter.replace(/[^a-z]/g, "").toUpperCase();
  const wanted = (change: Change) =>
    (upper === "" || upper.includes(change.status)) && !lower.includes(change.status);
  if (filter.includes("*")) return all.some(wanted) ? [...all] : [];
  return all.filter(wanted);
}

/** -S counts occurrences, -G looks at added and removed lines. */
async function picked(
  repo: GitContext,
  all: readonly Change[],
  pickaxe: NonNullable<DiffSettings["pickaxe"]>,
): Promise<Change[]> {
  const hits: Change[] = [];
  const test = pickaxe.kind === "S" ? countsDiffer(pickaxe) : lineMatches(pickaxe);
  for (const change of all) {
    const a = await contentOf(repo, change.old);
    const b = await contentOf(repo, change.new);
    if (test(a, b)) hits.push(change);
  }
  return hits.length > 0 && pickaxe.all ? [...all] : hits;
}

type ContentTest = (a: string, b: string) => boolean;

function countsDiffer({ text, regex, ignoreCase }: NonNullable<DiffSettings["pickaxe"]>): ContentTest {
  const pattern = byteRegex(
    regex ? basicRegex(text, { extended: true }) : text.replace(/[\\^$.*+?()[\]{}|/]/g, "\\$&"),
    ignoreCase ? "gim" : "gm",
  );
  const count = (content: string) => content.match(pattern)?.filter((match) => match !== "").length ?? 0;
  return (a, b) => a !== b && count(a) !== count(b);
}

function lineMatches({ text, ignoreCase }: NonNullable<DiffSettings["pickaxe"]>): ContentTest {
  const pattern = byteRegex(basicRegex(text, { extended: true }), ignoreCase ? "im" : "m");
  return (a, b) => {
    if (isBinary(a) || isBinary(b)) return false;
    const left = splitLines(a);
    const right = splitLines(b);
    const hit = (lines: readonly string[], from: number, count: number) =>
      lines.slice(from, from + count).some((line) => pattern.test(line.replace(/\n$/, "")));
    return lineChanges(left, right).some(
      (change) => hit(left, change.a, change.aCount) || hit(right, change.b, change.bCount),
    );
  };
}

/** All chosen formats in git's order, as a byte string; "" where nothing changed. */
export async function diffOutput(
  repo: GitContext,
  all: readonly Change[],
  settings: DiffSettings,
  fallback: Format = "patch",
): Promise<string> {
  const formats = settings.formats.size > 0 ? settings.formats : new Set<Format>([fallback]);
  if (formats.has("none") || all.length === 0 || settings.quiet) return "";
  const parts: string[] = [];
  const lists = await listings(repo, all, formats, settings);
  if (lists !== "") parts.push(lists);
  const stats = await statistics(repo, all, formats, settings);
  if (stats !== "") parts.push(stats);
  const patches = formats.has("patch") ? await allPatches(repo, all, settings) : "";
  if (patches !== "" && parts.length > 0) parts.push(settings.zero && stats === "" ? "\0" : "\n");
  return parts.join("") + patches;
}

async function allPatches(repo: GitContext, all: readonly Change[], settings: DiffSettings): Promise<string> {
  let out = "";
  for (const change of all) out += await patchText(repo, change, settings);
  return out;
}

async function listings(
  repo: GitContext,
  all: readonly Change[],
  formats: ReadonlySet<Format>,
  settings: DiffSettings,
): Promise<string> {
  let out = "";
  for (const change of all) {
    if (formats.has("raw")) out += await rawLine(repo, change, settings);
    else if (formats.has("name-status")) out += nameStatusLine(change, settings);
    else if (formats.has("name-only"))
      out += settings.zero ? `${change.new.path}\0` : `${quotePath(change.new.path)}\n`;
    else if (formats.has("check")) out += await whitespaceErrors(repo, change);
  }
  return out;
}

function statusText(change: Change): string {
  return change.score === undefined ? change.status : change.status + String(change.score).padStart(3, "0");
}

function nameStatusLine(change: Change, settings: DiffSettings): string {
  return `${statusText(change)}${settings.zero ? "\0" : "\t"}${pathColumns(change, settings)}`;
}

function pathColumns(change: Change, { zero }: DiffSettings): string {
  const both = change.status === "R" || change.status === "C";
  const paths = both
    ? [change.old.path, change.new.path]
    : [change.old.mode === 0 ? change.new.path : change.old.path];
  return zero ? paths.map((path) => `${path}\0`).join("") : `${paths.map(quotePath).join("\t")}\n`;
}

async function rawLine(repo: GitContext, change: Change, settings: DiffSettings): Promise<string> {
  const id = async (side: Side) => shortId(repo, side.id ?? "0".repeat(40), settings);
  const head = `:${modeText(change.old.mode)} ${modeText(change.new.mode)} ${await id(change.old)} ${await id(change.new)}`;
  return `${head} ${statusText(change)}${settings.zero ? "\0" : "\t"}${pathColumns(change, settings)}`;
}

async function statistics(
  repo: GitContext,
  all: readonly Change[],
  formats: ReadonlySet<Format>,
  settings: DiffSettings,
): Promise<string> {
  let out = "";
  if (formats.has("stat") || formats.has("numstat") || formats.has("shortstat")) {
    const stats = await fileStats(repo, all, settings);
    if (formats.has("numstat")) out += numStat(stats, settings.zero);
    if (formats.has("stat"))
      out += stats.length > 0 ? statLines(stats, statWidths(settings)) + shortStat(stats) : "";
    if (formats.has("shortstat")) out += stats.length > 0 ? shortStat(stats) : "";
  }
  return formats.has("summary") ? out + summaryLines(all) : out;
}

function statWidths(settings: DiffSettings) {
  return {
    ...(settings.statWidth ? { width: settings.statWidth } : {}),
    ...(settings.statNameWidth ? { nameWidth: settings.statNameWidth } : {}),
    ...(settings.statGraphWidth ? { graphWidth: settings.statGraphWidth } : {}),
    ...(settings.statCount ? { count: settings.statCount } : {}),
  };
}

/** Whether two changes lists would print nothing although files differ in white space only. */
export async function differsAtAll(
  repo: GitContext,
  all: readonly Change[],
  settings: DiffSettings,
): Promise<boolean> {
  if (settings.whitespace === "exact" && !settings.ignoreBlankLines) return all.length > 0;
  for (const change of all) {
    if (change.status !== "M" || change.old.mode !== change.new.mode) return true;
    if (
      (await idOf(repo, change.old)) !== (await idOf(repo, change.new)) &&
      (await patchText(repo, change, settings)) !== ""
    )
      return true;
  }
  return false;
}
