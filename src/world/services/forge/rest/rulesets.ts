/** https://docs.github.com/en/rest/repos/rules and https://docs.github.com/en/rest/orgs/rules */
import type { Json } from "../../../../base/json.ts";
import type { Forge } from "../forge.ts";
import { API } from "../host.ts";
import { session } from "../identity.ts";
import { repositoryId, type Account, type Repository } from "../model.ts";
import { mayBypass } from "../rules/bypass.ts";
import { covers, RULESETS, rulesetsOf, sourceName, type Ruleset } from "../rules/ruleset.ts";
import { MEMBERSHIPS } from "../store.ts";
import { failure, json, list, noContent, notFound, time } from "./answer.ts";
import { audited } from "./audited.ts";
import { onRepository, onSite, type Call, type RepositoryCall, type Route } from "./route.ts";
import { rulesetFrom } from "./ruleset-body.ts";

export const rulesetRoutes: readonly Route[] = [
  onRepository("GET", "/rulesets", ["metadata", "read"], listRulesets),
  onRepository("POST", "/rulesets", ["administration", "write"], (call) => create(call, call.repository)),
  onRepository("GET", "/rulesets/{id}", ["metadata", "read"], (call) => show(call, call.repository)),
  onRepository("PUT", "/rulesets/{id}", ["administration", "write"], (call) => change(call, call.repository)),
  onRepository("DELETE", "/rulesets/{id}", ["administration", "write"], (call) =>
    remove(call, call.repository),
  ),
  onRepository("GET", "/rules/branches/{branch+}", ["metadata", "read"], rulesForBranch),
  onSite("GET", "/orgs/{org}/rulesets", "user", (call) => ofOrganisation(call, listOfOrganisation)),
  onSite("POST", "/orgs/{org}/rulesets", "user", (call) => ofOrganisation(call, (org) => create(call, org))),
  onSite("GET", "/orgs/{org}/rulesets/{id}", "user", (call) =>
    ofOrganisation(call, (org) => show(call, org)),
  ),
  onSite("PUT", "/orgs/{org}/rulesets/{id}", "user", (call) =>
    ofOrganisation(call, (org) => change(call, org)),
  ),
  onSite("DELETE", "/orgs/{org}/rulesets/{id}", "user", (call) =>
    ofOrganisation(call, (org) => remove(call, org)),
  ),
];

/** A repository or an organisation: where a ruleset stands. */
type Source = Repository | Account;

function isRepository(source: Source): source is Repository {
  return "owner" in source;
}

function sourceKey(source: Source): Ruleset["source"] {
  return isRepository(source) ? source.id : source.login.toLowerCase();
}

/** Owners of an organisation only; a token needs `admin:org`. */
function ofOrganisation(call: Call, run: (organisation: Account, call: Call) => Response): Response {
  const { forge, identity, params } = call;
  const organisation = forge.account(params["org"] as string);
  if (!organisation || organisation.type !== "Organization" || !identity) return notFound();
  const key = `${organisation.login}/${identity.login}`.toLowerCase();
  const owns = forge.ports.tables.of(MEMBERSHIPS).get(key)?.role === "admin";
  const { grants } = identity;
  const covered =
    grants.kind === "session" || (grants.kind === "classic" && grants.scopes.includes("admin:org"));
  if (!owns) return notFound();
  return covered ? run(organisation, call) : failure(403, "Resource not accessible by personal access token");
}

function listRulesets(call: RepositoryCall): Response {
  const { forge, repository, url } = call;
  const parents = url.searchParams.get("includes_parents") !== "false";
  const rulesets = rulesetsOf(forge.ports.tables, repository, parents);
  return list(call, rulesets, (ruleset) => summaryJson(forge, ruleset, repository));
}

function listOfOrganisation(organisation: Account, call: Call): Response {
  const rulesets = call.forge.ports.tables
    .of(RULESETS)
    .filter(({ source }) => source === sourceKey(organisation));
  return list(call, rulesets, (ruleset) => summaryJson(call.forge, ruleset, organisation));
}

function find({ forge, params }: Call, source: Source): Ruleset | undefined {
  const ruleset = forge.ports.tables.of(RULESETS).get(params["id"] as string);
  return ruleset?.source === sourceKey(source) ? ruleset : undefined;
}

function show(call: Call, source: Source): Response {
  const parents = isRepository(source) ? rulesetsOf(call.forge.ports.tables, source) : [];
  const ruleset = find(call, source) ?? parents.find(({ id }) => String(id) === call.params["id"]);
  return ruleset ? json(200, rulesetJson(call, ruleset, source)) : notFound();
}

