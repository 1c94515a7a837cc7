/**
 * The default variables of every step.
 * https://docs.github.com/en/actions/reference/workflows-and-actions/variables#default-environment-variables
 */
import type { Job, Run } from "../../world/services/forge/actions/model.ts";
import { eventFileOf } from "./paths.ts";
import type { JobState } from "../step.ts";

type Github = Readonly<Record<string, unknown>>;

/** Fields of `github` that are variables, with their names: GITHUB_<FIELD>. */
const FROM_GITHUB = [
  "actor",
  "actor_id",
  "api_url",
  "base_ref",
  "event_name",
  "graphql_url",
  "head_ref",
  "ref",
  "ref_name",
  "ref_protected",
  "ref_type",
  "repository",
  "repository_id",
  "repository_owner",
  "repository_owner_id",
  "retention_days",
  "run_attempt",
  "run_id",
  "run_number",
  "server_url",
  "sha",
  "triggering_actor",
  "workflow",
  "workflow_ref",
  "workflow_sha",
].map((field) => [`GITHUB_${field.toUpperCase()}`, field] as const);

export function defaultVariables(
  run: Run,
  job: Job,
  state: JobState,
  github: Github,
  runner: Github,
  action: string,
): Record<string, string> {
  const given = FROM_GITHUB.map(([name, field]) => [name, String(github[field] ?? "")] as const);
  return {
    CI: "true",
    GITHUB_ACTIONS: "true",
    GITHUB_ACTION: action,
    GITHUB_JOB: job.key.split(" / ").at(-1) as string,
    GITHUB_WORKSPACE: state.workspace,
    GITHUB_EVENT_PATH: eventFileOf(state),
    ...Object.fromEntries(given),
    RUNNER_NAME: String(runner["name"]),
    RUNNER_OS: String(runner["os"]),
    RUNNER_ARCH: String(runner["arch"]),
    RUNNER_TEMP: state.temp,
    RUNNER_TOOL_CACHE: String(runner["tool_cache"]),
    RUNNER_WORKSPACE: String(runner["workspace"]),
    RUNNER_ENVIRONMENT: String(runner["environment"]),
    ...(run.debug ? { RUNNER_DEBUG: "1" } : {}),
  };
}
