/** Machines that know the id of a role and a secret id. https://openbao.org/api-docs/auth/approle/ */
import type { ServicePorts } from "../../../service.ts";
import { data, done, keys, notFound, wrong, type Reply } from "../answer.ts";
import { writes, type Route, type StoreCall } from "../call.ts";
import { deleteEntry, entriesOf, entryOf, putEntry } from "../entries.ts";
import { flagOf, goTime, mapOf, numberOf, seconds, spanOf, textOf, uuid } from "../fields.ts";
import type { Fields } from "../model.ts";
import { loggedIn, tokenFields } from "./login.ts";
import { namedRoutes } from "./settings.ts";

const ROLE = "role";
/** By accessor. */
const SECRET_ID = "secret-id";

function roleNamed({ ports, mount }: StoreCall, name: string): Fields | undefined {
  return entryOf(ports, mount, ROLE, name.toLowerCase());
}

function readRoleId(call: StoreCall, name: string): Reply {
  const role = roleNamed(call, name);
  return role ? data({ role_id: textOf(role, "role_id") }) : notFound();
}

function writeRoleId(call: StoreCall, name: string): Reply {
  const role = roleNamed(call, name);
  if (!role) return notFound();
  const roleId = textOf(call.fields, "role_id");
  if (roleId === "") return wrong("missing role_id");
  putEntry(call.ports, {
    mount: call.mount,
    kind: ROLE,
    name: name.toLowerCase(),
    fields: { ...role, role_id: roleId },
  });
  return done();
}

/** A secret id is a credential of the world. `custom-secret-id` chooses it. */
function makeSecretId(call: StoreCall, written: string, chosen: string | null): Reply {
  const { ports, mount, fields } = call;
  const name = written.toLowerCase();
  const role = roleNamed(call, name);
  if (!role) return wrong(`role ${JSON.stringify(name)} does not exist`);
  const value = chosen ?? uuid(ports);
  if (value === "") return wrong("missing secret_id");
  if (chosen !== null && secretIdOf(call, name, value)) return wrong("SecretID is already registered");
  const accessor = uuid(ports);
  const ttlMs = spanOf(fields, "ttl") || spanOf(role, "secret_id_ttl");
  const uses = numberOf(fields, "num_uses", numberOf(role, "secret_id_num_uses"));
  const credential = credentialFor(ports, value, name, ttlMs);
  const about = {
    role: name,
    credential,
    num_uses: uses,
    createdAtMs: ports.now(),
    ttlMs,
    metadata: mapOf(fields, "metadata") ?? {},
  };
  putEntry(ports, { mount, kind: SECRET_ID, name: accessor, fields: about });
  return data({
    secret_id: value,
    secret_id_accessor: accessor,
    secret_id_num_uses: uses,
    secret_id_ttl: seconds(ttlMs),
  });
}

/** A value that somebody chose may be a short word, which is found everywhere: then it is not looked for. */
function needlesOf(value: string): string[] {
  return value.length < 12 ? [] : [value];
}

/** The lab's own credential where the value is one; else a new record. */
function credentialFor(ports: ServicePorts, value: string, owner: string, ttlMs: number): string {
  const planted = ports.credentials.find("store", value);
  if (planted) return planted.id;
  const { id } = ports.credentials.add({
    id: `store-secret-id-${ports.tables.next("store/secret-id")}`,
    kind: "password",
    issuer: "store",
    value,
    parts: needlesOf(value),
    owner,
    scope: `secret id of the role ${owner}`,
    grants: null,
    status: "active",
    createdAtMs: ports.now(),
    expiresAtMs: ttlMs === 0 ? null : ports.now() + ttlMs,
    uses: [],
    planted: false,
  });
  return id;
}

interface SecretId {
  readonly accessor: string;
  readonly fields: Fields;
}

/** The secret id of a role that has this value and works. */
function secretIdOf({ ports, mount }: StoreCall, role: string, value: string): SecretId | undefined {
  for (const { name, fields } of entriesOf(ports, mount, SECRET_ID)) {
    const credential = ports.credentials.get(textOf(fields, "credential"));
    if (fields["role"] !== role || credential?.value !== value) continue;
    if (ports.credentials.works(credential)) return { accessor: name, fields };
  }
  return undefined;
}

function endSecretId({ ports, mount }: StoreCall, accessor: string): void {
  const credential = textOf(entryOf(ports, mount, SECRET_ID, accessor) ?? {}, "credential");
  if (ports.credentials.get(credential)?.status === "active")
    ports.credentials.change(credential, { status: "revoked" });
  deleteEntry(ports, mount, SECRET_ID, accessor);
}

