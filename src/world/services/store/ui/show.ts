/** Reads the store as the holder of a token may, and leaves no trace: every part is judged by the path that serves it. */
import type { ServicePorts } from "../../../service.ts";
import type { Holder, Operation } from "../call.ts";
import { entriesOf } from "../entries.ts";
import { SECRETS, type Secret, type Version } from "../kv/model.ts";
import { leaseOf } from "../leases.ts";
import { AUTHS, LEASES, MOUNTS, TOKENS, type Engine, type Lease, type Method, type Mount } from "../model.ts";
import { aclFor } from "../policies.ts";
import { judge } from "../policy/acl.ts";
import { needsSudo } from "../policy/builtIn.ts";
import { POLICIES } from "../policy/policy.ts";
import { byAccessor, holderOf } from "../tokens.ts";
import type {
  StoreLease,
  StoreMethod,
  StoreMount,
  StorePolicy,
  StoreSecret,
  StoreSeen,
  StoreToken,
  StoreVersion,
  StoreView,
} from "./view.ts";

interface Looking {
  readonly ports: ServicePorts;
  readonly holder: Holder;
  may(operation: Operation, path: string): boolean;
}

export function storeView(ports: ServicePorts, value: string): StoreView {
  const holder = value === "" ? undefined : holderOf(ports, value);
  if (!holder) {
    const nothing = { denied: "" };
    return {
      ...{ own: null, mounts: nothing, policies: nothing, tokens: nothing },
      ...{ leases: nothing, methods: nothing },
    };
  }
  const acl = aclFor(ports, holder.token.policies);
  const may = (operation: Operation, path: string) => {
    const { allowed, sudo } = judge(acl, { operation, path, fields: {} });
    return allowed && (sudo || !needsSudo(path));
  };
  const looking: Looking = { ports, holder, may };
  return {
    own: tokenOf(looking, holder),
    mounts: mounts(looking),
    policies: policies(looking),
    tokens: tokens(looking),
    leases: leases(looking),
    methods: methods(looking),
  };
}

function seen<T>(looking: Looking, operation: Operation, path: string, show: () => T): StoreSeen<T> {
  return looking.may(operation, path) ? { seen: show() } : { denied: `${operation} ${path}` };
}

const byPath = (a: { readonly path: string }, b: { readonly path: string }) => (a.path < b.path ? -1 : 1);

function mounts(looking: Looking): StoreSeen<readonly StoreMount[]> {
  const all = [...looking.ports.tables.of(MOUNTS).all()].sort(byPath);
  const own = all.filter(({ type }) => type !== "system" && type !== "identity");
  if (looking.may("read", "sys/mounts")) return { seen: own.map((it) => mountOf(looking, it)) };
  // Whoever may use a mount may learn that it is there.
  const used = own.filter(({ path, type }) => type !== "cubbyhole" && usable(looking, path));
  return used.length > 0 ? { seen: used.map((it) => mountOf(looking, it)) } : { denied: "read sys/mounts" };
}

function usable({ ports, holder }: Looking, mount: string): boolean {
  const { root, rules } = aclFor(ports, holder.token.policies);
  return (
    root || rules.some(({ path, capabilities }) => !capabilities.includes("deny") && path.startsWith(mount))
  );
}

function mountOf(looking: Looking, mount: Mount<Engine>): StoreMount {
  const { path, type, description, options } = mount;
  return {
    ...{ path, type, description },
    version: type === "kv" ? (options?.["version"] ?? "1") : null,
    secrets: type === "kv" ? secrets(looking, mount) : null,
    roles:
      type === "database"
        ? seen(looking, "list", `${path}roles/`, () =>
            entriesOf(looking.ports, path, "role").map(({ name }) => name),
          )
        : null,
  };
}

/** Names of those that are listed: of version 1 by their own path, of version 2 by that of their metadata. */
function secrets(looking: Looking, { path: mount, options }: Mount<Engine>): StoreSeen<StoreSecret[]> {
  const two = options?.["version"] === "2";
  const folder = `${mount}${two ? "metadata/" : ""}`;
  const all = looking.ports.tables
    .of(SECRETS)
    .filter((it) => it.mount === mount)
    .sort(byPath);
  const listed = all.filter(({ path }) =>
    foldersOf(path).every((it) => looking.may("list", `${folder}${it}`)),
  );
  if (!looking.may("list", folder) && listed.length === 0) return { denied: `list ${folder}` };
  return { seen: listed.map((secret) => secretOf(looking, secret, two ? `${folder}${secret.path}` : null)) };
}

/** "", "tides/" of "tides/smtp": what is listed on the way there. */
function foldersOf(path: string): string[] {
  const parts = path.split("/").slice(0, -1);
  return ["", ...parts.map((_, i) => `${parts.slice(0, i + 1).join("/")}/`)];
}

