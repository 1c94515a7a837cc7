/** Jobs of workflows and the store: signing in with the identity of the job, and what a role keeps out. */
import { expect, test } from "vitest";
import { JOBS, type Job } from "../../src/world/services/forge/actions/model.ts";
import { initialise, tokenFor } from "../../src/world/services/store/initialise.ts";
import type { World } from "../../src/world/world.ts";
import { logOf } from "../workflows/play.ts";
import { addRepository, emptyWorld, push, settle } from "../workflows/setting.ts";
import { call } from "./bench.ts";

const ISSUER = "https://token.actions.forge.test";
const SECRET = ["tide", "is", "high"].join("-");

const workflow = (audience: string) => `on: push
permissions: { id-token: write, contents: read }
jobs:
  deploy:
    runs-on: ubuntu-latest
    env: { BAO_ADDR: "https://bao.lantern-tides.test" }
    steps:
      - run: |
          jwt=$(curl -s -H "Authorization: Bearer $ACTIONS_ID_TOKEN_REQUEST_TOKEN" "$ACTIONS_ID_TOKEN_REQUEST_URL&audience=${audience}" | jq -r .value)
          BAO_TOKEN=$(bao write -field=token auth/jwt/login role=ci jwt="$jwt")
          export BAO_TOKEN
          bao kv get -field=word secret/ci
`;

async function storeWithRole(world: World, role: object): Promise<void> {
  const ports = world.ports("services");
  initialise(ports);
  const root = tokenFor(ports, "priya", ["root"]);
  const writes: readonly (readonly [method: string, path: string, body: object])[] = [
    ["POST", "sys/mounts/secret", { type: "kv-v2" }],
    ["POST", "secret/data/ci", { data: { word: SECRET } }],
    ["PUT", "sys/policies/acl/ci", { policy: 'path "secret/data/ci" { capabilities = ["read"] }' }],
    ["POST", "sys/auth/jwt", { type: "jwt" }],
    ["POST", "auth/jwt/config", { oidc_discovery_url: ISSUER, bound_issuer: ISSUER }],
    [
      "POST",
      "auth/jwt/role/ci",
      {
        role_type: "jwt",
        user_claim: "repository",
        bound_audiences: ["lantern-bao"],
        token_policies: "ci",
        token_ttl: "10m",
        ...role,
      },
    ],
  ];
  for (const [method, path, body] of writes)
    expect((await call(world, method, path, body, root)).status).toBeLessThan(300);
}

interface Case {
  readonly audience?: string;
  readonly role: object;
  readonly ref?: string;
  /** What the log says instead of the secret. */
  readonly refused?: string;
}

async function play({
  audience = "lantern-bao",
  role,
  ref = "refs/heads/main",
}: Case): Promise<{ world: World; log: string }> {
  const world = emptyWorld();
  await storeWithRole(world, role);
  const repository = addRepository(world, "lantern-tides/tides", { "README.md": "x" });
  await push(world, repository, ref, { ".github/workflows/ci.yml": workflow(audience) });
  await settle(world);
  return { world, log: logOf(world, world.tables.of(JOBS).all()[0] as Job) };
}

const CLAIMS = { repository: "lantern-tides/tides", ref: "refs/heads/main" };
const cases: readonly (Case & { readonly name: string })[] = [
  { name: "the right job", role: { bound_claims: CLAIMS } },
  { name: "a subject", role: { bound_subject: "repo:lantern-tides/tides:ref:refs/heads/main" } },
  { name: "a pattern", role: { bound_claims_type: "glob", bound_claims: { ref: "refs/heads/*" } } },
  { name: "one of several values", role: { bound_claims: { ref: ["refs/heads/main", "refs/heads/next"] } } },
  {
    name: "another branch",
    role: { bound_claims: CLAIMS },
    ref: "refs/heads/other",
    refused: 'claim "ref" does not match any associated bound claim values',
  },
  {
    name: "another repository",
    role: { bound_claims: { repository: "lantern-tides/infra" } },
    refused: 'claim "repository" does not match any associated bound claim values',
  },
  {
    name: "no environment",
    role: { bound_claims: { environment: "production" } },
    refused: 'claim "environment" is missing',
  },
  {
    name: "another audience",
    audience: "elsewhere",
    role: { bound_claims: CLAIMS },
    refused: "aud claim does not match any bound audience",
  },
  {
    name: "another subject",
    role: { bound_subject: "repo:lantern-tides/tides:pull_request" },
    refused: "invalid subject (sub) claim",
  },
  {
    name: "no such claim for the name",
    role: { user_claim: "nothing", bound_claims: CLAIMS },
    refused: 'claim "nothing" not found in token',
  },
];

