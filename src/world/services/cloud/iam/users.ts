/** Users. https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreateUser.html */
import { iamArn } from "../account.ts";
import { isCloudError, type CloudError } from "../error.ts";
import { keysOf } from "../keys.ts";
import { USERS, type IamUser } from "../model.ts";
import { addUser, changeUser, userNamed } from "../users.ts";
import type { Xml } from "../xml.ts";
import {
  alreadyExists,
  deleteConflict,
  DONE,
  isoTime,
  noSuchEntity,
  validationError,
  type IamCall,
  type IamOperation,
  type IamResult,
} from "./operation.ts";
import { paged, pathParameter, tagList, tagParameters, userParameter } from "./parameters.ts";

export function userArn({ ports }: IamCall, name: string): string {
  return userNamed(ports, name)?.arn ?? iamArn(ports, `user/${name}`);
}

/** ARN of the user that a request names. */
export function namedUserArn(call: IamCall): string {
  return userArn(call, userParameter(call));
}

export function noUser(name: string): CloudError {
  return name === ""
    ? validationError("Must specify userName when calling with non-User credentials")
    : noSuchEntity(`The user with name ${name} cannot be found.`);
}

/** The user that a request names, or why there is none. */
export function findUser(call: IamCall): IamUser | CloudError {
  const name = userParameter(call);
  return userNamed(call.ports, name) ?? noUser(name);
}

export function userResource(name: string): { type: string; name: string } {
  return { type: "AWS::IAM::User", name };
}

function userXml({ path, name, id, arn, createdAtMs, tags }: IamUser, withTags: boolean): Xml {
  return {
    Path: path,
    UserName: name,
    UserId: id,
    Arn: arn,
    CreateDate: isoTime(createdAtMs),
    ...(withTags && Object.keys(tags).length > 0 ? { Tags: tagList(tags) } : {}),
  };
}

function createUser(call: IamCall): IamResult | CloudError {
  const name = call.parameters.get("UserName") ?? "";
  const path = pathParameter(call);
  if (isCloudError(path)) return path;
  if (userNamed(call.ports, name)) return alreadyExists(`User with name ${name} already exists.`);
  const user = addUser(call.ports, name, { path, tags: tagParameters(call) });
  return {
    xml: { User: userXml(user, true) },
    response: {
      user: { path, userName: name, userId: user.id, arn: user.arn, createDate: isoTime(user.createdAtMs) },
    },
    resources: [userResource(name)],
  };
}

/** In the order in which AWS looks. */
function deleteUser(call: IamCall): IamResult | CloudError {
  const user = findUser(call);
  if (isCloudError(user)) return user;
  if (user.attached.length > 0)
    return deleteConflict("Cannot delete entity, must detach all policies first.");
  if (Object.keys(user.inline).length > 0)
    return deleteConflict("Cannot delete entity, must delete policies first.");
  if (keysOf(call.ports, user.name).length > 0)
    return deleteConflict("Cannot delete entity, must delete access keys first.");
  if (user.loginProfile) return deleteConflict("Cannot delete entity, must delete login profile first.");
  call.ports.tables.of(USERS).delete(user.name.toLowerCase());
  return { ...DONE, resources: [userResource(user.name)] };
}

function listUsers(call: IamCall): IamResult | CloudError {
  const prefix = call.parameters.get("PathPrefix") ?? "/";
  const users = call.ports.tables.of(USERS).filter(({ path }) => path.startsWith(prefix));
  const sorted = users.sort((a, b) => (a.name < b.name ? -1 : 1));
  const page = paged(call, "Users", sorted, (user) => userXml(user, false));
  return isCloudError(page) ? page : { xml: page };
}

/** With when the console was last used: never, for there is none here. */
function getUser(call: IamCall): IamResult | CloudError {
  const user = findUser(call);
  return isCloudError(user)
    ? user
    : { xml: { User: userXml(user, true) }, resources: [userResource(user.name)] };
}

function createProfile(call: IamCall): IamResult | CloudError {
  const user = findUser(call);
  if (isCloudError(user)) return user;
  if (user.loginProfile) return alreadyExists(`Login Profile for user ${user.name} already exists.`);
  const createdAtMs = call.ports.now();
  changeUser(call.ports, user, { loginProfile: { createdAtMs } });
  const profile = { UserName: user.name, CreateDate: isoTime(createdAtMs), PasswordResetRequired: false };
  return { xml: { LoginProfile: profile }, resources: [userResource(user.name)] };
}

function getProfile(call: IamCall): IamResult | CloudError {
  const user = findUser(call);
  if (isCloudError(user)) return user;
  const { name, loginProfile } = user;
  if (!loginProfile) return noProfile(name);
  return { xml: { LoginProfile: { UserName: name, CreateDate: isoTime(loginProfile.createdAtMs) } } };
}

function deleteProfile(call: IamCall): IamResult | CloudError {
  const user = findUser(call);
  if (isCloudError(user)) return user;
  if (!user.loginProfile) return noProfile(user.name);
  changeUser(call.ports, user, { loginProfile: null });
  return { ...DONE, resources: [userResource(user.name)] };
}

function noProfile(name: string): CloudError {
  return noSuchEntity(`Login Profile for User ${name} cannot be found.`);
}

/** Groups and devices do not exist here: a list of them is empty. */
function emptyList(name: string, list: string): IamOperation {
  const run = (call: IamCall): IamResult | CloudError => {
    const user = findUser(call);
    return isCloudError(user) ? user : { xml: { IsTruncated: false, [list]: [] } };
  };
  return { name, readOnly: true, resource: namedUserArn, run };
}

function listTags(call: IamCall): IamResult | CloudError {
  const user = findUser(call);
  return isCloudError(user) ? user : { xml: { IsTruncated: false, Tags: tagList(user.tags) } };
}

const named = { needs: ["UserName"], resource: namedUserArn };
const write = { readOnly: false };
const read = { readOnly: true };

export const userOperations: readonly IamOperation[] = [
  {
    ...{ name: "CreateUser", ...write, needs: ["UserName"], run: createUser },
    resource: ({ ports, parameters }) =>
      iamArn(ports, `user${parameters.get("Path") ?? "/"}${parameters.get("UserName")}`),
  },
  { name: "DeleteUser", ...write, ...named, run: deleteUser },
  {
    ...{ name: "ListUsers", ...read, run: listUsers },
    resource: ({ ports, parameters }) => iamArn(ports, `user${parameters.get("PathPrefix") ?? "/"}`),
  },
  { name: "GetUser", ...read, resource: namedUserArn, run: getUser },
  { name: "ListUserTags", ...read, ...named, run: listTags },
  {
    name: "CreateLoginProfile",
    ...write,
    needs: ["UserName", "Password"],
    resource: namedUserArn,
    run: createProfile,
  },
  { name: "GetLoginProfile", ...read, ...named, run: getProfile },
  { name: "DeleteLoginProfile", ...write, ...named, run: deleteProfile },
  emptyList("ListGroupsForUser", "Groups"),
  emptyList("ListMFADevices", "MFADevices"),
  emptyList("ListSigningCertificates", "Certificates"),
  emptyList("ListSSHPublicKeys", "SSHPublicKeys"),
];
