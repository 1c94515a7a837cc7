/** https://docs.github.com/en/rest/deploy-keys/deploy-keys */
import type { Json } from "../../../../base/json.ts";
import { addDeployKey, DEPLOY_KEYS, deployKeysOf, removeDeployKey, type DeployKey } from "../deploy-keys.ts";
import { API } from "../host.ts";
import { repositoryId, type Repository } from "../model.ts";
import { invalid, json, list, noContent, notFound, time, timeOrNull } from "./answer.ts";
import { audited } from "./audited.ts";
import { onRepository, type RepositoryCall, type Route } from "./route.ts";

export const keyRoutes: readonly Route[] = [
  onRepository("GET", "/keys", ["administration", "read"], listKeys),
  onRepository("POST", "/keys", ["administration", "write"], createKey),
  onRepository("GET", "/keys/{key_id}", ["administration", "read"], showKey),
  onRepository("DELETE", "/keys/{key_id}", ["administration", "write"], deleteKey),
];

function listKeys(call: RepositoryCall): Response {
  const { forge, repository } = call;
  return list(call, deployKeysOf(forge, repository), (key) => keyJson(call, key));
}

function find({ forge, repository, params }: RepositoryCall): DeployKey | undefined {
  const key = forge.ports.tables.of(DEPLOY_KEYS).get(params["key_id"] as string);
  return key?.repository === repository.id ? key : undefined;
}

function showKey(call: RepositoryCall): Response {
  const key = find(call);
  return key ? json(200, keyJson(call, key)) : notFound();
}

const KEY = /^(?:ssh-ed25519|ssh-rsa|ecdsa-sha2-nistp(?:256|384|521)) [A-Za-z0-9+/]+={0,2}(?: .*)?$/;

function createKey(call: RepositoryCall): Response {
  const { forge, repository, identity, body } = call;
  const { key, title = "", read_only: readOnly = false } = body;
  if (typeof key !== "string" || !KEY.test(key.trim()))
    return invalid({
      resource: "PublicKey",
      field: "key",
      code: "custom",
      message: "key is invalid. You must supply a key in OpenSSH public key format",
    });
  const bare = key.trim().split(" ").slice(0, 2).join(" ");
  if (forge.ports.tables.of(DEPLOY_KEYS).find((other) => other.key === bare))
    return invalid({ resource: "PublicKey", field: "key", code: "custom", message: "key is already in use" });
  const made = addDeployKey(forge, repository, {
    title: typeof title === "string" ? title : "",
    key: bare,
    readOnly: readOnly === true,
    addedBy: identity?.login ?? "ghost",
  });
  record(call, made, "public_key.create");
  return json(201, keyJson(call, made));
}

function deleteKey(call: RepositoryCall): Response {
  const key = find(call);
  if (!key) return notFound();
  removeDeployKey(call.forge, key);
  record(call, key, "public_key.delete");
  return noContent();
}

function record(call: RepositoryCall, { title, readOnly }: DeployKey, action: string): void {
  audited(call, action, repositoryId(call.repository), { title, read_only: readOnly });
}

function keyJson(
  { forge, repository }: { readonly forge: RepositoryCall["forge"]; readonly repository: Repository },
  key: DeployKey,
): Json {
  const uses = forge.ports.credentials.get(key.credential)?.uses ?? [];
  return {
    id: key.id,
    key: key.key,
    url: `${API}/repos/${repositoryId(repository)}/keys/${key.id}`,
    title: key.title,
    verified: true,
    created_at: time(key.createdAtMs),
    read_only: key.readOnly,
    added_by: key.addedBy,
    last_used: timeOrNull(uses.at(-1)?.atMs ?? null),
    enabled: true,
  };
}
