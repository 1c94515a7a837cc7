/** Users and their keys. In this order: later ones see what earlier ones did. */
import {
  CreateAccessKeyCommand,
  CreateLoginProfileCommand,
  CreateUserCommand,
  DeleteAccessKeyCommand,
  DeleteLoginProfileCommand,
  DeleteUserCommand,
  GetAccessKeyLastUsedCommand,
  GetLoginProfileCommand,
  GetUserCommand,
  ListAccessKeysCommand,
  ListGroupsForUserCommand,
  ListMFADevicesCommand,
  ListUsersCommand,
  ListUserTagsCommand,
  UpdateAccessKeyCommand,
} from "@aws-sdk/client-iam";
import { expect } from "vitest";
import type { Row } from "../setting.ts";

const ARN = /^arn:aws:iam::\d{12}:user\/svc-ci$/;
const KEY_ID = /^AKIA[A-Z0-9]{16}$/;
const CI = { UserName: "svc-ci" };
/** Ids of keys that rows made. */
const made: string[] = [];

async function remembered<T extends { AccessKey?: { AccessKeyId?: string | undefined } | undefined }>(
  call: Promise<T>,
): Promise<T> {
  const answer = await call;
  made.push(answer.AccessKey?.AccessKeyId ?? "");
  return answer;
}

const key = (i: number) => ({ ...CI, AccessKeyId: made[i] });

