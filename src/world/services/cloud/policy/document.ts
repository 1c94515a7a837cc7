/**
 * Policy documents: their grammar, and what IAM says about one that breaks it.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_grammar.html
 */
import { isOperator } from "./conditions.ts";

export interface Names {
  /** `NotAction`, `NotResource`: everything but these. */
  readonly not: boolean;
  readonly patterns: readonly string[];
}

export interface PrincipalElement {
  readonly not: boolean;
  /** "*" or {"AWS": "*"}. */
  readonly anybody: boolean;
  /** By type: AWS, Federated, Service, CanonicalUser. */
  readonly named: Readonly<Record<string, readonly string[]>>;
}

export interface Condition {
  /** With its prefix and suffix: "ForAnyValue:StringLikeIfExists". */
  readonly operator: string;
  readonly key: string;
  readonly values: readonly string[];
}

export interface Statement {
  readonly sid: string | null;
  readonly effect: "Allow" | "Deny";
  readonly actions: Names;
  /** Null in a trust policy. */
  readonly resources: Names | null;
  /** Null in a policy of an identity. */
  readonly principal: PrincipalElement | null;
  readonly conditions: readonly Condition[];
}

export interface Policy {
  /** Variables are known since 2012-10-17; nothing said is 2008-10-17. */
  readonly version: "2008-10-17" | "2012-10-17";
  readonly statements: readonly Statement[];
}

export type Parsed = Policy | { readonly problem: string };

/** In an identity's policy nobody is named; in a trust policy no resource; a resource's policy has both. */
export type PolicyUse = "identity" | "trust" | "resource";

type Row = Readonly<Record<string, unknown>>;

const SYNTAX = "Syntax errors in policy.";
const FIELDS = new Set([
  "Sid",
  "Effect",
  "Principal",
  "NotPrincipal",
  "Action",
  "NotAction",
  "Resource",
  "NotResource",
  "Condition",
]);

/** Without looking at what it is used for. */
export function parsePolicy(text: string): Parsed {
  const document = parse(text);
  if (document === undefined) return { problem: "This policy contains invalid Json" };
  if (!isRow(document)) return { problem: SYNTAX };
  if (Object.keys(document).some((key) => !["Version", "Id", "Statement"].includes(key)))
    return { problem: SYNTAX };
  const version = document["Version"] ?? "2008-10-17";
  if (version !== "2008-10-17" && version !== "2012-10-17") return { problem: SYNTAX };
  const rows = listOf(document["Statement"]);
  if (rows.length === 0) return { problem: SYNTAX };
  const statements: Statement[] = [];
  for (const row of rows) {
    const statement = statementOf(row);
    if ("problem" in statement) return statement;
    statements.push(statement);
  }
  const sids = statements.flatMap(({ sid }) => sid ?? []);
  if (new Set(sids).size < sids.length)
    return { problem: "Statement IDs (SID) in a single policy must be unique." };
  return { version, statements };
}

/** What is wrong with a policy for its use, in IAM's words; null where nothing is. */
export function policyProblem(text: string, use: PolicyUse): string | null {
  const policy = parsePolicy(text);
  if ("problem" in policy) return policy.problem;
  for (const statement of policy.statements) {
    const problem = statementProblem(statement, use);
    if (problem !== null) return problem;
  }
  return null;
}

function statementProblem({ principal, resources, actions, sid }: Statement, use: PolicyUse): string | null {
  if (use === "identity" && principal) return "Policy document should not specify a principal.";
  if (use !== "identity" && !principal) return "Missing required field Principal";
  if (use === "trust" && resources) return "Has prohibited field Resource";
  if (use !== "trust" && !resources) return "Policy statement must contain resources.";
  if (use === "identity" && sid !== null && !/^[0-9A-Za-z]*$/.test(sid))
    return "Statement IDs (SID) must be alpha-numeric. Check that your input satisfies the regular expression [0-9A-Za-z]*";
  const foreign = actions.patterns.some((it) => !/^(?:\*|sts:.*)$/i.test(it));
  if (use === "trust" && foreign) return "AssumeRole policy may only specify STS AssumeRole actions.";
  if (actions.patterns.some((it) => it !== "*" && !/^[A-Za-z0-9-]+:[A-Za-z0-9*?]+$/.test(it)))
    return "Actions/Conditions must be prefaced by a vendor, e.g., iam, sdb, ec2, etc.";
  const wrong = resources?.patterns.find((it) => it !== "*" && !/^arn:[^:]*:[^:]*:[^:]*:[^:]*:.+$/s.test(it));
  return wrong === undefined ? null : `Resource ${wrong} must be in ARN format or "*".`;
}

