/** Access keys. https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreateAccessKey.html */
import { cloudError, isCloudError, type CloudError } from "../error.ts";
import { changeKey, createKey, deleteKey, KEYS_PER_USER, keysOf, lastUse } from "../keys.ts";
import { ACCESS_KEYS, REGION, type AccessKey } from "../model.ts";
import {
  DONE,
  isoTime,
  limitExceeded,
  noSuchEntity,
  type IamCall,
  type IamOperation,
  type IamResult,
} from "./operation.ts";
import { paged } from "./parameters.ts";
import { findUser, namedUserArn, userArn, userResource } from "./users.ts";

function create(call: IamCall): IamResult | CloudError {
  const user = findUser(call);
  if (isCloudError(user)) return user;
  if (keysOf(call.ports, user.name).length >= KEYS_PER_USER)
    return limitExceeded(`Cannot exceed quota for AccessKeysPerUser: ${KEYS_PER_USER}`);
  const { key, credential } = createKey(call.ports, user.name);
  const shown = { userName: user.name, accessKeyId: key.accessKeyId, status: key.status };
  return {
    xml: {
      AccessKey: {
        UserName: user.name,
        AccessKeyId: key.accessKeyId,
        Status: key.status,
        SecretAccessKey: credential.value,
        CreateDate: isoTime(key.createdAtMs),
      },
    },
    response: { accessKey: { ...shown, createDate: isoTime(key.createdAtMs) } },
    resources: [keyResource(key.accessKeyId), userResource(user.name)],
  };
}

function list(call: IamCall): IamResult | CloudError {
  const user = findUser(call);
  if (isCloudError(user)) return user;
  const page = paged(call, "AccessKeyMetadata", keysOf(call.ports, user.name), (key) => ({
    UserName: user.name,
    AccessKeyId: key.accessKeyId,
    Status: key.status,
    CreateDate: isoTime(key.createdAtMs),
  }));
  return isCloudError(page) ? page : { xml: { UserName: user.name, ...page } };
}

function update(call: IamCall): IamResult | CloudError {
  const key = findKey(call);
  if (isCloudError(key)) return key;
  const status = call.parameters.get("Status");
  if (status !== "Active" && status !== "Inactive")
    return cloudError(
      "ValidationError",
      `1 validation error detected: Value '${(status ?? "").slice(0, 60)}' at 'status' failed to satisfy constraint: Member must satisfy enum value set: [Active, Inactive, Expired]`,
    );
  if (key.status !== status) changeKey(call.ports, key, status);
  return { ...DONE, resources: [keyResource(key.accessKeyId), userResource(key.user)] };
}

function remove(call: IamCall): IamResult | CloudError {
  const key = findKey(call);
  if (isCloudError(key)) return key;
  deleteKey(call.ports, key);
  return { ...DONE, resources: [keyResource(key.accessKeyId), userResource(key.user)] };
}

/** Who uses it can be seen in the audit log; here only the last time, the service and the region. */
function getLastUsed(call: IamCall): IamResult | CloudError {
  const id = keyId(call);
  const key = call.ports.tables.of(ACCESS_KEYS).get(id);
  if (!key) return noKey(id);
  const use = lastUse(call.ports, key);
  const region = use && ["iam", "sts"].includes(use.service) ? "us-east-1" : REGION;
  const shown = use
    ? { LastUsedDate: isoTime(use.atMs), ServiceName: use.service, Region: region }
    : { ServiceName: "N/A", Region: "N/A" };
  return { xml: { UserName: key.user, AccessKeyLastUsed: shown }, resources: [keyResource(id)] };
}

function findKey(call: IamCall): AccessKey | CloudError {
  const user = findUser(call);
  if (isCloudError(user)) return user;
  return keysOf(call.ports, user.name).find((key) => key.accessKeyId === keyId(call)) ?? noKey(keyId(call));
}

function keyId({ parameters }: IamCall): string {
  return parameters.get("AccessKeyId") ?? "";
}

function noKey(id: string): CloudError {
  return noSuchEntity(`The Access Key with id ${id} cannot be found.`);
}

function keyResource(name: string): { type: string; name: string } {
  return { type: "AWS::IAM::AccessKey", name };
}

function ownerArn(call: IamCall): string {
  const key = call.ports.tables.of(ACCESS_KEYS).get(keyId(call));
  return key ? userArn(call, key.user) : "*";
}

const KEY = { needs: ["AccessKeyId"] };

export const accessKeyOperations: readonly IamOperation[] = [
  { name: "CreateAccessKey", readOnly: false, resource: namedUserArn, run: create },
  { name: "ListAccessKeys", readOnly: true, resource: namedUserArn, run: list },
  {
    ...{ name: "UpdateAccessKey", readOnly: false, needs: ["AccessKeyId", "Status"] },
    resource: namedUserArn,
    run: update,
  },
  { name: "DeleteAccessKey", readOnly: false, ...KEY, resource: namedUserArn, run: remove },
  { name: "GetAccessKeyLastUsed", readOnly: true, ...KEY, resource: ownerArn, run: getLastUsed },
];
