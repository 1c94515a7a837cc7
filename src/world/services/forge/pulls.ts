/** Pull requests: opening them, following their branches, what they bring. */
import type { Forge } from "./forge.ts";
import { isAncestor } from "./git/history.ts";
import { mergeCommit } from "./git/merge.ts";
import { objectsOf } from "./git/objects.ts";
import { setPullRefs } from "./git/pullRefs.ts";
import type { Identity } from "./identity.ts";
import { issueKey, ISSUES, type Issue } from "./issue.ts";
import { addIssue, noteEvent, setState, tell, type NewIssue } from "./issues.ts";
import { personJson } from "./json/account.ts";
import { teamJson } from "./json/team.ts";
import type { Repository } from "./model.ts";
import { notifyAbout } from "./notifications.ts";
import { PULLS, type Pull } from "./pull.ts";
import { TEAMS } from "./team.ts";

export interface NewPull extends NewIssue {
  /** Where the changes are: this repository or one of its network. */
  readonly head: { readonly repository: Repository; readonly ref: string; readonly sha: string };
  readonly base: { readonly ref: string; readonly sha: string };
  readonly draft?: boolean;
  readonly maintainerCanModify?: boolean;
}

/** A pull request with the issue of its number. */
export interface Request {
  readonly issue: Issue;
  readonly pull: Pull;
}

/** As whom the forge writes commits of its own. */
export const FORGE_PERSON = { name: "forge", email: "noreply@forge.test" } as const;

export function pullsOf(forge: Forge, repository: Repository): Request[] {
  const { tables } = forge.ports;
  return tables
    .of(PULLS)
    .filter((pull) => pull.repository === repository.id)
    .map((pull) => ({ pull, issue: tables.of(ISSUES).get(issueKey(pull)) as Issue }));
}

export function pullOf(forge: Forge, repository: Repository, number: number): Request | undefined {
  const key = issueKey({ repository: repository.id, number });
  const pull = forge.ports.tables.of(PULLS).get(key);
  const issue = forge.ports.tables.of(ISSUES).get(key);
  return pull && issue ? { pull, issue } : undefined;
}

export async function createPull(
  forge: Forge,
  identity: Identity,
  repository: Repository,
  fields: NewPull,
): Promise<Request> {
  const issue = addIssue(forge, identity, repository, fields, true);
  const { head, base } = fields;
  const pull: Pull = {
    id: forge.ports.tables.next("forge/pull-id", 4_400_001),
    repository: repository.id,
    number: issue.number,
    head: { repository: head.repository.id, owner: head.repository.owner, ref: head.ref, sha: head.sha },
    base: { repository: repository.id, owner: repository.owner, ref: base.ref, sha: base.sha },
    draft: fields.draft ?? false,
    maintainerCanModify: fields.maintainerCanModify ?? head.repository.id !== repository.id,
    requestedReviewers: [],
    requestedTeams: [],
    mergedAtMs: null,
    mergedBy: null,
    mergeSha: null,
  };
  forge.ports.tables.of(PULLS).set(issueKey(issue), pull);
  const fresh = await refresh(forge, repository, pull);
  tell(forge, identity, repository, issue, "opened");
  notifyAbout(forge, repository, issue, identity.login, fields.body ?? "");
  return { issue, pull: fresh };
}

/** Sets `refs/pull/N/*` anew, and with them whether it merges. */
export async function refresh(forge: Forge, repository: Repository, pull: Pull): Promise<Pull> {
  const { head, base, number } = pull;
  const author = { ...FORGE_PERSON, atMs: forge.now() };
  const message = `Merge ${head.sha} into ${base.sha}`;
  const merge = await mergeCommit(forge, repository, base.sha, head.sha, { author, message });
  setPullRefs(forge, repository, number, { head: head.sha, merge });
  return changePull(forge, pull, { mergeSha: merge });
}

export function changePull(forge: Forge, pull: Pull, fields: Partial<Pull>): Pull {
  const { tables } = forge.ports;
  if (tables.of(ISSUES).has(issueKey(pull)))
    tables.of(ISSUES).change(issueKey(pull), { updatedAtMs: forge.now() });
  return tables.of(PULLS).change(issueKey(pull), fields);
}

/** After a branch moved or went: pull requests from it and into it follow. */
export async function afterPush(
  forge: Forge,
  identity: Identity,
  repository: Repository,
  ref: string,
): Promise<void> {
  if (!ref.startsWith("refs/heads/")) return;
  const branch = ref.slice("refs/heads/".length);
  const sha = objectsOf(forge, repository).ref(ref);
  for (const { pull, issue } of openPulls(forge)) {
    const target = forge.byId(pull.repository);
    if (!target) continue;
    if (isEnd(pull.head, repository, branch)) await headMoved(forge, identity, target, { pull, issue }, sha);
    else if (isEnd(pull.base, repository, branch))
      await baseMoved(forge, identity, target, { pull, issue }, sha);
  }
}

