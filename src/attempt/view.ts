/** What panels show: pure selectors over the last quiescent world. Looking costs nothing and changes nothing. */
import type { Disk } from "../disk/disk.ts";
import { ignoresOf, type Ignores } from "../grader/ignored.ts";
import { parseCommit, type Commit, type GitObject } from "../grader/gitObject.ts";
import { Repository } from "../grader/repository.ts";
import { blobOf, type GraderMemory } from "../grader/memory.ts";
import type { WorldEvent } from "../world/event.ts";
import type { World } from "../world/world.ts";
import { forgeCommits, type ForgeCommit } from "./forgeCommits.ts";
import { healthViews, type HealthView } from "./healthView.ts";
import { keyViews, type KeyView } from "./keyView.ts";
import { runViews, type RunView } from "./runView.ts";
import type { Ahead } from "./timetable.ts";

/** Everything the panels show, computed by pure selectors. */
export interface View {
  readonly clockMs: number;
  readonly startMs: number;
  readonly repository: RepositoryView | null;
  readonly files: readonly FileEntry[];
  readonly events: readonly EventView[];
  readonly remote: RemoteView | null;
  /** What others are about to do, as far as the learner knows, soonest first. */
  readonly ahead: readonly Ahead[];
  readonly keys: readonly KeyView[];
  readonly runs: readonly RunView[];
  readonly health: readonly HealthView[];
}

export interface FileEntry {
  readonly path: string;
  readonly kind: "file" | "directory" | "link";
  readonly status: "clean" | "modified" | "added" | "deleted" | "ignored" | "untracked";
}

export interface RepositoryView {
  readonly path: string;
  readonly head: { readonly branch: string | null; readonly id: string | null };
  /** Newest first, every commit still on disk. */
  readonly commits: readonly CommitNode[];
  /** Blobs on disk that no commit on disk and no index entry leads to. */
  readonly looseBlobs: readonly { readonly id: string; readonly heldBy: string | null }[];
  readonly state: "rebase" | "merge" | "cherry-pick" | "revert" | null;
}

export interface CommitNode {
  readonly id: string;
  readonly parents: readonly string[];
  readonly subject: string;
  readonly author: string;
  readonly timeS: number;
  readonly kind: "commit" | "stash" | "stash-part" | "note";
  /** Full names: refs/heads/…, refs/remotes/…, refs/tags/…, refs/stash. */
  readonly refs: readonly string[];
  readonly head: boolean;
  readonly reachable: boolean;
  /** Of an unreachable commit: "HEAD@{4}" where a reflog holds it, null where nothing does. */
  readonly heldBy: string | null;
  /** On the forge only: what leads to it there ("aya/tides: main"); null where this machine has it. */
  readonly away: readonly string[] | null;
  /** Of a stash entry: its number. */
  readonly stash: number | null;
}

export interface RemoteView {
  readonly name: string;
  readonly branches: readonly { readonly name: string; readonly id: string }[];
  readonly alerts: number;
}

export interface EventView {
  readonly atMs: number;
  readonly who: WorldEvent["who"];
  readonly what: string;
  readonly seq: number | null;
  /** Whose act it is, by login or name, where the event says so. */
  readonly by: string | null;
}

export interface ViewOptions {
  readonly world: World;
  readonly startMs: number;
  readonly work: string;
  readonly remote: string;
  readonly memory: GraderMemory;
  readonly ahead?: readonly Ahead[];
  /** Credentials that the learner knows of from the beginning. */
  readonly asked?: ReadonlySet<string>;
}

/** Beyond this the graph is no picture any more; the page folds it. */
const COMMITS = 500;

export async function viewOf({
  world,
  startMs,
  work,
  remote,
  memory,
  ahead = [],
  asked = new Set(),
}: ViewOptions): Promise<View> {
  const repository = Repository.at(world.laptop, work, memory.objects);
  return {
    clockMs: world.clock.now(),
    startMs,
    repository: repository ? await repositoryView(repository, work, world, remote) : null,
    files: await fileEntries(world.laptop, work, repository, memory),
    events: world.events.filter(isShown).map(eventView),
    remote: remoteView(world, remote),
    ahead,
    keys: keyViews({ world, startMs }, asked),
    runs: runViews(world, startMs),
    health: healthViews(world, startMs),
  };
}

export function eventView({ atMs, who, what, seq, data }: WorldEvent): EventView {
  const by = data["actor"];
  return { atMs, who, what, seq: seq === 0 ? null : seq, by: typeof by === "string" ? by : null };
}

