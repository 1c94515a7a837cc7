/** Policies as OpenBao documents them: which requests they allow, and which texts are no policies. */
import { describe, expect, test } from "vitest";
import { parse } from "yaml";
import type { Operation } from "../../src/world/services/store/call.ts";
import { aclOf, capabilitiesOn, judge } from "../../src/world/services/store/policy/acl.ts";
import { needsSudo } from "../../src/world/services/store/policy/builtIn.ts";
import { parsePolicy } from "../../src/world/services/store/policy/parse.ts";
import type { Policy } from "../../src/world/services/store/policy/policy.ts";

const { readFileSync } = process.getBuiltinModule("node:fs");
const text = readFileSync(`${import.meta.dirname}/policies.yaml`, "utf8");

interface Case {
  readonly name: string;
  readonly policies: readonly string[];
  readonly yes?: readonly string[];
  readonly no?: readonly string[];
}

const cases = parse(text) as readonly Case[];

function policy(source: string, i: number): Policy {
  const rules = parsePolicy(source);
  if (!rules.ok) throw new Error(rules.error);
  return { name: `p${i}`, text: source, rules: rules.value, version: 1, modifiedAtMs: 0 };
}

function acl(sources: readonly string[]) {
  const policies = sources.map(policy);
  return aclOf(
    policies.map(({ name }) => name),
    policies,
  );
}

const questions = cases.flatMap(({ name, policies, yes = [], no = [] }) => [
  ...yes.map((ask) => ({ name, policies, ask, allowed: true })),
  ...no.map((ask) => ({ name, policies, ask, allowed: false })),
]);

test("there are at least forty", () => expect(questions.length).toBeGreaterThanOrEqual(100));

test.each(questions)("$name: $ask → $allowed", ({ policies, ask, allowed }) => {
  const [, operation, path, json] = /^(\w+) (\S+)(?: (.*))?$/.exec(ask) ?? [];
  const fields = json === undefined ? {} : (JSON.parse(json) as object);
  const asked = { operation: operation as Operation, path: path as string, fields: fields as never };
  expect(judge(acl(policies), asked).allowed).toBe(allowed);
});

describe("sudo", () => {
  test.each([
    ["sys/audit", true],
    ["sys/audit/file", true],
    ["sys/auth/userpass", true],
    ["auth/token/accessors/", true],
    ["auth/token/create-orphan", true],
    ["sys/leases/revoke-prefix/database/creds", true],
    ["sys/leases/lookup/", true],
    ["sys/auth", false],
    ["sys/leases/lookup", false],
    ["auth/token/create", false],
    ["secret/sys/audit", false],
  ])("%s needs it: %s", (path, needed) => expect(needsSudo(path)).toBe(needed));

  test("root may everything", () => {
    const everything = aclOf(["root"], []);
    expect(judge(everything, { operation: "delete", path: "sys/auth/x", fields: {} })).toEqual({
      allowed: true,
      sudo: true,
    });
    expect(capabilitiesOn(everything, "a")).toEqual(["root"]);
  });
});

test.each([
  ['path "a/*" { capabilities = ["update", "read", "sudo"] }', "a/b", ["read", "update", "sudo"]],
  ['path "a/*" { capabilities = ["deny"] }', "a/b", ["deny"]],
  ['path "a/*" { capabilities = ["read"] }', "b", ["deny"]],
  ['path "a" { capabilities = ["list"] }', "a/", ["list"]],
])("capabilities of %s on %s", (source, path, expected) => {
  expect(capabilitiesOn(acl([source]), path)).toEqual(expected);
});

describe("texts that are no policies", () => {
  test.each([
    ['path "a" { capabilities = ["fly"] }', 'invalid capability "fly"'],
    ['path "a" { capabilities = ["read"]', "unexpected end of file"],
    ['path "a" { capabilites = ["read"] }', 'invalid key "capabilites"'],
    ['paths "a" { capabilities = ["read"] }', 'invalid key "paths"'],
    ['path "a { capabilities = ["read"] }', "At 1:"],
    ['path "a" { policy = "admin" }', 'invalid policy "admin"'],
    ['path "secret/+*/x" { capabilities = ["read"] }', "'+*' is forbidden"],
    ['path "a" { capabilities = ["read" "list"] }', "expected comma or list end"],
    ['path "a" { max_wrapping_ttl = "1h" }', "not simulated in LeakLab"],
    ["just words", "expected '=' or '{'"],
    [`path "a" { x = ${"[".repeat(50)}`, "nested too deeply"],
    ["path = 1", "path must be a block"],
  ])("%s", (source, problem) => {
    const parsed = parsePolicy(source);
    expect(parsed.ok ? "" : parsed.error).toContain(problem);
    expect(parsed.ok ? "" : parsed.error).toMatch(/^failed to parse policy: /);
  });
});
