/**
 * Which commit an action means at this very moment: by tag, branch or commit. A tag that was moved means something else
 * the next time; a commit is found through the whole network of forks.
 */
import { toUtf8 } from "../../base/bytes.ts";
import { objectsOf } from "../../world/services/forge/git/objects.ts";
import { repositoryId, type Repository } from "../../world/services/forge/model.ts";
import type { Execution } from "../runner/execution.ts";
import { noteDownload } from "../runner/setUp.ts";
import { isFullCommit, type RemoteReference } from "./reference.ts";

export interface ResolvedAction {
  readonly repository: Repository;
  readonly commit: string;
  /** On the runner, where its files lie. */
  readonly directory: string;
}

/** Downloads an action to the runner, or says why there is none. */
export function resolveAction(
  execution: Execution,
  reference: RemoteReference,
  uses: string,
): ResolvedAction | string {
  const { world, run } = execution.request;
  const repository = world.forge.find(reference.repository);
  if (!repository || !isReadable(repository, run.repository))
    return `Unable to resolve action ${uses}, repository not found`;
  const commit = commitOf(execution, repository, reference.ref);
  if (commit === null) return notFound(execution, repository, reference, uses);
  const directory = download(execution, repository, commit, reference);
  noteDownload(execution, `Download action repository '${uses}' (SHA:${commit})`);
  return { repository, commit, directory };
}

/** A private action can be used within its owner's repositories. */
function isReadable(repository: Repository, user: string): boolean {
  return (
    repository.visibility === "public" || repository.owner.toLowerCase() === user.split("/")[0]?.toLowerCase()
  );
}

/** Whether the world has this version of the action. */
export function commitOf(execution: Execution, repository: Repository, ref: string): string | null {
  const objects = objectsOf(execution.request.world.forge, repository);
  if (isFullCommit(ref)) return objects.peel(ref);
  const named = ["refs/tags/", "refs/heads/", ""].map((prefix) => objects.ref(prefix + ref));
  const id = named.find((it) => it !== null);
  return id === undefined || id === null ? null : objects.peel(id);
}

function notFound(
  execution: Execution,
  repository: Repository,
  { ref }: RemoteReference,
  uses: string,
): string {
  const short = /^[0-9a-f]{4,39}$/.test(ref)
    ? objectsOf(execution.request.world.forge, repository).resolveCommit(ref)
    : null;
  return short === null
    ? `Unable to resolve action \`${uses}\`, unable to find version \`${ref}\``
    : `Unable to resolve action \`${uses}\`, the provided ref \`${ref}\` is the shortened version of a commit SHA, which is not supported. Please use the full commit SHA \`${short}\` instead.`;
}

function download(
  execution: Execution,
  repository: Repository,
  commit: string,
  { path, ref }: RemoteReference,
): string {
  const { disk, user, request } = execution;
  const id = repositoryId(repository);
  const root = `${actionsFolder(request.state.temp)}/${id}/${ref}`;
  const mark = `${root}.completed`;
  if (!disk.exists(mark) || toUtf8(disk.read(mark)) !== commit) {
    disk.remove(root, { recursive: true, force: true });
    disk.mkdir(root, { recursive: true }, user);
    const objects = objectsOf(request.world.forge, repository);
    for (const file of objects.files(commit)) {
      const target = `${root}/${file.path}`;
      disk.mkdir(target.slice(0, target.lastIndexOf("/")), { recursive: true }, user);
      const content = objects.blob(file.id);
      if (content === null) continue;
      if (file.mode === "120000") disk.symlink(toUtf8(content), target, user);
      else disk.write(target, content, user);
      if (file.mode === "100755") disk.chmod(target, 0o755, user);
    }
    disk.write(mark, commit, user);
  }
  return path === "" ? root : `${root}/${path}`;
}

function actionsFolder(temp: string): string {
  return `${temp.slice(0, temp.lastIndexOf("/"))}/_actions`;
}
