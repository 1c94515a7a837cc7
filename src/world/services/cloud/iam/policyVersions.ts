/** Versions of managed policies. https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreatePolicyVersion.html */
import { isCloudError, type CloudError } from "../error.ts";
import { POLICIES, type ManagedPolicy } from "../model.ts";
import { policyProblem } from "../policy/document.ts";
import type { Xml } from "../xml.ts";
import {
  deleteConflict,
  DONE,
  encodedDocument,
  isoTime,
  limitExceeded,
  malformedPolicy,
  noSuchEntity,
  type IamCall,
  type IamOperation,
  type IamResult,
} from "./operation.ts";
import { paged } from "./parameters.ts";
import { findOwnPolicy, findPolicy, policyArn, policyResource } from "./policies.ts";

const MOST = 5;

type Version = ManagedPolicy["versions"][number];

function create(call: IamCall): IamResult | CloudError {
  const { ports, parameters } = call;
  const policy = findOwnPolicy(call);
  if (isCloudError(policy)) return policy;
  const document = parameters.get("PolicyDocument") ?? "";
  const problem = policyProblem(document, "identity");
  if (problem !== null) return malformedPolicy(problem);
  if (policy.versions.length >= MOST)
    return limitExceeded(
      `A managed policy can have up to ${MOST} versions. Before you create a new version, you must delete an existing version.`,
    );
  // Numbers are not used again while a later one is there.
  const last = Math.max(...policy.versions.map(({ id }) => Number(id.slice(1))));
  const version = { id: `v${last + 1}`, document, createdAtMs: ports.now() };
  const isDefault = parameters.get("SetAsDefault") === "true";
  const changed = ports.tables.of(POLICIES).change(policy.arn, {
    versions: [...policy.versions, version],
    defaultVersion: isDefault ? version.id : policy.defaultVersion,
    updatedAtMs: ports.now(),
  });
  return {
    xml: { PolicyVersion: versionXml(changed, version, false) },
    resources: [policyResource(policy.arn)],
  };
}

function versionXml(
  { defaultVersion }: ManagedPolicy,
  { id, document, createdAtMs }: Version,
  whole: boolean,
): Xml {
  return {
    ...(whole ? { Document: encodedDocument(document) } : {}),
    VersionId: id,
    IsDefaultVersion: id === defaultVersion,
    CreateDate: isoTime(createdAtMs),
  };
}

function findVersion(call: IamCall, policy: ManagedPolicy): Version | CloudError {
  const id = call.parameters.get("VersionId") ?? "";
  return (
    policy.versions.find((version) => version.id === id) ??
    noSuchEntity(`Policy ${policy.arn} version ${id} does not exist or is not attachable.`)
  );
}

function get(call: IamCall): IamResult | CloudError {
  const policy = findPolicy(call);
  if (isCloudError(policy)) return policy;
  const version = findVersion(call, policy);
  return isCloudError(version) ? version : { xml: { PolicyVersion: versionXml(policy, version, true) } };
}

function list(call: IamCall): IamResult | CloudError {
  const policy = findPolicy(call);
  if (isCloudError(policy)) return policy;
  const newest = [...policy.versions].reverse();
  const page = paged(call, "Versions", newest, (version) => versionXml(policy, version, false));
  return isCloudError(page) ? page : { xml: page };
}

function setDefault(call: IamCall): IamResult | CloudError {
  const policy = findOwnPolicy(call);
  if (isCloudError(policy)) return policy;
  const version = findVersion(call, policy);
  if (isCloudError(version)) return version;
  call.ports.tables
    .of(POLICIES)
    .change(policy.arn, { defaultVersion: version.id, updatedAtMs: call.ports.now() });
  return { ...DONE, resources: [policyResource(policy.arn)] };
}

function remove(call: IamCall): IamResult | CloudError {
  const policy = findOwnPolicy(call);
  if (isCloudError(policy)) return policy;
  const version = findVersion(call, policy);
  if (isCloudError(version)) return version;
  if (version.id === policy.defaultVersion)
    return deleteConflict("Cannot delete the default version of a policy.");
  const versions = policy.versions.filter(({ id }) => id !== version.id);
  call.ports.tables.of(POLICIES).change(policy.arn, { versions, updatedAtMs: call.ports.now() });
  return { ...DONE, resources: [policyResource(policy.arn)] };
}

const named = { needs: ["PolicyArn", "VersionId"], resource: policyArn };

export const policyVersionOperations: readonly IamOperation[] = [
  {
    ...{ name: "CreatePolicyVersion", readOnly: false, needs: ["PolicyArn", "PolicyDocument"] },
    resource: policyArn,
    run: create,
  },
  { name: "GetPolicyVersion", readOnly: true, ...named, run: get },
  { name: "ListPolicyVersions", readOnly: true, needs: ["PolicyArn"], resource: policyArn, run: list },
  { name: "SetDefaultPolicyVersion", readOnly: false, ...named, run: setDefault },
  { name: "DeletePolicyVersion", readOnly: false, ...named, run: remove },
];
