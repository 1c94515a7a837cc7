/** What `git fetch --depth` leaves in a repository: objects, refs, and where history is cut. */
import type { Objects } from "../../world/services/forge/git/objects.ts";
import type { ActionCall } from "./call.ts";

const SUBMODULE = "160000";
const FOLDER = "40000";

/** `wanted`: object ids by the ref that gets them; "" for none. `depth` 0 is everything. */
export function fetchObjects(
  call: ActionCall,
  objects: Objects,
  gitDir: string,
  wanted: ReadonlyMap<string, string>,
  depth: number,
): void {
  const copy = new Copy(call, objects, gitDir);
  for (const id of wanted.values()) copy.history(id, depth);
  copy.end();
  const { disk, user } = call.execution;
  for (const [name, id] of wanted) {
    if (name === "") continue;
    const path = `${gitDir}/${name}`;
    disk.mkdir(path.slice(0, path.lastIndexOf("/")), { recursive: true }, user);
    disk.write(path, `${id}\n`, user);
  }
}

class Copy {
  readonly #call: ActionCall;
  readonly #objects: Objects;
  readonly #gitDir: string;
  /** Of objects: there before, or made here. */
  readonly #folders: Set<string>;
  readonly #seen = new Set<string>();
  readonly #cut = new Set<string>();

  constructor(call: ActionCall, objects: Objects, gitDir: string) {
    this.#call = call;
    this.#objects = objects;
    this.#gitDir = gitDir;
    const { disk, user } = call.execution;
    disk.mkdir(`${gitDir}/objects`, { recursive: true }, user);
    this.#folders = new Set(disk.list(`${gitDir}/objects`));
  }

  history(tip: string, depth: number): void {
    let level = [this.#throughTags(tip)];
    for (let deep = 1; level.length > 0; deep++) {
      const next: string[] = [];
      for (const id of level) {
        const commit = this.#seen.has(id) ? null : this.#objects.commit(id);
        if (commit === null) continue;
        this.#put(id);
        this.#tree(commit.tree);
        if (depth > 0 && deep >= depth) {
          if (commit.parents.length > 0) this.#cut.add(id);
        } else next.push(...commit.parents);
      }
      level = next;
    }
  }

  /** Writes `.git/shallow`; a commit whose parents came all the same is not cut. */
  end(): void {
    const { disk, user } = this.#call.execution;
    const path = `${this.#gitDir}/shallow`;
    disk.remove(path, { force: true });
    if (this.#cut.size > 0)
      disk.write(
        path,
        [...this.#cut]
          .sort()
          .map((id) => `${id}\n`)
          .join(""),
        user,
      );
  }

  #throughTags(id: string): string {
    const object = this.#objects.object(id);
    if (object?.type !== "tag") return id;
    this.#put(id);
    return this.#objects.peel(id) ?? id;
  }

  #tree(id: string): void {
    if (this.#seen.has(id)) return;
    this.#put(id);
    for (const entry of this.#objects.tree(id) ?? []) {
      if (entry.mode === FOLDER) this.#tree(entry.id);
      else if (entry.mode !== SUBMODULE) this.#put(entry.id);
    }
  }

  #put(id: string): void {
    if (this.#seen.has(id)) return;
    this.#seen.add(id);
    const object = this.#objects.loose(id);
    if (object === null) return;
    const { disk, user } = this.#call.execution;
    const name = id.slice(0, 2);
    const folder = `${this.#gitDir}/objects/${name}`;
    const path = `${folder}/${id.slice(2)}`;
    if (!this.#folders.has(name)) disk.mkdir(folder, {}, user);
    else if (disk.exists(path)) return;
    this.#folders.add(name);
    disk.write(path, object, user);
    disk.chmod(path, 0o444, user);
  }
}
