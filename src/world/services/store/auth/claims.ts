/** Whether what an identity token claims is what a role asks for. https://openbao.org/docs/auth/jwt/#bound-claims */
import type { Json } from "../../../../base/json.ts";
import { has, listOf, mapOf, seconds, spanOf, textOf } from "../fields.ts";
import type { Fields } from "../model.ts";
import type { Claims } from "./jsonWebToken.ts";

const LEEWAY_S = 60;

/** Why the token is refused, or null. */
export function refusedBy(role: Fields, claims: Claims, boundIssuer: string, nowMs: number): string | null {
  const why = (text: string) => `error validating token: ${text}`;
  const time = timeProblem(role, claims, seconds(nowMs));
  if (time !== null) return why(time);
  if (boundIssuer !== "" && claims["iss"] !== boundIssuer) return why("invalid issuer (iss) claim");
  const subject = textOf(role, "bound_subject");
  if (subject !== "" && claims["sub"] !== subject) return why("invalid subject (sub) claim");
  const audience = audienceProblem(listOf(role, "bound_audiences"), claims["aud"]);
  if (audience !== null) return why(audience);
  return boundProblem(role, claims);
}

function timeProblem(role: Fields, claims: Claims, nowS: number): string | null {
  const leeway = has(role, "clock_skew_leeway") ? seconds(spanOf(role, "clock_skew_leeway")) : LEEWAY_S;
  const [exp, nbf] = [claims["exp"], claims["nbf"]];
  if (exp === undefined && nbf === undefined && claims["iat"] === undefined)
    return "no issued at (iat), not before (nbf), or expiration time (exp) claims in token";
  if (typeof exp === "number" && nowS > exp + leeway)
    return "invalid expiration time (exp) claim: token is expired";
  return typeof nbf === "number" && nowS < nbf - leeway
    ? "invalid not before (nbf) claim: token not yet valid"
    : null;
}

function audienceProblem(bound: readonly string[], claimed: Json | undefined): string | null {
  const audiences = Array.isArray(claimed)
    ? claimed.map(String)
    : claimed === undefined
      ? []
      : [String(claimed)];
  const prefix = "invalid audience (aud) claim";
  if (bound.length === 0)
    return audiences.length > 0
      ? `${prefix}: audience claim found in JWT but no audiences bound to the role`
      : null;
  return audiences.some((it) => bound.includes(it))
    ? null
    : `${prefix}: aud claim does not match any bound audience`;
}

/** Each bound claim must be there with one of its values. */
function boundProblem(role: Fields, claims: Claims): string | null {
  const glob = textOf(role, "bound_claims_type", "string") === "glob";
  for (const [name, wanted] of Object.entries(mapOf(role, "bound_claims") ?? {})) {
    const actual = claimAt(claims, name);
    if (actual === undefined) return `error validating claims: claim ${JSON.stringify(name)} is missing`;
    const values = Array.isArray(wanted) ? wanted : [wanted];
    const given = Array.isArray(actual) ? actual : [actual];
    if (
      !given.some((it) => values.some((value) => (glob ? isLike(it, value) : String(it) === String(value))))
    )
      return `error validating claims: claim ${JSON.stringify(name)} does not match any associated bound claim values`;
  }
  return null;
}

/** A name, or a JSON pointer. */
export function claimAt(claims: Claims, name: string): Json | undefined {
  if (!name.startsWith("/")) return Object.hasOwn(claims, name) ? claims[name] : undefined;
  let value: Json | undefined = claims as Json;
  for (const part of name.slice(1).split("/")) {
    const inside: Json | undefined = value;
    if (
      inside === null ||
      typeof inside !== "object" ||
      Array.isArray(inside) ||
      !Object.hasOwn(inside, part)
    )
      return undefined;
    value = (inside as Claims)[part];
  }
  return value;
}

/** Any number of stars, each for anything. */
function isLike(actual: Json, wanted: Json): boolean {
  const parts = String(wanted).split("*");
  let rest = String(actual);
  const [first = "", ...others] = parts;
  if (!rest.startsWith(first)) return false;
  if (others.length === 0) return rest === first;
  rest = rest.slice(first.length);
  const last = others.pop() as string;
  for (const part of others) {
    const at = rest.indexOf(part);
    if (at < 0) return false;
    rest = rest.slice(at + part.length);
  }
  return rest.endsWith(last);
}

export function isBound(role: Fields): boolean {
  const claims = Object.keys(mapOf(role, "bound_claims") ?? {}).length;
  return listOf(role, "bound_audiences").length > 0 || textOf(role, "bound_subject") !== "" || claims > 0;
}
