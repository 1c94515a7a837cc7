/** Every job is a check of its commit. https://docs.github.com/en/rest/checks/runs */
import type { Job, Run } from "../../world/services/forge/actions/model.ts";
import { putCheck } from "../../world/services/forge/checks.ts";
import { FORGE_ORIGIN } from "../../world/services/forge/host.ts";
import type { World } from "../../world/world.ts";

/** Jobs of a pull request report on its head. */
export function report({ forge }: World, run: Run, job: Job): void {
  const repository = forge.find(run.repository);
  if (!repository) return;
  putCheck(forge, {
    repository,
    sha: run.event.startsWith("pull_request") ? run.headSha : run.sha,
    name: job.name,
    status: job.status,
    conclusion: job.conclusion,
    group: `run ${run.id} job ${job.id}`,
    branch: run.headBranch,
    detailsUrl: `${FORGE_ORIGIN}/${run.repository}/actions/runs/${run.id}/job/${job.id}`,
    externalId: String(job.id),
    startedAtMs: job.startedAtMs ?? job.createdAtMs,
    completedAtMs: job.completedAtMs,
  });
}