function create(call: Call, source: Source): Response {
  const described = rulesetFrom(call.body, null);
  if (Array.isArray(described)) return failure(422, "Validation Failed", { errors: described });
  const { tables } = call.forge.ports;
  const id = tables.next("forge/ruleset", 310_001);
  const now = call.forge.now();
  const ruleset = tables.of(RULESETS).set(String(id), {
    id,
    ...described,
    sourceType: isRepository(source) ? "Repository" : "Organization",
    source: sourceKey(source),
    createdAtMs: now,
    updatedAtMs: now,
  });
  record(call, source, ruleset, "repository_ruleset.create");
  return json(201, rulesetJson(call, ruleset, source));
}

function change(call: Call, source: Source): Response {
  const before = find(call, source);
  if (!before) return notFound();
  const described = rulesetFrom(call.body, before);
  if (Array.isArray(described)) return failure(422, "Validation Failed", { errors: described });
  const { tables } = call.forge.ports;
  const ruleset = tables
    .of(RULESETS)
    .change(String(before.id), { ...described, updatedAtMs: call.forge.now() });
  record(call, source, ruleset, "repository_ruleset.update");
  return json(200, rulesetJson(call, ruleset, source));
}

function remove(call: Call, source: Source): Response {
  const ruleset = find(call, source);
  if (!ruleset) return notFound();
  call.forge.ports.tables.of(RULESETS).delete(String(ruleset.id));
  record(call, source, ruleset, "repository_ruleset.destroy");
  return noContent();
}

function record(call: Call, source: Source, ruleset: Ruleset, action: string): void {
  const { forge, identity } = call;
  const target = isRepository(source) ? repositoryId(source) : source.login;
  audited(call, action, target, { ruleset: ruleset.name, enforcement: ruleset.enforcement });
  forge.ports.event({
    who: "forge",
    kind: "ruleset.changed",
    what: `${identity?.login} changed the ruleset ${ruleset.name} (${target})`,
    data: { target, ruleset: ruleset.id, action },
  });
}

function summaryJson(forge: Forge, ruleset: Ruleset, source: Source): { readonly [key: string]: Json } {
  const repository = isRepository(source) ? source : null;
  const own = sourceName(forge.ports.tables, ruleset, repository);
  const path = ruleset.sourceType === "Repository" ? `repos/${own}` : `orgs/${own}`;
  return {
    id: ruleset.id,
    name: ruleset.name,
    target: ruleset.target,
    source_type: ruleset.sourceType,
    source: own,
    enforcement: ruleset.enforcement,
    node_id: `RRS_${ruleset.id}`,
    _links: { self: { href: `${API}/${path}/rulesets/${ruleset.id}` } },
    created_at: time(ruleset.createdAtMs),
    updated_at: time(ruleset.updatedAtMs),
  };
}

/** Who may bypass is for those to see who may change it. */
function rulesetJson(call: Call, ruleset: Ruleset, source: Source): Json {
  const { forge, identity } = call;
  const repository = isRepository(source) ? source : null;
  const sees = repository === null || forge.allows(identity, repository, "administration", "write");
  return {
    ...summaryJson(forge, ruleset, source),
    conditions: ruleset.conditions as unknown as Json,
    rules: ruleset.rules.map(ruleJson),
    ...(sees ? { bypass_actors: ruleset.bypassActors as unknown as Json } : {}),
    ...(repository && identity ? { current_user_can_bypass: bypassWord(call, repository, ruleset) } : {}),
  };
}

function bypassWord({ forge, identity }: Call, repository: Repository, { bypassActors }: Ruleset): string {
  const who = identity ?? session("");
  if (mayBypass(forge, who, repository, bypassActors, false)) return "always";
  return mayBypass(forge, who, repository, bypassActors, true) ? "pull_requests_only" : "never";
}

function ruleJson({ type, parameters }: Ruleset["rules"][number]): { readonly [key: string]: Json } {
  return Object.keys(parameters).length === 0 ? { type } : { type, parameters: parameters as Json };
}

/** https://docs.github.com/en/rest/repos/rules#get-rules-for-a-branch */
function rulesForBranch(call: RepositoryCall): Response {
  const { forge, repository, params } = call;
  const ref = `refs/heads/${params["branch"]}`;
  const rules = rulesetsOf(forge.ports.tables, repository)
    .filter((it) => it.enforcement === "active" && it.target === "branch" && covers(it, repository, ref))
    .flatMap((ruleset) => ruleset.rules.map((rule) => ({ ruleset, rule })));
  return list(call, rules, ({ ruleset, rule }) => ({
    ...ruleJson(rule),
    ruleset_source_type: ruleset.sourceType,
    ruleset_source: sourceName(forge.ports.tables, ruleset, repository),
    ruleset_id: ruleset.id,
  }));
}
