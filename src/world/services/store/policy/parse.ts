/** A policy's text becomes rules, or what is wrong with it. https://openbao.org/docs/concepts/policies/#policy-syntax */
import { err, ok, type Result } from "../../../../base/result.ts";
import { isBody, parseHcl, type HclBody, type HclItem, type HclValue } from "./hcl.ts";
import { CAPABILITIES, type Capability, type Parameters, type Rule } from "./policy.ts";

/** The older way of saying it, in one word. */
const OLD: Readonly<Record<string, readonly Capability[]>> = {
  deny: ["deny"],
  read: ["read", "list"],
  write: ["create", "read", "update", "delete", "list"],
  sudo: ["create", "read", "update", "delete", "list", "sudo"],
};

const KEYS = [
  "policy",
  "capabilities",
  "allowed_parameters",
  "denied_parameters",
  "required_parameters",
  "comment",
];

/** What would say more than is looked at here: a policy must not promise what nobody keeps. */
const ABSENT = [
  "min_wrapping_ttl",
  "max_wrapping_ttl",
  "expiration",
  "pagination_limit",
  "list_scan_response_keys_filter_path",
  "control_group",
  "mfa_methods",
];

class PolicyError extends Error {}

export function parsePolicy(text: string): Result<readonly Rule[]> {
  const parsed = parseHcl(text);
  if (!parsed.ok) return err(`failed to parse policy: ${parsed.error}`);
  try {
    const unknown = parsed.value.items.find(({ name }) => !["name", "path"].includes(name));
    if (unknown) throw new PolicyError(`invalid key ${JSON.stringify(unknown.name)}`);
    return ok(parsed.value.items.filter(({ name }) => name === "path").flatMap(rulesOf));
  } catch (error) {
    if (error instanceof PolicyError) return err(`failed to parse policy: ${error.message}`);
    throw error;
  }
}

/** `path "a" {…}`, or as JSON has it: `"path": {"a": {…}}`. */
function rulesOf({ labels, value }: HclItem): Rule[] {
  if (!isBody(value)) throw new PolicyError("path must be a block");
  const [label] = labels;
  if (label !== undefined) return [ruleOf(label, value)];
  return value.items.map(({ name, labels: more, value: body }) => {
    if (!isBody(body) || more.length > 0)
      throw new PolicyError(`path ${JSON.stringify(name)} must be a block`);
    return ruleOf(name, body);
  });
}

function ruleOf(written: string, body: HclBody): Rule {
  const path = written.replace(/^\/+/, "");
  const invalid = (why: string) => new PolicyError(`path ${JSON.stringify(written)}: ${why}`);
  const absent = body.items.find(({ name }) => ABSENT.includes(name));
  if (absent) throw invalid(`${absent.name}: not simulated in LeakLab`);
  const unknown = body.items.find(({ name }) => !KEYS.includes(name));
  if (unknown) throw invalid(`invalid key ${JSON.stringify(unknown.name)}`);
  if (/\+\*/.test(path.replace(/(?:^|\/)\+\*$/, "")))
    throw invalid(`invalid use of wildcards ('+*' is forbidden)`);
  const field = (name: string) => body.items.findLast((it) => it.name === name)?.value;
  const old = field("policy");
  if (old !== undefined && !(typeof old === "string" && Object.hasOwn(OLD, old)))
    throw invalid(`invalid policy ${JSON.stringify(old)}`);
  const capabilities = listOf(field("capabilities")).map((it) => {
    if (!CAPABILITIES.includes(it as Capability)) throw invalid(`invalid capability ${JSON.stringify(it)}`);
    return it as Capability;
  });
  const all = [...capabilities, ...(typeof old === "string" ? (OLD[old] as readonly Capability[]) : [])];
  return {
    path,
    capabilities: all.includes("deny") ? ["deny"] : [...new Set(all)],
    allowed: parametersOf(field("allowed_parameters")),
    denied: parametersOf(field("denied_parameters")),
    required: listOf(field("required_parameters")).map((it) => String(it).toLowerCase()),
  };
}

function listOf(value: HclValue | undefined): readonly HclValue[] {
  if (value === undefined) return [];
  return Array.isArray(value) ? (value as readonly HclValue[]) : [value];
}

function parametersOf(value: HclValue | undefined): Parameters | null {
  if (value === undefined || !isBody(value)) return null;
  const entries = value.items.map(({ name, value: values }) => {
    const list = listOf(values).filter((it) => typeof it !== "object") as (string | number | boolean)[];
    return [name.toLowerCase(), list] as const;
  });
  return Object.fromEntries(entries);
}
