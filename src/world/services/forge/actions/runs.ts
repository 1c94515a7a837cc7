/** Runs and their jobs, as the forge keeps them. The pipeline writes them. */
import type { Forge } from "../forge.ts";
import { repositoryId, type Repository } from "../model.ts";
import { artifactsOf, deleteArtifact } from "./artifacts.ts";
import { runFolder } from "./files.ts";
import { JOBS, REVIEWS, RUNS, type Job, type Run } from "./model.ts";

/** Newest first. */
export function runsOf(forge: Forge, repository: Repository): Run[] {
  const id = repositoryId(repository);
  return forge.ports.tables
    .of(RUNS)
    .filter((run) => run.repository === id)
    .sort((a, b) => b.createdAtMs - a.createdAtMs || b.id - a.id);
}

export function findRun(forge: Forge, repository: Repository, id: number): Run | undefined {
  const run = forge.ports.tables.of(RUNS).get(String(id));
  return run?.repository === repositoryId(repository) ? run : undefined;
}

export function findJob(forge: Forge, repository: Repository, id: number): Job | undefined {
  const job = forge.ports.tables.of(JOBS).get(String(id));
  return job?.repository === repositoryId(repository) ? job : undefined;
}

/** Oldest first. Of one attempt, or of all. */
export function jobsOf(forge: Forge, run: Pick<Run, "id">, attempt: number | "all"): Job[] {
  return forge.ports.tables
    .of(JOBS)
    .filter((job) => job.run === run.id && (attempt === "all" || job.attempt === attempt));
}

/** With its jobs, logs, artifacts and reviews: nothing of it stays on the forge's disk. */
export function deleteRun(forge: Forge, run: Run): void {
  const { tables } = forge.ports;
  for (const artifact of artifactsOf(forge, run)) deleteArtifact(forge, artifact.id);
  for (const job of jobsOf(forge, run, "all")) tables.of(JOBS).delete(String(job.id));
  for (const [key, review] of tables.of(REVIEWS).entries())
    if (review.run === run.id) tables.of(REVIEWS).delete(key);
  forge.disk.remove(runFolder(run.id), { recursive: true, force: true });
  tables.of(RUNS).delete(String(run.id));
}
