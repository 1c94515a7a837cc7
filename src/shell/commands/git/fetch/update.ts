/** Moving local refs to what was fetched, and the line about each. */
import { logIdentity } from "../lib/identity.ts";
import type { GitCall } from "../call.ts";
import { readCommit, ZERO_ID } from "../lib/objects.ts";
import { resolveRef, writeRef } from "../lib/refs.ts";
import type { Repository } from "../lib/repository.ts";
import { isAncestorIn } from "../lib/transport/ancestry.ts";
import { newRefText, prettyRef, rangeText, SUMMARY_WIDTH } from "../lib/transport/columns.ts";
import type { Fetched } from "./refMap.ts";

export interface Outcome {
  /** Null where there is nothing to say. */
  readonly line: string | null;
  readonly failed: boolean;
}

interface Move {
  readonly code: string;
  readonly summary: string;
  /** Null: the ref stays. */
  readonly log: string | null;
  readonly note: string;
}

/** Without a local ref only the line for FETCH_HEAD is made. */
export async function updateRef(
  call: GitCall,
  repo: Repository,
  fetched: Fetched,
  options: {
    readonly width: number;
    readonly dryRun: boolean;
    readonly verbose: boolean;
    readonly action: string;
  },
): Promise<Outcome> {
  const { localName } = fetched;
  if (localName === null) return { line: headLine(fetched, options.width), failed: false };
  const old = (await resolveRef(repo, localName))?.id ?? ZERO_ID;
  const move = await judge(repo, fetched, localName, old);
  if (move === null) {
    const line = options.verbose
      ? formatLine("=", "[up to date]", fetched.remoteName, localName, "", options.width)
      : null;
    return { line, failed: false };
  }
  if (move.log !== null && !options.dryRun) {
    const create = repo.config.bool("core.logAllRefUpdates") ?? repo.workTree !== null;
    await writeRef(repo, localName, fetched.id, {
      person: logIdentity(call, repo.config),
      message: `${options.action}: ${move.log}`,
      create,
    });
  }
  return {
    line: formatLine(move.code, move.summary, fetched.remoteName, localName, move.note, options.width),
    failed: move.log === null,
  };
}

/** Null where the ref is there already. */
async function judge(
  repo: Repository,
  fetched: Fetched,
  localName: string,
  old: string,
): Promise<Move | null> {
  const { id, force, remoteName } = fetched;
  if (old === id) return null;
  if (old !== ZERO_ID && localName.startsWith("refs/tags/")) {
    if (!force) return { code: "!", summary: "[rejected]", log: null, note: "would clobber existing tag" };
    return { code: "t", summary: "[tag update]", log: "updating tag", note: "" };
  }
  if (old === ZERO_ID || !(await readCommit(repo, old)) || !(await readCommit(repo, id))) {
    const kind = remoteName.startsWith("refs/tags/")
      ? "tag"
      : remoteName.startsWith("refs/heads/")
        ? "head"
        : "ref";
    return { code: "*", summary: newRefText(remoteName, "[new ref]"), log: `storing ${kind}`, note: "" };
  }
  if (await isAncestorIn(repo, old, id)) {
    return { code: " ", summary: await rangeText(repo, old, id, ".."), log: "fast-forward", note: "" };
  }
  if (!force) return { code: "!", summary: "[rejected]", log: null, note: "non-fast-forward" };
  return {
    code: "+",
    summary: await rangeText(repo, old, id, "..."),
    log: "forced-update",
    note: "forced update",
  };
}

export function formatLine(
  code: string,
  summary: string,
  from: string,
  to: string,
  note: string,
  width: number,
): string {
  const names = `${prettyRef(from).padEnd(width)} -> ${prettyRef(to)}`;
  return ` ${code} ${summary.padEnd(SUMMARY_WIDTH)} ${names}${note === "" ? "" : `  (${note})`}\n`;
}

function headLine({ remoteName }: Fetched, width: number): string {
  const { kind, what } = kindOf(remoteName);
  return formatLine("*", kind || "branch", what || "HEAD", "FETCH_HEAD", "", width);
}

function kindOf(remoteName: string): { readonly kind: string; readonly what: string } {
  if (remoteName === "HEAD") return { kind: "", what: "" };
  if (remoteName.startsWith("refs/heads/")) return { kind: "branch", what: remoteName.slice(11) };
  if (remoteName.startsWith("refs/tags/")) return { kind: "tag", what: remoteName.slice(10) };
  if (remoteName.startsWith("refs/remotes/"))
    return { kind: "remote-tracking branch", what: remoteName.slice(13) };
  return { kind: "", what: remoteName };
}

/** https://git-scm.com/docs/git-fetch#_output, the file FETCH_HEAD: what is for a merge comes first. */
export function fetchHead(map: readonly Fetched[], url: string): string {
  const shown = shortUrl(url);
  const line = ({ id, remoteName, head }: Fetched) => {
    const { kind, what } = kindOf(remoteName);
    const name = what === "" ? "" : `${kind === "" ? "" : `${kind} `}'${what}' of `;
    return `${id}\t${head === "merge" ? "" : "not-for-merge"}\t${name}${shown}\n`;
  };
  const of = (head: Fetched["head"]) => map.filter((it) => it.head === head).map(line);
  return [...of("merge"), ...of("not-for-merge")].join("");
}

/** As "From" shows it: without slashes and `.git` at its end. */
export function shortUrl(url: string): string {
  return url.replace(/\/+$/, "").replace(/(.{1,}[^/])\.git$/, "$1");
}

/** Room for the names on the left: ten, or more where the longest still leaves the line within 80 columns. */
export function nameWidth(map: readonly Fetched[], changed: (it: Fetched) => boolean): number {
  let width = 10;
  for (const it of map) {
    if (it.localName === null || it.remoteName === "HEAD" || !changed(it)) continue;
    const [left, right] = [prettyRef(it.remoteName).length, prettyRef(it.localName).length];
    if (21 + left + 4 + right < 80) width = Math.max(width, left);
  }
  return width;
}
