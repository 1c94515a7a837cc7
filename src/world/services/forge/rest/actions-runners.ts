/** https://docs.github.com/en/rest/actions/self-hosted-runners */
import type { Json } from "../../../../base/json.ts";
import type { Runner } from "../actions/model.ts";
import { jitConfig, newRunnerToken } from "../actions/runner-token.ts";
import { groupsOf } from "../actions/runner-groups.ts";
import { addRunner, changeRunner, OWN_LABELS, removeRunner, runnersAt } from "../actions/runners.ts";
import { repositoryId } from "../model.ts";
import { audited } from "./audited.ts";
import { missing, own, textField, textsField, unfit } from "./request-body.ts";
import { onOrganisation } from "./actions-organisation.ts";
import { counted, failure, json, noContent, notFound, time } from "./answer.ts";
import { onRepository, type Answer, type Call, type Route } from "./route.ts";

/** Where runners belong: `of` is `owner/name` or the organisation. */
interface Place {
  readonly of: string;
  /** As audit entries begin. */
  readonly prefix: "repo" | "org";
}

type Handler = (call: Call, place: Place) => Answer;

function inBoth(method: string, path: string, run: Handler): Route[] {
  const level = method === "GET" ? "read" : "write";
  return [
    onRepository(method, `/actions/runners${path}`, ["administration", level], (call) =>
      run(call, { of: repositoryId(call.repository), prefix: "repo" }),
    ),
    onOrganisation(method, `/actions/runners${path}`, (call) =>
      run(call, { of: call.organisation.login, prefix: "org" }),
    ),
  ];
}

const ONE = "/{runner_id}";
const LABELS = `${ONE}/labels`;

export const runnerRoutes: readonly Route[] = [
  ...inBoth("GET", "", listRunners),
  ...inBoth("POST", "/registration-token", (call, place) => newToken(call, place, "registration")),
  ...inBoth("POST", "/remove-token", (call, place) => newToken(call, place, "removal")),
  ...inBoth("POST", "/generate-jitconfig", generateJit),
  ...inBoth("GET", ONE, (call, place) => withRunner(call, place, (it) => json(200, runnerJson(it, call)))),
  ...inBoth("DELETE", ONE, (call, place) => withRunner(call, place, (it) => remove(call, place, it))),
  ...inBoth("GET", LABELS, (call, place) => withRunner(call, place, labelsAnswer)),
  ...inBoth("POST", LABELS, (call, place) =>
    withRunner(call, place, (it) => setLabels(call, it, customOf(it))),
  ),
  ...inBoth("PUT", LABELS, (call, place) => withRunner(call, place, (it) => setLabels(call, it, []))),
  ...inBoth("DELETE", LABELS, (call, place) =>
    withRunner(call, place, (it) => labelsAnswer(changeRunner(call.forge, it.id, { labels: fixedOf(it) }))),
  ),
  ...inBoth("DELETE", `${LABELS}/{name}`, (call, place) =>
    withRunner(call, place, (it) => dropLabel(call, it)),
  ),
];

function withRunner(call: Call, { of }: Place, run: (runner: Runner) => Answer): Answer {
  const runner = runnersAt(call.forge, of).find(({ id }) => String(id) === call.params["runner_id"]);
  return runner ? run(runner) : notFound();
}

function listRunners(call: Call, { of }: Place): Response {
  const name = call.url.searchParams.get("name");
  const runners = runnersAt(call.forge, of).filter((it) => name === null || it.name === name);
  return counted(call, "runners", runners, (it) => runnerJson(it, call));
}

function remove(call: Call, { of, prefix }: Place, { id, name, job }: Runner): Response {
  if (job !== null) return failure(422, `Bad request - Runner "${name}" is still running a job`);
  removeRunner(call.forge, id);
  audited(call, `${prefix}.remove_self_hosted_runner`, of, { runner_id: id, name });
  return noContent();
}

