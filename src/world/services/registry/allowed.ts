/** Who may do what with a package. https://docs.npmjs.com/about-access-tokens */
import { failure } from "./answer.ts";
import type { RegistryCall } from "./call.ts";
import type { Package, RegistryGrants } from "./model.ts";

const HOUR_MS = 3600_000;

/** Null where it may; else the refusal. `before`: undefined for a name that is free. */
export function refusedWrite(call: RegistryCall, name: string, before: Package | undefined): Response | null {
  const { grants } = call;
  if (!grants || grants.scopes !== "publish" || !covers(grants, name) || !isOwner(grants, before))
    return failure(
      403,
      `You do not have permission to publish "${name}". Are you logged in as the correct user?`,
    );
  return before ? secondFactor(grants, before) : null;
}

/** The token's list: names of packages, and whole scopes. */
export function covers({ packages }: RegistryGrants, name: string): boolean {
  return (
    !packages ||
    packages.some((each) => each === name || (name.startsWith("@") && name.startsWith(`${each}/`)))
  );
}

function isOwner({ user, trustedPublisher }: RegistryGrants, before: Package | undefined): boolean {
  if (trustedPublisher !== undefined) return before?.trust?.id === trustedPublisher;
  return before === undefined || before.owners.includes(user);
}

function secondFactor({ session, bypass2fa, trustedPublisher }: RegistryGrants, { mfa = "none" }: Package) {
  if (mfa === "none" || session === true || trustedPublisher !== undefined) return null;
  if (mfa === "automation" && bypass2fa === true) return null;
  return failure(
    403,
    mfa === "publish"
      ? "Two-factor authentication is required to publish this package but an automation token was specified"
      : "Two-factor authentication or granular access token with bypass 2fa enabled is required to publish packages.",
  );
}

/** Settings of a package want its owner, signed in. */
export function refusedSettings({ grants }: RegistryCall, found: Package): Response | null {
  if (grants && grants.scopes === "publish" && found.owners.includes(grants.user) && grants.session)
    return null;
  const why = grants?.session
    ? `You do not have permission to change "${found.name}".`
    : "Sign in to change settings: a token cannot";
  return failure(403, why);
}

/** A number that was taken away is not given again, and a name not at once. */
export function refusedReuse(found: Package | undefined, version: string, nowMs: number): Response | null {
  if (!found) return null;
  if (Object.hasOwn(found.gone ?? {}, version))
    return failure(403, `You cannot publish over the previously published versions: ${version}.`);
  const isFresh = found.unpublishedAtMs !== undefined && nowMs < found.unpublishedAtMs + 24 * HOUR_MS;
  return isFresh ? failure(403, `${found.name} cannot be republished until 24 hours have passed.`) : null;
}

/** "192.0.2.0/24" */
export function isWithin(address: string, cidr: string): boolean {
  const [base = "", bits = "32"] = cidr.split("/");
  const [a, b] = [numberOf(address), numberOf(base)];
  const width = Number(bits);
  if (a === null || b === null || !Number.isInteger(width) || width < 0 || width > 32) return false;
  const size = 2 ** (32 - width);
  return Math.floor(a / size) === Math.floor(b / size);
}

function numberOf(address: string): number | null {
  const parts = address.split(".").map(Number);
  if (parts.length !== 4 || parts.some((it) => !Number.isInteger(it) || it < 0 || it > 255)) return null;
  return parts.reduce((sum, part) => sum * 256 + part, 0);
}

export function isCidr(text: string): boolean {
  return /^\d+\.\d+\.\d+\.\d+\/\d+$/.test(text) && isWithin(text.split("/")[0] as string, text);
}
