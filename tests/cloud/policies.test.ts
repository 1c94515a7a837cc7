/** Policy evaluation as data: policies.yaml. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { parse } from "yaml";
import { contextFrom, contextOf } from "../../src/world/services/cloud/policy/context.ts";
import { authorise } from "../../src/world/services/cloud/authorise.ts";
import { parsePolicy, type Policy } from "../../src/world/services/cloud/policy/document.ts";
import { evaluate } from "../../src/world/services/cloud/policy/evaluate.ts";
import {
  ACCOUNT,
  ACCOUNT_KEY,
  ROLES,
  SESSIONS,
  type IamRole,
  type Principal,
} from "../../src/world/services/cloud/model.ts";
import { addUser, changeUser } from "../../src/world/services/cloud/users.ts";
import { World } from "../../src/world/world.ts";

type Statement = readonly [effect: string, actions: unknown, resources: unknown, condition?: object] | object;

interface Case {
  readonly it: string;
  readonly who?: "session" | "anonymous";
  readonly version?: string;
  readonly identity?: readonly Statement[];
  readonly session?: readonly Statement[];
  readonly resource?: readonly { readonly as: string; readonly is: Statement }[];
  readonly action?: string;
  readonly on?: string;
  readonly context?: Readonly<Record<string, string | string[]>>;
  /** Of a trust policy: what its condition asks for. */
  readonly trust?: Readonly<Record<string, string>>;
  readonly operator?: string;
  readonly provider?: string;
  readonly is: "allow" | "deny" | "none";
}

const CASES = parse(readFileSync(join(import.meta.dirname, "policies.yaml"), "utf8")) as Readonly<
  Record<string, readonly Case[]>
>;
const ID = "111122223333";

function statement(short: Statement): object {
  if (!Array.isArray(short)) return short;
  const [Effect, Action, Resource, Condition] = short as [string, unknown, unknown, object?];
  return { Effect, Action, Resource, ...(Condition ? { Condition } : {}) };
}

function document(statements: readonly object[], Version = "2012-10-17"): string {
  return JSON.stringify({ Version, Statement: statements });
}

/** A world in which one user, one role and one session have the policies of a case. */
function judge(it: Case): string {
  const world = World.empty(1, { detect: () => [] });
  const ports = world.ports("cloud");
  world.tables.of(ACCOUNT).set(ACCOUNT_KEY, { id: ID, contacts: [] });
  const inline: Record<string, string> = it.identity?.length
    ? { own: document(it.identity.map(statement), it.version) }
    : {};
  const user = changeUser(ports, addUser(ports, "teo"), { inline });
  const arn = `arn:aws:iam::${ID}:role/deploy`;
  const role = { name: "deploy", id: "AROAX", arn, inline, attached: [], tags: {} } as unknown as IamRole;
  world.tables.of(ROLES).set("deploy", role);
  world.tables.of(SESSIONS).set("S", {
    ...{ accessKeyId: "S", credential: "S", role: "deploy", session: "ci" },
    ...{ issuedAtMs: world.clock.now(), expiresAtMs: world.clock.now() + 3_600_000, context: {} },
    policy: it.session ? document(it.session.map(statement)) : null,
  });
  const resourcePolicy = it.resource
    ? document(
        it.resource.map(({ as, is }) => ({ ...statement(is), Principal: as === "*" ? "*" : { AWS: as } })),
      )
    : null;
  const common = { account: ID, credential: "S" };
  const principal: Principal =
    it.who === "anonymous"
      ? { kind: "anonymous" }
      : it.who === "session"
        ? {
            kind: "session",
            ...common,
            accessKeyId: "S",
            arn: `arn:aws:sts::${ID}:assumed-role/deploy/ci`,
            id: "AROAX:ci",
            role: "deploy",
            roleArn: arn,
            session: "ci",
          }
        : { kind: "user", ...common, accessKeyId: "K", arn: user.arn, id: user.id, user: "teo" };
  const context = it.context ?? {};
  const asked = { action: it.action ?? "", resource: it.on ?? "*", context, resourcePolicy };
  const { allowed, deniedBy } = authorise(ports, principal, asked);
  return allowed ? "allow" : deniedBy === "none" || isImplicit(it, deniedBy) ? "none" : "deny";
}