function login(call: StoreCall): Reply {
  const { ports, mount, fields, from } = call;
  const roleId = textOf(fields, "role_id");
  if (roleId === "") return wrong("missing role_id");
  const entry = entriesOf(ports, mount, ROLE).find((it) => it.fields["role_id"] === roleId);
  if (!entry) return wrong("invalid role or secret ID");
  const { name, fields: role } = entry;
  const value = textOf(fields, "secret_id");
  const secretId = secretIdOf(call, name, value);
  const needed = flagOf(role, "bind_secret_id", true);
  if (needed && value === "") return wrong("missing secret_id");
  const known = ports.credentials.find("store", value);
  const right = !needed || secretId !== undefined;
  if (known)
    ports.credentials.used(known.id, {
      actor: name,
      address: from.address,
      action: `login ${call.path}`,
      result: right ? "allowed" : "denied",
    });
  if (!right) return wrong("invalid role or secret ID");
  if (secretId) countUse(call, secretId);
  const meta = { role_name: name, ...(secretId?.fields["metadata"] as Record<string, string> | undefined) };
  return loggedIn(call, role, { displayName: mount.slice(0, -1), alias: roleId, owner: name, meta });
}

function countUse(call: StoreCall, { accessor, fields }: SecretId): void {
  const uses = numberOf(fields, "num_uses");
  if (uses === 1) endSecretId(call, accessor);
  if (uses > 1)
    putEntry(call.ports, {
      mount: call.mount,
      kind: SECRET_ID,
      name: accessor,
      fields: { ...fields, num_uses: uses - 1 },
    });
}

function accessorsOf({ ports, mount }: StoreCall, role: string): Reply {
  const own = entriesOf(ports, mount, SECRET_ID).filter(
    ({ fields }) => fields["role"] === role.toLowerCase(),
  );
  return keys(own.map(({ name }) => name));
}

function about(fields: Fields, accessor: string): Fields {
  const [created, ttlMs] = [numberOf(fields, "createdAtMs"), numberOf(fields, "ttlMs")];
  return {
    creation_time: goTime(created),
    expiration_time: ttlMs === 0 ? "0001-01-01T00:00:00Z" : goTime(created + ttlMs),
    last_updated_time: goTime(created),
    metadata: fields["metadata"] ?? {},
    secret_id_accessor: accessor,
    secret_id_num_uses: numberOf(fields, "num_uses"),
    secret_id_ttl: seconds(ttlMs),
  };
}

/** Looks up or destroys, by the value or by the accessor. */
function bySecretId(destroy: boolean, accessorGiven: boolean) {
  return (call: StoreCall, [, role = ""]: RegExpExecArray): Reply => {
    const given = textOf(call.fields, accessorGiven ? "secret_id_accessor" : "secret_id");
    const accessor = accessorGiven ? given : (secretIdOf(call, role.toLowerCase(), given)?.accessor ?? "");
    const fields = entryOf(call.ports, call.mount, SECRET_ID, accessor);
    const own = fields?.["role"] === role.toLowerCase();
    if (!destroy) return fields && own ? data(about(fields, accessor)) : accessorGiven ? notFound() : done();
    if (!fields || !own) return accessorGiven ? notFound() : wrong("failed to find secret ID");
    endSecretId(call, accessor);
    return done();
  };
}

export const APPROLE_ROUTES: readonly Route[] = [
  { pattern: /^login$/, open: true, serve: writes(login) },
  {
    pattern: /^role\/([\w.-]+)\/role-id$/,
    serve: {
      read: (call, [, name = ""]) => readRoleId(call, name),
      ...writes((call, [, name = ""]) => writeRoleId(call, name)),
    },
  },
  {
    pattern: /^role\/([\w.-]+)\/secret-id\/?$/,
    serve: {
      list: (call, [, name = ""]) => accessorsOf(call, name),
      ...writes((call, [, name = ""]) => makeSecretId(call, name, null)),
    },
  },
  {
    pattern: /^role\/([\w.-]+)\/custom-secret-id$/,
    serve: writes((call, [, name = ""]) => makeSecretId(call, name, textOf(call.fields, "secret_id"))),
  },
  { pattern: /^role\/([\w.-]+)\/secret-id\/lookup$/, serve: writes(bySecretId(false, false)) },
  {
    pattern: /^role\/([\w.-]+)\/secret-id\/destroy$/,
    serve: { delete: bySecretId(true, false), ...writes(bySecretId(true, false)) },
  },
  { pattern: /^role\/([\w.-]+)\/secret-id-accessor\/lookup$/, serve: writes(bySecretId(false, true)) },
  {
    pattern: /^role\/([\w.-]+)\/secret-id-accessor\/destroy$/,
    serve: { delete: bySecretId(true, true), ...writes(bySecretId(true, true)) },
  },
  ...namedRoutes({
    kind: ROLE,
    folder: "role",
    spans: ["secret_id_ttl"],
    keep: (fields, before, { ports }) => ({ role_id: before?.["role_id"] ?? uuid(ports), ...fields }),
    show: (role) => ({
      bind_secret_id: flagOf(role, "bind_secret_id", true),
      local_secret_ids: false,
      secret_id_bound_cidrs: null,
      secret_id_num_uses: numberOf(role, "secret_id_num_uses"),
      secret_id_ttl: seconds(spanOf(role, "secret_id_ttl")),
      ...tokenFields(role),
    }),
  }),
];
