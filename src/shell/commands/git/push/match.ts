/** Which local thing goes to which remote ref: https://git-scm.com/docs/git-push#Documentation/git-push.txt-ltrefspecgt82308203 */
import { readObject, ZERO_ID } from "../lib/objects.ts";
import { refCandidates } from "../lib/refs.ts";
import type { Repository } from "../lib/repository.ts";
import { resolveRevision } from "../lib/revision.ts";
import { die } from "../lib/transcript.ts";
import type { RemoteRef } from "../lib/transport/connection.ts";
import { isExcluded, mapRef, type Refspec } from "../lib/transport/refspec.ts";

/** One remote ref that the push is about. */
export interface Update {
  readonly name: string;
  /** Zero where the remote has no such ref. */
  readonly oldId: string;
  /** Zero for a deletion. */
  readonly newId: string;
  /** What it is pushed from, for the table: a ref name, an id, or null for a deletion by mirror. */
  readonly from: string | null;
  readonly force: boolean;
}

export interface Side {
  readonly refs: readonly RemoteRef[];
  /** The branch of HEAD and its id. */
  readonly head: { readonly branch: string | null; readonly id: string | null };
}

export interface Matched {
  readonly updates: readonly Update[];
  /** What could not be matched, as git prints it; any of it ends the push. */
  readonly errors: readonly string[];
}

interface Problem {
  readonly error: string;
  readonly hint?: string;
}

interface Wish {
  readonly name: string;
  readonly newId: string;
  readonly from: string | null;
  readonly force: boolean;
}

export async function matchRefs(
  repo: Repository,
  local: Side,
  remote: readonly RemoteRef[],
  specs: readonly Refspec[],
  options: { readonly mirror: boolean; readonly prune: boolean },
): Promise<Matched> {
  const wishes = new Map<string, Wish>();
  const errors: string[] = [];
  for (const spec of specs.filter((it) => !it.negative && !it.pattern && !it.matching)) {
    const wish = await explicit(repo, local, remote, spec);
    if ("error" in wish) errors.push(`error: ${wish.error}\n${wish.hint ?? ""}`);
    else if (wishes.has(wish.name))
      errors.push(`error: dst ref ${wish.name} receives from more than one src\n`);
    else wishes.set(wish.name, wish);
  }
  const there = new Map(remote.map((ref) => [ref.name, ref.id]));
  for (const ref of local.refs) {
    for (const spec of specs) {
      const name = patternTarget(spec, ref.name, there);
      if (name === null || wishes.has(name) || isExcluded(specs, ref.name)) continue;
      wishes.set(name, { name, newId: ref.id, from: ref.name, force: spec.force });
      break;
    }
  }
  if (options.mirror || options.prune) {
    for (const { name } of remote)
      if (!wishes.has(name) && isPrunable(specs, name))
        wishes.set(name, { name, newId: ZERO_ID, from: null, force: true });
  }
  return { updates: inOrder(wishes, remote), errors };
}

function patternTarget(spec: Refspec, name: string, there: ReadonlyMap<string, string>): string | null {
  if (spec.matching) return name.startsWith("refs/heads/") && there.has(name) ? name : null;
  if (!spec.pattern) return null;
  return mapRef(spec.destination === null ? { ...spec, destination: spec.source } : spec, name);
}

function isPrunable(specs: readonly Refspec[], name: string): boolean {
  return specs.some(
    (spec) =>
      spec.pattern &&
      mapRef({ ...spec, source: spec.destination ?? spec.source, destination: spec.source }, name) !== null,
  );
}

/** Refs that the remote has come first, in its order; then new ones as they were matched. */
function inOrder(wishes: ReadonlyMap<string, Wish>, remote: readonly RemoteRef[]): Update[] {
  const known = remote.flatMap(({ name, id }) => {
    const wish = wishes.get(name);
    return wish ? [{ ...wish, oldId: id }] : [];
  });
  const there = new Set(remote.map((ref) => ref.name));
  const fresh = [...wishes.values()]
    .filter((wish) => !there.has(wish.name))
    .map((wish) => ({ ...wish, oldId: ZERO_ID }));
  return [...known, ...fresh];
}

