/** What the next action may count on, read from the world by the independent reader. */
import type { Play } from "../../src/attempt/play.ts";
import type { ObjectMemory } from "../../src/grader/repository.ts";
import { Repository } from "../../src/grader/repository.ts";
import { LEARNER } from "../../src/world/person.ts";
import { WORK } from "./lab.ts";

export interface Model {
  /** The terminal stands in the repository's top folder. */
  readonly atTop: boolean;
  readonly repository: boolean;
  readonly branches: readonly string[];
  /** Branches that are not checked out. */
  readonly others: readonly string[];
  readonly tags: readonly string[];
  readonly stashes: number;
  readonly commits: number;
  readonly tracked: readonly string[];
  readonly untracked: readonly string[];
  /** Paths with a conflict in the index. */
  readonly unmerged: readonly string[];
  readonly objects: readonly string[];
  readonly detached: boolean;
  /** What is going on, as `git status` would say. */
  readonly state: "rebase" | "merge" | "cherry-pick" | "revert" | null;
}

const TOP = `${LEARNER.home}/${WORK}`;
const STATES = {
  "rebase-merge": "rebase",
  "rebase-apply": "rebase",
  MERGE_HEAD: "merge",
  CHERRY_PICK_HEAD: "cherry-pick",
  REVERT_HEAD: "revert",
} as const;

export async function observe(play: Play, memory: ObjectMemory): Promise<Model> {
  const disk = play.world.laptop;
  const repository = Repository.at(disk, TOP, memory);
  const refs = [...(repository?.refs().keys() ?? [])];
  const index = repository?.index() ?? [];
  const tracked = [...new Set(index.map(({ path }) => path))];
  const head = repository?.headBranch() ?? null;
  const branches = below(refs, "refs/heads/");
  return {
    atTop: play.shell(1).cwd === TOP,
    repository: repository !== null,
    branches,
    others: branches.filter((name) => name !== head),
    tags: below(refs, "refs/tags/"),
    stashes: repository?.reflogs().filter(({ ref }) => ref === "refs/stash").length ?? 0,
    commits: repository ? await depth(repository) : 0,
    tracked,
    untracked: filesBelow(play).filter((path) => !tracked.includes(path)),
    unmerged: [...new Set(index.filter(({ stage }) => stage > 0).map(({ path }) => path))],
    objects: repository?.objectIds() ?? [],
    detached: head === null,
    state:
      Object.entries(STATES).find(
        ([file]) => repository && disk.exists(`${repository.gitDir}/${file}`),
      )?.[1] ?? null,
  };
}

function below(refs: readonly string[], prefix: string): string[] {
  return refs.filter((name) => name.startsWith(prefix)).map((name) => name.slice(prefix.length));
}

function filesBelow(play: Play): string[] {
  const disk = play.world.laptop;
  if (!disk.exists(TOP)) return [];
  return [...disk.walk(TOP)].flatMap(([path, { kind }]) =>
    kind === "file" && !path.startsWith(`${TOP}/.git/`) ? [path.slice(TOP.length + 1)] : [],
  );
}

/** Commits on the first-parent line of HEAD, as far as actions care. */
async function depth(repository: Repository): Promise<number> {
  let count = 0;
  for (let id = repository.resolve("HEAD"); id !== null && count < 9; count++)
    id = (await repository.commit(id))?.parents[0] ?? null;
  return count;
}
