/** In a job, npm asks who it is, and the registry for a token in exchange. https://docs.npmjs.com/trusted-publishers */
import { fromBase64, toUtf8 } from "../../../base/bytes.ts";
import type { NpmCall } from "./call.ts";
import { ask } from "./http.ts";
import { escaped } from "./own.ts";
import { fieldsOf } from "./tree/manifest.ts";

/** The call with what the registry gave for the job's identity; else as it is. It says nothing where it does not work. */
export async function identify(call: NpmCall, name: string): Promise<NpmCall> {
  const { context, config } = call;
  if (context.exportedEnv?.["GITHUB_ACTIONS"] === undefined) return call;
  const identity = await identityFor(call, `npm:${new URL(config.registry).hostname}`);
  if (identity === null) return call;
  const path = `/-/npm/v1/oidc/token/exchange/package/${escaped(name)}`;
  const answer = await ask(withToken(call, identity), "POST", path);
  const token = "failure" in answer ? undefined : fieldsOf(answer.body)["token"];
  if (typeof token !== "string") return call;
  const trusted = withToken(call, token);
  const chosen = config.get("provenance") !== undefined;
  const isPublic = claimsOf(identity)["repository_visibility"] === "public";
  const visibility =
    chosen || !isPublic ? null : await ask(trusted, "GET", `/-/package/${escaped(name)}/visibility`);
  const attests = visibility && !("failure" in visibility) && fieldsOf(visibility.body)["public"] === true;
  return attests ? withProvenance(trusted) : trusted;
}

/** A job with `id-token: write` gets an identity for an audience; nobody else does. */
export async function identityFor(call: NpmCall, audience: string): Promise<string | null> {
  const env = call.context.exportedEnv ?? {};
  const [url, secret] = [env["ACTIONS_ID_TOKEN_REQUEST_URL"], env["ACTIONS_ID_TOKEN_REQUEST_TOKEN"]];
  if (!url || !secret || !URL.canParse(url)) return null;
  const address = new URL(url);
  address.searchParams.append("audience", audience);
  const answer = await ask(withToken(call, secret), "GET", address.href);
  const value = "failure" in answer ? undefined : fieldsOf(answer.body)["value"];
  return typeof value === "string" ? value : null;
}

function withToken(call: NpmCall, token: string): NpmCall {
  return { ...call, config: { ...call.config, token, tokenFor: () => token } };
}

function withProvenance(call: NpmCall): NpmCall {
  const { has } = call.config;
  return { ...call, config: { ...call.config, has: (flag) => flag === "provenance" || has(flag) } };
}

/** What an identity says of itself; nobody has checked it here. */
export function claimsOf(identity: string): Readonly<Record<string, unknown>> {
  const part = (identity.split(".")[1] ?? "").replaceAll("-", "+").replaceAll("_", "/");
  try {
    return fieldsOf(JSON.parse(toUtf8(fromBase64(part.padEnd(Math.ceil(part.length / 4) * 4, "=")))));
  } catch {
    return {};
  }
}
