/** Counts of changed lines: https://git-scm.com/docs/git-diff#Documentation/git-diff.txt---statltwidthgtltname-widthgtltcountgt */
import type { GitContext } from "just-git";
import { bytesOf, type Change, contentOf, idOf } from "./change.ts";
import { countLines, type HunkOptions } from "./hunks.ts";
import { isBinary } from "./lines.ts";
import { modeText } from "./objects.ts";
import { quotePath } from "./quotePath.ts";

export interface FileStat {
  readonly change: Change;
  readonly name: string;
  /** Lines, or bytes where `binary`. */
  readonly added: number;
  readonly removed: number;
  readonly binary: boolean;
  readonly unmerged: boolean;
}

export interface StatWidths {
  /** Columns of the whole line; 80 unless told. */
  readonly width?: number;
  readonly nameWidth?: number;
  readonly graphWidth?: number;
  /** Files to show before "...". */
  readonly count?: number;
}

export async function fileStats(
  repo: GitContext,
  all: readonly Change[],
  options: HunkOptions & { text?: boolean } = {},
): Promise<FileStat[]> {
  const stats: FileStat[] = [];
  for (const change of all) {
    const stat = await fileStat(repo, change, options);
    if (stat) stats.push(stat);
  }
  return stats;
}

/** Null where white space options hide every difference. */
async function fileStat(
  repo: GitContext,
  change: Change,
  options: HunkOptions & { text?: boolean },
): Promise<FileStat | null> {
  const name = statName(change);
  const none = { change, name, added: 0, removed: 0, binary: false, unmerged: false };
  if (change.status === "U") return { ...none, unmerged: true };
  const bothThere = change.old.mode !== 0 && change.new.mode !== 0;
  const same = bothThere && (await idOf(repo, change.old)) === (await idOf(repo, change.new));
  const [a, b] = await Promise.all([contentOf(repo, change.old), contentOf(repo, change.new)]);
  if (!options.text && (isBinary(a) || isBinary(b))) {
    return same
      ? { ...none, binary: true }
      : { ...none, binary: true, added: (await bytesOf(repo, change.new)).length, removed: a.length };
  }
  if (same) return none;
  const { added, removed } = countLines(a, b, options);
  if (bothThere && change.old.mode === change.new.mode && added === 0 && removed === 0) return null;
  return { ...none, added, removed };
}

/** `name`, or `dir/{old => new}/file` for a rename. */
export function statName(change: Change): string {
  if (change.old.path === change.new.path) return quotePath(change.new.path);
  return renameName(change.old.path, change.new.path);
}

export function renameName(a: string, b: string): string {
  if (quotePath(a) !== a || quotePath(b) !== b) return `${quotePath(a)} => ${quotePath(b)}`;
  let prefix = 0;
  for (let i = 0; i < a.length && i < b.length && a[i] === b[i]; i++) if (a[i] === "/") prefix = i + 1;
  let suffix = 0;
  const adjust = prefix > 0 ? 1 : 0;
  for (let i = 0; ; i++) {
    const [x, y] = [a.length - i, b.length - i];
    if (x < prefix - adjust || y < prefix - adjust || a[x] !== b[y]) break;
    if (a[x] === "/") suffix = i;
  }
  const middle = (path: string) => path.slice(prefix, Math.max(prefix, path.length - suffix));
  const plain = `${middle(a)} => ${middle(b)}`;
  if (prefix + suffix === 0) return plain;
  return `${a.slice(0, prefix)}{${plain}}${a.slice(a.length - suffix)}`;
}

function digits(value: number): number {
  return String(value).length;
}

/** ` name | 3 ++-` per file. */
export function statLines(stats: readonly FileStat[], widths: StatWidths = {}): string {
  const shown = stats.slice(0, widths.count ?? stats.length);
  const layout = measure(shown, widths);
  const more = shown.length < stats.length ? " ...\n" : "";
  return shown.map((stat) => statLine(stat, layout)).join("") + more;
}

interface Layout {
  readonly name: number;
  readonly number: number;
  readonly graph: number;
  readonly most: number;
}

