/** Merging a pull request: what stands in its way, and doing it. https://docs.github.com/en/rest/pulls/pulls#merge-a-pull-request */
import { invariant } from "../../../base/invariant.ts";
import type { Forge } from "./forge.ts";
import type { By } from "./git/by.ts";
import { isAncestor } from "./git/history.ts";
import { mergeCommit, rebaseCommits, squashCommit } from "./git/merge.ts";
import { objectsOf } from "./git/objects.ts";
import { updateRef } from "./git/refUpdate.ts";
import type { Identity } from "./identity.ts";
import { issueOf, setState } from "./issues.ts";
import type { PullFacts } from "./json/pull.ts";
import type { Repository } from "./model.ts";
import { missingOwners } from "./owners.ts";
import { pullCommits, sizeOf } from "./pullContents.ts";
import { FORGE_PERSON, markMerged, pullOf, type Request } from "./pulls.ts";
import { binding } from "./reviews.ts";
import { judge } from "./rules/evaluate.ts";
import type { Merging } from "./rules/move.ts";
import { protectionOf } from "./rules/protection.ts";
import { refusalMessage } from "./rules/report.ts";
import { covers, rulesetsOf } from "./rules/ruleset.ts";
import { allPassed } from "./statuses.ts";

export type Method = Merging["method"];

export interface MergeOptions {
  readonly method: Method;
  readonly title?: string;
  readonly message?: string;
}

export type Merged =
  | { readonly ok: true; readonly sha: string }
  /** Why not, in GitHub's words. */
  | { readonly ok: false; readonly why: string };

const ALLOWED = { merge: "mergeCommit", squash: "squash", rebase: "rebase" } as const;
const METHOD_WORDS = { merge: "Merge commits", squash: "Squash merges", rebase: "Rebase merges" } as const;

export async function mergePull(
  forge: Forge,
  by: By,
  repository: Repository,
  request: Request,
  options: MergeOptions,
): Promise<Merged> {
  const { pull, issue } = request;
  const refused = refusal(repository, request, options.method);
  if (refused !== null) return { ok: false, why: refused };
  const sha = await newTip(forge, by.identity, repository, request, options);
  if (sha === null) return { ok: false, why: "Pull Request is not mergeable" };
  const ref = `refs/heads/${pull.base.ref}`;
  const move = { ref, before: objectsOf(forge, repository).ref(ref), after: sha };
  const merging = mergingOf(forge, repository, request, options.method);
  const verdict = judge(forge, by.identity, repository, move, merging);
  if (verdict.violations.length > 0) return { ok: false, why: refusalMessage(verdict) };
  // Merged before the branch moves, or the branch's move would be taken for somebody else's merge.
  markMerged(forge, by.identity, repository, request, sha);
  const failed = await updateRef(forge, by, repository, move, merging);
  invariant(failed === null, "a merge that was judged is let through");
  closeKeywords(forge, by.identity, repository, `${issue.body ?? ""}\n${options.message ?? ""}`);
  if (repository.merging.deleteBranch) await deleteHead(forge, by, request);
  return { ok: true, sha };
}

function refusal(repository: Repository, { pull, issue }: Request, method: Method): string | null {
  if (issue.state === "closed" || pull.draft)
    return pull.draft && issue.state === "open"
      ? "Pull Request is still a draft"
      : "Pull Request is not mergeable";
  return repository.merging[ALLOWED[method]]
    ? null
    : `${METHOD_WORDS[method]} are not allowed on this repository.`;
}

async function newTip(
  forge: Forge,
  { login }: Identity,
  repository: Repository,
  request: Request,
  { method, title, message }: MergeOptions,
): Promise<string | null> {
  const { pull, issue } = request;
  const atMs = forge.now();
  const account = forge.account(login);
  const author = { name: account?.name ?? login, email: account?.email ?? FORGE_PERSON.email, atMs };
  const committer = { ...FORGE_PERSON, atMs };
  const base = objectsOf(forge, repository).ref(`refs/heads/${pull.base.ref}`) ?? pull.base.sha;
  const head = pull.head.sha;
  const said = (first: string, rest: string) =>
    [title ?? first, message ?? rest].filter((text) => text !== "").join("\n\n");
  if (method === "rebase") return rebaseCommits(forge, repository, base, head, committer);
  if (method === "merge") {
    const first = `Merge pull request #${pull.number} from ${pull.head.owner}/${pull.head.ref}`;
    return mergeCommit(forge, repository, base, head, {
      author,
      committer,
      message: said(first, issue.title),
    });
  }
  const commits = pullCommits(forge, repository, pull);
  const [only] = commits;
  const first = `${commits.length === 1 && only ? subject(only.message) : issue.title} (#${pull.number})`;
  const rest = commits.length === 1 ? "" : commits.map((commit) => `* ${commit.message}`).join("\n\n");
  const writer = only ? { ...only.author, atMs } : author;
  return squashCommit(forge, repository, base, head, {
    author: writer,
    committer,
    message: said(first, rest),
  });
}

