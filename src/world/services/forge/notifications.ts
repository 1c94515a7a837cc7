/**
 * What people are told by mail.
 * https://docs.github.com/en/account-and-profile/managing-subscriptions-and-notifications-on-github
 */
import { tableName } from "../../../base/tables.ts";
import { personOf } from "../../person.ts";
import type { Forge } from "./forge.ts";
import type { Issue } from "./issue.ts";
import { COMMENTS, issueKey } from "./issue.ts";
import { repositoryId, type Repository } from "./model.ts";
import { PULLS } from "./pull.ts";

export interface Letter {
  /** Login. */
  readonly to: string;
  readonly subject: string;
  readonly body: string;
}

/** Who watches a repository, by `repository/login` in lower case. */
export const WATCHES = tableName<{ readonly repository: number; readonly login: string }>("forge/watches");

/** Letters go to a person's own address; once sent they stay, whatever becomes of what they quote. */
export function notify(forge: Forge, { to, subject, body }: Letter): void {
  const account = forge.account(to);
  if (account?.type !== "User") return;
  forge.ports.post?.({ to: personOf(account.login)?.email ?? account.email, subject, body });
}

export function watch(forge: Forge, repository: Repository, login: string, on = true): void {
  const watches = forge.ports.tables.of(WATCHES);
  const key = `${repository.id}/${login}`.toLowerCase();
  if (on) watches.set(key, { repository: repository.id, login });
  else watches.delete(key);
}

export function watchers(forge: Forge, repository: Repository): string[] {
  return forge.ports.tables
    .of(WATCHES)
    .filter((it) => it.repository === repository.id)
    .map(({ login }) => login);
}

/** Tells everybody who watches the repository or takes part in the conversation, but not the one who wrote. */
export function notifyAbout(
  forge: Forge,
  repository: Repository,
  issue: Issue,
  by: string,
  text: string,
): void {
  if (repository.beingMade) return;
  const id = repositoryId(repository);
  const subject = `[${id}] ${issue.title} (${issue.pull ? "PR" : "Issue"} #${issue.number})`;
  const to = [...watchers(forge, repository), ...participants(forge, issue), ...mentioned(text)];
  const seen = new Set([by.toLowerCase()]);
  for (const login of to) {
    if (seen.has(login.toLowerCase()) || forge.role(repository, login) === null) continue;
    seen.add(login.toLowerCase());
    notify(forge, { to: login, subject, body: `${by} wrote:\n\n${text}\n` });
  }
}

function participants(forge: Forge, issue: Issue): string[] {
  const { tables } = forge.ports;
  const comments = tables
    .of(COMMENTS)
    .filter((it) => it.repository === issue.repository && it.number === issue.number);
  const pull = issue.pull ? tables.of(PULLS).get(issueKey(issue)) : undefined;
  return [
    issue.author,
    ...issue.assignees,
    ...comments.map(({ author }) => author),
    ...(pull?.requestedReviewers ?? []),
  ];
}

export function mentioned(text: string): string[] {
  return [...text.matchAll(/(?:^|[^\w`/])@([A-Za-z\d](?:[A-Za-z\d-]{0,38}))\b(?!\/)/g)].map(
    (match) => match[1] as string,
  );
}
