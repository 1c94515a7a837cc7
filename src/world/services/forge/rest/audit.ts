/** https://docs.github.com/en/enterprise-cloud@latest/rest/orgs/orgs#get-the-audit-log-for-an-organization */
import { sha256Bytes } from "../../../../base/digest.ts";
import { toBase64 } from "../../../../base/bytes.ts";
import type { Json } from "../../../../base/json.ts";
import type { AuditEntry } from "../../../audit.ts";
import type { Forge } from "../forge.ts";
import { factsOf } from "../tokens.ts";
import { json } from "./answer.ts";
import { organisationFor } from "./organisation-call.ts";
import { onSite, type Call, type Route } from "./route.ts";

export const auditRoutes: readonly Route[] = [onSite("GET", "/orgs/{org}/audit-log", "user", showLog)];

const PER_PAGE = 30;
const MOST_PER_PAGE = 100;

/** Pages by cursor: `after` and `before` hold the number of an entry. */
function showLog(call: Call): Response {
  const organisation = organisationFor(call, "owner");
  if (organisation instanceof Response) return organisation;
  const { forge, url } = call;
  const query = url.searchParams;
  const ascending = query.get("order") === "asc";
  const wanted = forge.ports.audit
    .all()
    .filter((entry) => concerns(entry, organisation.login))
    .filter(kind(query.get("include") ?? "web"))
    .filter(phrase(query.get("phrase") ?? ""));
  const sorted = ascending ? wanted : wanted.toReversed();
  const size = Math.min(MOST_PER_PAGE, Math.max(1, Number(query.get("per_page") ?? PER_PAGE) || PER_PAGE));
  const from = startOf(sorted, query, size);
  const shown = sorted.slice(from, from + size);
  return json(
    200,
    shown.map((entry) => entryJson(forge, organisation.login, entry)),
    links(url, shown, from > 0, from + size < sorted.length),
  );
}

/** What is about the organisation or one of its repositories. */
function concerns({ service, target }: AuditEntry, organisation: string): boolean {
  const of = organisation.toLowerCase();
  const it = target.toLowerCase();
  return service === "forge" && (it === of || it.startsWith(`${of}/`));
}

/** git events (clone, fetch, push) are shown only when asked for. */
function kind(include: string): (entry: AuditEntry) => boolean {
  if (include === "all") return () => true;
  return ({ action }) => action.startsWith("git.") === (include === "git");
}

/** https://docs.github.com/en/organizations/keeping-your-organization-secure/managing-security-settings-for-your-organization/reviewing-the-audit-log-for-your-organization#searching-the-audit-log */
export function phrase(text: string): (entry: AuditEntry) => boolean {
  const terms = text.match(/-?[\w@]+:(?:"[^"]*"|\S+)|\S+/g) ?? [];
  const tests = terms.map(testOf);
  return (entry) => tests.every((test) => test(entry));
}

function testOf(term: string): (entry: AuditEntry) => boolean {
  const [, not = "", name = "", raw = ""] = /^(-?)([\w@]+):"?([^"]*)"?$/.exec(term) ?? [];
  const value = raw.toLowerCase();
  const positive = (test: (entry: AuditEntry) => boolean) =>
    not === "-" ? (entry: AuditEntry) => !test(entry) : test;
  if (name === "action")
    return positive(({ action }) => action === value || action.startsWith(`${value.replace(/\.?\*$/, "")}.`));
  if (name === "actor") return positive(({ actor }) => actor.toLowerCase() === value);
  if (name === "user") return positive(({ data }) => String(data["user"] ?? "").toLowerCase() === value);
  if (name === "repo") return positive(({ target }) => target.toLowerCase() === value);
  if (name === "ip" || name === "actor_ip") return positive(({ address }) => address === value);
  if (name === "operation") return positive(({ action }) => operationOf(action) === value);
  if (name === "created") return positive(createdTest(value));
  if (name === "hashed_token") return positive((entry) => entry.data["hashed_token"] === raw);
  return ({ action, actor, target }) =>
    `${action} ${actor} ${target}`.toLowerCase().includes(term.toLowerCase());
}

