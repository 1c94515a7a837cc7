/** Roles, providers, and becoming one. */
import {
  CreateOpenIDConnectProviderCommand,
  CreateRoleCommand,
  DeleteOpenIDConnectProviderCommand,
  DeleteRoleCommand,
  DeleteRolePolicyCommand,
  GetOpenIDConnectProviderCommand,
  GetRoleCommand,
  ListOpenIDConnectProvidersCommand,
  ListRolesCommand,
  PutRolePolicyCommand,
  UpdateAssumeRolePolicyCommand,
} from "@aws-sdk/client-iam";
import {
  AssumeRoleCommand,
  AssumeRoleWithWebIdentityCommand,
  GetAccessKeyInfoCommand,
  GetCallerIdentityCommand,
} from "@aws-sdk/client-sts";
import { expect } from "vitest";
import type { Clients, Row } from "../setting.ts";

const DEPLOY = { RoleName: "deploy" };

const trust = (Principal: object, Action = "sts:AssumeRole", more: object = {}) =>
  JSON.stringify({ Version: "2012-10-17", Statement: [{ Effect: "Allow", Principal, Action, ...more }] });

async function account({ sts }: Clients): Promise<string> {
  return (await sts.send(new GetCallerIdentityCommand({}))).Account ?? "";
}

async function create(clients: Clients, document: (id: string) => string): Promise<object> {
  const AssumeRolePolicyDocument = document(await account(clients));
  return clients.iam.send(new CreateRoleCommand({ ...DEPLOY, AssumeRolePolicyDocument }));
}

async function assume(clients: Clients, more: object = {}, role = "deploy"): Promise<object> {
  const RoleArn = `arn:aws:iam::${await account(clients)}:role/${role}`;
  return clients.sts.send(new AssumeRoleCommand({ RoleArn, RoleSessionName: "tidy", ...more }));
}

const malformed = (what: string, document: (id: string) => string, message: string | RegExp): Row => [
  what,
  "admin",
  (clients) => create(clients, document),
  "MalformedPolicyDocumentException",
  message,
];

const PROVIDER = { Url: "https://token.actions.forge.test", ClientIDList: ["sts.amazonaws.com"] };

const providerArn = async (clients: Clients) =>
  `arn:aws:iam::${await account(clients)}:oidc-provider/token.actions.forge.test`;

