/** A job with an environment is a deployment. https://docs.github.com/en/actions/reference/workflows-and-actions/deployments-and-environments */
import {
  addDeploymentStatus,
  createDeployment,
  deploymentsOf,
  type DeploymentState,
} from "../../world/services/forge/actions/deployments.ts";
import { ACTIONS_BOT } from "../../world/services/forge/identity.ts";
import type { World } from "../../world/world.ts";
import { shortName } from "../trigger/occasion.ts";
import { jobOf, repositoryOf, runOf } from "./look.ts";

/** Made when its job first comes to the gate of its environment. */
export function tellDeployment(world: World, id: number, state: DeploymentState): void {
  const job = jobOf(world, id);
  if (job.environment === null) return;
  const run = runOf(world, job.run);
  const { forge } = world;
  const repository = repositoryOf(world, run.repository);
  const { sha } = run;
  const ref = shortName(run.ref);
  const fields = { sha, ref, environment: job.environment, creator: ACTIONS_BOT, job: id, run: run.id };
  const deployment =
    deploymentsOf(forge, repository).find((it) => it.job === id) ??
    createDeployment(forge, repository, fields);
  addDeploymentStatus(forge, deployment, { state, creator: ACTIONS_BOT });
}
