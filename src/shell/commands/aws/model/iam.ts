/** https://docs.aws.amazon.com/cli/latest/reference/iam/ */
import { operation, type Operation, type Pages, type Service, type Structure } from "./shape.ts";

const TAG = { Key: "string", Value: "string" } as const;
const PAGE = { Marker: "string", MaxItems: "integer", PathPrefix: "string" } as const;

const USER: Structure = {
  Path: "string",
  UserName: "string",
  UserId: "string",
  Arn: "string",
  CreateDate: "timestamp",
  PasswordLastUsed: "timestamp",
  PermissionsBoundary: { PermissionsBoundaryType: "string", PermissionsBoundaryArn: "string" },
  Tags: [TAG],
};

const ROLE: Structure = {
  Path: "string",
  RoleName: "string",
  RoleId: "string",
  Arn: "string",
  CreateDate: "timestamp",
  AssumeRolePolicyDocument: "document",
  Description: "string",
  MaxSessionDuration: "integer",
  Tags: [TAG],
  RoleLastUsed: { LastUsedDate: "timestamp", Region: "string" },
};

const KEY: Structure = {
  UserName: "string",
  AccessKeyId: "string",
  Status: "string",
  SecretAccessKey: "string",
  CreateDate: "timestamp",
};

const POLICY: Structure = {
  PolicyName: "string",
  PolicyId: "string",
  Arn: "string",
  Path: "string",
  DefaultVersionId: "string",
  AttachmentCount: "integer",
  PermissionsBoundaryUsageCount: "integer",
  IsAttachable: "boolean",
  Description: "string",
  CreateDate: "timestamp",
  UpdateDate: "timestamp",
};

const VERSION: Structure = {
  Document: "document",
  VersionId: "string",
  IsDefaultVersion: "boolean",
  CreateDate: "timestamp",
};

const GROUP: Structure = {
  Path: "string",
  GroupName: "string",
  GroupId: "string",
  Arn: "string",
  CreateDate: "timestamp",
};

const LOGIN: Structure = { UserName: "string", CreateDate: "timestamp", PasswordResetRequired: "boolean" };

const USER_NAME = { UserName: "string" } as const;
const ROLE_NAME = { RoleName: "string" } as const;
const ATTACHED = { AttachedPolicies: [{ PolicyName: "string", PolicyArn: "string" }] } as const;

function pages(...lists: string[]): { readonly pages: Pages } {
  return { pages: { lists, ask: "Marker", found: "Marker" } };
}

/** What users and roles have alike: policies of their own and attached ones. */
function policyOperations(kind: "User" | "Role"): Operation[] {
  const name: Structure = { [`${kind}Name`]: "string" };
  const needs = `${kind}Name`;
  const own: Structure = { ...name, PolicyName: "string", PolicyDocument: "document" };
  return [
    operation(`Put${kind}Policy`, own, `${needs} PolicyName PolicyDocument`),
    operation(`Get${kind}Policy`, { ...name, PolicyName: "string" }, `${needs} PolicyName`, own),
    operation(`Delete${kind}Policy`, { ...name, PolicyName: "string" }, `${needs} PolicyName`),
    operation(
      `List${kind}Policies`,
      { ...name, ...PAGE },
      needs,
      { PolicyNames: ["string"] },
      pages("PolicyNames"),
    ),
    operation(`Attach${kind}Policy`, { ...name, PolicyArn: "string" }, `${needs} PolicyArn`),
    operation(`Detach${kind}Policy`, { ...name, PolicyArn: "string" }, `${needs} PolicyArn`),
    operation(
      `ListAttached${kind}Policies`,
      { ...name, ...PAGE },
      needs,
      ATTACHED,
      pages("AttachedPolicies"),
    ),
    operation(
      `List${kind}Tags`,
      { ...name, Marker: "string", MaxItems: "integer" },
      needs,
      { Tags: [TAG] },
      pages("Tags"),
    ),
  ];
}

const PROVIDER = { OpenIDConnectProviderArn: "string" } as const;

