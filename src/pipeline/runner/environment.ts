/** What the process of a step sees as its environment, and which of it the log shows. */
import { eventFile } from "./machine.ts";
import type { Execution, Frame } from "./execution.ts";

const SYSTEM_PATH = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";

/** https://docs.github.com/en/actions/reference/workflows-and-actions/variables#default-environment-variables */
const DEFAULTS = new Set([
  "CI",
  "HOME",
  "PATH",
  "GITHUB_ACTION",
  "GITHUB_ACTIONS",
  "GITHUB_ACTION_PATH",
  "GITHUB_ACTION_REF",
  "GITHUB_ACTION_REPOSITORY",
  "GITHUB_ACTOR",
  "GITHUB_ACTOR_ID",
  "GITHUB_API_URL",
  "GITHUB_BASE_REF",
  "GITHUB_ENV",
  "GITHUB_EVENT_NAME",
  "GITHUB_EVENT_PATH",
  "GITHUB_GRAPHQL_URL",
  "GITHUB_HEAD_REF",
  "GITHUB_JOB",
  "GITHUB_OUTPUT",
  "GITHUB_PATH",
  "GITHUB_REF",
  "GITHUB_REF_NAME",
  "GITHUB_REF_PROTECTED",
  "GITHUB_REF_TYPE",
  "GITHUB_REPOSITORY",
  "GITHUB_REPOSITORY_ID",
  "GITHUB_REPOSITORY_OWNER",
  "GITHUB_REPOSITORY_OWNER_ID",
  "GITHUB_RETENTION_DAYS",
  "GITHUB_RUN_ATTEMPT",
  "GITHUB_RUN_ID",
  "GITHUB_RUN_NUMBER",
  "GITHUB_SERVER_URL",
  "GITHUB_SHA",
  "GITHUB_STATE",
  "GITHUB_STEP_SUMMARY",
  "GITHUB_TRIGGERING_ACTOR",
  "GITHUB_WORKFLOW",
  "GITHUB_WORKFLOW_REF",
  "GITHUB_WORKFLOW_SHA",
  "GITHUB_WORKSPACE",
  "RUNNER_ARCH",
  "RUNNER_DEBUG",
  "RUNNER_ENVIRONMENT",
  "RUNNER_NAME",
  "RUNNER_OS",
  "RUNNER_TEMP",
  "RUNNER_TOOL_CACHE",
  "RUNNER_WORKSPACE",
]);

/** What the workflow asked for, as the head of a step's log shows it. */
export function shownEnvironment(frame: Frame): [string, string][] {
  return Object.entries({ ...frame.step.env, ...nestedEnv(frame) }).filter(([name]) => !DEFAULTS.has(name));
}

/** Everything that the process sees; `files` are the command files. */
export function processEnvironment(
  frame: Frame,
  files: Readonly<Record<string, string>>,
): Record<string, string> {
  const { execution, step, extra } = frame;
  const { state } = execution.request;
  const given = { ...step.env, ...nestedEnv(frame) };
  return {
    HOME: execution.home,
    ...given,
    GITHUB_WORKSPACE: state.workspace,
    GITHUB_EVENT_PATH: eventFile(state.temp),
    RUNNER_TEMP: state.temp,
    RUNNER_TOOL_CACHE: "/opt/hostedtoolcache",
    RUNNER_TRACKING_ID: `github_${state.job}`,
    RUNNER_WORKSPACE: state.workspace.slice(0, state.workspace.lastIndexOf("/")),
    ...(execution.debugging ? { RUNNER_DEBUG: "1" } : {}),
    ...execution.identityVariables,
    ...extra,
    ...files,
    PATH: [...execution.path, given["PATH"] ?? SYSTEM_PATH].join(":"),
  };
}

/** What a nested step before this one put into $GITHUB_ENV; the scheduler could not know it yet. */
function nestedEnv({ execution, depth, step }: Frame): Readonly<Record<string, string>> {
  if (depth === 0) return {};
  const before = execution.request.state.env;
  const added = Object.entries(execution.env).filter(
    ([name, value]) => before[name] !== value && step.env[name] === execution.request.step.env[name],
  );
  return Object.fromEntries(added);
}

/** As `head -n1` of a script, for the name of a step. */
export function writeHead(execution: Execution, title: string, lines: readonly string[]): void {
  execution.log.write([`##[group]Run ${title}`, ...lines, "##[endgroup]"].join("\n"));
}
