/** `sys/`: health, capabilities, and what else concerns the server as a whole. https://openbao.org/api-docs/system/ */
import type { Json } from "../../../../base/json.ts";
import type { ServicePorts } from "../../../service.ts";
import { AUDIT_ROUTES } from "../audit/routes.ts";
import { absent, data, wrong, type Reply } from "../answer.ts";
import { writes, type Holder, type Route, type StoreCall } from "../call.ts";
import { listOf, textOf } from "../fields.ts";
import { SERVER, type Server } from "../host.ts";
import type { Fields } from "../model.ts";
import { aclFor, POLICY_ROUTES } from "../policies.ts";
import { capabilitiesOn } from "../policy/acl.ts";
import { byAccessor, holderOf } from "../tokens.ts";
import { LEASE_ROUTES } from "./leases.ts";
import { MOUNT_ROUTES } from "./mounts.ts";

export const VERSION = "2.4.4";
const BUILT = "2025-11-24T14:56:53Z";

function server(ports: ServicePorts): Server {
  return ports.tables.of(SERVER).all()[0] as Server;
}

function health({ ports }: StoreCall): Reply {
  const { clusterId, clusterName } = server(ports);
  return {
    status: 200,
    plain: {
      initialized: true,
      sealed: false,
      standby: false,
      performance_standby: false,
      replication_performance_mode: "disabled",
      replication_dr_mode: "disabled",
      server_time_utc: Math.floor(ports.now() / 1000),
      version: VERSION,
      cluster_name: clusterName,
      cluster_id: clusterId,
    },
  };
}

function sealStatus({ ports }: StoreCall): Reply {
  const { clusterId, clusterName } = server(ports);
  return {
    status: 200,
    plain: {
      type: "shamir",
      initialized: true,
      sealed: false,
      t: 3,
      n: 5,
      progress: 0,
      nonce: "",
      version: VERSION,
      build_date: BUILT,
      migration: false,
      cluster_name: clusterName,
      cluster_id: clusterId,
      recovery_seal: false,
      storage_type: "file",
    },
  };
}

function capabilities(call: StoreCall, holder: Holder | undefined): Reply {
  if (!holder) return wrong("invalid token");
  const paths = listOf(call.fields, "paths");
  const wanted = paths.length > 0 ? paths : listOf(call.fields, "path");
  if (wanted.length === 0) return wrong("paths must be supplied");
  const acl = aclFor(call.ports, holder.token.policies);
  const found = wanted.map((path) => [path, capabilitiesOn(acl, path)] as const);
  return data({
    ...(Object.fromEntries(found) as Fields),
    ...(found.length === 1 ? { capabilities: found[0]?.[1] as Json } : {}),
  });
}

function resultantAcl({ ports, holder }: StoreCall): Reply {
  const acl = aclFor(ports, (holder as Holder).token.policies);
  const paths = (glob: boolean) =>
    acl.rules
      .filter(({ path }) => path.endsWith("*") === glob)
      .map(
        ({ path, capabilities: has }) =>
          [glob ? path.slice(0, -1) : path, { capabilities: [...has] }] as const,
      );
  return data({
    exact_paths: Object.fromEntries(paths(false)) as Json,
    glob_paths: Object.fromEntries(paths(true)) as Json,
    root: acl.root,
  });
}

const AMISS: readonly (readonly [RegExp, string])[] = [
  [/^wrapping\//, "response wrapping"],
  [/^(?:seal|unseal|step-down|rekey|rotate|raw|remount)(?:\/|$)/, "operating the server"],
  [
    /^(?:plugins|namespaces|quotas|replication|storage|tools|config|loggers|metrics|monitor|host-info)(?:\/|$)/,
    "this part of sys",
  ],
];

export const SYS_ROUTES: readonly Route[] = [
  { pattern: /^health$/, open: true, serve: { read: health } },
  { pattern: /^seal-status$/, open: true, serve: { read: sealStatus } },
  {
    pattern: /^init$/,
    open: true,
    serve: {
      read: () => ({ status: 200, plain: { initialized: true } }),
      ...writes(() => wrong("Vault is already initialized")),
    },
  },
  {
    pattern: /^leader$/,
    open: true,
    serve: {
      read: () => ({
        status: 200,
        plain: {
          ha_enabled: false,
          is_self: false,
          active_time: "0001-01-01T00:00:00Z",
          leader_address: "",
          leader_cluster_address: "",
        },
      }),
    },
  },
  {
    pattern: /^generate-root\/attempt$/,
    open: true,
    serve: {
      read: () => ({
        status: 200,
        plain: {
          nonce: "",
          started: false,
          progress: 0,
          required: 3,
          complete: false,
          encoded_token: "",
          encoded_root_token: "",
          pgp_fingerprint: "",
          otp: "",
          otp_length: 26,
        },
      }),
      ...writes(() => absent("generating a root token, which needs the unseal keys of three people")),
    },
  },
  { pattern: /^capabilities-self$/, serve: writes((call) => capabilities(call, call.holder ?? undefined)) },
  {
    pattern: /^capabilities$/,
    serve: writes((call) => capabilities(call, holderOf(call.ports, textOf(call.fields, "token")))),
  },
  {
    pattern: /^capabilities-accessor$/,
    serve: writes((call) => capabilities(call, byAccessor(call.ports, textOf(call.fields, "accessor")))),
  },
  { pattern: /^internal\/ui\/resultant-acl$/, serve: { read: resultantAcl } },
  { pattern: /^internal\/ui\/mounts$/, serve: { read: () => data({ auth: {}, secret: {} }) } },
  ...MOUNT_ROUTES,
  ...POLICY_ROUTES,
  ...LEASE_ROUTES,
  ...AUDIT_ROUTES,
  ...AMISS.map(([pattern, what]): Route => {
    const answer = () => absent(what);
    return { pattern, serve: { read: answer, list: answer, delete: answer, ...writes(answer) } };
  }),
];
