/**
 * Answers of reviewers to runs that wait for an environment.
 * https://docs.github.com/en/actions/how-tos/deploy/configure-and-manage-deployments/review-deployments
 */
import type { Forge } from "../forge.ts";
import { teamKey, teamsOf } from "../team.ts";
import { findEnvironment } from "./environments.ts";
import { JOBS, REVIEWS, type DeploymentReview, type Environment, type Run } from "./model.ts";

/** Oldest first, of all attempts. */
export function reviewsOf(forge: Forge, run: Pick<Run, "id">): DeploymentReview[] {
  return forge.ports.tables.of(REVIEWS).filter((review) => review.run === run.id);
}

/** What was answered for an environment in the present attempt; null for nothing yet. */
export function answerOf(
  forge: Forge,
  run: Pick<Run, "id" | "attempt">,
  environment: string,
): DeploymentReview["state"] | null {
  const wanted = environment.toLowerCase();
  const review = reviewsOf(forge, run).findLast(
    (it) => it.attempt === run.attempt && it.environment.toLowerCase() === wanted,
  );
  return review?.state ?? null;
}

/** Environments that jobs of the run wait for: for a reviewer's answer, or for their time. */
export function pendingReviews(forge: Forge, run: Run): Environment[] {
  const repository = forge.find(run.repository);
  const waiting = forge.ports.tables
    .of(JOBS)
    .filter((job) => job.run === run.id && job.attempt === run.attempt && job.status === "waiting");
  const names = [...new Set(waiting.flatMap(({ environment }) => environment ?? []))];
  return names
    .flatMap((name) => (repository && findEnvironment(forge, repository, name)) ?? [])
    .filter(({ name }) => answerOf(forge, run, name) === null);
}

/** One of the reviewers (by name or in a team), and not the one who started the run where that is not allowed. */
export function mayReview(forge: Forge, environment: Environment, run: Run, login: string): boolean {
  const same = (other: string) => other.toLowerCase() === login.toLowerCase();
  if (environment.preventSelfReview && same(run.triggeringActor)) return false;
  return environment.reviewers.some((reviewer) =>
    reviewer.includes("/") ? isInTeam(forge, reviewer, login) : same(reviewer),
  );
}

function isInTeam(forge: Forge, team: string, login: string): boolean {
  const [organisation = ""] = team.split("/");
  return teamsOf(forge.ports.tables, organisation, login).some((it) => teamKey(it) === team.toLowerCase());
}

/** The pipeline hears of it. */
export function addReview(
  forge: Forge,
  run: Run,
  review: Pick<DeploymentReview, "environment" | "by" | "state" | "comment">,
): DeploymentReview {
  const { tables, schedule } = forge.ports;
  const record = { ...review, run: run.id, attempt: run.attempt, atMs: forge.now() };
  tables.of(REVIEWS).set(String(tables.next("actions/review")), record);
  schedule(forge.now(), "pipeline/review", { run: run.id });
  return record;
}