test.each(cases)("$name", async ({ refused, ...it }) => {
  const { world, log } = await play(it);
  const job = world.tables.of(JOBS).all()[0];
  if (refused === undefined) expect(log).toContain(SECRET);
  else expect(log).toContain(refused);
  expect(log.includes(SECRET)).toBe(refused === undefined);
  expect(job?.conclusion).toBe(refused === undefined ? "success" : "failure");
});

test("the token of a job is its repository's, and ends", async () => {
  const { world } = await play({ role: { bound_claims: CLAIMS } });
  const token = world.credentials
    .all()
    .find(({ issuer, owner }) => issuer === "store" && owner === "lantern-tides/tides");
  const address = /^192\.0\.2\./;
  expect(token?.uses.length).toBeGreaterThan(0);
  expect(token?.uses.every((it) => address.test(it.address) && it.result === "allowed")).toBe(true);
  await world.advance(11 * 60_000);
  expect(world.credentials.get(token?.id ?? "")?.status).toBe("expired");
});

test.each([
  [
    "nothing is bound",
    { role_type: "jwt", user_claim: "sub" },
    "must have at least one bound constraint when creating/updating a role",
  ],
  ["no name", { role_type: "jwt", bound_audiences: "x" }, "a user claim must be defined on the role"],
  ["a wrong type", { role_type: "saml", user_claim: "sub" }, "invalid 'role_type': saml"],
  [
    "a wrong time",
    { role_type: "jwt", user_claim: "sub", bound_audiences: "x", token_ttl: "soon" },
    'error converting input soon for field "token_ttl": time: invalid duration "soon"',
  ],
])("a role is refused: %s", async (_, role, problem) => {
  const world = emptyWorld();
  await storeWithRole(world, { bound_claims: CLAIMS });
  const root = tokenFor(world.ports("services"), "priya", ["root"]);
  const { status, body } = await call(world, "POST", "auth/jwt/role/bad", role, root);
  expect([status, body.errors]).toEqual([400, [problem]]);
});

test.each([
  ["nobody there", { oidc_discovery_url: "https://nobody.test" }, "error checking oidc discovery URL"],
  [
    "nothing named",
    {},
    "exactly one of 'jwt_validation_pubkeys', 'jwks_url' or 'oidc_discovery_url' must be set",
  ],
])("an issuer is refused: %s", async (_, config, problem) => {
  const world = emptyWorld();
  await storeWithRole(world, { bound_claims: CLAIMS });
  const root = tokenFor(world.ports("services"), "priya", ["root"]);
  expect((await call(world, "POST", "auth/jwt/config", config, root)).body.errors).toEqual([problem]);
});

test("a token that nobody signed, or that is cut or empty, opens nothing", async () => {
  const world = emptyWorld();
  await storeWithRole(world, { bound_claims: CLAIMS });
  const part = (it: object) =>
    btoa(JSON.stringify(it)).replaceAll("=", "").replaceAll("+", "-").replaceAll("/", "_");
  const claims = { iss: ISSUER, aud: "lantern-bao", ...CLAIMS, exp: 9_999_999_999 };
  const forged = [part({ alg: "ES256" }), part(claims), "A".repeat(86)].join(".");
  const none = [part({ alg: "none" }), part(claims), ""].join(".");
  for (const jwt of [forged, none, "a.b.c", "...", part(claims), "x"]) {
    const { status, body } = await call(world, "POST", "auth/jwt/login", { role: "ci", jwt }, "");
    expect([status, body.errors?.[0]?.startsWith("error validating token: ")]).toEqual([400, true]);
  }
});
