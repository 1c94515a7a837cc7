/** Check runs and suites: what the pipeline, and others, say about a commit. */
import type { Forge } from "./forge.ts";
import { happened } from "./happened.ts";
import type { Identity } from "./identity.ts";
import { ACTIONS_BOT } from "./identity.ts";
import { CHECK_RUNS, CHECK_SUITES, type CheckRun, type CheckSuite } from "./check.ts";
import { FORGE_ORIGIN } from "./host.ts";
import { checkRunJson } from "./json/check.ts";
import { repositoryId, type Repository } from "./model.ts";

/** The app as which workflows report. */
export const ACTIONS_APP = "github-actions";

export interface Check {
  readonly repository: Repository;
  readonly sha: string;
  readonly name: string;
  readonly status: CheckRun["status"];
  readonly conclusion?: CheckRun["conclusion"];
  /** The run to change; without it the newest of the same suite and name that is not completed, or a new one. */
  readonly id?: number;
  /** Separates what belongs to different workflow runs: `run 4001`. */
  readonly group?: string;
  readonly app?: string;
  readonly branch?: string | null;
  readonly detailsUrl?: string;
  readonly externalId?: string;
  readonly output?: Partial<CheckRun["output"]>;
  readonly startedAtMs?: number;
  readonly completedAtMs?: number | null;
}

const NO_OUTPUT: CheckRun["output"] = { title: null, summary: null, text: null };
const BOT: Identity = {
  login: ACTIONS_BOT,
  type: "app",
  credentialId: "session",
  grants: { kind: "session" },
};

/** Makes a check run, or changes the one that is meant, and tells of it when it is new or completed. */
export function putCheck(forge: Forge, check: Check, by: Identity = BOT): CheckRun {
  const known = knownRun(forge, check);
  const run = known ? changed(forge, known, check) : created(forge, check);
  forge.ports.tables.of(CHECK_RUNS).set(String(run.id), run);
  const completes = run.status === "completed" && known?.status !== "completed";
  if (!known || completes)
    happened(forge, by, check.repository, "check_run", completes ? "completed" : "created", {
      check_run: checkRunJson(forge, check.repository, run),
    });
  return run;
}

function knownRun(forge: Forge, check: Check): CheckRun | undefined {
  const runs = forge.ports.tables.of(CHECK_RUNS);
  if (check.id !== undefined) return runs.get(String(check.id));
  if (check.group === undefined) return undefined;
  const suite = suiteKey(check);
  return runs
    .all()
    .findLast(
      (it) => `${it.suite}` === suiteId(forge, suite) && it.name === check.name && it.status !== "completed",
    );
}

function suiteId(forge: Forge, key: string): string | undefined {
  const suite = forge.ports.tables.of(CHECK_SUITES).get(key);
  return suite && `${suite.id}`;
}

function suiteKey({ repository, sha, app = ACTIONS_APP, group = "" }: Check): string {
  return `${repository.id} ${sha} ${app} ${group}`;
}

function suiteFor(forge: Forge, check: Check): CheckSuite {
  const { tables, now } = forge.ports;
  const key = suiteKey(check);
  const known = tables.of(CHECK_SUITES).get(key);
  if (known) return known;
  const { repository, sha, app = ACTIONS_APP, branch = null } = check;
  const id = tables.next("forge/check-suite", 6_600_001);
  return tables
    .of(CHECK_SUITES)
    .set(key, { id, repository: repository.id, sha, branch, app, createdAtMs: now() });
}

function created(forge: Forge, check: Check): CheckRun {
  const { repository, sha, name, status, app = ACTIONS_APP } = check;
  const suite = suiteFor(forge, check);
  const id = forge.ports.tables.next("forge/check-run", 7_700_001);
  return {
    id,
    suite: suite.id,
    repository: repository.id,
    sha,
    name,
    app,
    status,
    conclusion: status === "completed" ? (check.conclusion ?? "neutral") : null,
    startedAtMs: check.startedAtMs ?? forge.now(),
    completedAtMs: status === "completed" ? (check.completedAtMs ?? forge.now()) : null,
    detailsUrl: check.detailsUrl ?? `${FORGE_ORIGIN}/${repositoryId(repository)}/runs/${id}`,
    externalId: check.externalId ?? "",
    output: { ...NO_OUTPUT, ...check.output },
  };
}

function changed(forge: Forge, run: CheckRun, check: Check): CheckRun {
  const completed = check.status === "completed";
  return {
    ...run,
    name: check.name,
    status: check.status,
    conclusion: completed ? (check.conclusion ?? run.conclusion ?? "neutral") : null,
    startedAtMs: check.startedAtMs ?? run.startedAtMs,
    completedAtMs: completed ? (check.completedAtMs ?? run.completedAtMs ?? forge.now()) : null,
    detailsUrl: check.detailsUrl ?? run.detailsUrl,
    externalId: check.externalId ?? run.externalId,
    output: { ...run.output, ...check.output },
  };
}

/** All check runs on a commit, oldest first. */
export function checksOf(forge: Forge, repository: Repository, sha: string): CheckRun[] {
  return forge.ports.tables
    .of(CHECK_RUNS)
    .filter((run) => run.repository === repository.id && run.sha === sha);
}

/** The newest of each name and app. */
export function latestChecks(forge: Forge, repository: Repository, sha: string): CheckRun[] {
  const byName = new Map(checksOf(forge, repository, sha).map((run) => [`${run.app}\0${run.name}`, run]));
  return [...byName.values()];
}

export function suitesOf(forge: Forge, repository: Repository, sha: string): CheckSuite[] {
  return forge.ports.tables
    .of(CHECK_SUITES)
    .filter((suite) => suite.repository === repository.id && suite.sha === sha);
}
