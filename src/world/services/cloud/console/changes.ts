/**
 * What the console changes. Each step is a request to IAM in the name of who is signed in, and an event of its own: a
 * user is deleted as the real console does it, keys and policies first.
 */
import type { Origin } from "../../../network.ts";
import type { ServicePorts } from "../../../service.ts";
import type { CloudCall } from "../call.ts";
import { nextRequestId } from "../dispatch.ts";
import { cloudOrigin } from "../host.ts";
import type { Known } from "../iam/operation.ts";
import { serveIam } from "../iam/serve.ts";
import { keysOf } from "../keys.ts";
import { REGION } from "../model.ts";
import { record } from "../record.ts";
import { userNamed } from "../users.ts";
import { CONSOLE_AGENT } from "./host.ts";

export interface Changing {
  readonly ports: ServicePorts;
  readonly caller: Known;
  readonly from: Origin;
}

type Parameters = Readonly<Record<string, string>>;

/** The status of IAM's answer; the trail tells more. */
async function ask({ ports, caller, from }: Changing, action: string, more: Parameters): Promise<number> {
  const body = new URLSearchParams({ Action: action, Version: "2010-05-08", ...more }).toString();
  const call: CloudCall = {
    ...{ ports, from, caller, method: "POST" },
    host: { service: "iam", region: REGION, bucket: null },
    url: new URL(`${cloudOrigin("iam")}/`),
    headers: new Headers({ "User-Agent": CONSOLE_AGENT }),
    body: new TextEncoder().encode(body),
    account: caller.account,
    requestId: nextRequestId(ports),
  };
  const answer = await serveIam(call);
  record(call, {
    ...answer,
    actor: {
      name: caller.kind === "user" ? caller.user : caller.session,
      type: caller.kind,
      arn: caller.arn,
    },
  });
  return answer.response.status;
}

/** One after another, up to the first that is refused. */
async function askAll(
  changing: Changing,
  steps: readonly (readonly [string, Parameters])[],
): Promise<number> {
  for (const [action, parameters] of steps) {
    const status = await ask(changing, action, parameters);
    if (status >= 300) return status;
  }
  return 204;
}

/** By its place among the keys of its user. `ends`: the last letters of the key that was meant; another one is left alone. */
export interface KeyAt {
  readonly user: string;
  readonly number: number;
  readonly ends: string;
}

function keyIdAt({ ports }: Changing, { user, number, ends }: KeyAt): string | null {
  const id = keysOf(ports, user)[number - 1]?.accessKeyId;
  return id !== undefined && id.endsWith(ends) ? id : null;
}

export async function setKeyStatus(changing: Changing, at: KeyAt, status: string): Promise<number> {
  const id = keyIdAt(changing, at);
  return id === null
    ? 404
    : askAll(changing, [["UpdateAccessKey", { UserName: at.user, AccessKeyId: id, Status: status }]]);
}

export async function deleteKey(changing: Changing, at: KeyAt): Promise<number> {
  const id = keyIdAt(changing, at);
  return id === null ? 404 : askAll(changing, [["DeleteAccessKey", { UserName: at.user, AccessKeyId: id }]]);
}

export async function deleteUser(changing: Changing, name: string): Promise<number> {
  const user = userNamed(changing.ports, name);
  if (!user) return 404;
  const { name: UserName, inline, attached } = user;
  return askAll(changing, [
    ...keysOf(changing.ports, UserName).map(
      ({ accessKeyId }) => ["DeleteAccessKey", { UserName, AccessKeyId: accessKeyId }] as const,
    ),
    ...attached.map((arn) => ["DetachUserPolicy", { UserName, PolicyArn: arn }] as const),
    ...Object.keys(inline).map((policy) => ["DeleteUserPolicy", { UserName, PolicyName: policy }] as const),
    ["DeleteUser", { UserName }],
  ]);
}

/** Whose policy is taken off: of `user/NAME` or `role/NAME`. An ARN is detached, a name of an inline policy deleted. */
export async function removePolicy(
  changing: Changing,
  kind: "User" | "Role",
  owner: string,
  policy: string,
): Promise<number> {
  const named = { [`${kind}Name`]: owner };
  return askAll(changing, [
    policy.startsWith("arn:")
      ? [`Detach${kind}Policy`, { ...named, PolicyArn: policy }]
      : [`Delete${kind}Policy`, { ...named, PolicyName: policy }],
  ]);
}

/** https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_use_revoke-sessions.html */
export async function revokeSessions(changing: Changing, role: string): Promise<number> {
  const before = new Date(changing.ports.now()).toISOString();
  const document = JSON.stringify({
    Version: "2012-10-17",
    Statement: [
      {
        Effect: "Deny",
        Action: ["*"],
        Resource: ["*"],
        Condition: { DateLessThan: { "aws:TokenIssueTime": before } },
      },
    ],
  });
  return askAll(changing, [
    ["PutRolePolicy", { RoleName: role, PolicyName: "AWSRevokeOlderSessions", PolicyDocument: document }],
  ]);
}