/** A session's policy that leaves something out is no explicit deny. */
function isImplicit({ session = [] }: Case, deniedBy: string | null): boolean {
  return deniedBy === "session" && !session.some((it) => Array.isArray(it) && it[0] === "Deny");
}

function judgeTrust({ trust = {}, operator = "StringEquals", provider, context = {} }: Case): string {
  const arn = (url: string) => `arn:aws:iam::${ID}:oidc-provider/${url}`;
  const policy = parsePolicy(
    document([
      {
        Effect: "Allow",
        Principal: { Federated: arn("token.actions.forge.test") },
        Action: "sts:AssumeRoleWithWebIdentity",
        Condition: { [operator]: trust },
      },
    ]),
  ) as Policy;
  const token = {
    "token.actions.forge.test:aud": "sts.amazonaws.com",
    "token.actions.forge.test:sub": "repo:lantern-tides/tides:environment:production",
  };
  const request = {
    action: "sts:AssumeRoleWithWebIdentity",
    resource: `arn:aws:iam::${ID}:role/deploy`,
    principal: {
      type: "Federated" as const,
      names: [arn(provider ?? "token.actions.forge.test")],
      account: [],
    },
    context: contextFrom(Object.entries({ ...token, ...context })),
  };
  return evaluate([policy], request, { byPrincipal: true });
}

for (const [section, cases] of Object.entries(CASES))
  describe(section, () => {
    test.each(cases)("$it", (it) => {
      expect(it.trust ? judgeTrust(it) : judge(it)).toBe(it.is);
    });
  });

test("there are enough", () => {
  expect(Object.values(CASES).flat().length).toBeGreaterThanOrEqual(60);
  const ends = new Set(Object.values(CASES).flatMap((cases) => cases.map(({ is }) => is)));
  expect([...ends].sort()).toEqual(["allow", "deny", "none"]);
});

test("a pattern of many wildcards takes no time", () => {
  const world = World.empty(1, { detect: () => [] });
  const context = contextOf(world.ports("cloud"), { kind: "anonymous" }, { resource: "*" });
  const text = document([{ Effect: "Allow", Action: `s3:${"*a".repeat(200)}`, Resource: "*" }]);
  const policy = parsePolicy(text) as Policy;
  const principal = { type: "anonymous" as const, names: [], account: [] };
  const request = { action: `s3:${"a".repeat(2000)}b`, resource: "*", principal, context };
  expect(evaluate([policy], request)).toBe("none");
});

test.each([
  ["[]", "Syntax errors in policy."],
  ["null", "Syntax errors in policy."],
  ['{"Version":"2012-10-17","Statement":[]}', "Syntax errors in policy."],
  [
    '{"Version":"2020-01-01","Statement":{"Effect":"Allow","Action":"*","Resource":"*"}}',
    "Syntax errors in policy.",
  ],
  ['{"Statement":{"Effect":"allow","Action":"*","Resource":"*"}}', "Syntax errors in policy."],
  ['{"Statement":{"Effect":"Allow","Action":[],"Resource":"*"}}', "Syntax errors in policy."],
  [
    '{"Statement":{"Effect":"Allow","Action":"*","NotAction":"*","Resource":"*"}}',
    "Syntax errors in policy.",
  ],
  ['{"Statement":{"Effect":"Allow","Action":{"a":1},"Resource":"*"}}', "Syntax errors in policy."],
  ['{"Statement":{"Effect":"Allow","Resource":"*"}}', "Policy statement must contain actions."],
  [
    '{"Statement":[{"Sid":"a","Effect":"Allow","Action":"*","Resource":"*"},{"Sid":"a","Effect":"Deny","Action":"*","Resource":"*"}]}',
    "Statement IDs (SID) in a single policy must be unique.",
  ],
  [
    '{"Statement":{"Effect":"Allow","Action":"*","Resource":"*","Condition":{"constructor":{"aws:a":"b"}}}}',
    "Invalid Condition type : constructor.",
  ],
  [
    '{"Statement":{"Effect":"Allow","Action":"*","Resource":"*","Condition":{"StringEquals":"a"}}}',
    "Syntax errors in policy.",
  ],
])("what is no policy: %s", (text, problem) => {
  expect(parsePolicy(text)).toEqual({ problem });
});
