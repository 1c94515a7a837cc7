/** Tells others of a run: the `workflow_run` event. https://docs.github.com/en/webhooks/webhook-events-and-payloads#workflow_run */
import type { Json } from "../../base/json.ts";
import { WORKFLOWS, type Run } from "../../world/services/forge/actions/model.ts";
import { objectsOf } from "../../world/services/forge/git/objects.ts";
import { happened } from "../../world/services/forge/happened.ts";
import { FORGE_ORIGIN } from "../../world/services/forge/host.ts";
import { session } from "../../world/services/forge/identity.ts";
import { personJson } from "../../world/services/forge/json/account.ts";
import { bareRepositoryJson } from "../../world/services/forge/json/repository.ts";
import { timeOrNull, time } from "../../world/services/forge/rest/answer.ts";
import type { World } from "../../world/world.ts";
import { repositoryOf, stateOf } from "./look.ts";

/** So many runs may start each other. */
export const LONGEST_CHAIN = 3;

export function tellOfRun(world: World, run: Run, action: "requested" | "in_progress" | "completed"): void {
  const repository = repositoryOf(world, run.repository);
  happened(world.forge, session(run.actor), repository, "workflow_run", action, {
    workflow_run: runJson(world, run),
    workflow: workflowJson(world, run),
  });
}

function runJson(world: World, run: Run): Json {
  const { forge } = world;
  const head = forge.find(run.headRepository) ?? repositoryOf(world, run.repository);
  const commit = objectsOf(forge, head).commit(run.headSha);
  return {
    id: run.id,
    name: run.name,
    head_branch: run.headBranch,
    head_sha: run.headSha,
    path: run.path,
    display_title: run.title,
    run_number: run.number,
    run_attempt: run.attempt,
    event: run.event,
    status: run.status,
    conclusion: run.conclusion,
    workflow_id: run.workflow,
    html_url: `${FORGE_ORIGIN}/${run.repository}/actions/runs/${run.id}`,
    pull_requests: run.pulls.map((number) => ({ number })),
    created_at: time(run.createdAtMs),
    updated_at: time(run.updatedAtMs),
    run_started_at: timeOrNull(run.startedAtMs),
    actor: personJson(forge, run.actor),
    triggering_actor: personJson(forge, run.triggeringActor),
    head_commit: commit && {
      id: commit.id,
      tree_id: commit.tree,
      message: commit.message.replace(/\n$/, ""),
      author: { name: commit.author.name, email: commit.author.email },
      committer: { name: commit.committer.name, email: commit.committer.email },
    },
    repository: bareRepositoryJson(forge, repositoryOf(world, run.repository)),
    head_repository: bareRepositoryJson(forge, head),
    // Not on GitHub: how many runs led here.
    leaklab_chain: stateOf(world, run.id).chain,
  };
}

function workflowJson(world: World, run: Run): Json {
  const workflow = world.tables.of(WORKFLOWS).find(({ id }) => id === run.workflow);
  return {
    id: run.workflow,
    name: workflow?.name ?? run.name,
    path: run.path,
    state: workflow?.state ?? "active",
  };
}
