/** The forge's part of the bus of exposures: what everybody can read from now on. Who watches hears of it. */
import type { Json } from "../../../base/json.ts";
import type { Artifact } from "./actions/model.ts";
import { objectsOf } from "./git/objects.ts";
import type { Forge } from "./forge.ts";
import { repositoryId, type Repository } from "./model.ts";
import type { RefMove } from "./rules/move.ts";

/** Where a lab's start is being made, and where things are private, nothing is exposed. */
function isOpen(repository: Repository | undefined): repository is Repository {
  return repository?.visibility === "public" && !repository.beingMade;
}

export function exposePush(
  forge: Forge,
  repository: Repository,
  actor: string,
  moves: readonly RefMove[],
): void {
  if (!isOpen(repository)) return;
  const id = repositoryId(repository);
  for (const { ref, after } of moves) {
    if (after === null) continue;
    const commit = objectsOf(forge, repository).peel(after) ?? after;
    expose(forge, "push.public", `${actor} pushed ${ref} to ${id} in public`, {
      repository: id,
      actor,
      ref,
      commit,
    });
  }
}

export function exposeLog(forge: Forge, run: number, repository: string): void {
  if (!isOpen(forge.find(repository))) return;
  expose(forge, "log.published", `A log of run ${run} in ${repository} can be read by everybody`, {
    repository,
    run,
  });
}

export function exposeArtifact(forge: Forge, { id, name, run, repository }: Artifact): void {
  if (!isOpen(forge.find(repository))) return;
  expose(forge, "artifact.uploaded", `Artifact ${name} of run ${run} in ${repository} can be downloaded`, {
    repository,
    run,
    artifact: id,
    name,
  });
}

/** `fields`: what the webhook of an issue, a pull request, a comment or a release carries. */
export function exposeText(
  forge: Forge,
  repository: Repository,
  actor: string,
  fields: { readonly [key: string]: Json | undefined },
): void {
  if (!isOpen(repository)) return;
  const subject = subjectOf(repository, fields);
  if (subject === null) return;
  const id = repositoryId(repository);
  const kind = subject.startsWith("release ") ? "release.published" : "text.published";
  expose(forge, kind, `${actor} wrote in public (${id})`, { repository: id, actor, subject });
}

/** As attackers name what is public. */
function subjectOf(
  repository: Repository,
  fields: { readonly [key: string]: Json | undefined },
): string | null {
  const number = (name: string, key: string) => {
    const value = fields[name];
    const found =
      value !== null && typeof value === "object" && !Array.isArray(value)
        ? (value as { readonly [key: string]: Json })[key]
        : undefined;
    return typeof found === "number" ? found : null;
  };
  const comment = number("comment", "id");
  if (comment !== null) return `comment ${comment}`;
  const issue = number("issue", "number") ?? number("pull_request", "number");
  if (issue !== null) return `issue ${repository.id}/${issue}`;
  const release = number("release", "id");
  return release === null ? null : `release ${release}`;
}

export function exposeVisibility(forge: Forge, repository: Repository, actor: string): void {
  if (repository.beingMade) return;
  const id = repositoryId(repository);
  const { visibility } = repository;
  forge.ports.event({
    who: "forge",
    kind: "visibility.changed",
    what: `${actor} made ${id} ${visibility}`,
    data: { repository: id, actor, visibility },
  });
}

export function tellRemoval(forge: Forge, organisation: string, login: string): void {
  forge.ports.event({
    who: "forge",
    kind: "member.removed",
    what: `${login} is no member of ${organisation} any more`,
    data: { organisation, login },
  });
}

/** Not a line of the learner's timeline: what was done is told there by what did it. */
function expose(
  { ports }: Forge,
  kind: string,
  what: string,
  data: { readonly [key: string]: string | number },
): void {
  ports.event({ who: "forge", kind, what, data: { ...data, hidden: true } });
}
