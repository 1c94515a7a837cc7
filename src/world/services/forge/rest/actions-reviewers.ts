/** Reviewers of an environment: people and teams by number, kept by name. */
import type { Json } from "../../../../base/json.ts";
import type { Forge } from "../forge.ts";
import { ACCOUNTS } from "../store.ts";
import { TEAMS, teamKey } from "../team.ts";
import { own, unfit } from "./request-body.ts";
import { failure } from "./answer.ts";
import type { RepositoryCall } from "./route.ts";

const MOST_REVIEWERS = 6;

/** Logins and `organisation/slug`; the answer to give where one cannot be a reviewer. */
export function reviewersOf({ forge, repository, body }: RepositoryCall): string[] | Response {
  const given = own(body, "reviewers") ?? [];
  if (!Array.isArray(given) || !given.every(isReviewer))
    return unfit(body, "reviewers", "an array of objects with type and id");
  if (given.length > MOST_REVIEWERS)
    return failure(
      422,
      `Validation Failed: only ${MOST_REVIEWERS} users or teams can be added as reviewers.`,
    );
  const names = given.map((it) => nameOf(forge, repository.owner, it));
  const unknown = names.findIndex(
    (name) => name === null || (!name.includes("/") && forge.role(repository, name) === null),
  );
  if (unknown >= 0)
    return failure(
      422,
      `Failed to create the environment protection rule. Please ensure the reviewer with id ${given[unknown]?.id} has access to the repository and the environment name is valid.`,
    );
  return [...new Set(names as string[])];
}

interface Reviewer {
  readonly type: "User" | "Team";
  readonly id: number;
}

function isReviewer(value: unknown): value is { [key: string]: Json } & Reviewer {
  const { type, id } = (value ?? {}) as Partial<Reviewer>;
  return (type === "User" || type === "Team") && Number.isSafeInteger(id);
}

function nameOf(forge: Forge, owner: string, { type, id }: Reviewer): string | null {
  const { tables } = forge.ports;
  if (type === "User")
    return tables.of(ACCOUNTS).find((it) => it.id === id && it.type === "User")?.login ?? null;
  const team = tables
    .of(TEAMS)
    .find((it) => it.id === id && it.organisation.toLowerCase() === owner.toLowerCase());
  return team ? teamKey(team) : null;
}
