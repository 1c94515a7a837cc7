/** https://git-scm.com/docs/git-describe */
import type { ExecResult } from "just-git";
import type { GitCall } from "./call.ts";
import { compareTreeWorktree } from "./lib/compare.ts";
import { readIndex } from "./lib/gitIndex.ts";
import { USAGE } from "./lib/inspectionUsage.ts";
import { abbreviate, type Commit, peel, readTag } from "./lib/objects.ts";
import { parseOptions } from "./lib/options.ts";
import { listRefs, type Ref } from "./lib/refs.ts";
import { openRepository, openWorkTree, type Repository } from "./lib/repository.ts";
import { resolveRevision } from "./lib/revision.ts";
import { die, run, stop } from "./lib/transcript.ts";
import { ancestors, commitReader, walkCommits } from "./lib/walk.ts";
import { wildmatch } from "./lib/wildmatch.ts";

const OPTIONS = {
  contains: { names: ["--contains"] },
  debug: { names: ["--debug"] },
  all: { names: ["--all"] },
  tags: { names: ["--tags"] },
  long: { names: ["--long"] },
  firstParent: { names: ["--first-parent"] },
  abbrev: { names: ["--abbrev"], value: "optional" },
  exactMatch: { names: ["--exact-match"] },
  candidates: { names: ["--candidates"], value: "required" },
  match: { names: ["--match"], value: "list" },
  exclude: { names: ["--exclude"], value: "list" },
  always: { names: ["--always"] },
  dirty: { names: ["--dirty"], value: "optional" },
  broken: { names: ["--broken"], value: "optional" },
} as const;

interface Name {
  readonly text: string;
  /** 2 annotated tag, 1 tag, 0 other reference. */
  readonly rank: number;
  readonly time: number;
}

interface Wishes {
  readonly all: boolean;
  readonly tags: boolean;
  readonly long: boolean;
  readonly exactMatch: boolean;
  readonly always: boolean;
  readonly firstParent: boolean;
  readonly abbrev: number;
  readonly match: readonly string[];
  readonly exclude: readonly string[];
}

export function describe(call: GitCall): Promise<ExecResult> {
  return run(async (t) => {
    const parsed = parseOptions(call.args, OPTIONS, { usage: USAGE.describe });
    if ("result" in parsed) {
      t.add(parsed.result);
      return parsed.result.exitCode;
    }
    const { values, rest, counts } = parsed;
    const repo = await openRepository(call);
    if (values.contains) {
      const result = t.add(
        await call.git("name-rev", [
          "--name-only",
          "--no-undefined",
          ...(values.all ? [] : ["--tags"]),
          ...(rest.length > 0 ? rest : ["HEAD"]),
        ]),
      );
      return result.exitCode;
    }
    if (values.dirty !== undefined && rest.length > 0)
      die("option '--dirty' and commit-ishes cannot be used together");
    const abbrev =
      counts.abbrev === -1
        ? 40
        : values.abbrev === undefined || values.abbrev === ""
          ? 7
          : Number(values.abbrev);
    if (values.long && abbrev === 0) die("options '--long' and '--abbrev=0' cannot be used together");
    const names = await knownNames(repo, { ...values, abbrev });
    if (names.size === 0 && !values.always && !(await anyLightweight(repo)))
      die("No names found, cannot describe anything.");
    const mark = values.dirty !== undefined && (await isDirty(call)) ? values.dirty || "-dirty" : "";
    for (const text of rest.length > 0 ? rest : ["HEAD"])
      t.out(`${await described(repo, text, names, { ...values, abbrev })}${mark}\n`);
    return 0;
  });
}

async function isDirty(call: GitCall): Promise<boolean> {
  const repo = await openWorkTree(call);
  const head = await resolveRevision(repo, "HEAD");
  const tree = head ? await peel(repo, head.id, "tree") : null;
  return (await compareTreeWorktree(repo, tree, await readIndex(repo.fs, repo.gitDir))).length > 0;
}

