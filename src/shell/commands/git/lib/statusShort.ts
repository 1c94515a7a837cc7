/** The short and the porcelain forms: https://git-scm.com/docs/git-status#_short_format */
import type { Change } from "./change.ts";
import { comparePaths } from "./gitIndex.ts";
import { modeText, ZERO_ID } from "./objects.ts";
import { quotePath } from "./quotePath.ts";
import { resolveRef, shortenRef } from "./refs.ts";
import type { Repository } from "./repository.ts";
import { upstreamName } from "./revision.ts";
import type { StatusData, Unmerged } from "./statusData.ts";
import { relativePath } from "./statusText.ts";
import { aheadBehind } from "./walk.ts";

export interface ShortStyle {
  readonly branch: boolean;
  readonly zero: boolean;
  readonly ignored: boolean;
  readonly prefix: string;
  readonly aheadBehind: boolean;
}

interface Row {
  readonly path: string;
  readonly staged?: Change;
  readonly changed?: Change;
  readonly unmerged?: Unmerged;
}

function rows(data: StatusData): Row[] {
  const all = new Map<string, Row>();
  const put = (path: string, part: Partial<Row>) => all.set(path, { path, ...all.get(path), ...part });
  for (const change of data.staged) put(change.new.path, { staged: change });
  for (const change of data.changed) put(change.new.path, { changed: change });
  for (const one of data.unmerged) put(one.path, { unmerged: one });
  return [...all.values()].sort((a, b) => comparePaths(a.path, b.path));
}

const CONFLICTS = ["", "DD", "AU", "UD", "UA", "DU", "AA", "UU"];

/** Names with spaces are quoted too. */
function quoted(path: string): string {
  const name = quotePath(path);
  return name.startsWith('"') || !name.includes(" ") ? name : `"${name}"`;
}

export async function shortText(repo: Repository, data: StatusData, style: ShortStyle): Promise<string> {
  const end = style.zero ? "\0" : "\n";
  const name = (path: string) => (style.zero ? path : quoted(relativePath(path, style.prefix)));
  let text = style.branch ? `## ${await branchLine(repo, data, style)}${end}` : "";
  for (const row of rows(data)) {
    if (row.unmerged) text += `${CONFLICTS[row.unmerged.stages]} ${name(row.path)}${end}`;
    else text += changeLine(row, name, style.zero, end);
  }
  for (const path of data.untracked) text += `?? ${name(path)}${end}`;
  if (style.ignored) for (const path of data.ignored) text += `!! ${name(path)}${end}`;
  return text;
}

function changeLine(
  { path, staged, changed }: Row,
  name: (path: string) => string,
  zero: boolean,
  end: string,
): string {
  const code = `${staged?.status ?? " "}${changed?.status ?? " "}`;
  const source = [staged, changed].find((change) => change?.status === "R" || change?.status === "C")?.old
    .path;
  if (source === undefined) return `${code} ${name(path)}${end}`;
  return zero ? `${code} ${path}\0${source}\0` : `${code} ${name(source)} -> ${name(path)}${end}`;
}

async function branchLine(repo: Repository, data: StatusData, style: ShortStyle): Promise<string> {
  const { branch, id } = data.head;
  if (branch === null) return "HEAD (no branch)";
  const short = branch.replace(/^refs\/heads\//, "");
  const start = id === null ? `No commits yet on ${short}` : short;
  const upstream = upstreamName(repo, short);
  if (upstream === null) return start;
  const theirs = await resolveRef(repo, upstream);
  const both = `${start}...${await shortenRef(repo, upstream, false)}`;
  if (!theirs) return `${both} [gone]`;
  if (id === null) return both;
  const { ahead, behind } = await aheadBehind(repo, id, theirs.id);
  if (ahead === 0 && behind === 0) return both;
  if (!style.aheadBehind) return `${both} [different]`;
  const parts = [...(ahead ? [`ahead ${ahead}`] : []), ...(behind ? [`behind ${behind}`] : [])];
  return `${both} [${parts.join(", ")}]`;
}

/** https://git-scm.com/docs/git-status#_porcelain_format_version_2 */
export async function porcelain2Text(repo: Repository, data: StatusData, style: ShortStyle): Promise<string> {
  const end = style.zero ? "\0" : "\n";
  const name = (path: string) => (style.zero ? path : quotePath(relativePath(path, style.prefix)));
  let text = style.branch ? await branchHeaders(repo, data, end) : "";
  const all = rows(data);
  for (const row of all) if (!row.unmerged) text += changedEntry(data, row, name, style.zero, end);
  for (const row of all) if (row.unmerged) text += unmergedEntry(row.unmerged, name(row.path), end);
  for (const path of data.untracked) text += `? ${name(path)}${end}`;
  if (style.ignored) for (const path of data.ignored) text += `! ${name(path)}${end}`;
  return text;
}

async function branchHeaders(repo: Repository, { head }: StatusData, end: string): Promise<string> {
  const short = head.branch?.replace(/^refs\/heads\//, "");
  let text = `# branch.oid ${head.id ?? "(initial)"}${end}# branch.head ${short ?? "(detached)"}${end}`;
  const upstream = short === undefined ? null : upstreamName(repo, short);
  if (upstream === null) return text;
  text += `# branch.upstream ${await shortenRef(repo, upstream, false)}${end}`;
  const theirs = await resolveRef(repo, upstream);
  if (!theirs || head.id === null) return text;
  const { ahead, behind } = await aheadBehind(repo, head.id, theirs.id);
  return `${text}# branch.ab +${ahead} -${behind}${end}`;
}

function changedEntry(
  data: StatusData,
  { path, staged, changed }: Row,
  name: (path: string) => string,
  zero: boolean,
  end: string,
): string {
  const entry = data.index.entries.find((candidate) => candidate.path === path && candidate.stage === 0);
  const code = `${staged?.status ?? "."}${changed?.status ?? "."}`;
  const indexSide = staged?.new ?? changed?.old ?? { mode: entry?.mode ?? 0, id: entry?.oid ?? null };
  const headSide = staged?.old ?? indexSide;
  const fileMode = changed ? changed.new.mode : indexSide.mode;
  const modes = `${modeText(headSide.mode)} ${modeText(indexSide.mode)} ${modeText(fileMode)}`;
  const ids = `${headSide.id ?? ZERO_ID} ${indexSide.id ?? ZERO_ID}`;
  const renamed = [staged, changed].find((change) => change?.status === "R" || change?.status === "C");
  if (!renamed) return `1 ${code} N... ${modes} ${ids} ${name(path)}${end}`;
  const separator = zero ? "\0" : "\t";
  return `2 ${code} N... ${modes} ${ids} ${renamed.status}${renamed.score ?? 0} ${name(path)}${separator}${name(renamed.old.path)}${end}`;
}

function unmergedEntry({ entries, stages, fileMode }: Unmerged, name: string, end: string): string {
  const stage = (n: number) => entries.find((entry) => entry.stage === n);
  const modes = [1, 2, 3].map((n) => modeText(stage(n)?.mode ?? 0)).join(" ");
  const ids = [1, 2, 3].map((n) => stage(n)?.oid ?? ZERO_ID).join(" ");
  return `u ${CONFLICTS[stages]} N... ${modes} ${modeText(fileMode)} ${ids} ${name}${end}`;
}
