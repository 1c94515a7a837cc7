/** https://docs.github.com/en/rest/checks */
import type { Json } from "../../../../base/json.ts";
import { CHECK_RUNS, CHECK_SUITES, type CheckRun } from "../check.ts";
import { ACTIONS_APP, checksOf, latestChecks, putCheck, suitesOf, type Check } from "../checks.ts";
import { objectsOf } from "../git/objects.ts";
import { checkRunJson, checkSuiteJson } from "../json/check.ts";
import { choiceField, own, textField } from "./request-body.ts";
import { counted, failure, invalid, json, notFound } from "./answer.ts";
import { onRepository, type RepositoryCall, type Route } from "./route.ts";

export const checkRoutes: readonly Route[] = [
  onRepository("GET", "/commits/{ref+}/check-runs", ["checks", "read"], listOfCommit),
  onRepository("GET", "/commits/{ref+}/check-suites", ["checks", "read"], listSuites),
  onRepository("POST", "/check-runs", ["checks", "write"], postCheck),
  onRepository("GET", "/check-runs/{id}", ["checks", "read"], showCheck),
  onRepository("PATCH", "/check-runs/{id}", ["checks", "write"], patchCheck),
  onRepository("GET", "/check-suites/{id}", ["checks", "read"], showSuite),
  onRepository("GET", "/check-suites/{id}/check-runs", ["checks", "read"], listOfSuite),
];

function listOfCommit(call: RepositoryCall): Response {
  const { forge, repository, params, url } = call;
  const sha = objectsOf(forge, repository).resolveCommit(params["ref"] as string);
  if (sha === null) return failure(422, `No commit found for SHA: ${params["ref"]}`);
  const all = url.searchParams.get("filter") === "all";
  const runs = all ? checksOf(forge, repository, sha) : latestChecks(forge, repository, sha);
  return shown(call, runs);
}

function shown(call: RepositoryCall, runs: readonly CheckRun[]): Response {
  const query = call.url.searchParams;
  const [name, status] = [query.get("check_name"), query.get("status")];
  const wanted = runs.filter((run) => (!name || run.name === name) && (!status || run.status === status));
  return counted(call, "check_runs", wanted.toReversed(), (run) =>
    checkRunJson(call.forge, call.repository, run),
  );
}

function listSuites(call: RepositoryCall): Response {
  const { forge, repository, params } = call;
  const sha = objectsOf(forge, repository).resolveCommit(params["ref"] as string);
  if (sha === null) return failure(422, `No commit found for SHA: ${params["ref"]}`);
  return counted(call, "check_suites", suitesOf(forge, repository, sha), (suite) =>
    checkSuiteJson(forge, repository, suite),
  );
}

const STATUSES = ["queued", "in_progress", "completed", "waiting", "requested", "pending"] as const;
const CONCLUSIONS = [
  "success",
  "failure",
  "neutral",
  "cancelled",
  "skipped",
  "timed_out",
  "action_required",
  "stale",
] as const;

/** GitHub lets only apps do it: here job tokens, which are one, and nobody else. */
function isApp({ identity }: RepositoryCall): boolean {
  return identity?.grants.kind === "job";
}

const NOT_AN_APP = "You must authenticate via a GitHub App.";

function postCheck(call: RepositoryCall): Response {
  const { forge, repository, body, identity } = call;
  if (!isApp(call) || !identity) return failure(403, NOT_AN_APP);
  const [name, wanted] = [textField(body, "name"), textField(body, "head_sha")];
  if (name === null) return invalid({ resource: "CheckRun", field: "name", code: "missing_field" });
  const sha = wanted === null ? null : objectsOf(forge, repository).resolveCommit(wanted);
  if (sha === null) return failure(422, `No commit found for SHA: ${wanted}`);
  const run = putCheck(forge, { repository, sha, name, app: ACTIONS_APP, ...fieldsFrom(body) }, identity);
  return json(201, checkRunJson(forge, repository, run));
}

function fieldsFrom(
  body: RepositoryCall["body"],
  before?: CheckRun,
): Omit<Check, "repository" | "sha" | "name"> {
  const conclusion = choiceField(body, "conclusion", CONCLUSIONS);
  const status = choiceField(body, "status", STATUSES);
  const details = textField(body, "details_url");
  return {
    status: conclusion !== null ? "completed" : (status ?? before?.status ?? "queued"),
    conclusion,
    ...(details === null ? {} : { detailsUrl: details }),
    externalId: textField(body, "external_id") ?? before?.externalId ?? "",
    output: outputFrom(body),
  };
}

function outputFrom(body: RepositoryCall["body"]): Partial<CheckRun["output"]> {
  const value = own(body, "output");
  if (value === null || value === undefined || typeof value !== "object" || Array.isArray(value)) return {};
  const output = value as { readonly [key: string]: Json | undefined };
  const texts = ["title", "summary", "text"].flatMap((name) => {
    const text = textField(output, name);
    return text === null ? [] : [[name, text] as const];
  });
  return Object.fromEntries(texts);
}

function checkIn({ forge, repository, params }: RepositoryCall): CheckRun | undefined {
  const run = forge.ports.tables.of(CHECK_RUNS).get(params["id"] as string);
  return run?.repository === repository.id ? run : undefined;
}

function showCheck(call: RepositoryCall): Response {
  const run = checkIn(call);
  return run ? json(200, checkRunJson(call.forge, call.repository, run)) : notFound();
}

function patchCheck(call: RepositoryCall): Response {
  const { forge, repository, body, identity } = call;
  const run = checkIn(call);
  if (!run) return notFound();
  if (!isApp(call) || !identity) return failure(403, NOT_AN_APP);
  const name = textField(body, "name") ?? run.name;
  const check = { repository, sha: run.sha, name, id: run.id, ...fieldsFrom(body, run) };
  return json(200, checkRunJson(forge, repository, putCheck(forge, check, identity)));
}

function suiteIn({ forge, repository, params }: RepositoryCall) {
  return forge.ports.tables
    .of(CHECK_SUITES)
    .find((suite) => suite.repository === repository.id && String(suite.id) === params["id"]);
}

function showSuite(call: RepositoryCall): Response {
  const suite = suiteIn(call);
  return suite ? json(200, checkSuiteJson(call.forge, call.repository, suite)) : notFound();
}

function listOfSuite(call: RepositoryCall): Response {
  const suite = suiteIn(call);
  if (!suite) return notFound();
  return shown(
    call,
    call.forge.ports.tables.of(CHECK_RUNS).filter((run) => run.suite === suite.id),
  );
}