function measure(stats: readonly FileStat[], widths: StatWidths): Layout {
  let most = 0;
  let longest = 0;
  let number = 0;
  let binary = 0;
  for (const stat of stats) {
    longest = Math.max(longest, stat.name.length);
    if (stat.unmerged) binary = Math.max(binary, 8);
    else if (stat.binary) {
      binary = Math.max(binary, 14 + digits(stat.added) + digits(stat.removed));
      number = 3;
    } else most = Math.max(most, stat.added + stat.removed);
  }
  number = Math.max(number, digits(most));
  const width = Math.max(widths.width ?? 80, 16 + 6 + number);
  let graph = most + 4 > binary ? most : binary - 4;
  if (widths.graphWidth) graph = Math.min(graph, widths.graphWidth);
  let name = widths.nameWidth ? Math.min(widths.nameWidth, longest) : longest;
  if (name + number + 6 + graph > width) {
    graph = Math.min(graph, Math.max(6, Math.floor((width * 3) / 8) - number - 6));
    if (widths.graphWidth) graph = Math.min(graph, widths.graphWidth);
    if (name > width - number - 6 - graph) name = width - number - 6 - graph;
    else graph = width - number - 6 - name;
  }
  return { name, number, graph, most };
}

function statLine(stat: FileStat, { name: width, number, graph, most }: Layout): string {
  const name = shorten(stat.name, width).padEnd(width);
  // The reference ends no line here.
  if (stat.unmerged) return ` ${name} | Unmerged`;
  if (stat.binary) {
    const sizes = stat.added || stat.removed ? ` ${stat.removed} -> ${stat.added} bytes` : "";
    return ` ${name} | ${"Bin".padStart(number)}${sizes}\n`;
  }
  const total = stat.added + stat.removed;
  const [plus, minus] = graph <= most ? scaled(stat, graph, most) : [stat.added, stat.removed];
  const bar = total > 0 ? ` ${"+".repeat(plus)}${"-".repeat(minus)}` : "";
  return ` ${name} | ${String(total).padStart(number)}${bar}\n`;
}

function shorten(name: string, width: number): string {
  if (name.length <= width) return name;
  const tail = name.slice(name.length - (width - 3));
  const slash = tail.indexOf("/");
  return `...${slash >= 0 ? tail.slice(slash) : tail}`;
}

function scaled(stat: FileStat, width: number, most: number): [number, number] {
  const scale = (value: number) => (value === 0 ? 0 : 1 + Math.floor((value * (width - 1)) / most));
  let total = scale(stat.added + stat.removed);
  if (total < 2 && stat.added && stat.removed) total = 2;
  if (stat.added < stat.removed) {
    const plus = scale(stat.added);
    return [plus, total - plus];
  }
  const minus = scale(stat.removed);
  return [total - minus, minus];
}

/** ` 2 files changed, 1 insertion(+)` */
export function shortStat(stats: readonly FileStat[]): string {
  const counted = stats.filter((stat) => !stat.unmerged);
  const sum = (of: (stat: FileStat) => number) =>
    counted.reduce((total, stat) => total + (stat.binary ? 0 : of(stat)), 0);
  return changedLine(
    counted.length,
    sum((stat) => stat.added),
    sum((stat) => stat.removed),
  );
}

export function changedLine(files: number, added: number, removed: number): string {
  if (files === 0) return " 0 files changed\n";
  let line = ` ${files} file${files === 1 ? "" : "s"} changed`;
  if (added || removed === 0) line += `, ${added} insertion${added === 1 ? "" : "s"}(+)`;
  if (removed || added === 0) line += `, ${removed} deletion${removed === 1 ? "" : "s"}(-)`;
  return `${line}\n`;
}

export function numStat(stats: readonly FileStat[], zero = false): string {
  return stats
    .filter((stat) => !stat.unmerged)
    .map((stat) => {
      const counts = stat.binary ? "-\t-" : `${stat.added}\t${stat.removed}`;
      if (!zero) return `${counts}\t${stat.name}\n`;
      const { old: before, new: after } = stat.change;
      return before.path === after.path
        ? `${counts}\t${after.path}\0`
        : `${counts}\t\0${before.path}\0${after.path}\0`;
    })
    .join("");
}

/** ` create mode 100644 name` and the like: https://git-scm.com/docs/git-diff#Documentation/git-diff.txt---summary */
export function summaryLines(all: readonly Change[]): string {
  return all.map(summaryLine).join("");
}

function summaryLine(change: Change): string {
  const { old: before, new: after } = change;
  if (change.status === "D") return ` delete mode ${modeText(before.mode)} ${quotePath(before.path)}\n`;
  if (change.status === "A") return ` create mode ${modeText(after.mode)} ${quotePath(after.path)}\n`;
  const modes =
    before.mode !== after.mode && before.mode && after.mode
      ? `mode change ${modeText(before.mode)} => ${modeText(after.mode)}`
      : "";
  if (change.status === "R" || change.status === "C") {
    const verb = change.status === "R" ? "rename" : "copy";
    return ` ${verb} ${renameName(before.path, after.path)} (${change.score ?? 0}%)\n${modes ? ` ${modes}\n` : ""}`;
  }
  return modes ? ` ${modes} ${quotePath(after.path)}\n` : "";
}