function secretOf(looking: Looking, secret: Secret, metadata: string | null): StoreSecret {
  const told = metadata !== null && looking.may("read", metadata);
  const now = looking.ports.now();
  return { path: secret.path, versions: told ? secret.versions.map((it) => versionOf(it, now)) : null };
}

function versionOf({ version, createdAtMs, deletedAtMs, destroyed }: Version, nowMs: number): StoreVersion {
  const deleted = deletedAtMs !== null && deletedAtMs <= nowMs;
  return {
    version,
    created: isoTime(createdAtMs),
    state: destroyed ? "destroyed" : deleted ? "deleted" : "there",
  };
}

/** All where they may be listed; else those that the token has. */
function policies(looking: Looking): StoreSeen<readonly StorePolicy[]> {
  const { ports, holder, may } = looking;
  const names = [
    ...ports.tables
      .of(POLICIES)
      .all()
      .map(({ name }) => name),
    "root",
  ].sort();
  const all = may("list", "sys/policies/acl/") || may("read", "sys/policy");
  const shown = all ? names : holder.token.policies;
  return { seen: shown.map((name) => policyOf(looking, name)) };
}

function policyOf(looking: Looking, name: string): StorePolicy {
  const text = looking.ports.tables.of(POLICIES).get(name)?.text ?? "";
  const path = `sys/policies/acl/${name}`;
  const allowed = looking.may("read", path) || looking.may("read", `sys/policy/${name}`);
  return { name, text: allowed ? { seen: text } : { denied: `read ${path}` } };
}

function tokens(looking: Looking): StoreSeen<readonly StoreToken[]> {
  const { ports, may, holder } = looking;
  const listed = may("list", "auth/token/accessors/") && may("update", "auth/token/lookup-accessor");
  if (!listed)
    return may("read", "auth/token/lookup-self")
      ? { seen: [tokenOf(looking, holder)] }
      : { denied: "read auth/token/lookup-self" };
  const alive = ports.tables
    .of(TOKENS)
    .all()
    .flatMap(({ accessor }) => byAccessor(ports, accessor) ?? []);
  return { seen: alive.map((it) => tokenOf(looking, it)) };
}

function tokenOf({ holder }: Looking, { token, credential }: Holder): StoreToken {
  const { accessor, displayName, policies: has, path, issuedAtMs } = token;
  return {
    accessor,
    name: displayName,
    policies: has,
    path,
    issued: isoTime(issuedAtMs),
    expires: credential.expiresAtMs === null ? null : isoTime(credential.expiresAtMs),
    own: accessor === holder.token.accessor,
  };
}

/** All where they may be listed; else those that the token asked for itself, whose ids it was told. */
function leases(looking: Looking): StoreSeen<readonly StoreLease[]> {
  const { ports, may, holder } = looking;
  const alive = ports.tables
    .of(LEASES)
    .all()
    .flatMap(({ id }) => leaseOf(ports, id) ?? []);
  if (may("list", "sys/leases/lookup/")) return { seen: alive.map((it) => leaseShown(looking, it)) };
  if (!may("update", "sys/leases/lookup")) return { denied: "update sys/leases/lookup" };
  const own = alive.filter(({ token }) => token === holder.token.accessor);
  return { seen: own.map((it) => leaseShown(looking, it)) };
}

function leaseShown({ holder }: Looking, { id, role, issuedAtMs, expiresAtMs, token }: Lease): StoreLease {
  return {
    ...{ id, role },
    issued: isoTime(issuedAtMs),
    expires: isoTime(expiresAtMs),
    own: token === holder.token.accessor,
  };
}

/** Kinds of entries that stand for who may log in, by method, with the folder that lists them. */
const ROLES: Partial<Readonly<Record<Method, readonly [kind: string, folder: string]>>> = {
  approle: ["role", "role/"],
  jwt: ["role", "role/"],
  oidc: ["role", "role/"],
  userpass: ["user", "users/"],
};

function methods(looking: Looking): StoreSeen<readonly StoreMethod[]> {
  return seen(looking, "read", "sys/auth", () =>
    [...looking.ports.tables.of(AUTHS).all()].sort(byPath).map(({ path, type, description }) => {
      const [kind, folder] = ROLES[type] ?? [];
      const roles =
        kind === undefined
          ? null
          : seen(looking, "list", `auth/${path}${folder}`, () =>
              entriesOf(looking.ports, path, kind).map(({ name }) => name),
            );
      return { path, type, description, roles };
    }),
  );
}

function isoTime(ms: number): string {
  return new Date(ms).toISOString();
}
