/** How somebody stands to a repository: `author_association` of issues, comments and pull requests. */
import type { Forge } from "./forge.ts";
import { issueKey, ISSUES } from "./issue.ts";
import type { Repository } from "./model.ts";
import { PULLS } from "./pull.ts";
import { MEMBERSHIPS } from "./store.ts";

export type Association =
  "OWNER" | "MEMBER" | "COLLABORATOR" | "CONTRIBUTOR" | "FIRST_TIME_CONTRIBUTOR" | "NONE";

export function associationOf(forge: Forge, repository: Repository, login: string): Association {
  const { owner, collaborators } = repository;
  const { tables } = forge.ports;
  if (owner.toLowerCase() === login.toLowerCase()) return "OWNER";
  const membership = tables.of(MEMBERSHIPS).get(`${owner}/${login}`.toLowerCase());
  if (membership && !membership.pending) return "MEMBER";
  if (Object.keys(collaborators).some((name) => name.toLowerCase() === login.toLowerCase()))
    return "COLLABORATOR";
  return hasMerged(forge, repository, login) ? "CONTRIBUTOR" : "NONE";
}

/** Whether a pull request of theirs was merged there: no first-time contributor any more. */
export function hasMerged(forge: Forge, repository: Repository, login: string): boolean {
  const { tables } = forge.ports;
  return tables
    .of(PULLS)
    .filter((pull) => pull.repository === repository.id && pull.mergedAtMs !== null)
    .some((pull) => tables.of(ISSUES).get(issueKey(pull))?.author === login);
}
