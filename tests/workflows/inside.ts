/** One workflow in an empty world: its log and the digest of the world afterwards. */
import { jobLog } from "../../src/world/services/forge/actions/logs.ts";
import { JOBS } from "../../src/world/services/forge/actions/model.ts";
import { addRepository, emptyWorld, ID, push, settle } from "./setting.ts";

export interface PlayedInside {
  readonly log: string;
  readonly digest: string;
}

export async function playWorkflow(workflow: string): Promise<PlayedInside> {
  const world = emptyWorld();
  const repository = addRepository(world, ID, { ".github/workflows/ci.yml": workflow });
  await push(world, repository, "refs/heads/main", {});
  await settle(world);
  const log = world.tables
    .of(JOBS)
    .all()
    .map((job) => jobLog(world.forge, job) ?? "")
    .join("");
  return { log, digest: world.digest() };
}
