/** https://docs.github.com/en/rest/actions/variables */
import { fromUtf8 } from "../../../../base/bytes.ts";
import { VARIABLES, type Scope, type Variable } from "../actions/model.ts";
import { LARGEST_VALUE, nameProblem } from "../actions/scoped-name.ts";
import { deleteScoped, findScoped, inScope, setScoped, sharedWith } from "../actions/scoped.ts";
import { audited } from "./audited.ts";
import { missing, textField } from "./request-body.ts";
import { auditTarget, inThreeScopes, refused, withSharing } from "./actions-scope.ts";
import { scopedJson } from "./actions-scoped-json.ts";
import { sharingRoutes } from "./actions-sharing.ts";
import { counted, failure, json, noContent, notFound } from "./answer.ts";
import { onRepository, type Call, type RepositoryCall, type Route } from "./route.ts";

export const variableRoutes: readonly Route[] = [
  ...inThreeScopes("GET", "variables", "", "actions_variables", listVariables),
  ...inThreeScopes("POST", "variables", "", "actions_variables", createVariable),
  ...inThreeScopes("GET", "variables", "/{name}", "actions_variables", showVariable),
  ...inThreeScopes("PATCH", "variables", "/{name}", "actions_variables", changeVariable),
  ...inThreeScopes("DELETE", "variables", "/{name}", "actions_variables", removeVariable),
  onRepository("GET", "/actions/organization-variables", ["actions_variables", "read"], listShared),
  ...sharingRoutes("variables", VARIABLES),
];

function listVariables(call: Call, scope: Scope): Response {
  return counted(call, "variables", inScope(call.forge, VARIABLES, scope), variableJson);
}

function listShared(call: RepositoryCall): Response {
  return counted(call, "variables", sharedWith(call.forge, VARIABLES, call.repository), variableJson);
}

function showVariable({ forge, params }: Call, scope: Scope): Response {
  const variable = findScoped(forge, VARIABLES, scope, params["name"] as string);
  return variable ? json(200, variableJson(variable)) : notFound();
}

function createVariable(call: Call, scope: Scope): Response {
  const name = textField(call.body, "name");
  const value = textField(call.body, "value");
  if (name === null) return missing("name");
  if (value === null) return missing("value");
  const problem = nameProblem("Variable", name) ?? sizeProblem(value);
  if (problem !== null) return refused(problem);
  if (findScoped(call.forge, VARIABLES, scope, name))
    return failure(409, "Already exists - Variable already exists");
  const shared = withSharing(call, scope, null);
  if (shared instanceof Response) return shared;
  setScoped(call.forge, VARIABLES, shared, name, value);
  record(call, scope, "create", name);
  return json(201, {});
}

/** A new name moves it. */
function changeVariable(call: Call, scope: Scope): Response {
  const { forge, params, body } = call;
  const old = findScoped(forge, VARIABLES, scope, params["name"] as string);
  if (!old) return notFound();
  const name = textField(body, "name") ?? old.name;
  const value = textField(body, "value") ?? old.value;
  const problem = nameProblem("Variable", name) ?? sizeProblem(value);
  if (problem !== null) return refused(problem);
  const moves = name.toUpperCase() !== old.name;
  if (moves && findScoped(forge, VARIABLES, scope, name))
    return failure(409, "Already exists - Variable already exists");
  const shared = withSharing(call, scope, old.scope);
  if (shared instanceof Response) return shared;
  if (moves) deleteScoped(forge, VARIABLES, scope, old.name);
  setScoped(forge, VARIABLES, shared, name, value);
  record(call, scope, "update", name);
  return noContent();
}

function removeVariable(call: Call, scope: Scope): Response {
  const name = call.params["name"] as string;
  if (!deleteScoped(call.forge, VARIABLES, scope, name)) return notFound();
  record(call, scope, "remove", name);
  return noContent();
}

function record(call: Call, scope: Scope, what: "create" | "update" | "remove", name: string): void {
  const [prefix, target] = auditTarget(scope);
  audited(call, `${prefix}.${what}_actions_variable`, target, { key: name.toUpperCase() });
}

function sizeProblem(value: string): string | null {
  return fromUtf8(value).length > LARGEST_VALUE ? "Variable value is too large (maximum is 48 KB)." : null;
}

function variableJson(variable: Variable) {
  return { ...scopedJson("variables", variable), value: variable.value };
}
