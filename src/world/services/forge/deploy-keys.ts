/**
 * Deploy keys. There is no SSH in this world: a key is a credential that git presents over HTTPS.
 * https://docs.github.com/en/authentication/connecting-to-github-with-ssh/managing-deploy-keys
 */
import { tableName } from "../../../base/tables.ts";
import type { Json } from "../../../base/json.ts";
import type { Credential } from "../../credential.ts";
import type { Forge } from "./forge.ts";
import type { Grants } from "./identity.ts";
import { repositoryId, type Repository } from "./model.ts";

export interface DeployKey {
  readonly id: number;
  readonly repository: number;
  readonly title: string;
  /** The public half. */
  readonly key: string;
  readonly readOnly: boolean;
  readonly addedBy: string;
  readonly createdAtMs: number;
  /** Id of the credential that opens the repository. */
  readonly credential: string;
}

/** By id. */
export const DEPLOY_KEYS = tableName<DeployKey>("forge/deploy-keys");

export function deployKeysOf(forge: Forge, repository: Repository): DeployKey[] {
  return forge.ports.tables.of(DEPLOY_KEYS).filter((key) => key.repository === repository.id);
}

export interface NewDeployKey extends Pick<DeployKey, "title" | "key" | "readOnly" | "addedBy"> {
  /** The private half, where a lab plants one; else the body of the public half stands for it. */
  readonly secret?: Pick<Credential, "kind" | "value" | "parts" | "planted">;
}

/** The key, and the credential that goes with it: its value is presented as the password of git over HTTPS. */
export function addDeployKey(forge: Forge, repository: Repository, given: NewDeployKey): DeployKey {
  const { tables, credentials } = forge.ports;
  const { secret, ...shown } = given;
  const id = tables.next("forge/deploy-key", 90_001);
  const value = given.key.split(" ")[1] ?? given.key;
  const grants: Grants = {
    kind: "deploy-key",
    repository: repositoryId(repository),
    readOnly: given.readOnly,
  };
  const credential = credentials.add({
    id: `deploy-key-${id}`,
    ...(secret ?? { kind: "privateKeyPem", value, parts: [value], planted: false }),
    issuer: "forge",
    owner: given.addedBy,
    scope: `${repositoryId(repository)} (${given.readOnly ? "read" : "read and write"})`,
    grants: grants as unknown as Json,
    status: "active",
    createdAtMs: forge.now(),
    expiresAtMs: null,
    uses: [],
  });
  const key = {
    ...shown,
    id,
    repository: repository.id,
    createdAtMs: forge.now(),
    credential: credential.id,
  };
  return tables.of(DEPLOY_KEYS).set(String(id), key);
}

export function removeDeployKey(forge: Forge, key: DeployKey): void {
  forge.ports.tables.of(DEPLOY_KEYS).delete(String(key.id));
  forge.ports.credentials.change(key.credential, { status: "revoked" });
}
