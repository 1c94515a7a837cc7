/** Managed policies of the account and of AWS. https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreatePolicy.html */
import { iamArn, uniqueId } from "../account.ts";
import { isCloudError, type CloudError } from "../error.ts";
import { POLICIES, ROLES, USERS, type ManagedPolicy } from "../model.ts";
import { policyProblem } from "../policy/document.ts";
import type { Xml } from "../xml.ts";
import { AWS_POLICIES, awsDocument, awsPolicy, awsPolicyArn, type AwsPolicy } from "./awsPolicies.ts";
import {
  alreadyExists,
  deleteConflict,
  DONE,
  isoTime,
  malformedPolicy,
  noSuchEntity,
  type IamCall,
  type IamOperation,
  type IamResult,
} from "./operation.ts";
import { paged, pathParameter } from "./parameters.ts";

/** When AWS made its policies: long before any lab. */
const AWS_MADE_MS = Date.UTC(2015, 1, 6, 18, 39, 46);

function create(call: IamCall): IamResult | CloudError {
  const { ports, parameters } = call;
  const name = parameters.get("PolicyName") ?? "";
  const path = pathParameter(call);
  if (isCloudError(path)) return path;
  const document = parameters.get("PolicyDocument") ?? "";
  const problem = policyProblem(document, "identity");
  if (problem !== null) return malformedPolicy(problem);
  const taken = ports.tables.of(POLICIES).find((it) => it.name.toLowerCase() === name.toLowerCase());
  if (taken) return alreadyExists(`A policy called ${name} already exists. Duplicate names are not allowed.`);
  const createdAtMs = ports.now();
  const arn = iamArn(ports, `policy${path}${name}`);
  const policy = ports.tables.of(POLICIES).set(arn, {
    ...{ name, path, arn, createdAtMs, updatedAtMs: createdAtMs },
    id: uniqueId(ports, "ANPA"),
    description: parameters.get("Description") ?? "",
    versions: [{ id: "v1", document, createdAtMs }],
    defaultVersion: "v1",
  });
  return {
    xml: { Policy: policyXml(call, policy) },
    response: { policy: { policyName: name, arn } },
    resources: [policyResource(arn)],
  };
}

export function policyResource(name: string): { type: string; name: string } {
  return { type: "AWS::IAM::Policy", name };
}

export function policyArn({ parameters }: IamCall): string {
  return parameters.get("PolicyArn") ?? "";
}

export function noPolicy(arn: string): CloudError {
  return noSuchEntity(`Policy ${arn} was not found.`);
}

/** A policy of AWS in the shape of the account's own. */
function ofAws(policy: AwsPolicy): ManagedPolicy {
  const { name, path, description } = policy;
  return {
    ...{ name, path, description, arn: awsPolicyArn(policy), defaultVersion: "v1" },
    id: `ANPA${name
      .toUpperCase()
      .replace(/[^A-Z]/g, "")
      .slice(0, 16)}1`,
    createdAtMs: AWS_MADE_MS,
    updatedAtMs: AWS_MADE_MS,
    versions: [{ id: "v1", document: awsDocument(policy), createdAtMs: AWS_MADE_MS }],
  };
}

export function findPolicy(call: IamCall): ManagedPolicy | CloudError {
  const arn = policyArn(call);
  const theirs = awsPolicy(arn);
  return call.ports.tables.of(POLICIES).get(arn) ?? (theirs ? ofAws(theirs) : noPolicy(arn));
}

/** One that the account may change. */
export function findOwnPolicy(call: IamCall): ManagedPolicy | CloudError {
  const arn = policyArn(call);
  return call.ports.tables.of(POLICIES).get(arn) ?? noPolicy(arn);
}

interface Carriers {
  readonly users: readonly { readonly name: string; readonly id: string }[];
  readonly roles: readonly { readonly name: string; readonly id: string }[];
}

function carriers({ ports: { tables } }: IamCall, arn: string): Carriers {
  const carries = (it: { readonly attached: readonly string[] }) => it.attached.includes(arn);
  return { users: tables.of(USERS).filter(carries), roles: tables.of(ROLES).filter(carries) };
}

function policyXml(call: IamCall, policy: ManagedPolicy): { readonly [name: string]: Xml } {
  const { name, path, id, arn, description, createdAtMs, updatedAtMs, defaultVersion } = policy;
  const { users, roles } = carriers(call, arn);
  return {
    PolicyName: name,
    PolicyId: id,
    Arn: arn,
    Path: path,
    DefaultVersionId: defaultVersion,
    AttachmentCount: users.length + roles.length,
    PermissionsBoundaryUsageCount: 0,
    IsAttachable: true,
    ...(description === "" ? {} : { Description: description }),
    CreateDate: isoTime(createdAtMs),
    UpdateDate: isoTime(updatedAtMs),
  };
}

function get(call: IamCall): IamResult | CloudError {
  const policy = findPolicy(call);
  return isCloudError(policy) ? policy : { xml: { Policy: policyXml(call, policy) } };
}

function list(call: IamCall): IamResult | CloudError {
  const { parameters, ports } = call;
  const scope = parameters.get("Scope") ?? "All";
  const own = scope === "AWS" ? [] : ports.tables.of(POLICIES).all();
  const theirs = scope === "Local" ? [] : AWS_POLICIES.map(ofAws);
  const wanted = parameters.get("OnlyAttached") === "true";
  const shown = [...own, ...theirs].filter(({ arn }) => {
    const { users, roles } = carriers(call, arn);
    return !wanted || users.length + roles.length > 0;
  });
  const page = paged(call, "Policies", shown, (policy) => policyXml(call, policy));
  return isCloudError(page) ? page : { xml: page };
}

function remove(call: IamCall): IamResult | CloudError {
  const policy = findOwnPolicy(call);
  if (isCloudError(policy)) return policy;
  const { users, roles } = carriers(call, policy.arn);
  if (users.length + roles.length > 0) return deleteConflict("Cannot delete a policy attached to entities.");
  if (policy.versions.length > 1)
    return deleteConflict(
      "This policy has more than one version. Before you delete a policy, you must delete the policy's versions. The default version is deleted with the policy.",
    );
  call.ports.tables.of(POLICIES).delete(policy.arn);
  return { ...DONE, resources: [policyResource(policy.arn)] };
}

function listEntities(call: IamCall): IamResult | CloudError {
  const policy = findPolicy(call);
  if (isCloudError(policy)) return policy;
  const { users, roles } = carriers(call, policy.arn);
  return {
    xml: {
      IsTruncated: false,
      PolicyGroups: [],
      PolicyUsers: users.map(({ name, id }) => ({ UserName: name, UserId: id })),
      PolicyRoles: roles.map(({ name, id }) => ({ RoleName: name, RoleId: id })),
    },
  };
}

const named = { needs: ["PolicyArn"], resource: policyArn };

export const policyOperations: readonly IamOperation[] = [
  {
    ...{ name: "CreatePolicy", readOnly: false, needs: ["PolicyName", "PolicyDocument"], run: create },
    resource: ({ ports, parameters }) =>
      iamArn(ports, `policy${parameters.get("Path") ?? "/"}${parameters.get("PolicyName")}`),
  },
  { name: "GetPolicy", readOnly: true, ...named, run: get },
  {
    ...{ name: "ListPolicies", readOnly: true, run: list },
    resource: ({ ports, parameters }) => iamArn(ports, `policy${parameters.get("PathPrefix") ?? "/"}`),
  },
  { name: "DeletePolicy", readOnly: false, ...named, run: remove },
  { name: "ListEntitiesForPolicy", readOnly: true, ...named, run: listEntities },
];
