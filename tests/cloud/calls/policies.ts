/** Policies: inline, managed, attached. */
import {
  AttachUserPolicyCommand,
  CreatePolicyCommand,
  CreatePolicyVersionCommand,
  CreateUserCommand,
  DeletePolicyCommand,
  DeletePolicyVersionCommand,
  DeleteUserCommand,
  DeleteUserPolicyCommand,
  DetachUserPolicyCommand,
  GetPolicyCommand,
  GetPolicyVersionCommand,
  GetUserPolicyCommand,
  ListAttachedUserPoliciesCommand,
  ListEntitiesForPolicyCommand,
  ListPoliciesCommand,
  ListPolicyVersionsCommand,
  ListUserPoliciesCommand,
  PutUserPolicyCommand,
  SetDefaultPolicyVersionCommand,
  SimulatePrincipalPolicyCommand,
  type IAMClient,
} from "@aws-sdk/client-iam";
import { GetCallerIdentityCommand } from "@aws-sdk/client-sts";
import { expect } from "vitest";
import type { Clients, Row } from "../setting.ts";

const BOT = { UserName: "bot" };
const QUARANTINE = "arn:aws:iam::aws:policy/AWSCompromisedKeyQuarantineV3";

const allow = (Action: string, Resource = "*") =>
  JSON.stringify({ Version: "2012-10-17", Statement: { Effect: "Allow", Action, Resource } });

const put = (iam: IAMClient, PolicyDocument: string) =>
  iam.send(new PutUserPolicyCommand({ ...BOT, PolicyName: "own", PolicyDocument }));

async function arnOf({ sts }: Clients, resource: string): Promise<string> {
  const { Account } = await sts.send(new GetCallerIdentityCommand({}));
  return `arn:aws:iam::${Account}:${resource}`;
}

const malformed = (what: string, document: string, message: string): Row => [
  what,
  "admin",
  ({ iam }) => put(iam, document),
  "MalformedPolicyDocumentException",
  message,
];

const ofOwn =
  (ask: (iam: IAMClient, PolicyArn: string) => Promise<object>) =>
  async (clients: Clients): Promise<object> =>
    ask(clients.iam, await arnOf(clients, "policy/readers"));

