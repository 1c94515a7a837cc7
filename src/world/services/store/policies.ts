/** The policies of the store: written, read, and what they come to for a token. https://openbao.org/api-docs/system/policies/ */
import type { ServicePorts } from "../../service.ts";
import { data, done, keys, notFound, wrong, type Reply } from "./answer.ts";
import { writes, type Route, type StoreCall } from "./call.ts";
import { flagOf, has, numberOf, textOf } from "./fields.ts";
import { aclOf, type Acl } from "./policy/acl.ts";
import { FIXED_POLICIES } from "./policy/builtIn.ts";
import { parsePolicy } from "./policy/parse.ts";
import { POLICIES } from "./policy/policy.ts";

type Tables = Pick<ServicePorts, "tables">;

/** What holders of these policies may do. A name without a policy allows nothing. */
export function aclFor({ tables }: Tables, names: readonly string[]): Acl {
  return aclOf(
    names,
    names.flatMap((name) => tables.of(POLICIES).get(name) ?? []),
  );
}

/** Names are in small letters, in order, each once; `default` is added unless it was asked not to. */
export function policyNames(given: readonly string[], withDefault: boolean): string[] {
  const names = given.map((name) => name.trim().toLowerCase()).filter((name) => name !== "");
  if (names.includes("root")) return ["root"];
  return [...new Set([...(withDefault ? ["default"] : []), ...names])].sort();
}

/** What is wrong with a text, or null. */
export function setPolicy(
  ports: Pick<ServicePorts, "tables" | "now">,
  named: string,
  text: string,
): string | null {
  const name = named.toLowerCase();
  if (FIXED_POLICIES.includes(name)) return `cannot update ${JSON.stringify(name)} policy`;
  const rules = parsePolicy(text);
  if (!rules.ok) return rules.error;
  const table = ports.tables.of(POLICIES);
  const version = (table.get(name)?.version ?? 0) + 1;
  table.set(name, { name, text, rules: rules.value, version, modifiedAtMs: ports.now() });
  return null;
}

function names({ ports }: StoreCall): string[] {
  return [
    ...ports.tables
      .of(POLICIES)
      .all()
      .map(({ name }) => name),
    "root",
  ].sort();
}

function read({ ports }: StoreCall, named: string, field: "rules" | "policy"): Reply {
  const name = named.toLowerCase();
  if (name === "root") return data({ name, [field]: "" });
  const policy = ports.tables.of(POLICIES).get(name);
  return policy ? data({ name, [field]: policy.text }) : notFound();
}

function write({ ports, fields }: StoreCall, named: string): Reply {
  const text = textOf(fields, "policy", textOf(fields, "rules"));
  if (text === "") return wrong("'policy' parameter not supplied or empty");
  const before = ports.tables.of(POLICIES).get(named.toLowerCase());
  if (has(fields, "cas") && numberOf(fields, "cas") !== (before?.version ?? -1))
    return wrong("check-and-set parameter did not match the current version");
  if (!has(fields, "cas") && flagOf(fields, "cas_required"))
    return wrong("check-and-set parameter required for this call");
  const problem = setPolicy(ports, named, text);
  return problem === null ? done() : wrong(problem);
}

function remove({ ports }: StoreCall, named: string): Reply {
  const name = named.toLowerCase();
  if (FIXED_POLICIES.includes(name)) return wrong(`cannot delete ${JSON.stringify(name)} policy`);
  if (name === "default") return wrong("cannot delete default policy");
  ports.tables.of(POLICIES).delete(name);
  return done();
}

/** Behind `sys/`. The older path says `rules` and lists policies by name alone. */
export const POLICY_ROUTES: readonly Route[] = [
  {
    pattern: /^policy\/?$/,
    serve: {
      read: (call) => data({ keys: names(call), policies: names(call) }),
      list: (call) => data({ keys: names(call), policies: names(call) }),
    },
  },
  { pattern: /^policies\/acl\/?$/, serve: { list: (call) => keys(names(call)) } },
  {
    pattern: /^(policy|policies\/acl)\/([^/]+)$/,
    serve: {
      read: (call, [, kind, name = ""]) => read(call, name, kind === "policy" ? "rules" : "policy"),
      delete: (call, [, , name = ""]) => remove(call, name),
      ...writes((call, [, , name = ""]) => write(call, name)),
    },
  },
];
