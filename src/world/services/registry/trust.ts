/** Trusted publishers: one workflow may publish a package without any stored token. https://docs.npmjs.com/trusted-publishers */
import type { Json } from "../../../base/json.ts";
import { refusedSettings } from "./allowed.ts";
import { failure, json } from "./answer.ts";
import type { RegistryCall } from "./call.ts";
import { fields, texts } from "./fields.ts";
import type { Package, TrustedPublisher } from "./model.ts";
import { changePackage } from "./registry.ts";
import { onPackage } from "./settings.ts";

const HEX = "0123456789abcdef";

export const showTrust = onPackage((call, found) => {
  const refused = refusedSettings(call, found);
  if (refused) return refused;
  return json(200, found.trust ? [trustJson(found.trust)] : []);
});

/** Nothing is looked up: whether repository and file exist shows when somebody publishes. */
export const makeTrust = onPackage((call, found) => {
  const refused = refusedSettings(call, found);
  if (refused) return refused;
  if (found.trust) return failure(409, "This package has a trusted publisher already; revoke it first.");
  const asked = Array.isArray(call.value) ? (call.value as readonly Json[]) : [call.value];
  const trust = asked.length === 1 ? read(call, asked[0]) : null;
  if (!trust)
    return failure(400, "a trusted publisher of type github has a repository and the file of a workflow");
  changePackage(call.ports, found.name, { trust });
  changed(call, found, `${trust.repository} may publish ${found.name} with ${trust.file}`);
  return json(201, [trustJson(trust)]);
});

export const removeTrust = onPackage((call, found, id) => {
  const refused = refusedSettings(call, found);
  if (refused) return refused;
  if (found.trust?.id !== id) return failure(404, "Not found");
  changePackage(call.ports, found.name, { trust: null });
  changed(call, found, `${found.name} has no trusted publisher any more`);
  return new Response(null, { status: 204 });
});

function changed({ ports, grants }: RegistryCall, { name }: Package, what: string): void {
  ports.event({
    who: "provider",
    kind: "package.trust",
    what,
    data: { package: name, user: grants?.user ?? "" },
  });
}

function read({ ports }: RegistryCall, value: Json | undefined): TrustedPublisher | null {
  const { type, claims, permissions } = fields(value);
  const { repository, environment, workflow_ref: workflow } = fields(claims);
  const { file } = fields(workflow);
  if (type !== "github" || typeof repository !== "string" || !/^[\w.-]+\/[\w.-]+$/.test(repository))
    return null;
  if (typeof file !== "string" || !/^[\w.-]+\.ya?ml$/.test(file)) return null;
  const part = (length: number) => ports.random(length, HEX);
  return {
    id: `${part(8)}-${part(4)}-4${part(3)}-a${part(3)}-${part(12)}`,
    repository,
    file,
    environment: typeof environment === "string" && environment !== "" ? environment : null,
    permissions: texts(permissions) ?? ["createPackage"],
  };
}

function trustJson({ id, repository, file, environment, permissions }: TrustedPublisher): Json {
  return {
    id,
    type: "github",
    claims: {
      repository,
      workflow_ref: { file },
      ...(environment === null ? {} : { environment }),
    },
    permissions,
  };
}