export const iam: Service = {
  name: "iam",
  endpoint: "iam",
  protocol: "query",
  version: "2010-05-08",
  global: true,
  operations: [
    operation("ListUsers", PAGE, "", { Users: [USER] }, pages("Users")),
    operation("GetUser", USER_NAME, "", { User: USER }),
    operation(
      "CreateUser",
      { Path: "string", ...USER_NAME, PermissionsBoundary: "string", Tags: [TAG] },
      "UserName",
      { User: USER },
    ),
    operation("DeleteUser", USER_NAME, "UserName"),
    operation("CreateAccessKey", USER_NAME, "", { AccessKey: KEY }),
    operation(
      "ListAccessKeys",
      { ...USER_NAME, Marker: "string", MaxItems: "integer" },
      "",
      { AccessKeyMetadata: [KEY] },
      pages("AccessKeyMetadata"),
    ),
    operation(
      "UpdateAccessKey",
      { ...USER_NAME, AccessKeyId: "string", Status: "string" },
      "AccessKeyId Status",
    ),
    operation("DeleteAccessKey", { ...USER_NAME, AccessKeyId: "string" }, "AccessKeyId"),
    operation("GetAccessKeyLastUsed", { AccessKeyId: "string" }, "AccessKeyId", {
      UserName: "string",
      AccessKeyLastUsed: { LastUsedDate: "timestamp", ServiceName: "string", Region: "string" },
    }),
    ...policyOperations("User"),
    operation("ListRoles", PAGE, "", { Roles: [ROLE] }, pages("Roles")),
    operation("GetRole", ROLE_NAME, "RoleName", { Role: ROLE }),
    operation(
      "CreateRole",
      {
        Path: "string",
        ...ROLE_NAME,
        AssumeRolePolicyDocument: "document",
        Description: "string",
        MaxSessionDuration: "integer",
        Tags: [TAG],
      },
      "RoleName AssumeRolePolicyDocument",
      { Role: ROLE },
    ),
    operation(
      "UpdateRole",
      { ...ROLE_NAME, Description: "string", MaxSessionDuration: "integer" },
      "RoleName",
    ),
    operation("DeleteRole", ROLE_NAME, "RoleName"),
    operation(
      "UpdateAssumeRolePolicy",
      { ...ROLE_NAME, PolicyDocument: "document" },
      "RoleName PolicyDocument",
    ),
    ...policyOperations("Role"),
    operation(
      "ListPolicies",
      { Scope: "string", OnlyAttached: "boolean", ...PAGE, PolicyUsageFilter: "string" },
      "",
      { Policies: [POLICY] },
      pages("Policies"),
    ),
    operation("GetPolicy", { PolicyArn: "string" }, "PolicyArn", { Policy: POLICY }),
    operation("GetPolicyVersion", { PolicyArn: "string", VersionId: "string" }, "PolicyArn VersionId", {
      PolicyVersion: VERSION,
    }),
    operation(
      "ListPolicyVersions",
      { PolicyArn: "string", Marker: "string", MaxItems: "integer" },
      "PolicyArn",
      { Versions: [VERSION] },
      pages("Versions"),
    ),
    operation(
      "CreatePolicy",
      {
        PolicyName: "string",
        Path: "string",
        PolicyDocument: "document",
        Description: "string",
        Tags: [TAG],
      },
      "PolicyName PolicyDocument",
      { Policy: POLICY },
    ),
    operation(
      "CreatePolicyVersion",
      { PolicyArn: "string", PolicyDocument: "document", SetAsDefault: "boolean" },
      "PolicyArn PolicyDocument",
      { PolicyVersion: VERSION },
    ),
    operation("DeletePolicyVersion", { PolicyArn: "string", VersionId: "string" }, "PolicyArn VersionId"),
    operation("DeletePolicy", { PolicyArn: "string" }, "PolicyArn"),
    operation(
      "ListEntitiesForPolicy",
      { PolicyArn: "string", EntityFilter: "string", ...PAGE },
      "PolicyArn",
      {
        PolicyGroups: [{ GroupName: "string", GroupId: "string" }],
        PolicyUsers: [{ UserName: "string", UserId: "string" }],
        PolicyRoles: [{ RoleName: "string", RoleId: "string" }],
      },
      pages("PolicyGroups", "PolicyUsers", "PolicyRoles"),
    ),
    operation(
      "CreateOpenIDConnectProvider",
      { Url: "string", ClientIDList: ["string"], ThumbprintList: ["string"], Tags: [TAG] },
      "Url",
      { ...PROVIDER, Tags: [TAG] },
    ),
    operation("GetOpenIDConnectProvider", PROVIDER, "OpenIDConnectProviderArn", {
      Url: "string",
      ClientIDList: ["string"],
      ThumbprintList: ["string"],
      CreateDate: "timestamp",
      Tags: [TAG],
    }),
    operation("ListOpenIDConnectProviders", {}, "", { OpenIDConnectProviderList: [{ Arn: "string" }] }),
    operation("DeleteOpenIDConnectProvider", PROVIDER, "OpenIDConnectProviderArn"),
    operation(
      "ListGroupsForUser",
      { ...USER_NAME, Marker: "string", MaxItems: "integer" },
      "UserName",
      { Groups: [GROUP] },
      pages("Groups"),
    ),
    operation(
      "CreateLoginProfile",
      { ...USER_NAME, Password: "string", PasswordResetRequired: "boolean" },
      "",
      { LoginProfile: LOGIN },
    ),
    operation("GetLoginProfile", USER_NAME, "", { LoginProfile: LOGIN }),
    operation("DeleteLoginProfile", USER_NAME, ""),
    operation(
      "ListMFADevices",
      { ...USER_NAME, Marker: "string", MaxItems: "integer" },
      "",
      { MFADevices: [{ UserName: "string", SerialNumber: "string", EnableDate: "timestamp" }] },
      pages("MFADevices"),
    ),
    operation("SetDefaultPolicyVersion", { PolicyArn: "string", VersionId: "string" }, "PolicyArn VersionId"),
    operation(
      "SimulatePrincipalPolicy",
      {
        PolicySourceArn: "string",
        PolicyInputList: ["string"],
        ActionNames: ["string"],
        ResourceArns: ["string"],
        ContextEntries: [
          { ContextKeyName: "string", ContextKeyValues: ["string"], ContextKeyType: "string" },
        ],
      },
      "PolicySourceArn ActionNames",
      {
        EvaluationResults: [{ EvalActionName: "string", EvalResourceName: "string", EvalDecision: "string" }],
      },
      pages("EvaluationResults"),
    ),
    operation(
      "AddClientIDToOpenIDConnectProvider",
      { ...PROVIDER, ClientID: "string" },
      "OpenIDConnectProviderArn ClientID",
    ),
    operation(
      "RemoveClientIDFromOpenIDConnectProvider",
      { ...PROVIDER, ClientID: "string" },
      "OpenIDConnectProviderArn ClientID",
    ),
    operation(
      "UpdateOpenIDConnectProviderThumbprint",
      { ...PROVIDER, ThumbprintList: ["string"] },
      "OpenIDConnectProviderArn ThumbprintList",
    ),
  ],
};
