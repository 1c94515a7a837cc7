/** Roles. https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreateRole.html */
import { iamArn, uniqueId } from "../account.ts";
import { isCloudError, type CloudError } from "../error.ts";
import { REGION, ROLES, type IamRole } from "../model.ts";
import { policyProblem } from "../policy/document.ts";
import type { Xml } from "../xml.ts";
import { entityArn, entityResource, ROLE } from "./entity.ts";
import {
  alreadyExists,
  deleteConflict,
  DONE,
  encodedDocument,
  isoTime,
  malformedPolicy,
  noSuchEntity,
  validationError,
  type IamCall,
  type IamOperation,
  type IamResult,
} from "./operation.ts";
import { paged, pathParameter, tagList, tagParameters } from "./parameters.ts";
import { principalProblem } from "./principals.ts";

const HOUR_S = 3600;

function create(call: IamCall): IamResult | CloudError {
  const { ports, parameters } = call;
  const name = parameters.get("RoleName") ?? "";
  const path = pathParameter(call);
  if (isCloudError(path)) return path;
  if (ports.tables.of(ROLES).has(name.toLowerCase()))
    return alreadyExists(`Role with name ${name} already exists.`);
  const trust = trustParameter(call, "AssumeRolePolicyDocument");
  if (isCloudError(trust)) return trust;
  const maxSessionS = sessionParameter(call);
  if (isCloudError(maxSessionS)) return maxSessionS;
  const role = ports.tables.of(ROLES).set(name.toLowerCase(), {
    ...{ name, path, trust, maxSessionS },
    id: uniqueId(ports, "AROA"),
    arn: iamArn(ports, `role${path}${name}`),
    createdAtMs: ports.now(),
    description: parameters.get("Description") ?? "",
    inline: {},
    attached: [],
    tags: tagParameters(call),
    lastUsedAtMs: null,
  });
  return {
    xml: { Role: roleXml(role) },
    response: { role: { roleName: name, roleId: role.id, arn: role.arn } },
    resources: [entityResource(ROLE, name)],
  };
}

function trustParameter({ ports, parameters }: IamCall, name: string): string | CloudError {
  const text = parameters.get(name) ?? "";
  const problem = policyProblem(text, "trust") ?? principalProblem(ports, text);
  return problem === null ? text : malformedPolicy(problem);
}

function sessionParameter({ parameters }: IamCall): number | CloudError {
  const text = parameters.get("MaxSessionDuration");
  if (text === undefined) return HOUR_S;
  const seconds = Number(text);
  const good = /^\d{1,6}$/.test(text) && seconds >= HOUR_S && seconds <= 12 * HOUR_S;
  return good
    ? seconds
    : validationError(
        `1 validation error detected: Value '${text.slice(0, 20)}' at 'maxSessionDuration' failed to satisfy constraint: Member must have value between 3600 and 43200`,
      );
}

function roleXml(role: IamRole): { readonly [name: string]: Xml } {
  const { path, name, id, arn, createdAtMs, trust, description, maxSessionS } = role;
  return {
    Path: path,
    RoleName: name,
    RoleId: id,
    Arn: arn,
    CreateDate: isoTime(createdAtMs),
    AssumeRolePolicyDocument: encodedDocument(trust),
    ...(description === "" ? {} : { Description: description }),
    MaxSessionDuration: maxSessionS,
  };
}

function findRole({ ports, parameters }: IamCall): IamRole | CloudError {
  const name = parameters.get("RoleName") ?? "";
  return (
    ports.tables.of(ROLES).get(name.toLowerCase()) ??
    noSuchEntity(`The role with name ${name} cannot be found.`)
  );
}

