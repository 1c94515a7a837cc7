/** `npm whoami`, `login`, `logout`, `token`. https://docs.npmjs.com/cli/commands/npm-token */
import type { ExecResult } from "just-bash/browser";
import { result } from "../lib/invocation.ts";
import { absent, failed, type NpmCall } from "./call.ts";
import { ask, needAuth } from "./http.ts";

export async function whoami(call: NpmCall): Promise<ExecResult> {
  if (call.config.token === null) return needAuth();
  const answer = await ask(call, "GET", "/-/whoami");
  if ("failure" in answer) return answer.failure;
  return result(`${(answer.body as { username: string }).username}\n`);
}

interface Begun {
  readonly loginUrl: string;
  readonly doneUrl: string;
}

/** The browser of this machine is signed in: it opens the page, and nothing is to be typed. */
export async function login(call: NpmCall): Promise<ExecResult> {
  const { context, config } = call;
  const signedOut = { ...call, config: { ...config, token: null } };
  const begun = await ask(signedOut, "POST", "/-/v1/login", {});
  if ("failure" in begun) return begun.failure;
  const { loginUrl, doneUrl } = begun.body as Begun;
  const confirmed = await ask({ ...signedOut, reach: call.browser }, "GET", loginUrl);
  if ("failure" in confirmed) return confirmed.failure;
  const done = await ask(signedOut, "GET", doneUrl);
  if ("failure" in done) return done.failure;
  const { token } = done.body as { token: string };
  const key = `${config.registry.replace(/^[a-z]+:/i, "")}/:_authToken`;
  const before = await readLines(call);
  const lines = [...before.filter((line) => !line.startsWith(`${key}=`)), `${key}=${token}`, ""];
  await context.fs.writeFile(config.userFile, lines.join("\n"));
  await context.fs.chmod(config.userFile, 0o600);
  return result(`Logged in on ${config.registry}/.\n`, `npm notice Log in on ${config.registry}/\n`);
}

export async function logout(call: NpmCall): Promise<ExecResult> {
  const { context, config } = call;
  if (config.token === null)
    return failed("ENEEDAUTH", [`need auth not logged in to ${config.registry}/, so can't log out!`]);
  await ask(call, "DELETE", `/-/user/token/${encodeURIComponent(config.token)}`);
  const key = `${config.registry.replace(/^[a-z]+:/i, "")}/:_authToken`;
  const left = (await readLines(call)).filter((line) => !line.startsWith(`${key}=`));
  await context.fs.writeFile(config.userFile, left.map((line) => `${line}\n`).join(""));
  return result("", `npm notice Logged out on ${config.registry}/\n`);
}

async function readLines({ context, config }: NpmCall): Promise<string[]> {
  try {
    return (await context.fs.readFile(config.userFile)).split("\n").filter((line) => line !== "");
  } catch {
    return [];
  }
}

interface Token {
  readonly token: string;
  readonly key: string;
  readonly name: string;
  readonly readonly: boolean;
  readonly created: string;
  readonly expires: string | null;
  readonly cidr_whitelist: readonly string[] | null;
}

export async function token(call: NpmCall): Promise<ExecResult> {
  const [name = "list", ...operands] = call.operands;
  if (call.config.token === null) return needAuth();
  if (name === "list" || name === "ls") return list(call);
  if (name === "create") return create(call);
  if (["revoke", "rm", "remove", "delete"].includes(name)) return revoke(call, operands);
  return absent(`npm token ${name}`);
}

async function tokens(call: NpmCall): Promise<readonly Token[] | ExecResult> {
  const answer = await ask(call, "GET", "/-/npm/v1/tokens");
  return "failure" in answer ? answer.failure : (answer.body as { objects: readonly Token[] }).objects;
}

async function list(call: NpmCall): Promise<ExecResult> {
  const found = await tokens(call);
  if ("exitCode" in found) return found;
  if (call.config.has("json")) return result(`${JSON.stringify(found, null, 2)}\n`);
  if (call.config.has("parseable")) {
    const rows = found.map((it) =>
      [
        // npm hides what looks like a UUID, its own keys too.
        "***",
        it.token,
        shortId(it, found),
        it.name,
        it.created,
        String(it.readonly),
        it.cidr_whitelist?.join(",") ?? "",
      ].join("\t"),
    );
    const head = "key\ttoken\tid\tname\tcreated\treadonly\tCIDR whitelist";
    return result([head, ...rows, ""].join("\n"));
  }
  const lines = found.map(
    (it) =>
      `Token ${it.token}… with id ${shortId(it, found)} name ${it.name} created ${it.created.slice(0, 10)}\n${it.cidr_whitelist ? `with IP whitelist: ${it.cidr_whitelist.join(",")}\n` : ""}\n`,
  );
  return result(lines.join(""));
}

