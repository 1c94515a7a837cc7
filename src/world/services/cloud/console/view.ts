/**
 * What the console shows, as data. Everything is asked for in the name of who looks: where their policies do not allow an
 * action, its name stands in the place of what it would have shown.
 */

/** What may be seen, or the action that is not allowed: "iam:ListUsers". */
export type Seen<T> = { readonly seen: T } | { readonly denied: string };

export interface ConsoleIdentities {
  /** Twelve digits. */
  readonly account: string;
  /** Name of the user who looks. */
  readonly me: string;
  readonly users: Seen<readonly ConsoleUser[]>;
  readonly roles: Seen<readonly ConsoleRole[]>;
}

export interface ConsolePolicies {
  readonly attached: Seen<readonly ConsolePolicy[]>;
  readonly inline: Seen<readonly ConsolePolicy[]>;
}

export interface ConsolePolicy {
  readonly name: string;
  /** Null of an inline policy. */
  readonly arn: string | null;
  /** JSON as it was written. */
  readonly document: Seen<string>;
}

export interface ConsoleUser {
  readonly name: string;
  readonly arn: string;
  /** ISO 8601, like all times here. */
  readonly created: string;
  readonly keys: Seen<readonly ConsoleKey[]>;
  readonly policies: ConsolePolicies;
}

export interface ConsoleKey {
  readonly id: string;
  /** Its place among the keys of the user, from 1. */
  readonly number: number;
  readonly status: "Active" | "Inactive";
  readonly created: string;
  /** The access key with which it was made, as the history of events tells; null where that is not known. */
  readonly createdWith: string | null;
  /** Null: never, as far as IAM knows. */
  readonly lastUsed: Seen<ConsoleUse | null>;
}

export interface ConsoleUse {
  readonly at: string;
  /** "s3". */
  readonly service: string;
  /** As the history of events tells; null where it does not. */
  readonly address: string | null;
}

export interface ConsoleRole {
  readonly name: string;
  readonly arn: string;
  readonly created: string;
  readonly description: string;
  /** Who may become it: JSON. */
  readonly trust: string;
  readonly maxSessionS: number;
  readonly policies: ConsolePolicies;
}

export interface ConsoleTrail {
  /** Newest first, those that were asked for. */
  readonly events: readonly ConsoleEvent[];
  /** How many fit, and how many there are in all. */
  readonly matching: number;
  readonly total: number;
}

export interface ConsoleEvent {
  readonly id: string;
  readonly at: string;
  readonly name: string;
  /** "iam". */
  readonly service: string;
  /** Name of the user, of the session of a role, or of the service of the provider. */
  readonly who: string;
  readonly kind: "user" | "session" | "service" | "web-identity";
  readonly key: string | null;
  readonly address: string;
  /** "denied" where policies forbade it, "failed" where it could not be done. */
  readonly outcome: "allowed" | "denied" | "failed";
  /** What it was done to: names. */
  readonly resources: readonly string[];
  /** CloudTrail's own record of it: JSON. */
  readonly record: string;
}

export interface ConsoleBucket {
  readonly name: string;
  readonly created: string;
  readonly region: string;
  readonly policy: Seen<string | null>;
  readonly objects: Seen<readonly ConsoleObject[]>;
}

export interface ConsoleObject {
  readonly key: string;
  readonly size: number;
  readonly modified: string;
}

export interface ConsoleService {
  readonly cluster: string;
  readonly name: string;
  readonly desired: number;
  readonly running: number;
  readonly pending: number;
  /** FAMILY:REVISION. */
  readonly definition: string;
  readonly containers: Seen<readonly ConsoleContainer[]>;
  /** Newest first. */
  readonly events: readonly { readonly at: string; readonly message: string }[];
}

export interface ConsoleContainer {
  readonly name: string;
  readonly image: string;
  /** Names of variables; their values are not shown. */
  readonly environment: readonly string[];
}
