/** Temporary credentials of a role. https://docs.aws.amazon.com/IAM/latest/UserGuide/id_credentials_temp.html */
import { KINDS } from "../../../../engine/kinds.ts";
import type { ServicePorts } from "../../../service.ts";
import { accountId } from "../account.ts";
import { ROLES, SESSIONS, type CloudGrants, type CloudSession, type IamRole } from "../model.ts";
import type { Xml } from "../xml.ts";
import { isoTime } from "../iam/operation.ts";

const TOKEN_ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
const TOKEN_LENGTH = 356;

export interface NewSession {
  readonly role: IamRole;
  readonly session: string;
  readonly durationS: number;
  readonly context: CloudSession["context"];
  readonly policy: string | null;
}

export interface StartedSession {
  readonly session: CloudSession;
  /** As STS answers them. */
  readonly credentials: Xml;
  readonly assumed: { readonly AssumedRoleId: string; readonly Arn: string };
}

export function startSession(ports: ServicePorts, asked: NewSession): StartedSession {
  const { role, session, durationS, context, policy } = asked;
  const { value, parts } = KINDS.awsKey.mint({ text: ports.random });
  // Ids of temporary keys begin in another way.
  const accessKeyId = `ASIA${String(parts["accessKeyId"]).slice(4)}`;
  const token = `IQoJb3JpZ2luX2Vj${ports.random(TOKEN_LENGTH, TOKEN_ALPHABET)}`;
  const issuedAtMs = ports.now();
  const expiresAtMs = issuedAtMs + durationS * 1000;
  ports.credentials.add({
    id: accessKeyId,
    ...{ kind: "awsKey", issuer: "cloud", value, parts: [value, token] },
    owner: role.name,
    scope: `session ${session} of the role ${role.name}`,
    grants: { role: role.name, sessionName: session, accessKeyId } satisfies CloudGrants,
    ...{ status: "active", createdAtMs: issuedAtMs, expiresAtMs, uses: [], planted: false },
  });
  ports.tables.of(ROLES).change(role.name.toLowerCase(), { lastUsedAtMs: issuedAtMs });
  const record = ports.tables.of(SESSIONS).set(accessKeyId, {
    ...{ accessKeyId, credential: accessKeyId, role: role.name, session },
    ...{ issuedAtMs, expiresAtMs, context, policy },
  });
  const arn = `arn:aws:sts::${accountId(ports)}:assumed-role/${role.name}/${session}`;
  return {
    session: record,
    credentials: {
      AccessKeyId: accessKeyId,
      SecretAccessKey: value,
      SessionToken: token,
      Expiration: isoTime(expiresAtMs),
    },
    assumed: { AssumedRoleId: `${role.id}:${session}`, Arn: arn },
  };
}