/** What attackers do is seen in its traces only, until the lab is passed. */
function isShown({ who, data }: WorldEvent): boolean {
  return who !== "attacker" && data["hidden"] !== true;
}

async function repositoryView(
  repository: Repository,
  path: string,
  world: World,
  remote: string,
): Promise<RepositoryView> {
  const objects: GitObject[] = [];
  for (const id of repository.objectIds()) objects.push(...maybe(await repository.object(id)));
  const commits = objects.filter(({ type }) => type === "commit").map(parseCommit);
  const holds = await holdsOf(repository);
  const here = new Set(commits.map(({ id }) => id));
  const away = forgeCommits(world, remote, here).map(awayNode);
  const nodes = [...commits.map((commit) => nodeOf(commit, holds)), ...away].sort(
    (a, b) => b.timeS - a.timeS || (a.id < b.id ? -1 : 1),
  );
  const led = await repository.closure([
    ...commits.map((commit) => commit.id),
    ...repository.index().map((entry) => entry.id),
    ...repository.refs().values(),
  ]);
  return {
    path,
    head: { branch: repository.headBranch(), id: repository.resolve("HEAD") },
    commits: topological(nodes).slice(0, COMMITS),
    looseBlobs: objects
      .filter(({ id, type }) => type === "blob" && !led.has(id))
      .map(({ id }) => ({ id, heldBy: null })),
    state: stateOf(world.laptop, repository.gitDir),
  };
}

function maybe<T>(value: T | null): T[] {
  return value === null ? [] : [value];
}

interface Holds {
  readonly head: string | null;
  /** Commit id → full ref names. */
  readonly refs: ReadonlyMap<string, readonly string[]>;
  readonly reachable: ReadonlySet<string>;
  readonly reflog: ReadonlyMap<string, string>;
  readonly stashes: ReadonlyMap<string, number>;
  readonly stashParts: ReadonlySet<string>;
  readonly notes: ReadonlySet<string>;
}

async function holdsOf(repository: Repository): Promise<Holds> {
  const refs = new Map<string, string[]>();
  for (const [name, id] of repository.refs()) refs.set(id, [...(refs.get(id) ?? []), name]);
  const head = repository.resolve("HEAD");
  const logs = repository.reflogs();
  const stashes = new Map(
    logs.filter(({ ref }) => ref === "refs/stash").map(({ to, number }) => [to, number]),
  );
  const tips = [...repository.refs()]
    .filter(([name]) => name !== "refs/stash" && !name.startsWith("refs/notes/"))
    .map(([, id]) => id);
  const reachable = await commitsFrom(repository, [...tips, ...(head ? [head] : [])]);
  const stashParts = new Set<string>();
  for (const id of stashes.keys())
    for (const parent of (await repository.commit(id))?.parents.slice(1) ?? []) stashParts.add(parent);
  const notes = await commitsFrom(
    repository,
    [...repository.refs()].filter(([name]) => name.startsWith("refs/notes/")).map(([, id]) => id),
  );
  return { head, refs, reachable, reflog: await heldByReflog(repository, logs), stashes, stashParts, notes };
}

/** All commits that some lead to, without those that `known` has, which is taken to be closed. */
async function commitsFrom(
  repository: Repository,
  tips: readonly string[],
  known: { has(id: string): boolean } = new Set(),
): Promise<Set<string>> {
  const seen = new Set<string>();
  const todo = [...tips];
  for (let id = todo.pop(); id !== undefined; id = todo.pop()) {
    const commit = seen.has(id) || known.has(id) ? null : await repository.commit(id);
    if (!commit) continue;
    seen.add(id);
    todo.push(...commit.parents);
  }
  return seen;
}

/** Commit id → "HEAD@{4}": the newest reflog entry that leads to it. */
async function heldByReflog(
  repository: Repository,
  logs: ReturnType<Repository["reflogs"]>,
): Promise<Map<string, string>> {
  const held = new Map<string, string>();
  for (const { ref, number, to } of logs.filter((entry) => entry.ref !== "refs/stash")) {
    const name = `${ref.replace(/^refs\/(?:heads|remotes)\//, "")}@{${number}}`;
    for (const id of await commitsFrom(repository, [to], held)) held.set(id, name);
  }
  return held;
}

