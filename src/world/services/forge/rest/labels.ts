/** https://docs.github.com/en/rest/issues/labels */
import type { Label } from "../issue.ts";
import { issueOf, setLabels } from "../issues.ts";
import { labelJson } from "../json/issue.ts";
import { deleteLabel, labelOf, labelsOf, putLabel, renameLabel } from "../labels.ts";
import { textField } from "./request-body.ts";
import { invalid, json, list, noContent, notFound } from "./answer.ts";
import { onIssue, type IssueCall } from "./issue-call.ts";
import { labelNames } from "./issues.ts";
import { onRepository, type RepositoryCall, type Route } from "./route.ts";

export const labelRoutes: readonly Route[] = [
  onRepository("GET", "/labels", ["issues", "read"], listLabels),
  onRepository("POST", "/labels", ["issues", "write"], postLabel),
  onRepository("GET", "/labels/{name}", ["issues", "read"], showLabel),
  onRepository("PATCH", "/labels/{name}", ["issues", "write"], patchLabel),
  onRepository("DELETE", "/labels/{name}", ["issues", "write"], destroyLabel),
  onRepository("GET", "/issues/{number}/labels", ["issues", "read"], listOfIssue),
  onRepository("POST", "/issues/{number}/labels", "user", onIssue("triage", addToIssue)),
  onRepository("PUT", "/issues/{number}/labels", "user", onIssue("triage", replaceOnIssue)),
  onRepository("DELETE", "/issues/{number}/labels", "user", onIssue("triage", clearIssue)),
  onRepository("DELETE", "/issues/{number}/labels/{name}", "user", onIssue("triage", takeFromIssue)),
];

function listLabels(call: RepositoryCall): Response {
  const { forge, repository } = call;
  return list(call, labelsOf(forge, repository), (label) => labelJson(repository, label));
}

function showLabel({ forge, repository, params }: RepositoryCall): Response {
  const label = labelOf(forge, repository, params["name"] as string);
  return label ? json(200, labelJson(repository, label)) : notFound();
}

const COLOR = /^[0-9a-f]{6}$/i;

function postLabel({ forge, repository, body }: RepositoryCall): Response {
  const name = textField(body, "name") ?? "";
  const color = textField(body, "color") ?? "ededed";
  if (name.trim() === "") return invalid({ resource: "Label", field: "name", code: "missing_field" });
  if (!COLOR.test(color)) return invalid({ resource: "Label", field: "color", code: "invalid" });
  if (labelOf(forge, repository, name))
    return invalid({ resource: "Label", field: "name", code: "already_exists" });
  const label = putLabel(forge, repository, { name, color, description: textField(body, "description") });
  return json(201, labelJson(repository, label));
}

function patchLabel({ forge, repository, params, body }: RepositoryCall): Response {
  const label = labelOf(forge, repository, params["name"] as string);
  if (!label) return notFound();
  const to = textField(body, "new_name") ?? label.name;
  const color = textField(body, "color") ?? label.color;
  if (!COLOR.test(color)) return invalid({ resource: "Label", field: "color", code: "invalid" });
  const other = labelOf(forge, repository, to);
  if (other && other.id !== label.id)
    return invalid({ resource: "Label", field: "name", code: "already_exists" });
  const renamed: Label = to === label.name ? label : renameLabel(forge, repository, label, to);
  const description = textField(body, "description") ?? renamed.description;
  return json(200, labelJson(repository, putLabel(forge, repository, { name: to, color, description })));
}

function destroyLabel({ forge, repository, params }: RepositoryCall): Response {
  const label = labelOf(forge, repository, params["name"] as string);
  if (!label) return notFound();
  deleteLabel(forge, repository, label.name);
  return noContent();
}

function listOfIssue(call: RepositoryCall): Response {
  const { forge, repository, params } = call;
  const issue = issueOf(forge, repository, Number(params["number"]));
  if (!issue) return notFound();
  return list(call, labelsNamed(call, issue.labels), (label) => labelJson(repository, label));
}

function labelsNamed({ forge, repository }: RepositoryCall, names: readonly string[]): Label[] {
  return names.flatMap((name) => labelOf(forge, repository, name) ?? []);
}

function setTo(call: IssueCall, names: readonly string[]): Response {
  const { forge, identity, repository, issue } = call;
  const now = setLabels(forge, identity, repository, issue, names);
  return json(
    200,
    labelsNamed(call, now.labels).map((label) => labelJson(repository, label)),
  );
}

/** An array alone is taken too, as GitHub does. */
function namesIn({ body }: IssueCall): string[] {
  return labelNames(Array.isArray(body) ? { labels: body } : body) ?? [];
}

function addToIssue(call: IssueCall): Response {
  return setTo(call, [...call.issue.labels, ...namesIn(call)]);
}

function replaceOnIssue(call: IssueCall): Response {
  return setTo(call, namesIn(call));
}

function clearIssue(call: IssueCall): Response {
  setTo(call, []);
  return noContent();
}

function takeFromIssue(call: IssueCall): Response {
  const name = (call.params["name"] as string).toLowerCase();
  if (!call.issue.labels.some((it) => it.toLowerCase() === name)) return notFound();
  return setTo(
    call,
    call.issue.labels.filter((it) => it.toLowerCase() !== name),
  );
}
