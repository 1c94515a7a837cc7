/** A job's identity token opens a role, as far as the role's trust policy says so; the session ends by itself. */
import { AssumeRoleWithWebIdentityCommand, GetCallerIdentityCommand, STSClient } from "@aws-sdk/client-sts";
import { ListUsersCommand, IAMClient } from "@aws-sdk/client-iam";
import { afterEach, beforeEach, expect, test } from "vitest";
import { identityVariables } from "../../src/pipeline/oidc.ts";
import { bench, type Bench, type BenchOptions } from "../../src/pipeline/runner/setting.fixture.ts";
import { listen, type Loopback } from "../../src/server/loopback.ts";
import { iamArn, openAccount } from "../../src/world/services/cloud/account.ts";
import { OIDC_PROVIDERS, ROLES, type IamRole } from "../../src/world/services/cloud/model.ts";
import { outcome, type Credentials } from "./setting.ts";

const ISSUER = "token.actions.forge.test";
const AUDIENCE = "sts.amazonaws.com";
const SUBJECT = "repo:lantern-tides/tides:environment:production";

let open: Loopback[] = [];
beforeEach(() => {
  open = [];
});
afterEach(async () => void (await Promise.all(open.map((port) => port.close()))));

interface Options {
  readonly job?: BenchOptions;
  readonly condition?: object;
  readonly clientIds?: readonly string[];
  readonly audience?: string;
  /** What is sent in place of the token. */
  readonly change?: (token: string) => string;
  readonly lateMs?: number;
  readonly more?: object;
}

async function setting({ job = {}, condition, clientIds = [AUDIENCE] }: Options = {}) {
  const production = { permissions: { id_token: "write" as const }, environment: "production" };
  const at = await bench({ ...job, job: { ...production, ...job.job } });
  const ports = at.world.ports("cloud");
  openAccount(ports);
  const provider = iamArn(ports, `oidc-provider/${ISSUER}`);
  at.world.tables.of(OIDC_PROVIDERS).set(provider, {
    ...{ arn: provider, url: ISSUER, clientIds, thumbprints: [], createdAtMs: ports.now() },
  });
  at.world.tables.of(ROLES).set("deploy", role(iamArn(ports, "role/deploy"), provider, condition));
  return at;
}

function role(arn: string, provider: string, condition?: object): IamRole {
  const Condition = condition ?? {
    StringEquals: { [`${ISSUER}:sub`]: SUBJECT, [`${ISSUER}:aud`]: AUDIENCE },
  };
  const statement = {
    Effect: "Allow",
    Action: "sts:AssumeRoleWithWebIdentity",
    Principal: { Federated: provider },
    Condition,
  };
  const allow = { Version: "2012-10-17", Statement: { Effect: "Allow", Action: "iam:List*", Resource: "*" } };
  return {
    ...{ name: "deploy", path: "/", id: "AROATEST", arn, createdAtMs: 0, description: "" },
    trust: JSON.stringify({ Version: "2012-10-17", Statement: [statement] }),
    maxSessionS: 3600,
    inline: { own: JSON.stringify(allow) },
    ...{ attached: [], tags: {}, lastUsedAtMs: null },
  };
}

async function tokenOf({ world, run, job }: Bench, audience: string): Promise<string> {
  const variables = identityVariables(world, run, job);
  const request = new Request(`${variables["ACTIONS_ID_TOKEN_REQUEST_URL"]}&audience=${audience}`, {
    headers: { Authorization: `Bearer ${variables["ACTIONS_ID_TOKEN_REQUEST_TOKEN"]}` },
  });
  const answer = await world.network.fetch(request, { address: "192.0.2.9", session: null });
  return ((await answer.json()) as { value: string }).value;
}

async function client(at: Bench, service: "sts" | "iam", credentials?: Credentials) {
  const port = await listen(at.world.network.from({ address: "192.0.2.9", session: null }), {
    host: `${service}.amazonaws.test`,
  });
  open.push(port);
  return {
    region: "eu-north-1",
    endpoint: port.origin,
    maxAttempts: 1,
    systemClockOffset: at.world.clock.now() - Date.now(),
    credentials: credentials ?? { accessKeyId: "none", secretAccessKey: "none" },
  };
}

async function assume(at: Bench, options: Options = {}) {
  const { audience = AUDIENCE, change = (token) => token, lateMs = 0, more = {} } = options;
  const WebIdentityToken = change(await tokenOf(at, audience));
  await at.world.advance(lateMs);
  const sts = new STSClient(await client(at, "sts"));
  const asked = {
    RoleArn: iamArn(at.world, "role/deploy"),
    RoleSessionName: "ci",
    WebIdentityToken,
    ...more,
  };
  return outcome(sts.send(new AssumeRoleWithWebIdentityCommand(asked)));
}

