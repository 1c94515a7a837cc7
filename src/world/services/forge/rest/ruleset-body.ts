/** A ruleset as a request describes it: https://docs.github.com/en/rest/repos/rules#create-a-repository-ruleset */
import type { Json } from "../../../../base/json.ts";
import {
  ACTOR_TYPES,
  BYPASS_MODES,
  ENFORCEMENTS,
  RULE_TYPES,
  TARGETS,
  type BypassActor,
  type Conditions,
  type Names,
  type Rule,
  type Ruleset,
} from "../rules/ruleset.ts";
import { objectOrNull, objectsIn } from "./json-object.ts";

type Described = Pick<Ruleset, "name" | "target" | "enforcement" | "bypassActors" | "conditions" | "rules">;

/** Rules that GitHub has and this forge does not. */
const NOT_SIMULATED = [
  "required_deployments",
  "merge_queue",
  "workflows",
  "code_scanning",
  "copilot_code_review",
  "code_quality",
];
/** Rules that only rulesets for pushes may have, and no other. */
const OF_PUSHES = [
  "file_path_restriction",
  "max_file_path_length",
  "file_extension_restriction",
  "max_file_size",
];

/** What was sent laid over what was there, or one sentence for each mistake. */
export function rulesetFrom(
  body: { readonly [key: string]: Json | undefined },
  before: Described | null,
): Described | string[] {
  const problems: string[] = [];
  const name = body["name"] ?? before?.name;
  const target = body["target"] ?? before?.target ?? "branch";
  const enforcement = body["enforcement"] ?? before?.enforcement;
  if (typeof name !== "string" || name === "") problems.push("Name can't be blank");
  if (!TARGETS.includes(target as never)) problems.push("Target is not included in the list");
  if (!ENFORCEMENTS.includes(enforcement as never)) problems.push("Enforcement is not included in the list");
  const rules =
    body["rules"] === undefined ? (before?.rules ?? []) : rulesFrom(body["rules"], String(target), problems);
  const bypassActors =
    body["bypass_actors"] === undefined
      ? (before?.bypassActors ?? [])
      : actorsFrom(body["bypass_actors"], problems);
  const conditions =
    body["conditions"] === undefined
      ? (before?.conditions ?? {})
      : conditionsFrom(body["conditions"], problems);
  if (target !== "push" && conditions.ref_name === undefined)
    problems.push("Conditions must include a ref_name condition");
  if (problems.length > 0) return problems;
  return { name, target, enforcement, rules, bypassActors, conditions } as Described;
}

function rulesFrom(value: Json | undefined, target: string, problems: string[]): Rule[] {
  return objectsIn(value).flatMap(({ type, parameters }) => {
    if (NOT_SIMULATED.includes(String(type)))
      problems.push(`Invalid rule '${String(type)}': not simulated in LeakLab`);
    else if (!RULE_TYPES.includes(type as never)) problems.push(`Invalid rule '${String(type)}': `);
    else if (OF_PUSHES.includes(String(type)) !== (target === "push"))
      problems.push(`Invalid rule '${String(type)}': not allowed for target ${target}`);
    return [{ type: type as Rule["type"], parameters: objectOrNull(parameters) ?? {} }];
  });
}

function actorsFrom(value: Json | undefined, problems: string[]): BypassActor[] {
  return objectsIn(value).map(({ actor_id = null, actor_type, bypass_mode = "always" }) => {
    if (!ACTOR_TYPES.includes(actor_type as never)) problems.push("Actor type is not included in the list");
    if (!BYPASS_MODES.includes(bypass_mode as never))
      problems.push("Bypass mode is not included in the list");
    if (actor_id !== null && typeof actor_id !== "number") problems.push("Actor id is not a number");
    return { actor_id, actor_type, bypass_mode } as BypassActor;
  });
}

function conditionsFrom(value: Json | undefined, problems: string[]): Conditions {
  const given = objectOrNull(value) ?? {};
  const names = (key: "ref_name" | "repository_name"): Names | undefined => {
    const found = objectOrNull(given[key]);
    if (found === null) return given[key] == null ? undefined : void problems.push(`${key} is invalid`);
    const texts = (list: Json | undefined) =>
      Array.isArray(list) ? list.filter((it) => typeof it === "string") : [];
    return { include: texts(found["include"]), exclude: texts(found["exclude"]) };
  };
  const [refs, repositories] = [names("ref_name"), names("repository_name")];
  return { ...(refs ? { ref_name: refs } : {}), ...(repositories ? { repository_name: repositories } : {}) };
}