export const userCalls: readonly Row[] = [
  [
    "a new user",
    "admin",
    ({ iam }) => iam.send(new CreateUserCommand({ ...CI, Tags: [{ Key: "team", Value: "ops & <co>" }] })),
    {
      User: expect.objectContaining({
        ...{ UserName: "svc-ci", Path: "/", CreateDate: new Date("2026-03-03T09:00:00Z") },
        Arn: expect.stringMatching(ARN),
        UserId: expect.stringMatching(/^AIDA[A-Z0-9]{17}$/),
      }),
    },
  ],
  [
    "the same again, in capitals",
    "admin",
    ({ iam }) => iam.send(new CreateUserCommand({ UserName: "SVC-CI" })),
    "EntityAlreadyExistsException",
    "User with name SVC-CI already exists.",
  ],
  [
    "a name with a blank",
    "admin",
    ({ iam }) => iam.send(new CreateUserCommand({ UserName: "a b" })),
    "ValidationError",
    /must contain only alphanumeric/,
  ],
  [
    "a name out of the language",
    "admin",
    ({ iam }) => iam.send(new GetUserCommand({ UserName: "__proto__" })),
    "NoSuchEntityException",
    "The user with name __proto__ cannot be found.",
  ],
  [
    "its tags",
    "admin",
    ({ iam }) => iam.send(new ListUserTagsCommand(CI)),
    { Tags: [{ Key: "team", Value: "ops & <co>" }] },
  ],
  [
    "all users, sorted",
    "reader",
    async ({ iam }) => {
      const { Users = [], $metadata } = await iam.send(new ListUsersCommand({}));
      return { $metadata, names: Users.map(({ UserName }) => UserName) };
    },
    { names: ["mina", "sam", "svc-ci", "teo"] },
  ],
  [
    "users in pages",
    "reader",
    async ({ iam }) => {
      const first = await iam.send(new ListUsersCommand({ MaxItems: 3 }));
      const next = await iam.send(new ListUsersCommand({ Marker: first.Marker }));
      return { ...next, first: first.IsTruncated, names: next.Users?.map(({ UserName }) => UserName) };
    },
    { first: true, IsTruncated: false, names: ["teo"] },
  ],
  [
    "a marker that nobody gave",
    "reader",
    ({ iam }) => iam.send(new ListUsersCommand({ Marker: "%%" })),
    "ValidationError",
    "Invalid Marker.",
  ],
  [
    "oneself",
    "self",
    ({ iam }) => iam.send(new GetUserCommand({})),
    { User: expect.objectContaining({ UserName: "teo" }) },
  ],
  [
    "no groups",
    "admin",
    ({ iam }) => iam.send(new ListGroupsForUserCommand(CI)),
    { Groups: [], IsTruncated: false },
  ],
  ["no devices", "admin", ({ iam }) => iam.send(new ListMFADevicesCommand(CI)), { MFADevices: [] }],
  [
    "who may not create",
    "reader",
    ({ iam }) => iam.send(new CreateUserCommand({ UserName: "more" })),
    "AccessDenied",
    /^User: arn:aws:iam::\d{12}:user\/sam is not authorized to perform: iam:CreateUser on resource: arn:aws:iam::\d{12}:user\/more because no identity-based policy allows the iam:CreateUser action$/,
  ],
  [
    "somebody else, by a policy with a variable",
    "self",
    ({ iam }) => iam.send(new GetUserCommand({ UserName: "sam" })),
    "AccessDenied",
    /user\/sam because no identity-based policy allows the iam:GetUser action$/,
  ],
  // Keys
  [
    "a key, its secret shown once",
    "admin",
    ({ iam }) => remembered(iam.send(new CreateAccessKeyCommand(CI))),
    {
      AccessKey: expect.objectContaining({
        ...{ UserName: "svc-ci", Status: "Active" },
        AccessKeyId: expect.stringMatching(KEY_ID),
        SecretAccessKey: expect.stringMatching(/^[\w+/]{40}$/),
      }),
    },
  ],
  [
    "a second key",
    "admin",
    ({ iam }) => remembered(iam.send(new CreateAccessKeyCommand(CI))),
    { AccessKey: expect.objectContaining({ Status: "Active" }) },
  ],
  [
    "a third",
    "admin",
    ({ iam }) => iam.send(new CreateAccessKeyCommand(CI)),
    "LimitExceededException",
    "Cannot exceed quota for AccessKeysPerUser: 2",
  ],
  [
    "keys without their secrets",
    "reader",
    async ({ iam }) => {
      const { AccessKeyMetadata = [], ...rest } = await iam.send(new ListAccessKeysCommand(CI));
      return { ...rest, keys: AccessKeyMetadata.map(({ AccessKeyId, Status }) => [AccessKeyId, Status]) };
    },
    { IsTruncated: false, keys: [expect.any(Array), expect.any(Array)] },
  ],
  [
    "one's own keys, nobody named",
    "self",
    ({ iam }) => iam.send(new ListAccessKeysCommand({})),
    { AccessKeyMetadata: [expect.objectContaining({ UserName: "teo", Status: "Active" })] },
  ],
  [
    "one's own key, where it is denied",
    "self",
    ({ iam }) => iam.send(new DeleteAccessKeyCommand({ AccessKeyId: "AKIAX" })),
    "AccessDenied",
    /with an explicit deny in an identity-based policy$/,
  ],
  [
    "a key that was never used",
    "reader",
    ({ iam }) => iam.send(new GetAccessKeyLastUsedCommand({ AccessKeyId: made[0] })),
    { UserName: "svc-ci", AccessKeyLastUsed: { ServiceName: "N/A", Region: "N/A" } },
  ],
  [
    "the last use of a key that is not there",
    "admin",
    ({ iam }) => iam.send(new GetAccessKeyLastUsedCommand({ AccessKeyId: "AKIANOBODY" })),
    "NoSuchEntityException",
    "The Access Key with id AKIANOBODY cannot be found.",
  ],
  [
    "a key turned off",
    "admin",
    ({ iam }) => iam.send(new UpdateAccessKeyCommand({ ...key(0), Status: "Inactive" })),
    {},
  ],
  [
    "a status that there is not",
    "admin",
    ({ iam }) => iam.send(new UpdateAccessKeyCommand({ ...key(0), Status: "Sleeping" as "Active" })),
    "ValidationError",
    /Member must satisfy enum value set/,
  ],
  [
    "somebody else's key",
    "admin",
    ({ iam }) =>
      iam.send(new UpdateAccessKeyCommand({ UserName: "sam", AccessKeyId: made[0], Status: "Active" })),
    "NoSuchEntityException",
    /^The Access Key with id AKIA\w+ cannot be found\.$/,
  ],
  [
    "a user who has keys",
    "admin",
    ({ iam }) => iam.send(new DeleteUserCommand(CI)),
    "DeleteConflictException",
    "Cannot delete entity, must delete access keys first.",
  ],
  ["the first key deleted", "admin", ({ iam }) => iam.send(new DeleteAccessKeyCommand(key(0))), {}],
  [
    "the same again",
    "admin",
    ({ iam }) => iam.send(new DeleteAccessKeyCommand(key(0))),
    "NoSuchEntityException",
    /cannot be found/,
  ],
  ["the second key deleted", "admin", ({ iam }) => iam.send(new DeleteAccessKeyCommand(key(1))), {}],
  // Console
  [
    "a password",
    "admin",
    ({ iam }) =>
      iam.send(new CreateLoginProfileCommand({ ...CI, Password: ["Tide", "and", "lantern", 7].join("-") })),
    { LoginProfile: expect.objectContaining({ UserName: "svc-ci" }) },
  ],
  [
    "a user who has a password",
    "admin",
    ({ iam }) => iam.send(new DeleteUserCommand(CI)),
    "DeleteConflictException",
    "Cannot delete entity, must delete login profile first.",
  ],
  ["no password any more", "admin", ({ iam }) => iam.send(new DeleteLoginProfileCommand(CI)), {}],
  [
    "a password that there is not",
    "reader",
    ({ iam }) => iam.send(new GetLoginProfileCommand(CI)),
    "NoSuchEntityException",
    "Login Profile for User svc-ci cannot be found.",
  ],
  ["the user deleted", "admin", ({ iam }) => iam.send(new DeleteUserCommand(CI)), {}],
  [
    "keys of a user who is gone",
    "admin",
    ({ iam }) => iam.send(new CreateAccessKeyCommand(CI)),
    "NoSuchEntityException",
    "The user with name svc-ci cannot be found.",
  ],
];