function statementOf(row: unknown): Statement | { problem: string } {
  if (!isRow(row) || Object.keys(row).some((key) => !FIELDS.has(key))) return { problem: SYNTAX };
  const effect = row["Effect"];
  if (effect !== "Allow" && effect !== "Deny") return { problem: SYNTAX };
  const actions = namesOf(row, "Action");
  const resources = namesOf(row, "Resource");
  const principal = principalOf(row);
  if (actions === undefined || resources === undefined || principal === undefined) return { problem: SYNTAX };
  if (actions === null) return { problem: "Policy statement must contain actions." };
  const conditions = conditionsOf(row["Condition"] ?? {});
  if (!Array.isArray(conditions)) return conditions as { problem: string };
  const sid = row["Sid"] ?? null;
  if (sid !== null && typeof sid !== "string") return { problem: SYNTAX };
  return { sid, effect, actions, resources, principal, conditions };
}

/** Null where neither form is there; undefined where it is no list of texts. */
function namesOf(row: Row, field: "Action" | "Resource"): Names | null | undefined {
  const [plain, not] = [row[field], row[`Not${field}`]];
  if (plain === undefined && not === undefined) return null;
  if (plain !== undefined && not !== undefined) return undefined;
  const patterns = texts(plain ?? not);
  return patterns === null || patterns.length === 0 ? undefined : { not: plain === undefined, patterns };
}

function principalOf(row: Row): PrincipalElement | null | undefined {
  const [plain, other] = [row["Principal"], row["NotPrincipal"]];
  if (plain === undefined && other === undefined) return null;
  if (plain !== undefined && other !== undefined) return undefined;
  const not = plain === undefined;
  const value = plain ?? other;
  if (value === "*") return { not, anybody: true, named: {} };
  if (!isRow(value)) return undefined;
  const named: [string, string[]][] = [];
  for (const [type, names] of Object.entries(value)) {
    const list = texts(names);
    if (list === null || !["AWS", "Federated", "Service", "CanonicalUser"].includes(type)) return undefined;
    named.push([type, list]);
  }
  const everybody = named.some(([type, list]) => type === "AWS" && list.includes("*"));
  return { not, anybody: everybody, named: Object.fromEntries(named) };
}

function conditionsOf(value: unknown): Condition[] | { problem: string } {
  if (!isRow(value)) return { problem: SYNTAX };
  const conditions: Condition[] = [];
  for (const [operator, keys] of Object.entries(value)) {
    if (!isOperator(operator)) return { problem: `Invalid Condition type : ${operator.slice(0, 100)}.` };
    if (!isRow(keys)) return { problem: SYNTAX };
    for (const [key, given] of Object.entries(keys)) {
      const values = texts(given);
      if (values === null) return { problem: SYNTAX };
      if (!key.includes(":"))
        return { problem: "Actions/Conditions must be prefaced by a vendor, e.g., iam, sdb, ec2, etc." };
      conditions.push({ operator, key, values });
    }
  }
  return conditions;
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}

function isRow(value: unknown): value is Row {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function listOf(value: unknown): unknown[] {
  return value === undefined ? [] : Array.isArray(value) ? (value as unknown[]) : [value];
}

/** One text or several; numbers and truth values stand for their texts. */
function texts(value: unknown): string[] | null {
  const list = listOf(value);
  const good = list.every((it) => ["string", "number", "boolean"].includes(typeof it));
  return good ? list.map(String) : null;
}