/** Six characters, or as many as tell it from the others. */
function shortId({ key }: Token, all: readonly Token[]): string {
  for (let length = 6; length < key.length; length++) {
    const id = key.slice(0, length);
    if (all.filter((it) => it.key.startsWith(id)).length === 1) return id;
  }
  return key;
}

async function create(call: NpmCall): Promise<ExecResult> {
  const { config } = call;
  const asked = newToken(call);
  if ("failure" in asked) return asked.failure;
  const answer = await ask(call, "POST", "/-/npm/v1/tokens", asked.body);
  if ("failure" in answer) return answer.failure;
  const { key: _key, updated: _updated, ...made } = answer.body as Token & { readonly updated: string };
  if (config.has("json")) return result(`${JSON.stringify(made, null, 2)}\n`);
  if (config.has("parseable"))
    return result(
      Object.entries(made)
        .map(([name, value]) => `${name}\t${String(value)}\n`)
        .join(""),
    );
  const range = made.cidr_whitelist ? `with IP whitelist: ${made.cidr_whitelist.join(",")}\n` : "";
  return result(`Created token ${made.token}\n${range}${made.expires ? `expires: ${made.expires}\n` : ""}`);
}

/** https://docs.npmjs.com/cli/commands/npm-token#configuration */
function newToken({ config }: NpmCall): { readonly body: object } | { readonly failure: ExecResult } {
  const listOf = (name: string) => {
    const text = config.get(name);
    return text === undefined ? undefined : text.split(",").map((it) => it.trim());
  };
  const cidr = listOf("cidr") ?? [];
  const wrong = cidr.find((it) => !/^\d{1,3}(?:\.\d{1,3}){3}\/\d{1,2}$/.test(it));
  if (wrong !== undefined)
    return {
      failure: failed("EINVALIDCIDR", [
        wrong.includes(":")
          ? `CIDR whitelist can only contain IPv4 addresses, ${wrong} is IPv6`
          : `CIDR whitelist contains invalid CIDR entry: ${wrong}`,
      ]),
    };
  const expires = config.get("expires");
  const all: Readonly<Record<string, unknown>> = {
    name: config.get("name") ?? "token",
    description: config.get("token-description"),
    readonly: config.has("read-only") || undefined,
    packages: listOf("packages"),
    packages_all: config.has("packages-all") || undefined,
    scopes: listOf("scopes"),
    orgs: listOf("orgs"),
    packages_and_scopes_permission: config.get("packages-and-scopes-permission"),
    orgs_permission: config.get("orgs-permission"),
    expires: expires === undefined ? undefined : Number.parseInt(expires, 10),
    cidr_whitelist: cidr.length > 0 ? cidr : undefined,
    bypass_2fa: config.has("bypass-2fa") || undefined,
  };
  return { body: Object.fromEntries(Object.entries(all).filter(([, value]) => value !== undefined)) };
}

async function revoke(call: NpmCall, ids: readonly string[]): Promise<ExecResult> {
  if (ids.length === 0) return failed("EUSAGE", ["`<tokenKey>` argument is required."]);
  const found = await tokens(call);
  if ("exitCode" in found) return found;
  const keys: string[] = [];
  for (const id of ids) {
    const matches = found.filter(({ key }) => key.startsWith(id));
    if (matches.length > 1)
      return failed(null, [
        `Token ID "${id}" was ambiguous, a new token may have been created since you last ran \`npm token list\`.`,
      ]);
    const key = matches[0]?.key ?? (found.some((it) => id.startsWith(it.token)) ? id : null);
    if (key === null) return failed(null, [`Unknown token id or value "${id}".`]);
    keys.push(key);
  }
  for (const key of keys) {
    const answer = await ask(call, "DELETE", `/-/npm/v1/tokens/token/${encodeURIComponent(key)}`);
    if ("failure" in answer) return answer.failure;
  }
  if (call.config.has("json")) return result(`${JSON.stringify(keys, null, 2)}\n`);
  if (call.config.has("parseable")) return result(`${keys.join("\t")}\n`);
  return result(`Removed ${keys.length} token${keys.length === 1 ? "" : "s"}\n`);
}
