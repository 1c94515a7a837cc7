/** The part of lab.yaml that says who and what is there: people, repositories, credentials. */
import { z } from "zod";
import { KINDS } from "../engine/kinds.ts";
import { ISSUERS } from "../world/credential.ts";
import { CAST } from "../world/person.ts";
import { AWS_POLICIES } from "../world/services/cloud/iam/awsPolicies.ts";
import {
  LEVELS,
  PERMISSION_NAMES,
  PUSH_PROTECTS,
  ROLES,
  VISIBILITIES,
} from "../world/services/forge/model.ts";
import { DURATION } from "./duration.ts";

export const login = z.enum(CAST.map((person) => person.login) as [string, ...string[]]);

export const name = z
  .string()
  .regex(/^[a-zA-Z][a-zA-Z0-9]*$/, "use letters and digits, beginning with a letter");

export const variable = z
  .string()
  .regex(/^[A-Z][A-Z0-9_]*$/, "use capital letters, digits and underscores, as for a shell variable");

export const duration = z.string().regex(DURATION, "write a span of time like 90s, 6m, 2h or 1h30m");

const repositoryName = z.string().regex(/^[\w.-]+\/[\w.-]+$/, "write owner/name");

export const person = z.strictObject({
  login,
  /** They have a machine of their own from the beginning; anybody who acts in a story gets one there. */
  machine: z.boolean().default(true),
  /** Their part in the organisation that owns the repository. */
  organisation: z.enum(["owner", "member", "none"]).default("none"),
});

export const repository = z.strictObject({
  name: repositoryName,
  description: z.string().max(200).default(""),
  visibility: z.enum(VISIBILITIES).default("public"),
  pushProtection: z.boolean().default(true),
  /** Which secrets it stops: `providers` leaves out passwords, database addresses and private keys. */
  pushProtects: z.enum(PUSH_PROTECTS).default("everything"),
  secretScanning: z.boolean().default(true),
  /** Roles by login. Without them the learner may write to the first repository. */
  collaborators: z.partialRecord(login, z.enum(ROLES)).optional(),
});

const permissions = z.partialRecord(z.enum(PERMISSION_NAMES), z.enum(LEVELS));

/** What a credential of the forge opens: `Grants` of the forge's identity.ts, as far as a lab can plant one. */
export const forgeGrants = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("classic"), scopes: z.array(z.string()) }),
  z.strictObject({
    kind: z.literal("fine-grained"),
    repositories: z.union([z.literal("all"), z.array(repositoryName)]),
    permissions,
  }),
  z.strictObject({ kind: z.literal("deploy-key"), repository: repositoryName, readOnly: z.boolean() }),
]);

export const credential = z.strictObject({
  id: name,
  kind: z.enum(Object.keys(KINDS) as [keyof typeof KINDS, ...(keyof typeof KINDS)[]]),
  /** A person's login, or the name of a machine account. */
  owner: z.string(),
  /** What it opens, for people. */
  scope: z.string(),
  issuer: z.enum(ISSUERS).default("none"),
  /** What it opens, for its issuer. */
  grants: z.json().default(null),
  /** From the beginning of the lab. */
  expires: duration.optional(),
  /** The shell variable that holds the value while start/setup.sh and stories run. */
  variable: variable.optional(),
});

const policyName = z.string().regex(/^[a-z0-9][a-z0-9_.-]*$/, "write the name of a policy in small letters");

/** Tokens of the secret store that people have in `~/.vault-token`. */
export const storeAccess = z
  .strictObject({ access: z.partialRecord(login, z.array(policyName).min(1)).default({}) })
  .default({ access: {} });

/** What a token of the store may do: policies that `start/setup.sh` writes. */
export const storeGrants = z.strictObject({ policies: z.array(policyName).min(1) });

const databaseName = z.string().regex(/^\w+$/, "use letters, digits and underscores");

/** What a credential of a database server opens: `DatabaseGrants` of the database's model.ts. */
export const databaseGrants = z.strictObject({
  host: z
    .string()
    .regex(/^db\.[a-z0-9-]+\.lantern-tides\.test$/, "write db.<environment>.lantern-tides.test"),
  role: databaseName,
  database: databaseName.optional(),
  superuser: z.boolean().optional(),
  createRole: z.boolean().optional(),
});

const awsPolicyName = z.enum(AWS_POLICIES.map((policy) => policy.name) as [string, ...string[]]);

/** IAM users of the cloud, by the login of who has a key of theirs in `~/.aws/credentials`: policies of AWS. */
export const cloudAccess = z
  .strictObject({
    access: z
      .partialRecord(login, z.union([awsPolicyName, z.array(awsPolicyName)], "name policies of AWS"))
      .default({}),
  })
  .default({ access: {} });

/** What a credential of the cloud opens: it is an access key of an IAM user, who is there from the beginning. */
export const cloudGrants = z.strictObject({
  user: z.string().regex(/^[\w+=,.@-]{1,64}$/, "write the name of an IAM user"),
  /** So long before the lab it was made; nothing said: three days. */
  created: duration.optional(),
  /** So long before the lab it was last used; nothing said: never. */
  lastUsed: duration.optional(),
});
