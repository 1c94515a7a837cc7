/** A team of an organisation: https://docs.github.com/en/organizations/organizing-members-into-teams/about-teams */
import { tableName, type Tables } from "../../../base/tables.ts";
import type { Role } from "./model.ts";

export interface Team {
  readonly id: number;
  readonly organisation: string;
  readonly slug: string;
  readonly name: string;
  readonly description: string;
  /** `closed`: every member of the organisation sees it. */
  readonly privacy: "closed" | "secret";
  readonly members: readonly { readonly login: string; readonly role: "maintainer" | "member" }[];
  /** By the repository's number. */
  readonly repositories: readonly { readonly id: number; readonly role: Role }[];
}

/** By `organisation/slug`, in lower case. */
export const TEAMS = tableName<Team>("forge/teams");

export function teamKey({ organisation, slug }: Pick<Team, "organisation" | "slug">): string {
  return `${organisation}/${slug}`.toLowerCase();
}

/** The teams of an organisation in which somebody is. */
export function teamsOf(tables: Tables, organisation: string, login: string): Team[] {
  return tables
    .of(TEAMS)
    .filter(
      (team) =>
        team.organisation.toLowerCase() === organisation.toLowerCase() &&
        team.members.some((member) => member.login.toLowerCase() === login.toLowerCase()),
    );
}