/** The best name of each commit. */
async function knownNames(repo: Repository, wishes: Wishes): Promise<Map<string, Name>> {
  const names = new Map<string, Name>();
  for (const ref of await listRefs(repo)) {
    const isTag = ref.name.startsWith("refs/tags/");
    if (!isTag && !wishes.all) continue;
    if (!wanted(ref, wishes)) continue;
    const tag = await readTag(repo, ref.id);
    const rank = tag ? 2 : isTag ? 1 : 0;
    if (rank < (wishes.all ? 0 : wishes.tags ? 1 : 2)) continue;
    const commit = await peel(repo, ref.id);
    if (commit === null) continue;
    const text = wishes.all ? ref.name.slice(5) : (tag?.name ?? ref.name.slice(10));
    const name = { text, rank, time: tag?.tagger?.timestamp ?? 0 };
    const known = names.get(commit);
    if (!known || known.rank < rank || (known.rank === 2 && rank === 2 && known.time < name.time))
      names.set(commit, name);
  }
  return names;
}

function wanted(ref: Ref, { match, exclude }: Wishes): boolean {
  const short = ref.name.replace(/^refs\/(tags|heads|remotes)\//, "");
  if (exclude.some((pattern) => wildmatch(pattern, short))) return false;
  return match.length === 0 || match.some((pattern) => wildmatch(pattern, short));
}

async function described(
  repo: Repository,
  text: string,
  names: ReadonlyMap<string, Name>,
  wishes: Wishes,
): Promise<string> {
  const found = await resolveRevision(repo, text);
  if (!found) return stop(`fatal: Not a valid object name ${text}\n`, 128);
  const id = await peel(repo, found.id, "commit");
  if (id === null) return die(`${text} is neither a commit nor blob`);
  const own = names.get(id);
  if (own && own.rank >= (wishes.all ? 0 : wishes.tags ? 1 : 2))
    return wishes.long ? withDistance(repo, own.text, 0, id, wishes.abbrev) : own.text;
  if (wishes.exactMatch) return die(`no tag exactly matches '${id}'`);
  const best = await nearest(repo, id, names, wishes);
  if (!best) {
    if (wishes.always) return abbreviate(repo, id, wishes.abbrev || 7);
    return die(
      wishes.tags || wishes.all
        ? `No tags can describe '${id}'.\nTry --always, or create some tags.`
        : (await anyLightweight(repo))
          ? `No annotated tags can describe '${id}'.\nHowever, there were unannotated tags: try --tags.`
          : `No tags can describe '${id}'.\nTry --always, or create some tags.`,
    );
  }
  return wishes.abbrev === 0
    ? best.name.text
    : withDistance(repo, best.name.text, best.distance, id, wishes.abbrev);
}

async function anyLightweight(repo: Repository): Promise<boolean> {
  return (await listRefs(repo, "refs/tags/")).length > 0;
}

async function withDistance(
  repo: Repository,
  name: string,
  distance: number,
  id: string,
  abbrev: number,
): Promise<string> {
  return `${name}-${distance}-g${await abbreviate(repo, id, abbrev || 7)}`;
}

/** The tagged ancestor with the fewest commits that it lacks; of equals the one found first. */
async function nearest(
  repo: Repository,
  id: string,
  names: ReadonlyMap<string, Name>,
  wishes: Wishes,
): Promise<{ name: Name; distance: number } | null> {
  const read = commitReader(repo);
  const all = await ancestors(repo, [id], { read });
  const candidates: Commit[] = [];
  for await (const commit of walkCommits(repo, { starts: [id], read, firstParent: wishes.firstParent })) {
    if (names.has(commit.id)) candidates.push(commit);
    if (candidates.length === 10) break;
  }
  let best: { name: Name; distance: number } | null = null;
  for (const commit of candidates) {
    const below = await ancestors(repo, [commit.id], { read });
    const distance = all.size - below.size;
    if (!best || distance < best.distance) best = { name: names.get(commit.id) as Name, distance };
  }
  return best;
}