export const policyCalls: readonly Row[] = [
  [
    "a user for them",
    "admin",
    ({ iam }) => iam.send(new CreateUserCommand(BOT)),
    { User: expect.anything() },
  ],
  malformed("no JSON", "{", "This policy contains invalid Json"),
  malformed("nothing in it", "{}", "Syntax errors in policy."),
  malformed(
    "a principal",
    JSON.stringify({
      Version: "2012-10-17",
      Statement: { Effect: "Allow", Principal: "*", Action: "s3:*", Resource: "*" },
    }),
    "Policy document should not specify a principal.",
  ),
  malformed(
    "an action of nobody",
    allow("GetObject"),
    "Actions/Conditions must be prefaced by a vendor, e.g., iam, sdb, ec2, etc.",
  ),
  malformed(
    "a resource that is none",
    allow("s3:GetObject", "bucket"),
    'Resource bucket must be in ARN format or "*".',
  ),
  ["an inline policy", "admin", ({ iam }) => put(iam, allow("s3:Get*", "arn:aws:s3:::a b/*")), {}],
  [
    "its text, as it was written",
    "reader",
    async ({ iam }) => {
      const answer = await iam.send(new GetUserPolicyCommand({ ...BOT, PolicyName: "own" }));
      return { ...answer, text: decodeURIComponent(answer.PolicyDocument ?? "") };
    },
    { UserName: "bot", PolicyName: "own", text: allow("s3:Get*", "arn:aws:s3:::a b/*") },
  ],
  [
    "names of inline policies",
    "reader",
    ({ iam }) => iam.send(new ListUserPoliciesCommand(BOT)),
    { PolicyNames: ["own"], IsTruncated: false },
  ],
  [
    "an inline policy that there is not",
    "reader",
    ({ iam }) => iam.send(new GetUserPolicyCommand({ ...BOT, PolicyName: "constructor" })),
    "NoSuchEntityException",
    "The user policy with name constructor cannot be found.",
  ],
  [
    "a policy of AWS attached",
    "admin",
    ({ iam }) => iam.send(new AttachUserPolicyCommand({ ...BOT, PolicyArn: QUARANTINE })),
    {},
  ],
  [
    "what is attached",
    "reader",
    ({ iam }) => iam.send(new ListAttachedUserPoliciesCommand(BOT)),
    { AttachedPolicies: [{ PolicyName: "AWSCompromisedKeyQuarantineV3", PolicyArn: QUARANTINE }] },
  ],
  [
    "a policy that AWS does not have",
    "admin",
    ({ iam }) =>
      iam.send(new AttachUserPolicyCommand({ ...BOT, PolicyArn: "arn:aws:iam::aws:policy/Nothing" })),
    "NoSuchEntityException",
    "Policy arn:aws:iam::aws:policy/Nothing does not exist or is not attachable.",
  ],
  [
    "an ARN that is none",
    "admin",
    ({ iam }) => iam.send(new AttachUserPolicyCommand({ ...BOT, PolicyArn: "AdministratorAccess-or-so" })),
    "InvalidInputException",
    "ARN AdministratorAccess-or-so is not valid.",
  ],
  [
    "a policy of AWS is read",
    "reader",
    ({ iam }) => iam.send(new GetPolicyCommand({ PolicyArn: QUARANTINE })),
    { Policy: expect.objectContaining({ PolicyName: "AWSCompromisedKeyQuarantineV3", AttachmentCount: 1 }) },
  ],
  [
    "what quarantine denies",
    "reader",
    async ({ iam }) => {
      const asked = { PolicyArn: QUARANTINE, VersionId: "v1" };
      const { PolicyVersion, $metadata } = await iam.send(new GetPolicyVersionCommand(asked));
      const text = decodeURIComponent(PolicyVersion?.Document ?? "");
      const { Statement } = JSON.parse(text) as { Statement: { Effect: string; Action: string[] }[] };
      return { $metadata, effect: Statement[0]?.Effect, actions: Statement[0]?.Action };
    },
    { effect: "Deny", actions: expect.arrayContaining(["iam:CreateUser", "ec2:RunInstances"]) },
  ],
  [
    "one may not change a policy of AWS",
    "admin",
    ({ iam }) =>
      iam.send(new CreatePolicyVersionCommand({ PolicyArn: QUARANTINE, PolicyDocument: allow("s3:*") })),
    "NoSuchEntityException",
    `Policy ${QUARANTINE} was not found.`,
  ],
  // Managed policies of the account
  [
    "a managed policy",
    "admin",
    ({ iam }) =>
      iam.send(new CreatePolicyCommand({ PolicyName: "readers", PolicyDocument: allow("s3:Get*") })),
    {
      Policy: expect.objectContaining({ PolicyName: "readers", DefaultVersionId: "v1", AttachmentCount: 0 }),
    },
  ],
  [
    "the same again",
    "admin",
    ({ iam }) =>
      iam.send(new CreatePolicyCommand({ PolicyName: "Readers", PolicyDocument: allow("s3:Get*") })),
    "EntityAlreadyExistsException",
    "A policy called Readers already exists. Duplicate names are not allowed.",
  ],
  [
    "policies of the account",
    "reader",
    async ({ iam }) => {
      const { Policies = [], $metadata } = await iam.send(new ListPoliciesCommand({ Scope: "Local" }));
      return { $metadata, names: Policies.map(({ PolicyName }) => PolicyName) };
    },
    { names: ["readers"] },
  ],
  [
    "a second version",
    "admin",
    ofOwn((iam, PolicyArn) =>
      iam.send(
        new CreatePolicyVersionCommand({ PolicyArn, PolicyDocument: allow("s3:List*"), SetAsDefault: true }),
      ),
    ),
    { PolicyVersion: expect.objectContaining({ VersionId: "v2", IsDefaultVersion: true }) },
  ],
  [
    "versions, newest first",
    "reader",
    async (clients) => {
      const PolicyArn = await arnOf(clients, "policy/readers");
      const { Versions = [], $metadata } = await clients.iam.send(
        new ListPolicyVersionsCommand({ PolicyArn }),
      );
      return { $metadata, ids: Versions.map(({ VersionId }) => VersionId) };
    },
    { ids: ["v2", "v1"] },
  ],
  [
    "the version that counts",
    "admin",
    ofOwn((iam, PolicyArn) => iam.send(new DeletePolicyVersionCommand({ PolicyArn, VersionId: "v2" }))),
    "DeleteConflictException",
    "Cannot delete the default version of a policy.",
  ],
  [
    "back to the first",
    "admin",
    ofOwn((iam, PolicyArn) => iam.send(new SetDefaultPolicyVersionCommand({ PolicyArn, VersionId: "v1" }))),
    {},
  ],
  [
    "attached",
    "admin",
    ofOwn((iam, PolicyArn) => iam.send(new AttachUserPolicyCommand({ ...BOT, PolicyArn }))),
    {},
  ],
  [
    "who has it",
    "reader",
    ofOwn((iam, PolicyArn) => iam.send(new ListEntitiesForPolicyCommand({ PolicyArn }))),
    { PolicyUsers: [expect.objectContaining({ UserName: "bot" })], PolicyRoles: [] },
  ],
  [
    "what is attached may not go",
    "admin",
    ofOwn((iam, PolicyArn) => iam.send(new DeletePolicyCommand({ PolicyArn }))),
    "DeleteConflictException",
    "Cannot delete a policy attached to entities.",
  ],
  [
    "what it would allow",
    "reader",
    async (clients) => {
      const PolicySourceArn = await arnOf(clients, "user/bot");
      const ActionNames = ["s3:GetObject", "s3:PutObject", "iam:CreateUser"];
      const asked = { PolicySourceArn, ActionNames };
      const { EvaluationResults = [], $metadata } = await clients.iam.send(
        new SimulatePrincipalPolicyCommand(asked),
      );
      return { $metadata, decisions: EvaluationResults.map(({ EvalDecision }) => EvalDecision) };
    },
    { decisions: ["allowed", "implicitDeny", "explicitDeny"] },
  ],
  [
    "detached",
    "admin",
    ofOwn((iam, PolicyArn) => iam.send(new DetachUserPolicyCommand({ ...BOT, PolicyArn }))),
    {},
  ],
  [
    "detached again",
    "admin",
    ofOwn((iam, PolicyArn) => iam.send(new DetachUserPolicyCommand({ ...BOT, PolicyArn }))),
    "NoSuchEntityException",
    /policy\/readers was not found\.$/,
  ],
  [
    "two versions",
    "admin",
    ofOwn((iam, PolicyArn) => iam.send(new DeletePolicyCommand({ PolicyArn }))),
    "DeleteConflictException",
    /^This policy has more than one version/,
  ],
  [
    "one version",
    "admin",
    ofOwn((iam, PolicyArn) => iam.send(new DeletePolicyVersionCommand({ PolicyArn, VersionId: "v2" }))),
    {},
  ],
  [
    "the policy deleted",
    "admin",
    ofOwn((iam, PolicyArn) => iam.send(new DeletePolicyCommand({ PolicyArn }))),
    {},
  ],
  [
    "a user with policies",
    "admin",
    ({ iam }) => iam.send(new DeleteUserCommand(BOT)),
    "DeleteConflictException",
    "Cannot delete entity, must detach all policies first.",
  ],
  [
    "quarantine detached",
    "admin",
    ({ iam }) => iam.send(new DetachUserPolicyCommand({ ...BOT, PolicyArn: QUARANTINE })),
    {},
  ],
  [
    "a user with an inline policy",
    "admin",
    ({ iam }) => iam.send(new DeleteUserCommand(BOT)),
    "DeleteConflictException",
    "Cannot delete entity, must delete policies first.",
  ],
  [
    "the inline policy deleted",
    "admin",
    ({ iam }) => iam.send(new DeleteUserPolicyCommand({ ...BOT, PolicyName: "own" })),
    {},
  ],
  ["and the user", "admin", ({ iam }) => iam.send(new DeleteUserCommand(BOT)), {}],
];