export const roleCalls: readonly Row[] = [
  malformed(
    "nobody named",
    () => trust({}).replace('"Principal":{},', ""),
    "Missing required field Principal",
  ),
  malformed(
    "a resource",
    () => trust({ AWS: "*" }, "sts:AssumeRole", { Resource: "*" }),
    "Has prohibited field Resource",
  ),
  malformed(
    "another action",
    () => trust({ AWS: "*" }, "s3:GetObject"),
    "AssumeRole policy may only specify STS AssumeRole actions.",
  ),
  malformed(
    "somebody who is not there",
    (id) => trust({ AWS: `arn:aws:iam::${id}:user/ghost` }),
    /^Invalid principal in policy: "AWS":"arn:aws:iam::\d{12}:user\/ghost"$/,
  ),
  malformed(
    "a condition that there is not",
    () => trust({ AWS: "*" }, "sts:AssumeRole", { Condition: { StringIs: { "aws:username": "a" } } }),
    "Invalid Condition type : StringIs.",
  ),
  [
    "a role for the account",
    "admin",
    (clients) => create(clients, (id) => trust({ AWS: `arn:aws:iam::${id}:root` })),
    {
      Role: expect.objectContaining({
        ...{ RoleName: "deploy", Path: "/", MaxSessionDuration: 3600 },
        RoleId: expect.stringMatching(/^AROA[A-Z0-9]{17}$/),
      }),
    },
  ],
  [
    "the same again",
    "admin",
    (clients) => create(clients, (id) => trust({ AWS: id })),
    "EntityAlreadyExistsException",
    "Role with name deploy already exists.",
  ],
  [
    "all roles",
    "reader",
    ({ iam }) => iam.send(new ListRolesCommand({})),
    { Roles: [expect.objectContaining(DEPLOY)] },
  ],
  [
    "a role that there is not",
    "reader",
    ({ iam }) => iam.send(new GetRoleCommand({ RoleName: "nothing" })),
    "NoSuchEntityException",
    "The role with name nothing cannot be found.",
  ],
  [
    "what it may",
    "admin",
    ({ iam }) =>
      iam.send(
        new PutRolePolicyCommand({
          ...DEPLOY,
          PolicyName: "own",
          PolicyDocument: JSON.stringify({
            Version: "2012-10-17",
            Statement: { Effect: "Allow", Action: "iam:List*", Resource: "*" },
          }),
        }),
      ),
    {},
  ],
  // STS
  [
    "who one is",
    "self",
    ({ sts }) => sts.send(new GetCallerIdentityCommand({})),
    {
      Arn: expect.stringMatching(/^arn:aws:iam::\d{12}:user\/teo$/),
      UserId: expect.stringMatching(/^AIDA/),
      Account: expect.stringMatching(/^\d{12}$/),
    },
  ],
  [
    "through the account, who may assume",
    "admin",
    (clients) => assume(clients),
    {
      AssumedRoleUser: {
        AssumedRoleId: expect.stringMatching(/^AROA\w+:tidy$/),
        Arn: expect.stringMatching(/^arn:aws:sts::\d{12}:assumed-role\/deploy\/tidy$/),
      },
      Credentials: expect.objectContaining({
        AccessKeyId: expect.stringMatching(/^ASIA[A-Z0-9]{16}$/),
        Expiration: new Date("2026-03-03T10:00:00Z"),
      }),
    },
  ],
  [
    "through the account, who may not",
    "self",
    (clients) => assume(clients),
    "AccessDenied",
    /^User: arn:aws:iam::\d{12}:user\/teo is not authorized to perform: sts:AssumeRole on resource: arn:aws:iam::\d{12}:role\/deploy$/,
  ],
  [
    "a role that nobody made",
    "admin",
    (clients) => assume(clients, {}, "ghost"),
    "AccessDenied",
    /role\/ghost$/,
  ],
  [
    "longer than the role allows",
    "admin",
    (clients) => assume(clients, { DurationSeconds: 7200 }),
    "ValidationError",
    "The requested DurationSeconds exceeds the MaxSessionDuration set for this role.",
  ],
  [
    "shorter than anybody may",
    "admin",
    (clients) => assume(clients, { DurationSeconds: 60 }),
    "ValidationError",
    /greater than or equal to 900/,
  ],
  [
    "whose key it is",
    "admin",
    async (clients) => clients.sts.send(new GetAccessKeyInfoCommand({ AccessKeyId: "AKIANOBODYNOBODYNOBO" })),
    "ValidationError",
  ],
  [
    "a role that names one user",
    "admin",
    async (clients) =>
      clients.iam.send(
        new UpdateAssumeRolePolicyCommand({
          ...DEPLOY,
          PolicyDocument: trust({ AWS: `arn:aws:iam::${await account(clients)}:user/teo` }),
        }),
      ),
    {},
  ],
  ["needs no other policy", "self", (clients) => assume(clients), { Credentials: expect.anything() }],
  ["and leaves out everybody else", "admin", (clients) => assume(clients), "AccessDenied"],
  // Providers
  [
    "a provider",
    "admin",
    ({ iam }) => iam.send(new CreateOpenIDConnectProviderCommand(PROVIDER)),
    { OpenIDConnectProviderArn: expect.stringMatching(/:oidc-provider\/token\.actions\.forge\.test$/) },
  ],
  [
    "the same again",
    "admin",
    ({ iam }) => iam.send(new CreateOpenIDConnectProviderCommand(PROVIDER)),
    "EntityAlreadyExistsException",
    "Provider with url https://token.actions.forge.test already exists.",
  ],
  [
    "a provider without TLS",
    "admin",
    ({ iam }) => iam.send(new CreateOpenIDConnectProviderCommand({ Url: "http://forge.test" })),
    "ValidationError",
    "Invalid Open ID Connect Provider URL",
  ],
  [
    "what is known of it",
    "reader",
    async (clients) =>
      clients.iam.send(
        new GetOpenIDConnectProviderCommand({
          OpenIDConnectProviderArn: `arn:aws:iam::${await account(clients)}:oidc-provider/token.actions.forge.test`,
        }),
      ),
    { Url: "token.actions.forge.test", ClientIDList: ["sts.amazonaws.com"], ThumbprintList: [] },
  ],
  [
    "all providers",
    "reader",
    ({ iam }) => iam.send(new ListOpenIDConnectProvidersCommand({})),
    { OpenIDConnectProviderList: [expect.anything()] },
  ],
  [
    "a token that is none, from nobody",
    "nobody",
    ({ sts }) =>
      sts.send(
        new AssumeRoleWithWebIdentityCommand({
          RoleArn: "arn:aws:iam::123456789012:role/deploy",
          RoleSessionName: "ci",
          WebIdentityToken: "not.a.token",
        }),
      ),
    "InvalidIdentityTokenException",
    /^The ID Token provided is not a valid JWT\./,
  ],
  [
    "the provider deleted",
    "admin",
    async (clients) =>
      clients.iam.send(
        new DeleteOpenIDConnectProviderCommand({ OpenIDConnectProviderArn: await providerArn(clients) }),
      ),
    {},
  ],
  [
    "a role with a policy",
    "admin",
    ({ iam }) => iam.send(new DeleteRoleCommand(DEPLOY)),
    "DeleteConflictException",
    "Cannot delete entity, must delete policies first.",
  ],
  [
    "its policy deleted",
    "admin",
    ({ iam }) => iam.send(new DeleteRolePolicyCommand({ ...DEPLOY, PolicyName: "own" })),
    {},
  ],
  ["and the role", "admin", ({ iam }) => iam.send(new DeleteRoleCommand(DEPLOY)), {}],
];
