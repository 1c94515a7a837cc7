/**
 * Where an event makes workflows run: on which ref and commit, with whose file, shown as what.
 * https://docs.github.com/en/actions/reference/workflows-and-actions/events-that-trigger-workflows
 */
import type { Json } from "../../base/json.ts";
import { objectsOf, type Objects } from "../../world/services/forge/git/objects.ts";
import type { ForgeEvent } from "../../world/services/forge/events.ts";
import type { Forge } from "../../world/services/forge/forge.ts";
import { ACTIONS_BOT } from "../../world/services/forge/identity.ts";
import { repositoryId, type Repository } from "../../world/services/forge/model.ts";

type Payload = { readonly [key: string]: Json | undefined };

export interface Occasion {
  readonly event: string;
  readonly action: string | null;
  readonly ref: string;
  readonly sha: string;
  /** Whose workflow files count. */
  readonly source: string;
  readonly headBranch: string | null;
  readonly headSha: string;
  readonly headRepository: string;
  readonly pulls: readonly number[];
  /** Branches of a pull request. */
  readonly baseRef: string | null;
  readonly headRef: string | null;
  /** Read-only token, no secrets. */
  readonly fromFork: boolean;
  readonly title: string | null;
  readonly actor: string;
  readonly payload: Payload;
}

/** Events whose runs belong to the merge of a pull request. */
const ON_MERGE = ["pull_request", "pull_request_review", "pull_request_review_comment"];

/** Events that run on the default branch with its latest commit. */
const ON_DEFAULT = [
  "branch_protection_rule",
  "check_run",
  "check_suite",
  "delete",
  "discussion",
  "discussion_comment",
  "fork",
  "gollum",
  "issue_comment",
  "issues",
  "label",
  "milestone",
  "page_build",
  "public",
  "pull_request_target",
  "repository_dispatch",
  "schedule",
  "status",
  "watch",
  "workflow_run",
];

/** Null where such an event starts nothing. */
export function occasionOf(forge: Forge, event: ForgeEvent): Occasion | null {
  const repository = forge.find(event.repository);
  // Checks of workflows start no workflows.
  const isOwnCheck = event.name.startsWith("check_") && event.actor === ACTIONS_BOT;
  if (!repository || isOwnCheck) return null;
  const objects = objectsOf(forge, repository);
  if (event.name === "push") return onPush(repository, objects, event);
  if (ON_MERGE.includes(event.name)) return onMerge(forge, repository, objects, event);
  if (event.name === "workflow_dispatch")
    return onNamedRef(repository, objects, event, text(event.payload["ref"]));
  if (event.name === "release") {
    const tag = text(record(event.payload["release"])["tag_name"]);
    return onNamedRef(repository, objects, event, `refs/tags/${tag}`);
  }
  if (event.name === "create") {
    const kind = event.payload["ref_type"] === "tag" ? "tags" : "heads";
    return onNamedRef(repository, objects, event, `refs/${kind}/${text(event.payload["ref"])}`);
  }
  if (event.name === "deployment" || event.name === "deployment_status")
    return onNamedRef(repository, objects, event, text(record(event.payload["deployment"])["ref"]));
  return ON_DEFAULT.includes(event.name) ? onDefault(forge, repository, objects, event) : null;
}

function base(
  repository: Repository,
  { name, action, actor, payload }: ForgeEvent,
  ref: string,
  sha: string,
): Occasion {
  return {
    event: name,
    action,
    ref,
    sha,
    source: sha,
    headBranch: shortName(ref),
    headSha: sha,
    headRepository: repositoryId(repository),
    pulls: [],
    baseRef: null,
    headRef: null,
    fromFork: actor === "dependabot[bot]" && name !== "schedule",
    title: null,
    actor,
    payload,
  };
}

function onPush(repository: Repository, objects: Objects, event: ForgeEvent): Occasion | null {
  const ref = text(event.payload["ref"]);
  const sha = objects.peel(text(event.payload["after"]));
  if (sha === null || event.payload["deleted"] === true || !/^refs\/(heads|tags)\//.test(ref)) return null;
  return { ...base(repository, event, ref, sha), title: subjectOf(objects, sha) };
}

function onMerge(forge: Forge, repository: Repository, objects: Objects, event: ForgeEvent): Occasion | null {
  const pull = record(event.payload["pull_request"]);
  const number = Number(pull["number"]);
  const head = record(pull["head"]);
  const merged = event.action === "closed" && pull["merged"] === true;
  const target = text(record(pull["base"])["ref"]);
  const ref = merged ? `refs/heads/${target}` : `refs/pull/${number}/merge`;
  const found = objects.ref(`refs/pull/${number}/merge`) ?? objects.peel(text(pull["merge_commit_sha"]));
  // Where the two conflict nothing runs.
  const sha = found ?? (event.action === "closed" ? objects.peel(text(head["sha"])) : null);
  return sha === null
    ? null
    : ofPull(forge, repository, { ...base(repository, event, ref, sha) }, pull, true);
}

function ofPull(
  forge: Forge,
  repository: Repository,
  occasion: Occasion,
  pull: Payload,
  untrusted: boolean,
): Occasion {
  const head = record(pull["head"]);
  const from = text(record(head["repo"])["full_name"]);
  const foreign = from.toLowerCase() !== repositoryId(repository).toLowerCase();
  return {
    ...occasion,
    headBranch: text(head["ref"]),
    headSha: text(head["sha"]),
    headRepository: forge.find(from) ? from : repositoryId(repository),
    pulls: foreign ? [] : [Number(pull["number"])],
    baseRef: text(record(pull["base"])["ref"]),
    headRef: text(head["ref"]),
    fromFork: (untrusted && foreign) || occasion.fromFork,
    title: text(pull["title"]),
  };
}

function onNamedRef(
  repository: Repository,
  objects: Objects,
  event: ForgeEvent,
  name: string,
): Occasion | null {
  const ref = [name, `refs/heads/${name}`, `refs/tags/${name}`].find((it) => objects.ref(it) !== null);
  const sha = ref === undefined ? null : objects.resolveCommit(ref);
  if (ref === undefined || sha === null) return null;
  const release = record(event.payload["release"]);
  const title = event.name === "release" ? text(release["name"]) || text(release["tag_name"]) : null;
  return { ...base(repository, event, ref, sha), title };
}

function onDefault(
  forge: Forge,
  repository: Repository,
  objects: Objects,
  event: ForgeEvent,
): Occasion | null {
  const ref = `refs/heads/${repository.defaultBranch}`;
  const sha = objects.ref(ref);
  if (sha === null) return null;
  const occasion = base(repository, event, ref, sha);
  if (event.name === "pull_request_target")
    return ofPull(forge, repository, occasion, record(event.payload["pull_request"]), false);
  const issue = record(event.payload["issue"]);
  return { ...occasion, title: text(issue["title"]) || null };
}

export function shortName(ref: string): string {
  return ref.replace(/^refs\/(heads|tags|pull)\//, "");
}

export function record(value: Json | undefined): Payload {
  return value !== null && typeof value === "object" && !Array.isArray(value) ? (value as Payload) : {};
}

export function text(value: Json | undefined): string {
  return typeof value === "string" ? value : "";
}

export function subjectOf(objects: Objects, sha: string): string | null {
  return objects.commit(sha)?.message.split("\n")[0]?.trim() ?? null;
}