function newToken(call: Call, { of }: Place, use: "registration" | "removal"): Response {
  const { token, expiresAtMs } = newRunnerToken(call.forge, of, use);
  return json(201, { token, expires_at: time(expiresAtMs) });
}

/** Offline until a machine starts with what is answered here; gone after its one job. */
function generateJit(call: Call, { of, prefix }: Place): Response {
  const { forge, body } = call;
  const name = textField(body, "name");
  if (name === null || name === "") return missing("name");
  const wanted = own(body, "runner_group_id");
  if (typeof wanted !== "number") return unfit(body, "runner_group_id", "an integer");
  const groups = prefix === "org" ? groupsOf(forge, of) : [{ id: 1, name: "Default" }];
  const group = groups.find(({ id }) => id === wanted)?.name;
  if (group === undefined) return notFound();
  const labels = textsField(body, "labels");
  if (labels === null) return unfit(body, "labels", "an array of strings");
  const problem = labels.length === 0 ? "At least one label is required." : labelProblem(labels);
  if (problem !== null) return failure(422, problem);
  const runner = addRunner(forge, of, name, {
    labels: unique(labels),
    group,
    ephemeral: true,
    status: "offline",
  });
  if (!runner) return failure(409, `Already exists - A runner with the name ${name} already exists.`);
  audited(call, `${prefix}.register_self_hosted_runner`, of, { runner_id: runner.id, name, ephemeral: true });
  return json(201, { runner: runnerJson(runner, call), encoded_jit_config: jitConfig(forge, runner) });
}

const LONGEST_LABEL = 255;

function labelProblem(labels: readonly string[]): string | null {
  const wrong = labels.find((it) => it === "" || it.length > LONGEST_LABEL || /[\u0000-\u001f,]/.test(it));
  return wrong === undefined ? null : "Validation Failed: a label is invalid.";
}

/** Adds the labels of the body to those that stay. */
function setLabels(call: Call, runner: Runner, staying: readonly string[]): Response {
  const labels = textsField(call.body, "labels");
  if (labels === null) return unfit(call.body, "labels", "an array of strings");
  const problem = labelProblem(labels);
  if (problem !== null) return failure(422, problem);
  const all = unique([...fixedOf(runner), ...staying, ...labels]);
  return labelsAnswer(changeRunner(call.forge, runner.id, { labels: all }));
}

function dropLabel(call: Call, runner: Runner): Response {
  const name = call.params["name"] as string;
  if (isFixed(name)) return failure(422, "Validation Failed: read-only labels cannot be removed.");
  if (!runner.labels.includes(name)) return notFound();
  const labels = runner.labels.filter((it) => it !== name);
  return labelsAnswer(changeRunner(call.forge, runner.id, { labels }));
}

function isFixed(label: string): boolean {
  return OWN_LABELS.some((it) => it.toLowerCase() === label.toLowerCase());
}

function fixedOf({ labels }: Runner): string[] {
  return labels.filter(isFixed);
}

function customOf({ labels }: Runner): string[] {
  return labels.filter((label) => !isFixed(label));
}

function unique(labels: readonly string[]): string[] {
  return [...new Map(labels.map((label) => [label.toLowerCase(), label])).values()];
}

function labelsAnswer({ labels }: Runner): Response {
  return json(200, { total_count: labels.length, labels: labels.map(labelJson) });
}

function labelJson(name: string, index: number): Json {
  return { id: index + 1, name, type: isFixed(name) ? "read-only" : "custom" };
}

export function runnerJson(
  { id, name, of, group, status, job, labels, ephemeral }: Runner,
  { forge }: Pick<Call, "forge">,
): Json {
  const groups = of.includes("/") ? [] : groupsOf(forge, of);
  return {
    id,
    name,
    os: "linux",
    status,
    busy: job !== null,
    ephemeral,
    labels: labels.map(labelJson),
    runner_group_id: groups.find((it) => it.name === group)?.id ?? 1,
  };
}
