/** Who sends a request, and what what they present allows. */
import { fromBase64, toUtf8 } from "../../../base/bytes.ts";
import type { Json } from "../../../base/json.ts";
import type { Credential } from "../../credential.ts";
import type { Credentials } from "../../credentials.ts";
import type { Origin } from "../../network.ts";
import type { Level, PermissionName } from "./model.ts";

/** What a credential of the forge opens: `grants` of its record. */
export type Grants =
  /** Signed in with a browser. */
  | { readonly kind: "session" }
  /** A classic token: https://docs.github.com/en/apps/oauth-apps/building-oauth-apps/scopes-for-oauth-apps */
  | { readonly kind: "classic"; readonly scopes: readonly string[] }
  /** A fine-grained token: `owner/name` of the repositories, or all that the owner can see. */
  | {
      readonly kind: "fine-grained";
      /** Whose repositories it opens: a person's or an organisation's; those of everybody where it is absent. */
      readonly resourceOwner?: string;
      /** The organisation has not approved it, or no longer does: it opens what everybody may read. */
      readonly pending?: boolean;
      readonly repositories: readonly string[] | "all";
      readonly permissions: Readonly<Partial<Record<PermissionName, Level>>>;
    }
  /** The token of a job of a workflow run. */
  | {
      readonly kind: "job";
      readonly repository: string;
      readonly run: number;
      readonly job: number;
      readonly permissions: Readonly<Partial<Record<PermissionName, Level>>>;
    }
  | { readonly kind: "deploy-key"; readonly repository: string; readonly readOnly: boolean };

export interface Identity {
  readonly login: string;
  readonly type: "user" | "app" | "deploy_key" | "workflow";
  /** `session` for a browser. */
  readonly credentialId: string;
  readonly grants: Grants;
}

/** As whom job tokens act. */
export const ACTIONS_BOT = "github-actions[bot]";

export interface Known {
  readonly identity: Identity | null;
  /** A credential was sent, and it works for nobody (any more). */
  readonly refused: boolean;
}

export function identify(credentials: Credentials, request: Request, from: Origin): Known {
  const header = request.headers.get("Authorization");
  if (header === null)
    return { identity: from.session === null ? null : session(from.session), refused: false };
  const value = presentedValue(header);
  const credential = value === null ? undefined : credentials.find("forge", value);
  if (!credential) return { identity: null, refused: true };
  const works = credentials.works(credential);
  if (!works)
    credentials.used(credential.id, {
      actor: credential.owner,
      address: from.address,
      action: "authenticate",
      result: "denied",
    });
  return { identity: works ? identityOf(credential) : null, refused: !works };
}

export function session(login: string): Identity {
  return { login, type: "user", credentialId: "session", grants: { kind: "session" } };
}

function identityOf(credential: Credential): Identity {
  const grants = grantsOf(credential.grants);
  const login = grants.kind === "job" ? ACTIONS_BOT : credential.owner;
  const type = grants.kind === "job" ? "workflow" : grants.kind === "deploy-key" ? "deploy_key" : "user";
  return { login, type, credentialId: credential.id, grants };
}

/** A planted token without grants of its own is a classic one that may do what its owner may. */
function grantsOf(grants: Json): Grants {
  if (grants !== null && typeof grants === "object" && !Array.isArray(grants) && "kind" in grants)
    return grants as unknown as Grants;
  return { kind: "classic", scopes: ["repo", "workflow"] };
}

/** Basic (the password counts, whatever the user name, as on GitHub), Bearer or token. */
function presentedValue(header: string): string | null {
  const [, scheme = "", rest = ""] = /^(\S+)\s+(\S+)\s*$/.exec(header) ?? [];
  if (/^(bearer|token)$/i.test(scheme)) return rest;
  if (!/^basic$/i.test(scheme) || !/^[A-Za-z0-9+/]*={0,2}$/.test(rest) || rest.length % 4 !== 0) return null;
  const [username = "", ...password] = toUtf8(fromBase64(rest)).split(":");
  return password.join(":") || username;
}
