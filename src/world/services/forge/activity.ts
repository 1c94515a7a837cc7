/**
 * The public feed: what everybody can read who looks at a repository, an account or the whole forge.
 * https://docs.github.com/en/rest/using-the-rest-api/github-event-types
 */
import type { Json } from "../../../base/json.ts";
import { tableName } from "../../../base/tables.ts";
import type { Forge } from "./forge.ts";

export interface Activity {
  readonly id: number;
  /** "PushEvent". */
  readonly type: string;
  readonly actor: string;
  /** Number of the repository. */
  readonly repository: number;
  readonly payload: { readonly [key: string]: Json | undefined };
  readonly atMs: number;
}

/** By id, oldest first. */
export const ACTIVITY = tableName<Activity>("forge/activity");

/** Names in the feed of what webhooks call otherwise, with the parts of the payload that it shows. */
const TYPES: Readonly<Record<string, readonly [type: string, ...fields: string[]]>> = {
  push: ["PushEvent", "ref", "head", "before", "size", "commits"],
  create: ["CreateEvent", "ref", "ref_type", "master_branch", "description"],
  delete: ["DeleteEvent", "ref", "ref_type"],
  fork: ["ForkEvent", "forkee"],
  issues: ["IssuesEvent", "action", "issue", "label"],
  issue_comment: ["IssueCommentEvent", "action", "issue", "comment"],
  pull_request: ["PullRequestEvent", "action", "number", "pull_request"],
  pull_request_review: ["PullRequestReviewEvent", "action", "review", "pull_request"],
  pull_request_review_comment: ["PullRequestReviewCommentEvent", "action", "comment", "pull_request"],
  public: ["PublicEvent"],
  member: ["MemberEvent", "action", "member"],
  release: ["ReleaseEvent", "action", "release"],
};

/** Older ones than so many are forgotten. */
const KEPT = 300;

export function remember(
  forge: Forge,
  actor: string,
  event: {
    readonly name: string;
    readonly repository: string;
    readonly payload: { readonly [key: string]: Json | undefined };
  },
): void {
  const repository = forge.find(event.repository);
  const [type, ...fields] = (Object.hasOwn(TYPES, event.name) ? TYPES[event.name] : undefined) ?? [];
  if (!repository || type === undefined) return;
  const { tables, now } = forge.ports;
  const table = tables.of(ACTIVITY);
  const id = tables.next("forge/activity", 50_000_001);
  const payload = Object.fromEntries(fields.map((field) => [field, event.payload[field]]));
  table.set(String(id), { id, type, actor, repository: repository.id, payload, atMs: now() });
  const oldest = table.size > KEPT ? table.entries()[0] : undefined;
  if (oldest) table.delete(oldest[0]);
}

/** What somebody who may read the repositories sees; newest first. */
export function feed(forge: Forge, shown: (activity: Activity) => boolean): Activity[] {
  return forge.ports.tables.of(ACTIVITY).filter(shown).reverse();
}