function nodeOf(commit: Commit, holds: Holds): CommitNode {
  const { id } = commit;
  const stash = holds.stashes.get(id) ?? null;
  const kind =
    stash !== null
      ? "stash"
      : holds.stashParts.has(id)
        ? "stash-part"
        : holds.notes.has(id)
          ? "note"
          : "commit";
  const reachable = kind !== "commit" || holds.reachable.has(id);
  return {
    id,
    parents: commit.parents,
    subject: commit.message.split("\n")[0] ?? "",
    author: commit.author,
    timeS: commit.committerTimeS,
    kind,
    refs: holds.refs.get(id) ?? [],
    head: holds.head === id,
    reachable,
    heldBy: reachable ? null : (holds.reflog.get(id) ?? null),
    away: null,
    stash,
  };
}

function awayNode({ commit, names }: ForgeCommit): CommitNode {
  return {
    id: commit.id,
    parents: commit.parents,
    subject: commit.message.split("\n")[0] ?? "",
    author: `${commit.author.name} <${commit.author.email}>`,
    timeS: Math.floor(commit.committer.atMs / 1000),
    kind: "commit",
    refs: [],
    head: false,
    reachable: true,
    heldBy: null,
    away: names,
    stash: null,
  };
}

/** Children before parents, newest first otherwise. */
function topological(nodes: readonly CommitNode[]): CommitNode[] {
  const children = new Map<string, number>();
  const byId = new Map(nodes.map((node) => [node.id, node]));
  for (const node of nodes)
    for (const parent of node.parents) children.set(parent, (children.get(parent) ?? 0) + 1);
  const ready = nodes.filter((node) => !children.get(node.id));
  const order: CommitNode[] = [];
  while (ready.length > 0) {
    ready.sort((a, b) => b.timeS - a.timeS || (a.id < b.id ? -1 : 1));
    const node = ready.shift() as CommitNode;
    order.push(node);
    for (const parent of node.parents) {
      const left = (children.get(parent) ?? 0) - 1;
      children.set(parent, left);
      const found = byId.get(parent);
      if (left === 0 && found) ready.push(found);
    }
  }
  return order;
}

function stateOf(disk: Disk, gitDir: string): RepositoryView["state"] {
  const has = (path: string) => disk.exists(`${gitDir}/${path}`);
  if (has("rebase-merge") || has("rebase-apply")) return "rebase";
  if (has("MERGE_HEAD")) return "merge";
  if (has("CHERRY_PICK_HEAD")) return "cherry-pick";
  return has("REVERT_HEAD") ? "revert" : null;
}

/** What the index and the newest commit have for each path, and how a file here is named as a blob. */
interface Tracked {
  readonly index: ReadonlyMap<string, string>;
  readonly head: ReadonlyMap<string, { readonly id: string }>;
  readonly ignores: Ignores;
  blob(bytes: Uint8Array): string;
}

async function fileEntries(
  disk: Disk,
  work: string,
  repository: Repository | null,
  memory: GraderMemory,
): Promise<FileEntry[]> {
  if (!disk.exists(work)) return [];
  const top = disk.realpath(work);
  const index = new Map(repository?.index().map((entry) => [entry.path, entry.id]));
  const head = (await repository?.filesOf(repository.resolve("HEAD"))) ?? new Map<string, { id: string }>();
  const tracked: Tracked = {
    index,
    head,
    ignores: ignoresOf(disk, top, repository),
    blob: (bytes) => blobOf(memory, bytes),
  };
  const entries: FileEntry[] = [];
  const seen = new Set<string>();
  for (const [full, node] of disk.walk(top)) {
    const path = full.slice(top.length + 1);
    if (path === "" || path === ".git" || path.startsWith(".git/") || node.kind === "device") continue;
    seen.add(path);
    if (node.kind !== "file") entries.push({ path, kind: node.kind, status: "clean" });
    else
      entries.push({
        path,
        kind: "file",
        status: repository ? await statusOf(path, node.bytes, tracked) : "untracked",
      });
  }
  const gone = [...new Set([...head.keys(), ...index.keys()])].filter((path) => !seen.has(path)).sort();
  return [...entries, ...gone.map((path) => ({ path, kind: "file", status: "deleted" }) as const)];
}

async function statusOf(
  path: string,
  bytes: Uint8Array,
  { index, head, ignores, blob }: Tracked,
): Promise<FileEntry["status"]> {
  if (!index.has(path)) return (await ignores(path)) ? "ignored" : "untracked";
  if (!head.has(path)) return "added";
  const id = blob(bytes);
  return id === head.get(path)?.id && id === index.get(path) ? "clean" : "modified";
}

function remoteView(world: World, remote: string): RemoteView {
  const branches = world.forge.branches(remote).map(({ name, id }) => ({ name, id }));
  return { name: remote, branches, alerts: world.forge.alerts(remote).length };
}