async function explicit(
  repo: Repository,
  local: Side,
  remote: readonly RemoteRef[],
  spec: Refspec,
): Promise<Wish | Problem> {
  const source = await findSource(repo, local, spec.source);
  if ("error" in source) return source;
  const wanted = spec.destination ?? defaultDestination(local, source.name);
  const matches = named(
    wanted,
    remote.map((ref) => ref.name),
  );
  if (matches.length > 1) return { error: `dst refspec ${wanted} matches more than one` };
  const name = matches[0] ?? newName(wanted, source, local.head.branch);
  if (name === null) {
    if (source.id === ZERO_ID) return { error: `unable to delete '${wanted}': remote ref does not exist` };
    const type = (await readObject(repo, source.id))?.type ?? "commit";
    return { error: unqualified(spec.source, wanted), hint: unqualifiedHint(spec.source, wanted, type) };
  }
  return { name, newId: source.id, from: source.name, force: spec.force };
}

/** A full name may be created as it is; else branches beget branches, and tags tags. */
function newName(wanted: string, source: Source, branch: string | null): string | null {
  if (wanted.startsWith("refs/")) return wanted;
  const kind = /^refs\/(heads|tags)\//.exec(source.name === "HEAD" ? (branch ?? "") : source.name)?.[0];
  return source.id === ZERO_ID || kind === undefined ? null : kind + wanted;
}

function defaultDestination(local: Side, source: string): string {
  if (source !== "HEAD") return source;
  return local.head.branch ?? die("HEAD cannot be resolved to branch");
}

type Source = { readonly name: string; readonly id: string };

async function findSource(repo: Repository, local: Side, source: string): Promise<Source | Problem> {
  if (source === "") return { name: "(delete)", id: ZERO_ID };
  if (source === "HEAD" || source === "@") {
    return local.head.id === null
      ? { error: `src refspec ${source} does not match any` }
      : { name: "HEAD", id: local.head.id };
  }
  const matches = named(
    source,
    local.refs.map((ref) => ref.name),
  );
  if (matches.length > 1) return { error: `src refspec ${source} matches more than one` };
  const ref = local.refs.find((candidate) => candidate.name === matches[0]);
  if (ref) return ref;
  const id = (await resolveRevision(repo, source))?.id;
  return id === undefined ? { error: `src refspec ${source} does not match any` } : { name: source, id };
}

/** Branches and tags count before other refs that the same short name could mean. */
function named(short: string, names: readonly string[]): string[] {
  const candidates = new Set(refCandidates(short));
  const found = names.filter((name) => candidates.has(name));
  if (found.includes(short)) return [short];
  const strong = found.filter((name) => /^refs\/(heads|tags)\//.test(name) || name === `refs/${short}`);
  return strong.length > 0 ? strong : found.slice(0, 1);
}

function unqualified(source: string, wanted: string): string {
  return `The destination you provided is not a full refname (i.e.,
starting with "refs/"). We tried to guess what you meant by:

- Looking for a ref that matches '${wanted}' on the remote side.
- Checking if the <src> being pushed ('${source}')
  is a ref in "refs/{heads,tags}/". If so we add a corresponding
  refs/{heads,tags}/ prefix on the remote side.

Neither worked, so we gave up. You must fully qualify the ref.`;
}

function unqualifiedHint(source: string, wanted: string, type: string): string {
  const [kind, folder] = type === "commit" ? ["branch", "heads"] : ["tag", "tags"];
  return `hint: The <src> part of the refspec is a ${type} object.
hint: Did you mean to ${type === "commit" || type === "tag" ? "create a new" : "tag a new"} ${type === "commit" || type === "tag" ? kind : type} by pushing to
hint: '${source}:refs/${folder}/${wanted}'?
`;
}
