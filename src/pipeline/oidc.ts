/**
 * Identity tokens of jobs: how a job with `id-token: write` asks for one, what it says, and how others verify it.
 * https://docs.github.com/en/actions/reference/security/oidc
 * GitHub signs with RS256; here it is ES256, which every verifier of JSON Web Tokens reads as well.
 */
import { p256 } from "@noble/curves/nist.js";
import { fromUtf8, toBase64, toHex } from "../base/bytes.ts";
import { sha256, sha256Bytes } from "../base/digest.ts";
import type { Json } from "../base/json.ts";
import { JOBS, RUNS, type Job, type Run } from "../world/services/forge/actions/model.ts";
import type { Host } from "../world/network.ts";
import type { World } from "../world/world.ts";
import { claimsOf } from "./oidcClaims.ts";
import { ISSUER, OIDC_HOST } from "./oidcIssuer.ts";

/** The variables through which the process of a step asks; none where the job may not. */
export function identityVariables(world: World, run: Run, job: Job): Readonly<Record<string, string>> {
  if (job.permissions.id_token !== "write") return {};
  return {
    ACTIONS_ID_TOKEN_REQUEST_URL: `${ISSUER}/idtoken/${run.id}/${job.id}?api-version=2.0`,
    ACTIONS_ID_TOKEN_REQUEST_TOKEN: requestToken(world, job),
  };
}

/** Good for asking, nothing else. Logs hide it. */
export function requestToken(world: World, job: Job): string {
  return sha256(`${world.seed}/oidc request/${job.id}/${job.attempt}`);
}

/** Who answers as `token.actions.forge.test`. */
export function oidcHost(world: World): Host {
  return async (request) => {
    const { pathname, searchParams } = new URL(request.url);
    if (pathname === "/.well-known/openid-configuration") return answer(200, configuration());
    if (pathname === "/.well-known/jwks") return answer(200, { keys: [signingKey(world).public] });
    const [, run = "", job = ""] = /^\/idtoken\/(\d+)\/(\d+)$/.exec(pathname) ?? [];
    if (run === "") return answer(404, { message: "Not Found" });
    return identityToken(world, request, { run, job, audience: searchParams.get("audience") });
  };
}

interface Asked {
  readonly run: string;
  readonly job: string;
  readonly audience: string | null;
}

function identityToken(world: World, request: Request, asked: Asked): Response {
  const run = world.tables.of(RUNS).get(asked.run);
  const job = world.tables.of(JOBS).get(asked.job);
  const given = /^bearer (\S+)$/i.exec(request.headers.get("authorization") ?? "")?.[1];
  const isKnown = run && job && job.run === run.id && given === requestToken(world, job);
  if (!isKnown || job.status === "completed" || job.permissions.id_token !== "write")
    return answer(401, { message: "The request token is not valid." });
  const claims = claimsOf(world, run, job, asked.audience);
  if (!claims) return answer(404, { message: "Not Found" });
  const value = sign(world, claims);
  return answer(200, { count: value.length, value });
}

function answer(status: number, body: Json): Response {
  return new Response(JSON.stringify(body), { status, headers: { "content-type": "application/json" } });
}

function configuration(): Json {
  return {
    issuer: ISSUER,
    jwks_uri: `https://${OIDC_HOST}/.well-known/jwks`,
    subject_types_supported: ["public", "pairwise"],
    response_types_supported: ["id_token"],
    id_token_signing_alg_values_supported: ["ES256"],
    scopes_supported: ["openid"],
  };
}

interface SigningKey {
  readonly secret: Uint8Array;
  /** https://www.rfc-editor.org/rfc/rfc7518#section-6.2 */
  readonly public: { readonly kid: string; readonly [field: string]: string };
}

/** By seed, on which alone a key depends: to derive one costs more than to sign with it. */
const known = new Map<number, SigningKey>();

/** One key per world. It is derived, so that nobody needs to keep it. */
function signingKey({ seed }: World): SigningKey {
  let key = known.get(seed);
  if (!key) known.set(seed, (key = derived(seed)));
  return key;
}

function derived(seed: number): SigningKey {
  for (let round = 0; ; round++) {
    const secret = sha256Bytes(`${seed}/oidc key/${round}`);
    if (p256.utils.isValidSecretKey(secret)) return { secret, public: publicKey(secret) };
  }
}

/** Without blinding: a key that is derived once may not draw from the chance of the world that needs it first. */
function publicKey(secret: Uint8Array): SigningKey["public"] {
  const point = p256.Point.BASE.multiplyUnsafe(p256.Point.Fn.fromBytes(secret));
  const bytes = point.toBytes(false);
  const [x, y] = [base64Url(bytes.slice(1, 33)), base64Url(bytes.slice(33))];
  const kid = toHex(sha256Bytes(point.toBytes())).slice(0, 40).toUpperCase();
  return { kty: "EC", crv: "P-256", use: "sig", alg: "ES256", kid, x, y };
}

function sign(world: World, claims: Json): string {
  const key = signingKey(world);
  const header = { typ: "JWT", alg: "ES256", kid: key.public.kid };
  const signed = [header, claims].map((part) => base64Url(fromUtf8(JSON.stringify(part)))).join(".");
  return `${signed}.${base64Url(p256.sign(fromUtf8(signed), key.secret))}`;
}

function base64Url(bytes: Uint8Array): string {
  return toBase64(bytes).replaceAll("+", "-").replaceAll("/", "_").replace(/=+$/, "");
}
