/**
 * Whether a bucket's policy opens it to everybody, and what blocking public access makes of it.
 * https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-control-block-public-access.html#access-control-block-public-access-policy-status
 */
import type { Principal } from "../model.ts";
import { parsePolicy, type Statement } from "../policy/document.ts";
import type { Bucket } from "./resource.ts";

/** Condition keys that, with fixed values, keep strangers out. */
const NARROWING: ReadonlySet<string> = new Set([
  "aws:sourcearn",
  "aws:sourceaccount",
  "aws:sourcevpc",
  "aws:sourcevpce",
  "aws:sourceip",
  "aws:principalorgid",
  "aws:principalarn",
  "aws:principalaccount",
  "aws:userid",
]);

export function isPublic(policy: string): boolean {
  const parsed = parsePolicy(policy);
  return !("problem" in parsed) && parsed.statements.some(opens);
}

function opens({ effect, principal, conditions }: Statement): boolean {
  const anybody = principal !== null && (principal.anybody || principal.not);
  return effect === "Allow" && anybody && !conditions.some(narrows);
}

function narrows({ key, values }: Statement["conditions"][number]): boolean {
  const name = key.toLowerCase();
  if (!NARROWING.has(name) || values.some((value) => value === "*" || value.startsWith("*"))) return false;
  return name !== "aws:sourceip" || values.every((value) => !/\/[0-7]$/.test(value));
}

/** The policy as it counts for somebody: a public one is nothing to strangers where the bucket restricts it. */
export function policyFor({ policy, block }: Bucket, { kind }: Principal): string | null {
  if (policy === null || kind !== "anonymous" || !block?.RestrictPublicBuckets) return policy;
  return isPublic(policy) ? null : policy;
}