/** `2026-03-03`, `>=…`, `<…`, `2026-03-01..2026-03-03`. */
function createdTest(value: string): (entry: AuditEntry) => boolean {
  const [from = "", to] = value.split("..");
  if (to !== undefined) {
    const [first, last] = [spanOf(from), spanOf(to)];
    return ({ atMs }) => (from === "*" || atMs >= first[0]) && (to === "*" || atMs < last[1]);
  }
  const [, sign = "", day = ""] = /^([<>]=?)?(.*)$/.exec(value) ?? [];
  const [start, end] = spanOf(day);
  if (sign === ">") return ({ atMs }) => atMs >= end;
  if (sign === ">=") return ({ atMs }) => atMs >= start;
  if (sign === "<") return ({ atMs }) => atMs < start;
  if (sign === "<=") return ({ atMs }) => atMs < end;
  return ({ atMs }) => atMs >= start && atMs < end;
}

/** A day lasts a day, a moment a second. */
function spanOf(text: string): readonly [start: number, end: number] {
  const start = Date.parse(text.toUpperCase());
  return [start, start + (/^\d{4}-\d\d-\d\d$/.test(text) ? 86_400_000 : 1000)];
}

const OPERATIONS: readonly (readonly [RegExp, string])[] = [
  [/\.(?:create|add_\w+|invite_member|push)$/, "create"],
  [/\.(?:destroy|remove_\w+|revoke\w*)$/, "remove"],
  [/\.(?:clone|fetch|download)$/, "access"],
];

function operationOf(action: string): string {
  return OPERATIONS.find(([pattern]) => pattern.test(action))?.[1] ?? "modify";
}

function startOf(sorted: readonly AuditEntry[], query: URLSearchParams, size: number): number {
  const at = (name: string) => {
    const cursor = query.get(name);
    return cursor === null ? -1 : sorted.findIndex(({ number }) => String(number) === cursor);
  };
  const [after, before] = [at("after"), at("before")];
  return after >= 0 ? after + 1 : before >= 0 ? Math.max(0, before - size) : 0;
}

function links(
  url: URL,
  shown: readonly AuditEntry[],
  earlier: boolean,
  later: boolean,
): Record<string, string> {
  const to = (name: string, entry: AuditEntry | undefined, relation: string) => {
    const there = new URL(url);
    there.searchParams.delete("after");
    there.searchParams.delete("before");
    there.searchParams.set(name, String(entry?.number));
    return `<${there.href}>; rel="${relation}"`;
  };
  const found = [
    ...(later ? [to("after", shown.at(-1), "next")] : []),
    ...(earlier ? [to("before", shown[0], "prev")] : []),
  ];
  return found.length > 0 ? { Link: found.join(", ") } : {};
}

const ACCESS = {
  classic: "Personal access token (classic)",
  "fine-grained": "Fine-grained personal access token",
  oauth: "OAuth access token",
} as const;

/** GitHub's fields. A token is named by its number and by the digest of its value, never by the value. */
export function entryJson(forge: Forge, organisation: string, entry: AuditEntry): Json {
  const account = forge.account(entry.actor);
  const facts = entry.credentialId === null ? undefined : factsOf(forge, entry.credentialId);
  const credential =
    entry.credentialId === null ? undefined : forge.ports.credentials.get(entry.credentialId);
  const repository = entry.target.includes("/") ? entry.target : null;
  return {
    "@timestamp": entry.atMs,
    _document_id: `audit-${entry.number}`,
    action: entry.action,
    actor: entry.actor,
    actor_id: account?.id ?? 0,
    actor_ip: entry.address,
    actor_is_bot: entry.actor.endsWith("[bot]"),
    created_at: entry.atMs,
    operation_type: operationOf(entry.action),
    org: organisation,
    org_id: forge.account(organisation)?.id ?? 0,
    request_id: entry.requestId,
    result: entry.result,
    ...(repository === null
      ? {}
      : { repo: repository, repository, repo_id: forge.find(repository)?.id ?? null }),
    ...(credential
      ? {
          hashed_token: hashedToken(credential.value),
          programmatic_access_type: programmaticAccess(entry, facts?.type),
          ...(facts ? { token_id: facts.number } : {}),
        }
      : {}),
    ...entry.data,
  };
}

function programmaticAccess({ identityType }: AuditEntry, type: keyof typeof ACCESS | undefined): string {
  if (type !== undefined) return ACCESS[type];
  if (identityType === "workflow") return "GitHub App server-to-server token";
  return identityType === "deploy_key" ? "Deploy key" : ACCESS.classic;
}

/** https://docs.github.com/en/organizations/keeping-your-organization-secure/managing-security-settings-for-your-organization/identifying-audit-log-events-performed-by-an-access-token */
export function hashedToken(value: string): string {
  return toBase64(sha256Bytes(value));
}