function subject(message: string): string {
  return message.split("\n")[0] as string;
}

/** What rules may ask about this merge. */
export function mergingOf(forge: Forge, repository: Repository, request: Request, method: Method): Merging {
  const { pull } = request;
  const dismissStale = dismissesStale(forge, repository, pull.base.ref);
  const reviews = binding(forge, repository, request);
  const approved = reviews.filter(
    ({ state, sha }) => state === "APPROVED" && (!dismissStale || sha === pull.head.sha),
  );
  const objects = objectsOf(forge, repository);
  return {
    method,
    head: pull.head.sha,
    approvals: approved.length,
    changesRequested: reviews.some(({ state }) => state === "CHANGES_REQUESTED"),
    ownersMissing: missingOwners(
      forge,
      repository,
      request,
      approved.map(({ author }) => author),
    ),
    unresolvedThreads: 0,
    lastPushApproved: approved.some(({ sha }) => sha === pull.head.sha),
    upToDate: isAncestor(objects, pull.base.sha, pull.head.sha),
  };
}

/** Whether an approval stops counting with the next push. */
function dismissesStale(forge: Forge, repository: Repository, branch: string): boolean {
  const { tables } = forge.ports;
  const rules = rulesetsOf(tables, repository)
    .filter((it) => it.enforcement === "active" && covers(it, repository, `refs/heads/${branch}`))
    .flatMap((it) => it.rules);
  return (
    rules.some(({ parameters }) => parameters["dismiss_stale_reviews_on_push"] === true) ||
    protectionOf(tables, repository, branch)?.reviews?.dismissStale === true
  );
}

/** What a full pull request shows of itself. */
export function factsOf(
  forge: Forge,
  identity: Identity | null,
  repository: Repository,
  request: Request,
): PullFacts {
  const { pull, issue } = request;
  const open = issue.state === "open";
  return {
    ...sizeOf(forge, repository, pull),
    mergeable: open ? pull.mergeSha !== null : null,
    mergeableState: open ? mergeableState(forge, identity, repository, request) : "unknown",
  };
}

/** https://docs.github.com/en/graphql/reference/enums#mergestatestatus */
function mergeableState(
  forge: Forge,
  identity: Identity | null,
  repository: Repository,
  request: Request,
): string {
  const { pull } = request;
  if (pull.mergeSha === null) return "dirty";
  if (pull.draft) return "draft";
  const move = { ref: `refs/heads/${pull.base.ref}`, before: pull.base.sha, after: pull.mergeSha };
  const who: Identity = identity ?? {
    login: "",
    type: "user",
    credentialId: "session",
    grants: { kind: "session" },
  };
  const merging = mergingOf(forge, repository, request, "merge");
  const { violations } = judge(forge, who, repository, move, merging);
  if (violations.some(({ message }) => message.startsWith("This branch is out-of-date"))) return "behind";
  if (violations.length > 0) return "blocked";
  return allPassed(forge, repository, pull.head.sha) ? "clean" : "unstable";
}

/** https://docs.github.com/en/issues/tracking-your-work-with-issues/using-issues/linking-a-pull-request-to-an-issue */
function closeKeywords(forge: Forge, identity: Identity, repository: Repository, text: string): void {
  for (const [, number] of text.matchAll(/\b(?:close[sd]?|fix(?:e[sd])?|resolve[sd]?):?\s+#(\d{1,9})\b/gi)) {
    const issue = issueOf(forge, repository, Number(number));
    if (issue && !issue.pull) setState(forge, identity, repository, issue, "closed", "completed");
  }
}

async function deleteHead(forge: Forge, by: By, { pull }: Request): Promise<void> {
  const repository = forge.byId(pull.head.repository);
  if (!repository || repository.id !== pull.repository || pull.head.ref === repository.defaultBranch) return;
  const ref = `refs/heads/${pull.head.ref}`;
  await updateRef(forge, by, repository, { ref, before: pull.head.sha, after: null });
}

/** Merges the base into the head, as the button does. */
export async function updateBranch(
  forge: Forge,
  by: By,
  repository: Repository,
  request: Request,
): Promise<Merged> {
  const { pull } = request;
  const head = forge.byId(pull.head.repository);
  if (!head) return { ok: false, why: "The head repository is gone." };
  const author = { ...FORGE_PERSON, name: by.identity.login, atMs: forge.now() };
  const message = `Merge branch '${pull.base.ref}' into ${pull.head.ref}`;
  const sha = await mergeCommit(forge, head, pull.head.sha, pull.base.sha, { author, message });
  if (sha === null) return { ok: false, why: "merge conflict between base and head" };
  const ref = `refs/heads/${pull.head.ref}`;
  const failed = await updateRef(forge, by, head, { ref, before: pull.head.sha, after: sha });
  if (failed) return { ok: false, why: "Repository rule violations found" };
  const fresh = pullOf(forge, repository, pull.number);
  return { ok: true, sha: fresh?.pull.head.sha ?? sha };
}
