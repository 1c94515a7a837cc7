/**
 * Words of the cloud: its account, who is in it, and who asks. Everything is in tables of the world; records are the
 * shapes of the IAM API, with times in ms.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_identifiers.html
 */
import type { Json } from "../../../base/json.ts";
import { tableName } from "../../../base/tables.ts";

/** The one account of a world. It is there only where a lab has the cloud. */
export interface CloudAccount {
  /** Twelve digits from the seed. */
  readonly id: string;
  /** Mail addresses to which AWS writes. */
  readonly contacts: readonly string[];
}

export const ACCOUNT = tableName<CloudAccount>("cloud/account");
export const ACCOUNT_KEY = "account";
/** Where everything is that has a place. */
export const REGION = "eu-north-1";

export interface IamUser {
  readonly name: string;
  readonly path: string;
  /** AIDA… */
  readonly id: string;
  readonly arn: string;
  readonly createdAtMs: number;
  /** Inline policies: documents as they were written, by name. */
  readonly inline: Readonly<Record<string, string>>;
  /** ARNs of managed policies, in the order in which they were attached. */
  readonly attached: readonly string[];
  readonly tags: Readonly<Record<string, string>>;
  /** Somebody may sign in to the console with a password. */
  readonly loginProfile: { readonly createdAtMs: number } | null;
}

export interface IamRole {
  readonly name: string;
  readonly path: string;
  /** AROA… */
  readonly id: string;
  readonly arn: string;
  readonly createdAtMs: number;
  readonly description: string;
  /** Trust policy, as it was written. */
  readonly trust: string;
  readonly maxSessionS: number;
  readonly inline: Readonly<Record<string, string>>;
  readonly attached: readonly string[];
  readonly tags: Readonly<Record<string, string>>;
  readonly lastUsedAtMs: number | null;
}

export interface ManagedPolicy {
  readonly name: string;
  readonly path: string;
  /** ANPA… */
  readonly id: string;
  readonly arn: string;
  readonly description: string;
  readonly createdAtMs: number;
  readonly updatedAtMs: number;
  /** Oldest first; at most five. */
  readonly versions: readonly {
    readonly id: string;
    readonly document: string;
    readonly createdAtMs: number;
  }[];
  readonly defaultVersion: string;
}

export interface OidcProvider {
  readonly arn: string;
  /** Without https:// */
  readonly url: string;
  readonly clientIds: readonly string[];
  readonly thumbprints: readonly string[];
  readonly createdAtMs: number;
}

/** What IAM shows of an access key; whether it works is in its credential, which follows some seconds later. */
export interface AccessKey {
  readonly accessKeyId: string;
  readonly user: string;
  readonly status: "Active" | "Inactive";
  readonly createdAtMs: number;
  /** Id of the world's credential. */
  readonly credential: string;
}

/** Temporary credentials of STS. */
export interface CloudSession {
  /** ASIA… */
  readonly accessKeyId: string;
  readonly credential: string;
  /** Name of the role, and the name that whoever assumed it gave the session. */
  readonly role: string;
  readonly session: string;
  readonly issuedAtMs: number;
  readonly expiresAtMs: number;
  /** Condition keys that it brings: what the identity token said. */
  readonly context: Readonly<Record<string, string | readonly string[]>>;
  /** A policy that narrows the role's, as it was sent. */
  readonly policy: string | null;
}

/** By name. Names are unique without regard to case: keys are in lower case. */
export const USERS = tableName<IamUser>("cloud/users");
export const ROLES = tableName<IamRole>("cloud/roles");
/** Policies of the account, by ARN. Those of AWS are not in a table: see iam/awsPolicies.ts. */
export const POLICIES = tableName<ManagedPolicy>("cloud/policies");
/** By ARN. */
export const OIDC_PROVIDERS = tableName<OidcProvider>("cloud/oidc-providers");
/** By access key id. */
export const ACCESS_KEYS = tableName<AccessKey>("cloud/access-keys");
/** By access key id. */
export const SESSIONS = tableName<CloudSession>("cloud/sessions");

/** `grants` of a credential whose issuer is "cloud". The secret is its value; a session's token is one of its parts. */
export type CloudGrants =
  | {
      readonly user: string;
      readonly accessKeyId: string;
      /** Of a planted one: so long before the lab it was made, and last used. */
      readonly created?: string;
      readonly lastUsed?: string;
      /** What somebody is signed in with at their machine. */
      readonly session?: boolean;
    }
  | { readonly role: string; readonly sessionName: string; readonly accessKeyId: string };

/** Who asks. */
export type Principal =
  | {
      readonly kind: "user";
      readonly arn: string;
      /** AIDA… */
      readonly id: string;
      readonly account: string;
      readonly user: string;
      readonly accessKeyId: string;
      /** Id of the world's credential. */
      readonly credential: string;
    }
  | {
      readonly kind: "session";
      /** arn:aws:sts::…:assumed-role/ROLE/SESSION */
      readonly arn: string;
      /** AROA…:SESSION */
      readonly id: string;
      readonly account: string;
      readonly role: string;
      readonly roleArn: string;
      readonly session: string;
      readonly accessKeyId: string;
      readonly credential: string;
    }
  /** Nobody signed. Only what a resource opens to everybody, and what needs no signature. */
  | { readonly kind: "anonymous" };

/** What a request did, for the audit log and for CloudTrail. */
export interface CloudEvent {
  /** As the API names it: "CreateUser". */
  readonly name: string;
  readonly readOnly: boolean;
  /** Data events (objects of S3) are not in CloudTrail's event history. */
  readonly management?: boolean;
  /** As CloudTrail shows them, without secrets. */
  readonly parameters?: { readonly [key: string]: Json | undefined } | null;
  /** As CloudTrail shows what came of it, without secrets. */
  readonly response?: { readonly [key: string]: Json | undefined } | null;
  readonly resources?: readonly { readonly type: string; readonly name: string }[];
}