function openPulls(forge: Forge): Request[] {
  const { tables } = forge.ports;
  return tables
    .of(PULLS)
    .all()
    .flatMap((pull) => {
      const issue = tables.of(ISSUES).get(issueKey(pull));
      return issue?.state === "open" ? [{ pull, issue }] : [];
    });
}

function isEnd(end: Pull["head"], repository: Repository, branch: string): boolean {
  return end.repository === repository.id && end.ref === branch;
}

async function headMoved(
  forge: Forge,
  identity: Identity,
  target: Repository,
  { pull, issue }: Request,
  sha: string | null,
): Promise<void> {
  if (sha === pull.head.sha) return;
  if (sha === null) return void setState(forge, identity, target, issue, "closed", null);
  const before = pull.head.sha;
  const forced = !isAncestor(objectsOf(forge, target), before, sha);
  const moved = changePull(forge, pull, { head: { ...pull.head, sha } });
  if (forced) noteEvent(forge, identity, issue, "head_ref_force_pushed", { commit_id: sha, before });
  await refresh(forge, target, moved);
  tell(forge, identity, target, issue, "synchronize", { before, after: sha });
}

/** Whoever pushes what a pull request brings has merged it. */
async function baseMoved(
  forge: Forge,
  identity: Identity,
  target: Repository,
  { pull, issue }: Request,
  sha: string | null,
): Promise<void> {
  if (sha === pull.base.sha) return;
  if (sha === null) return void setState(forge, identity, target, issue, "closed", null);
  if (isAncestor(objectsOf(forge, target), pull.head.sha, sha))
    return markMerged(forge, identity, target, { pull, issue }, pull.head.sha);
  await refresh(forge, target, changePull(forge, pull, { base: { ...pull.base, sha } }));
}

/** Pull requests of a repository that goes close with it. */
export function closePullsFrom(forge: Forge, identity: Identity, repository: Repository): void {
  for (const { pull, issue } of openPulls(forge)) {
    const target = forge.byId(pull.repository);
    if (target && pull.head.repository === repository.id && target.id !== repository.id)
      setState(forge, identity, target, issue, "closed", null);
  }
}

export function markMerged(
  forge: Forge,
  identity: Identity,
  repository: Repository,
  { pull, issue }: Request,
  sha: string,
): void {
  setPullRefs(forge, repository, pull.number, { merge: null });
  changePull(forge, pull, { mergedAtMs: forge.now(), mergedBy: identity.login, mergeSha: sha });
  noteEvent(forge, identity, issue, "merged", { commit_id: sha });
  setState(forge, identity, repository, issue, "closed", null);
}

export function setDraft(
  forge: Forge,
  identity: Identity,
  repository: Repository,
  { pull, issue }: Request,
  draft: boolean,
): Pull {
  if (draft === pull.draft) return pull;
  const now = changePull(forge, pull, { draft });
  noteEvent(forge, identity, issue, draft ? "convert_to_draft" : "ready_for_review", {});
  tell(forge, identity, repository, issue, draft ? "converted_to_draft" : "ready_for_review");
  return now;
}

/** Asks people and teams to review; the author and those who cannot read are left out. */
export function requestReviewers(
  forge: Forge,
  identity: Identity,
  repository: Repository,
  { pull, issue }: Request,
  reviewers: readonly string[],
  teams: readonly string[],
): Pull {
  const able = reviewers.flatMap((login) => forge.account(login) ?? []).map(({ login }) => login);
  const people = able.filter(
    (login) =>
      login !== issue.author && !pull.requestedReviewers.includes(login) && forge.role(repository, login),
  );
  const found = teams.flatMap(
    (slug) => forge.ports.tables.of(TEAMS).get(`${repository.owner}/${slug}`.toLowerCase()) ?? [],
  );
  const groups = found.filter(({ slug }) => !pull.requestedTeams.includes(slug));
  const now = changePull(forge, pull, {
    requestedReviewers: [...pull.requestedReviewers, ...new Set(people)],
    requestedTeams: [...pull.requestedTeams, ...groups.map(({ slug }) => slug)],
  });
  for (const login of new Set(people)) {
    const requested_reviewer = personJson(forge, login);
    noteEvent(forge, identity, issue, "review_requested", { requested_reviewer });
    tell(forge, identity, repository, issue, "review_requested", { requested_reviewer });
  }
  for (const team of groups)
    tell(forge, identity, repository, issue, "review_requested", { requested_team: teamJson(team) });
  return now;
}

export function removeReviewers(
  forge: Forge,
  identity: Identity,
  repository: Repository,
  { pull, issue }: Request,
  reviewers: readonly string[],
  teams: readonly string[],
): Pull {
  const gone = pull.requestedReviewers.filter((login) => reviewers.includes(login));
  const now = changePull(forge, pull, {
    requestedReviewers: pull.requestedReviewers.filter((login) => !gone.includes(login)),
    requestedTeams: pull.requestedTeams.filter((slug) => !teams.includes(slug)),
  });
  for (const login of gone)
    tell(forge, identity, repository, issue, "review_request_removed", {
      requested_reviewer: personJson(forge, login),
    });
  return now;
}