test("the job of the environment becomes the role, for an hour", async () => {
  const at = await setting();
  const { data, code } = await assume(at);
  expect(code).toBe(null);
  expect(data).toMatchObject({
    SubjectFromWebIdentityToken: SUBJECT,
    Audience: AUDIENCE,
    AssumedRoleUser: { AssumedRoleId: "AROATEST:ci" },
  });
  const given = data["Credentials"] as { AccessKeyId: string; SecretAccessKey: string; SessionToken: string };
  const session = {
    accessKeyId: given.AccessKeyId,
    secretAccessKey: given.SecretAccessKey,
    sessionToken: given.SessionToken,
  };
  const who = async (credentials: Credentials) =>
    outcome(new STSClient(await client(at, "sts", credentials)).send(new GetCallerIdentityCommand({})));
  expect((await who(session)).data["Arn"]).toMatch(/:assumed-role\/deploy\/ci$/);
  expect(
    (await outcome(new IAMClient(await client(at, "iam", session)).send(new ListUsersCommand({})))).status,
  ).toBe(200);
  expect((await who({ ...session, sessionToken: `${session.sessionToken}x` })).code).toBe(
    "InvalidClientTokenId",
  );
  const { sessionToken: _, ...without } = session;
  expect((await who(without)).code).toBe("InvalidClientTokenId");
  await at.world.advance(3_600_000);
  expect((await who(session)).code).toBe("ExpiredToken");
  const uses = at.world.credentials.get(session.accessKeyId)?.uses ?? [];
  expect(uses.map(({ action, result }) => `${action} ${result}`)).toEqual([
    "sts:GetCallerIdentity allowed",
    "iam:ListUsers allowed",
    "sts:GetCallerIdentity denied",
    "sts:GetCallerIdentity denied",
    "sts:GetCallerIdentity denied",
  ]);
  const entry = at.world.audit.all().find(({ action }) => action === "sts:AssumeRoleWithWebIdentity");
  expect(entry).toMatchObject({
    actor: SUBJECT,
    identityType: "web-identity",
    result: "allowed",
    address: "192.0.2.9",
  });
  expect(JSON.stringify(entry)).not.toContain(given.SecretAccessKey);
  expect(JSON.stringify(at.world.audit.all())).not.toContain(given.SessionToken);
});

/** Bytes of a part, changed so that it says something else. */
function withClaim(token: string, name: string, value: unknown): string {
  const [head, body = "", signature] = token.split(".");
  const claims = JSON.parse(Buffer.from(body, "base64url").toString("utf8")) as object;
  const changed = Buffer.from(JSON.stringify({ ...claims, [name]: value })).toString("base64url");
  return [head, changed, signature].join(".");
}

const REFUSED: readonly (readonly [string, Options, string, RegExp])[] = [
  [
    "another environment",
    { job: { job: { environment: "staging" } } },
    "AccessDenied",
    /^Not authorized to perform sts:AssumeRoleWithWebIdentity$/,
  ],
  ["no environment", { job: { job: { environment: null } } }, "AccessDenied", /^Not authorized/],
  [
    "a wildcard that is compared",
    { condition: { StringEquals: { [`${ISSUER}:sub`]: "repo:lantern-tides/*" } } },
    "AccessDenied",
    /^Not authorized/,
  ],
  [
    "an audience that the provider does not have",
    { audience: "somebody" },
    "InvalidIdentityTokenException",
    /^Incorrect token audience$/,
  ],
  [
    "an audience that the trust policy does not have",
    { audience: "other", clientIds: [AUDIENCE, "other"] },
    "AccessDenied",
    /^Not authorized/,
  ],
  [
    "a token that is over",
    { lateMs: 301_000 },
    "ExpiredTokenException",
    /^Token expired: current date\/time \d+ must be before/,
  ],
  [
    "another subject under the same signature",
    { change: (it) => withClaim(it, "sub", SUBJECT.replace("tides:", "x:")) },
    "InvalidIdentityTokenException",
    /signature/,
  ],
  [
    "another issuer",
    { change: (it) => withClaim(it, "iss", "https://forge.example") },
    "InvalidIdentityTokenException",
    /^No OpenIDConnect provider found in your account for https:\/\/forge\.example$/,
  ],
  [
    "no signature",
    { change: (it) => it.replace(/[^.]*$/, "") },
    "InvalidIdentityTokenException",
    /not a valid JWT/,
  ],
  [
    "another role",
    { more: { RoleArn: "arn:aws:iam::111122223333:role/deploy" } },
    "AccessDenied",
    /^Not authorized/,
  ],
  ["a day", { more: { DurationSeconds: 43_200 } }, "ValidationError", /exceeds the MaxSessionDuration/],
];

test.each(REFUSED)("%s is refused", async (_, options, code, message) => {
  const at = await setting(options);
  const got = await assume(at, options);
  expect(got.code).toBe(code);
  expect(got.message).toMatch(message);
  expect(at.world.credentials.all().filter(({ issuer }) => issuer === "cloud")).toEqual([]);
});

test("a wildcard where it is one, and an audience alone, let more in than was meant", async () => {
  for (const condition of [
    { StringLike: { [`${ISSUER}:sub`]: "repo:lantern-tides/*" } },
    { StringEquals: { [`${ISSUER}:aud`]: AUDIENCE } },
  ]) {
    const at = await setting({ condition, job: { job: { environment: "staging" } } });
    expect((await assume(at)).status).toBe(200);
  }
});
