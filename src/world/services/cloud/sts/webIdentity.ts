/**
 * Tokens of an identity provider (OpenID Connect): the issuer has to be known to the account, its key has to have signed,
 * and the audience has to be one that the provider names.
 * https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRoleWithWebIdentity.html
 */
import { p256 } from "@noble/curves/nist.js";
import { fromBase64, fromUtf8, toUtf8 } from "../../../../base/bytes.ts";
import type { Json } from "../../../../base/json.ts";
import type { ServicePorts } from "../../../service.ts";
import { cloudError, type CloudError } from "../error.ts";
import { CLOUD_ADDRESS } from "../host.ts";
import { OIDC_PROVIDERS, type OidcProvider } from "../model.ts";

type Claims = { readonly [key: string]: Json | undefined };

export interface WebIdentity {
  readonly provider: OidcProvider;
  readonly subject: string;
  readonly audience: string;
  /** Condition keys: "token.actions.forge.test:sub". */
  readonly context: Readonly<Record<string, string | readonly string[]>>;
}

/** Claims that trust policies may look at; of GitHub's more than of others. */
const CLAIMS = [
  ...["aud", "sub", "amr", "azp", "actor", "actor_id", "enterprise", "environment", "event_name"],
  ...["job_workflow_ref", "ref", "repository", "repository_id", "repository_owner", "repository_owner_id"],
  ...["repository_visibility", "runner_environment", "workflow", "workflow_ref"],
];

const NO_JWT =
  "The ID Token provided is not a valid JWT. (You may see this error if you sent an Access Token)";
const NO_KEY =
  "Couldn't retrieve verification key from your identity provider, please reference AssumeRoleWithWebIdentity documentation for requirements";

export async function readWebIdentity(ports: ServicePorts, token: string): Promise<WebIdentity | CloudError> {
  const [head = "", body = "", signature = "", more] = token.split(".");
  const [header, claims] = [part(head), part(body)];
  if (!header || !claims || signature === "" || more !== undefined) return invalid(NO_JWT);
  const issuer = text(claims["iss"]);
  const provider = providerFor(ports, issuer);
  if (!provider)
    return invalid(`No OpenIDConnect provider found in your account for ${issuer.slice(0, 200)}`);
  const key = await keyOf(ports, provider, text(header["kid"]));
  if (key === null) return invalid(NO_KEY);
  if (header["alg"] !== "ES256" || !verify(key, `${head}.${body}`, signature))
    return invalid("Provided Token is not valid: its signature does not match the key of the issuer.");
  const timed = timeProblem(ports, claims);
  if (timed) return timed;
  const audiences = list(claims["aud"]);
  const audience = audiences.find((it) => provider.clientIds.includes(it));
  if (audience === undefined) return invalid("Incorrect token audience");
  return { provider, audience, subject: text(claims["sub"]), context: contextFrom(provider, claims) };
}

function invalid(message: string): CloudError {
  return cloudError("InvalidIdentityToken", message);
}

function providerFor({ tables }: ServicePorts, issuer: string): OidcProvider | undefined {
  if (!issuer.startsWith("https://")) return undefined;
  const url = issuer.slice("https://".length).replace(/\/$/, "");
  return tables.of(OIDC_PROVIDERS).find((it) => it.url === url);
}

function timeProblem({ now }: ServicePorts, { exp, nbf }: Claims): CloudError | null {
  const nowS = Math.floor(now() / 1000);
  if (typeof exp !== "number" || exp <= nowS)
    return cloudError(
      "ExpiredTokenException",
      `Token expired: current date/time ${nowS} must be before the expiration date/time ${String(exp)}`,
    );
  return typeof nbf === "number" && nbf > nowS ? invalid("Token is not yet valid") : null;
}

function contextFrom({ url }: OidcProvider, claims: Claims): WebIdentity["context"] {
  return Object.fromEntries(
    CLAIMS.flatMap((name) => {
      const values = list(Object.hasOwn(claims, name) ? claims[name] : undefined);
      return values.length === 0
        ? []
        : [[`${url}:${name}`, values.length === 1 ? (values[0] as string) : values]];
    }),
  );
}

/** The public key with that id: where it is published, the issuer's configuration says. */
async function keyOf(ports: ServicePorts, { url }: OidcProvider, id: string): Promise<Uint8Array | null> {
  const configuration = await fetched(ports, `https://${url}/.well-known/openid-configuration`);
  if (!configuration || configuration["issuer"] !== `https://${url}`) return null;
  const set = await fetched(ports, text(configuration["jwks_uri"]));
  const keys = Array.isArray(set?.["keys"]) ? (set["keys"] as Claims[]) : [];
  const key = keys.find((it) => it["kid"] === id && it["kty"] === "EC" && it["crv"] === "P-256");
  const [x, y] = [decoded(text(key?.["x"])), decoded(text(key?.["y"]))];
  return x?.length === 32 && y?.length === 32 ? Uint8Array.from([4, ...x, ...y]) : null;
}

async function fetched({ outward }: ServicePorts, url: string): Promise<Claims | null> {
  try {
    const response = await outward(CLOUD_ADDRESS)(new Request(url));
    return response.ok ? object(await response.text()) : null;
  } catch {
    // Nobody answers to that name.
    return null;
  }
}

function verify(key: Uint8Array, signed: string, signature: string): boolean {
  const bytes = decoded(signature);
  if (bytes?.length !== 64) return false;
  try {
    return p256.verify(bytes, fromUtf8(signed), key);
  } catch {
    return false;
  }
}

function part(text: string): Claims | null {
  const bytes = decoded(text);
  return bytes && object(toUtf8(bytes));
}

function object(source: string): Claims | null {
  try {
    const value = JSON.parse(source) as unknown;
    return value !== null && typeof value === "object" && !Array.isArray(value) ? (value as Claims) : null;
  } catch {
    return null;
  }
}

/** https://www.rfc-editor.org/rfc/rfc4648#section-5 */
function decoded(base64url: string): Uint8Array | null {
  if (!/^[\w-]+$/.test(base64url) || base64url.length % 4 === 1) return null;
  return fromBase64(base64url.replaceAll("-", "+").replaceAll("_", "/"));
}

function text(value: Json | undefined): string {
  return typeof value === "string" ? value : "";
}

function list(value: Json | undefined): string[] {
  const values: readonly Json[] = Array.isArray(value) ? (value as readonly Json[]) : [value ?? null];
  return values.filter((it) => ["string", "number", "boolean"].includes(typeof it)).map(String);
}
