/**
 * What policies say about one request. An explicit deny wins over every allow; what none speaks of is "none".
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic_policy-eval-basics.html
 */
import { holds } from "./conditions.ts";
import type { Context } from "./context.ts";
import type { Names, Policy, PrincipalElement, Statement } from "./document.ts";
import { glob, matches, withVariables } from "./pattern.ts";

export type Verdict = "allow" | "deny" | "none";

export interface PolicyRequest {
  readonly action: string;
  readonly resource: string;
  readonly principal: PrincipalNames;
  readonly context: Context;
}

/** By which names a policy of a resource, or a trust policy, can mean whoever asks. */
export interface PrincipalNames {
  /** "AWS", or "Federated" for who comes with a token of an identity provider. */
  readonly type: "AWS" | "Federated" | "anonymous";
  /** ARNs: of a user; of a session and its role; of a provider. */
  readonly names: readonly string[];
  /** The account, in both forms: naming it allows nobody by itself, it leaves that to the account's own policies. */
  readonly account: readonly string[];
}

export interface EvaluateOptions {
  /** The policy belongs to a resource: statements count for those whom they name. */
  readonly byPrincipal?: boolean;
  /** Whether a statement that allows the whole account counts. */
  readonly throughAccount?: boolean;
}

export function evaluate(
  policies: readonly Policy[],
  request: PolicyRequest,
  options: EvaluateOptions = {},
): Verdict {
  let verdict: Verdict = "none";
  for (const { version, statements } of policies)
    for (const statement of statements) {
      if (!applies(statement, request, version === "2012-10-17", options)) continue;
      if (statement.effect === "Deny") return "deny";
      verdict = "allow";
    }
  return verdict;
}

function applies(
  { effect, actions, resources, principal, conditions }: Statement,
  request: PolicyRequest,
  variables: boolean,
  { byPrincipal = false, throughAccount = false }: EvaluateOptions,
): boolean {
  const account = effect === "Deny" || throughAccount;
  if (byPrincipal && !(principal && means(principal, request.principal, account))) return false;
  if (!names(actions, (pattern) => matches(glob(pattern.toLowerCase()), request.action.toLowerCase())))
    return false;
  if (resources && !coversResource(resources, request, variables)) return false;
  return conditions.every((condition) => holds(condition, request.context, variables));
}

function names({ not, patterns }: Names, fits: (pattern: string) => boolean): boolean {
  return patterns.some(fits) !== not;
}

function coversResource(resources: Names, { resource, context }: PolicyRequest, variables: boolean): boolean {
  const compiled = resources.patterns.map((it) => (variables ? withVariables(it, context, true) : glob(it)));
  // A variable without a value: of NotResource nothing is known to be left out, so that the statement rests too.
  if (resources.not && compiled.some((it) => it === null)) return false;
  return compiled.some((it) => it !== null && matches(it, resource)) !== resources.not;
}

function means(element: PrincipalElement, who: PrincipalNames, account: boolean): boolean {
  const wanted = [...who.names, ...(account ? who.account : [])];
  const listed = Object.hasOwn(element.named, who.type) ? (element.named[who.type] ?? []) : [];
  const found = element.anybody || listed.some((name) => wanted.includes(name));
  return found !== element.not;
}
