/** Finding issues, and their fields for `--json`. */
import type { GhCall } from "../call.ts";
import type { Fields } from "../json.ts";
import { fullName } from "../repository.ts";
import { author, commentJson, type Issue, labelsJson, person } from "../rest.ts";
import { GhStop } from "../stop.ts";
import { comments, numberIn } from "../subject.ts";

/** The issue that the argument names; a pull request is one too. */
export async function findIssue(call: GhCall, argument: string = call.args[0] ?? ""): Promise<Issue> {
  const number = numberIn(call, argument);
  if (number === null) throw new GhStop(`invalid issue format: ${JSON.stringify(argument)}`);
  const repo = await call.repo();
  const issue = await call.find<Issue>(`${await call.at()}/issues/${number}`).catch((error: unknown) => {
    // A deleted issue answers 410.
    if (error instanceof GhStop && error.status === 410) return null;
    throw error;
  });
  if (issue) return issue;
  if (!(await call.find(await call.at())))
    throw new GhStop(
      `GraphQL: Could not resolve to a Repository with the name '${fullName(repo)}'. (repository)`,
    );
  throw new GhStop(
    `GraphQL: Could not resolve to an issue or pull request with the number of ${number}. (repository.issue)`,
  );
}

/** `repo#7 (title)`. */
export async function named(call: GhCall, { number, title }: Issue): Promise<string> {
  return `${fullName(await call.repo())}#${number} (${title})`;
}

export const ISSUE_FIELDS: Fields<Issue> = {
  assignees: (it) => (it.assignees ?? []).map(person),
  author: (it) => author(it.user),
  body: (it) => it.body ?? "",
  closed: (it) => it.state === "closed",
  closedAt: (it) => it.closed_at,
  comments: async (it, call) => (await comments(call, it.number)).map(commentJson),
  createdAt: (it) => it.created_at,
  id: (it) => it.node_id ?? "",
  isPinned: () => false,
  labels: (it) => labelsJson(it.labels),
  milestone: () => null,
  number: (it) => it.number,
  state: (it) => it.state.toUpperCase(),
  stateReason: (it) => (it.state_reason ?? "").toUpperCase(),
  title: (it) => it.title,
  updatedAt: (it) => it.updated_at,
  url: (it) => it.html_url,
};
