/** Which code owners of a pull request's files have not approved it. */
import { ownersOf, ownersRules } from "./codeowners.ts";
import type { Forge } from "./forge.ts";
import { atLeast, type Repository } from "./model.ts";
import { ACCOUNTS } from "./store.ts";
import { TEAMS } from "./team.ts";
import { pullFiles } from "./pullContents.ts";
import type { Request } from "./pulls.ts";

/** The lines of owners of changed files of whom nobody approved: "@mina or @lantern-tides/maintainers". */
export function missingOwners(
  forge: Forge,
  repository: Repository,
  { pull, issue }: Request,
  approvedBy: readonly string[],
): string[] {
  const rules = ownersRules(forge, repository, pull.base.sha);
  if (rules.length === 0) return [];
  const able = (login: string) => atLeast(forge.role(repository, login), "write");
  const lines = new Map<string, readonly string[]>();
  for (const { path, previousPath } of pullFiles(forge, repository, pull))
    for (const changed of [path, previousPath ?? path]) {
      const owners = ownersOf(rules, changed);
      if (owners.length > 0) lines.set(owners.join(" or "), owners);
    }
  return [...lines].flatMap(([words, owners]) => {
    const people = owners.flatMap((owner) => peopleOf(forge, repository, owner)).filter(able);
    // An owner who cannot write is none, and who wrote the change cannot approve it.
    if (people.length === 0) return [];
    return people.some((login) => login !== issue.author && approvedBy.includes(login)) ? [] : [words];
  });
}

/** Owners of the files that a pull request changes, for asking them: logins and slugs of teams. */
export function askedOwners(
  forge: Forge,
  repository: Repository,
  { pull, issue }: Request,
): { readonly people: string[]; readonly teams: string[] } {
  const rules = ownersRules(forge, repository, pull.base.sha);
  const owners = new Set(pullFiles(forge, repository, pull).flatMap(({ path }) => ownersOf(rules, path)));
  const teams = [...owners]
    .filter((owner) => owner.includes("/"))
    .map((owner) => owner.split("/")[1] as string);
  const people = [...owners]
    .filter((owner) => !owner.includes("/"))
    .flatMap((owner) => peopleOf(forge, repository, owner))
    .filter((login) => login !== issue.author && atLeast(forge.role(repository, login), "write"));
  return { people: [...new Set(people)], teams };
}

function peopleOf(forge: Forge, repository: Repository, owner: string): string[] {
  const team = /^@([^/]+)\/(.+)$/.exec(owner);
  if (team) {
    const known = forge.ports.tables.of(TEAMS).get(`${team[1]}/${team[2]}`.toLowerCase());
    const isHere = team[1]?.toLowerCase() === repository.owner.toLowerCase();
    return isHere ? (known?.members.map(({ login }) => login) ?? []) : [];
  }
  if (owner.startsWith("@")) return [forge.account(owner.slice(1))?.login ?? owner.slice(1)];
  const byMail = forge.ports.tables
    .of(ACCOUNTS)
    .find(({ email }) => email.toLowerCase() === owner.toLowerCase());
  return byMail ? [byMail.login] : [];
}
