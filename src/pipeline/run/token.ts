/**
 * The token of a job: valid from its start to its end, for its repository, with its permissions.
 * https://docs.github.com/en/actions/concepts/security/github_token
 */
import type { Json } from "../../base/json.ts";
import { mint } from "../../engine/kinds.ts";
import type { Job, Run } from "../../world/services/forge/actions/model.ts";
import { ACTIONS_BOT } from "../../world/services/forge/identity.ts";
import type { World } from "../../world/world.ts";

/** Not longer than a job may take at most: six hours, or five days on a runner of one's own. */
const LONGEST_MS = 24 * 60 * 60_000;

/** Id of the credential. */
export function mintToken(world: World, run: Run, job: Job): string {
  const id = `job-${job.id}`;
  const { value } = mint("githubAppToken", world.streams.get("pipeline"));
  const { repository, permissions } = job;
  world.credentials.add({
    id,
    kind: "githubAppToken",
    issuer: "forge",
    value,
    parts: [],
    owner: ACTIONS_BOT,
    scope: `job ${job.name} of run ${run.id} in ${repository}`,
    grants: { kind: "job", repository, run: run.id, job: job.id, permissions } as unknown as Json,
    status: "active",
    createdAtMs: world.clock.now(),
    expiresAtMs: world.clock.now() + LONGEST_MS,
    uses: [],
    planted: false,
  });
  return id;
}

export function expireToken(world: World, id: string): void {
  if (world.credentials.get(id)?.status === "active") world.credentials.change(id, { status: "expired" });
}
