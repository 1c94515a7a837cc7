/** https://git-scm.com/docs/git-blame */
import type { ExecResult } from "just-git";
import { toLatin1 } from "../../../base/bytes.ts";
import type { GitCall } from "./call.ts";
import { blame as blameLines, type BlamedLine, unchangedLines } from "./lib/blame.ts";
import { asBytes, byteOutput } from "./lib/byteOutput.ts";
import { bytesOf } from "./lib/change.ts";
import { formatDate } from "./lib/dates.ts";
import { USAGE } from "./lib/inspectionUsage.ts";
import { splitLines, type Whitespace } from "./lib/lines.ts";
import { abbreviate, entryAt, type Person, ZERO_ID } from "./lib/objects.ts";
import { parseOptions } from "./lib/options.ts";
import { subject } from "./lib/pretty.ts";
import { readHead } from "./lib/refs.ts";
import { openRepository, type Repository } from "./lib/repository.ts";
import { parseRevisions, resolveCommit } from "./lib/revision.ts";
import { die, run, stop } from "./lib/transcript.ts";
import { ancestors, commitReader } from "./lib/walk.ts";

const OPTIONS = {
  range: { names: ["-L"], value: "list" },
  long: { names: ["-l"] },
  suppress: { names: ["-s"] },
  email: { names: ["-e", "--show-email"] },
  name: { names: ["-f", "--show-name"] },
  number: { names: ["-n", "--show-number"] },
  timestamp: { names: ["-t"] },
  porcelain: { names: ["-p", "--porcelain"] },
  linePorcelain: { names: ["--line-porcelain"] },
  root: { names: ["--root"] },
  blank: { names: ["-b"] },
  whitespace: { names: ["-w"] },
  moved: { names: ["-M"], value: "optional" },
  copied: { names: ["-C"], value: "optional" },
  abbrev: { names: ["--abbrev"], value: "required" },
  date: { names: ["--date"], value: "required" },
  progress: { names: ["--progress"] },
} as const;

interface Line extends BlamedLine {
  /** From 0. */
  readonly final: number;
  readonly text: string;
  /** Where history was not looked behind: a root commit or the end of a range. */
  readonly boundary: boolean;
}

interface Style {
  readonly long: boolean;
  readonly suppress: boolean;
  readonly email: boolean;
  readonly name: boolean;
  readonly number: boolean;
  readonly timestamp: boolean;
  readonly blank: boolean;
  readonly date: string;
  readonly digits: number;
}