function get(call: IamCall): IamResult | CloudError {
  const role = findRole(call);
  if (isCloudError(role)) return role;
  const { tags, lastUsedAtMs } = role;
  const used = lastUsedAtMs === null ? {} : { LastUsedDate: isoTime(lastUsedAtMs), Region: REGION };
  const tagged = Object.keys(tags).length > 0 ? { Tags: tagList(tags) } : {};
  return {
    xml: { Role: { ...roleXml(role), ...tagged, RoleLastUsed: used } as Xml },
    resources: [entityResource(ROLE, role.name)],
  };
}

function list(call: IamCall): IamResult | CloudError {
  const prefix = call.parameters.get("PathPrefix") ?? "/";
  const roles = call.ports.tables.of(ROLES).filter(({ path }) => path.startsWith(prefix));
  const page = paged(
    call,
    "Roles",
    roles.sort((a, b) => (a.name < b.name ? -1 : 1)),
    roleXml,
  );
  return isCloudError(page) ? page : { xml: page };
}

function remove(call: IamCall): IamResult | CloudError {
  const role = findRole(call);
  if (isCloudError(role)) return role;
  if (role.attached.length > 0)
    return deleteConflict("Cannot delete entity, must detach all policies first.");
  if (Object.keys(role.inline).length > 0)
    return deleteConflict("Cannot delete entity, must delete policies first.");
  call.ports.tables.of(ROLES).delete(role.name.toLowerCase());
  return { ...DONE, resources: [entityResource(ROLE, role.name)] };
}

function updateTrust(call: IamCall): IamResult | CloudError {
  const role = findRole(call);
  if (isCloudError(role)) return role;
  const trust = trustParameter(call, "PolicyDocument");
  if (isCloudError(trust)) return trust;
  call.ports.tables.of(ROLES).change(role.name.toLowerCase(), { trust });
  return { ...DONE, resources: [entityResource(ROLE, role.name)] };
}

function update(call: IamCall): IamResult | CloudError {
  const role = findRole(call);
  if (isCloudError(role)) return role;
  const asked =
    call.parameters.get("MaxSessionDuration") === undefined ? role.maxSessionS : sessionParameter(call);
  if (isCloudError(asked)) return asked;
  const description = call.parameters.get("Description") ?? role.description;
  call.ports.tables.of(ROLES).change(role.name.toLowerCase(), { maxSessionS: asked, description });
  return { xml: {}, resources: [entityResource(ROLE, role.name)] };
}

function listProfiles(call: IamCall): IamResult | CloudError {
  const role = findRole(call);
  return isCloudError(role) ? role : { xml: { IsTruncated: false, InstanceProfiles: [] } };
}

function listTags(call: IamCall): IamResult | CloudError {
  const role = findRole(call);
  return isCloudError(role) ? role : { xml: { IsTruncated: false, Tags: tagList(role.tags) } };
}

const named = { needs: ["RoleName"], resource: (call: IamCall) => entityArn(ROLE, call) };

export const roleOperations: readonly IamOperation[] = [
  {
    ...{ name: "CreateRole", readOnly: false, needs: ["RoleName", "AssumeRolePolicyDocument"], run: create },
    resource: ({ ports, parameters }) =>
      iamArn(ports, `role${parameters.get("Path") ?? "/"}${parameters.get("RoleName")}`),
  },
  { name: "GetRole", readOnly: true, ...named, run: get },
  {
    ...{ name: "ListRoles", readOnly: true, run: list },
    resource: ({ ports, parameters }) => iamArn(ports, `role${parameters.get("PathPrefix") ?? "/"}`),
  },
  { name: "DeleteRole", readOnly: false, ...named, run: remove },
  { name: "UpdateRole", readOnly: false, ...named, run: update },
  {
    ...{ name: "UpdateAssumeRolePolicy", readOnly: false, ...named },
    needs: ["RoleName", "PolicyDocument"],
    run: updateTrust,
  },
  { name: "ListRoleTags", readOnly: true, ...named, run: listTags },
  { name: "ListInstanceProfilesForRole", readOnly: true, ...named, run: listProfiles },
];
