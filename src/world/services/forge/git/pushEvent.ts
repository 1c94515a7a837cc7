/** What webhooks and workflows hear of moved refs: https://docs.github.com/en/webhooks/webhook-events-and-payloads#push */
import type { Json } from "../../../../base/json.ts";
import { raise } from "../events.ts";
import type { Forge } from "../forge.ts";
import { common } from "../happened.ts";
import { API, FORGE_ORIGIN } from "../host.ts";
import type { Identity } from "../identity.ts";
import { repositoryId, type Repository } from "../model.ts";
import type { RefMove } from "../rules/move.ts";
import { ACCOUNTS } from "../store.ts";
import { ZERO_ID } from "./id.ts";
import type { Commit, Signature } from "./commit.ts";
import { changedFiles } from "./diff.ts";
import { isAncestor, log } from "./history.ts";
import { objectsOf, type Objects } from "./objects.ts";

/** A push of more tags than that makes no events for them. */
const MOST_TAGS = 3;
const MOST_COMMITS = 2048;

/** Raises `create`, `delete` and `push` for branches and tags; also while a lab's start is being made. */
export function raiseMoves(
  forge: Forge,
  identity: Identity,
  repository: Repository,
  moves: readonly RefMove[],
): void {
  const tags = moves.filter(({ ref }) => ref.startsWith("refs/tags/"));
  for (const move of moves) {
    const isTag = move.ref.startsWith("refs/tags/");
    if (!isTag && !move.ref.startsWith("refs/heads/")) continue;
    if (isTag && tags.length > MOST_TAGS) continue;
    if (move.before === null) raiseRef(forge, identity, repository, "create", move.ref);
    if (move.after === null) raiseRef(forge, identity, repository, "delete", move.ref);
    raiseNamed(forge, identity, repository, "push", pushFields(forge, identity, repository, move));
  }
}

function raiseNamed(
  forge: Forge,
  identity: Identity,
  repository: Repository,
  name: string,
  fields: { readonly [key: string]: Json | undefined },
): void {
  const payload = { ...fields, ...common(forge, identity, repository) };
  raise(forge, identity, { name, action: null, repository: repositoryId(repository), payload });
}

function raiseRef(
  forge: Forge,
  identity: Identity,
  repository: Repository,
  name: "create" | "delete",
  ref: string,
): void {
  raiseNamed(forge, identity, repository, name, {
    ref: shortName(ref),
    ref_type: ref.startsWith("refs/tags/") ? "tag" : "branch",
    ...(name === "create"
      ? { master_branch: repository.defaultBranch, description: repository.description || null }
      : {}),
    pusher_type: identity.type === "deploy_key" ? "deploy_key" : "user",
  });
}

export function shortName(ref: string): string {
  return ref.replace(/^refs\/(?:heads|tags)\//, "");
}

function pushFields(
  forge: Forge,
  identity: Identity,
  repository: Repository,
  move: RefMove,
): { readonly [key: string]: Json } {
  const objects = objectsOf(forge, repository);
  const { ref, before, after } = move;
  const url = `${FORGE_ORIGIN}/${repositoryId(repository)}`;
  const tip = after === null ? null : objects.peel(after);
  const commits = tip === null ? [] : newCommits(objects, move, tip).slice(0, MOST_COMMITS).reverse();
  const head = tip === null ? null : objects.commit(tip);
  return {
    ref,
    before: before ?? ZERO_ID,
    after: after ?? ZERO_ID,
    pusher: { name: identity.login, email: forge.account(identity.login)?.email ?? null },
    created: before === null,
    deleted: after === null,
    forced: rewrites(objects, move),
    base_ref: null,
    compare:
      before === null || after === null
        ? `${url}/compare/${shortName(ref)}`
        : `${url}/compare/${before.slice(0, 12)}...${after.slice(0, 12)}`,
    commits: commits.map((commit) => commitFields(forge, repository, objects, commit)),
    head_commit: head && commitFields(forge, repository, objects, head),
  };
}

/** The old commit is not before the new one. */
export function rewrites(objects: Objects, { before, after }: RefMove): boolean {
  if (before === null || after === null) return false;
  return !isAncestor(objects, objects.peel(before) ?? before, objects.peel(after) ?? after);
}

/** Of a new ref: what no other ref has. */
function newCommits(objects: Objects, { ref, before }: RefMove, tip: string): Commit[] {
  if (before !== null) return log(objects, tip, [objects.peel(before) ?? before]);
  const others = objects.refs().filter(({ name }) => name !== ref && !name.startsWith("refs/pull/"));
  return log(
    objects,
    tip,
    others.flatMap(({ id }) => objects.peel(id) ?? []),
  );
}

function commitFields(forge: Forge, repository: Repository, objects: Objects, commit: Commit): Json {
  const changes = changedFiles(objects, commit.parents[0] ?? null, commit.id);
  const paths = (wanted: (before: boolean, after: boolean) => boolean) =>
    changes.flatMap(({ before, after }) =>
      wanted(before !== null, after !== null) ? [(after ?? before)?.path as string] : [],
    );
  return {
    id: commit.id,
    tree_id: commit.tree,
    distinct: true,
    message: commit.message,
    timestamp: withZone(commit.committer),
    url: `${API}/repos/${repositoryId(repository)}/commits/${commit.id}`,
    author: personFields(forge, commit.author),
    committer: personFields(forge, commit.committer),
    added: paths((before) => !before),
    removed: paths((_, after) => !after),
    modified: paths((before, after) => before && after),
  };
}

function personFields(forge: Forge, { name, email }: Signature): Json {
  const account = accountOf(forge, email);
  return { name, email, ...(account === null ? {} : { username: account }) };
}

/** Login of the account that has an address; null where nobody has. */
export function accountOf(forge: Forge, email: string): string | null {
  const accounts = forge.ports.tables.of(ACCOUNTS);
  return accounts.find((account) => account.email.toLowerCase() === email.toLowerCase())?.login ?? null;
}

/** "2026-03-03T10:00:00+01:00". */
function withZone({ atMs, zone }: Signature): string {
  const sign = zone.startsWith("-") ? -1 : 1;
  const minutes = sign * (Number(zone.slice(1, 3)) * 60 + Number(zone.slice(3, 5)));
  const local = new Date(atMs + minutes * 60_000).toISOString().slice(0, 19);
  return `${local}${minutes === 0 ? "Z" : `${zone.slice(0, 3)}:${zone.slice(3)}`}`;
}