export async function blame(call: GitCall): Promise<ExecResult> {
  let stdout = "";
  const result = await run(async (t) => {
    const parsed = parseOptions(call.args, OPTIONS, { usage: USAGE.blame });
    if ("result" in parsed) {
      // The walk's own option parser names the whole word.
      t.out(parsed.result.stdout);
      t.err(parsed.result.stderr.replace(/^error: unknown option `(?!-)/, "error: unknown option `--"));
      return parsed.result.exitCode;
    }
    const { values, rest, dashes } = parsed;
    const repo = await openRepository(call);
    const { path, revisions } = operandsOf(rest, dashes);
    if (path === null) return stop(USAGE.blame, 129);
    const lines = await linesOf(
      repo,
      path,
      revisions,
      values.range,
      values.whitespace ? "all" : "exact",
      values.root || repo.config.bool("blame.showRoot") === true,
    );
    if (values.porcelain || values.linePorcelain) stdout = porcelain(repo, lines, values.linePorcelain);
    else {
      const date = values.date ?? repo.config.get("blame.date") ?? "iso";
      stdout = await annotated(repo, lines, {
        ...values,
        name: values.name || lines.some((line) => line.path !== repo.prefix + path),
        date,
        digits: Number(values.abbrev ?? 7),
      });
    }
    call.terminal.page();
    return 0;
  });
  return byteOutput(stdout + result.stdout, result.stderr, result.exitCode);
}

/** `[rev] [--] file`, also `file rev`, as git allows. */
function operandsOf(
  rest: readonly string[],
  dashes: number | null,
): { path: string | null; revisions: string[] } {
  if (dashes !== null) return { path: rest[dashes] ?? null, revisions: rest.slice(0, dashes) };
  return { path: rest.at(-1) ?? null, revisions: rest.slice(0, -1) };
}

async function linesOf(
  repo: Repository,
  path: string,
  named: readonly string[],
  ranges: readonly string[],
  whitespace: Whitespace,
  root: boolean,
): Promise<Line[]> {
  const full = repo.prefix + path;
  const read = commitReader(repo);
  const revisions = await parseRevisions(repo, [...named], named.length);
  const start = revisions.include[0]
    ? await resolveCommit(repo, revisions.include[0].id)
    : (await readHead(repo)).id;
  const worktree = revisions.include.length === 0;
  if (start === null) return die(`no such ref: HEAD`);
  const commit = (await read(start)) ?? die(`no such ref: ${start}`);
  const entry = await entryAt(repo, commit.tree, full);
  if (worktree && !(await repo.fs.exists(`${repo.workTree ?? ""}/${full}`)) && entry)
    die(`Cannot lstat '${path}': No such file or directory`);
  if (!entry)
    return die(
      worktree
        ? `no such path '${full}' in HEAD`
        : `no such path ${full} in ${revisions.include[0]?.text ?? start}`,
    );
  const committed = splitLines(toLatin1(await bytesOf(repo, { path: full, mode: entry.mode, id: entry.id })));
  const text = worktree
    ? splitLines(toLatin1(await repo.fs.readFileBuffer(`${repo.workTree}/${full}`)))
    : committed;
  const wanted = selectLines(text, ranges, path);
  const map = worktree ? unchangedLines(committed, text, whitespace) : null;
  const asked = wanted.flatMap((final) => {
    const here = map ? (map[final] as number) : final;
    return here < 0 ? [] : [{ final, here }];
  });
  const excluded = await Promise.all(
    revisions.exclude.map(async (revision) => (await resolveCommit(repo, revision.id)) ?? ""),
  );
  const hidden = await ancestors(repo, excluded, { read });
  const found = await blameLines(repo, read, commit, full, asked, { whitespace, hidden });
  return wanted.map((final) => {
    const blamed = found.get(final) ?? {
      commit: null,
      path: full,
      line: final,
      previous: { id: commit.id, path: full },
    };
    const boundary =
      blamed.commit !== null &&
      (hidden.has(blamed.commit.id) || (!root && blamed.commit.parents.length === 0));
    return { ...blamed, final, text: text[final] as string, boundary };
  });
}

/** `-L 2,4`, `-L 2,+3`, `-L 2`, `-L ,3`, `-L /regex/`, `-L /a/,/b/`: line numbers from 0, in order, each once. */
function selectLines(text: readonly string[], ranges: readonly string[], path: string): number[] {
  if (ranges.length === 0) return text.map((_, i) => i);
  const chosen = new Set<number>();
  for (const range of ranges) {
    const [from = "", to] = range.match(/^\/(?:\\.|[^/\\])*\/|^[^,]*/) ? splitRange(range) : [range];
    const start = position(text, from, 0, 0) || 0;
    if (start >= text.length) die(`file ${path} has only ${text.length} line${text.length === 1 ? "" : "s"}`);
    let end =
      to === undefined
        ? text.length - 1
        : to.startsWith("+")
          ? start + Number(to) - 1
          : position(text, to, text.length - 1, start + 1);
    let first = start;
    if (to?.startsWith("-")) [first, end] = [Math.max(0, start + Number(to) + 1), start];
    if (end < first) [first, end] = [end, first];
    for (let i = first; i <= Math.min(end, text.length - 1); i++) chosen.add(i);
  }
  return [...chosen].sort((a, b) => a - b);
}

function splitRange(range: string): [string, string?] {
  const head = /^\/(?:\\.|[^/\\])*\/|^[^,]*/.exec(range)?.[0] ?? "";
  return head.length === range.length ? [head] : [head, range.slice(head.length + 1)];
}

function position(text: readonly string[], spec: string, fallback: number, from: number): number {
  if (spec === "") return fallback;
  if (!spec.startsWith("/"))
    return /^\d+$/.test(spec) ? Math.max(0, Number(spec) - 1) : die(`-L invalid line number: ${spec}`);
  const regex = new RegExp(spec.slice(1, -1));
  const at = text.findIndex((line, i) => i >= from && regex.test(line));
  return at >= 0 ? at : die(`-L parameter '${spec.slice(1, -1)}' starting at line ${from + 1}: No match`);
}

function authorOf(line: Line, now: number): Person {
  return (
    line.commit?.author ?? {
      name: "Not Committed Yet",
      email: "not.committed.yet",
      timestamp: now,
      timezone: "+0000",
    }
  );
}

async function annotated(repo: Repository, lines: readonly Line[], style: Style): Promise<string> {
  const who = (line: Line) =>
    style.email ? `<${authorOf(line, repo.now).email}>` : authorOf(line, repo.now).name;
  const names = Math.max(0, ...lines.map((line) => [...who(line)].length));
  const files = Math.max(0, ...lines.map((line) => [...line.path].length));
  const numbers = String((lines.at(-1)?.final ?? 0) + 1).length;
  const origins = Math.max(0, ...lines.map((line) => String(line.line + 1).length));
  const ids = await shortIds(repo, lines, style);
  let out = "";
  for (const line of lines) {
    let head = ids.get(line) as string;
    if (style.name) head += ` ${line.path.padEnd(files + line.path.length - [...line.path].length)}`;
    if (style.number) head += ` ${String(line.line + 1).padStart(origins)}`;
    const number = String(line.final + 1).padStart(numbers);
    const author = authorOf(line, repo.now);
    if (style.suppress) head += ` ${number}) `;
    else {
      const pad = " ".repeat(names - [...who(line)].length);
      head += ` (${who(line)}${pad} ${when(author, style, repo.now)} ${number}) `;
    }
    out += asBytes(head) + line.text + (line.text.endsWith("\n") ? "" : "\n");
  }
  return out;
}

const DATE_WIDTHS: Readonly<Record<string, number>> = {
  iso: 25,
  "iso-strict": 25,
  rfc: 31,
  short: 10,
  raw: 16,
  unix: 10,
  relative: 22,
  default: 30,
};

function when(author: Person, style: Style, now: number): string {
  if (style.timestamp) return `${author.timestamp} ${author.timezone}`;
  const text = formatDate(author, style.date, now) ?? die(`unknown date format ${style.date}`);
  return text.padEnd(DATE_WIDTHS[style.date] ?? text.length);
}

async function shortIds(repo: Repository, lines: readonly Line[], style: Style): Promise<Map<Line, string>> {
  const ids = new Map<Line, string>();
  let digits = style.digits;
  for (const line of lines)
    if (line.commit) digits = Math.max(digits, (await abbreviate(repo, line.commit.id, style.digits)).length);
  const length = style.long ? 40 : Math.min(40, digits + 1);
  for (const line of lines) {
    const id = line.commit?.id ?? ZERO_ID;
    if (!line.boundary) ids.set(line, id.slice(0, length));
    else ids.set(line, style.blank ? " ".repeat(length) : `^${id.slice(0, length - 1)}`);
  }
  return ids;
}

/** https://git-scm.com/docs/git-blame#_the_porcelain_format */
function porcelain(repo: Repository, lines: readonly Line[], each: boolean): string {
  const seen = new Set<string>();
  let out = "";
  for (const [i, line] of lines.entries()) {
    const id = line.commit?.id ?? ZERO_ID;
    const before = lines[i - 1];
    const follows =
      before &&
      before.commit?.id === line.commit?.id &&
      before.path === line.path &&
      before.line + 1 === line.line &&
      before.final + 1 === line.final;
    let size = 1;
    while (isNext(lines, i + size, line, size)) size++;
    out += `${id} ${line.line + 1} ${line.final + 1}${follows ? "" : ` ${size}`}\n`;
    if (each || !seen.has(id)) out += asBytes(details(repo, line));
    else if (
      !follows &&
      lines.some((other) => other.commit?.id === line.commit?.id && other.path !== line.path)
    )
      out += asBytes(`filename ${line.path}\n`);
    seen.add(id);
    out += `\t${line.text}${line.text.endsWith("\n") ? "" : "\n"}`;
  }
  return out;
}

function isNext(lines: readonly Line[], at: number, first: Line, distance: number): boolean {
  const line = lines[at];
  return (
    line !== undefined &&
    line.commit?.id === first.commit?.id &&
    line.path === first.path &&
    line.line === first.line + distance &&
    line.final === first.final + distance
  );
}

function details(repo: Repository, line: Line): string {
  const person = (role: string, one: Person) =>
    `${role} ${one.name}\n${role}-mail <${one.email}>\n${role}-time ${one.timestamp}\n${role}-tz ${one.timezone}\n`;
  const author = authorOf(line, repo.now);
  const summary = line.commit ? subject(line.commit.message) : `Version of ${line.path} from ${line.path}`;
  const boundary = line.boundary ? "boundary\n" : "";
  const previous = line.previous ? `previous ${line.previous.id} ${line.previous.path}\n` : "";
  return `${person("author", author)}${person("committer", line.commit?.committer ?? author)}summary ${summary}\n${boundary}${previous}filename ${line.path}\n`;
}
