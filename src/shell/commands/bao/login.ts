/** `bao login` and `bao print token`: a token, and where it is kept. https://openbao.org/docs/commands/login/ */
import type { ExecResult } from "just-bash/browser";
import { result, type Context } from "../lib/invocation.ts";
import type { BaoCall, BaoCommand } from "./call.ts";
import { BaoStop } from "./stop.ts";
import type { Auth, Fields, Secret } from "./client.ts";
import { fieldsFrom } from "./input.ts";
import { printSecret } from "./output.ts";

export function tokenFile({ env }: Context): string {
  return `${env.get("HOME") ?? ""}/.vault-token`;
}

/** Of the environment, else of the file. */
export async function storedToken(context: Context): Promise<string> {
  const given = context.env.get("BAO_TOKEN") || context.env.get("VAULT_TOKEN");
  if (given) return given;
  try {
    return (await context.fs.readFile(tokenFile(context))).trim();
  } catch {
    return "";
  }
}

async function login(call: BaoCall): Promise<ExecResult> {
  const { flags, context } = call;
  const method = flags.value("method") ?? "token";
  const secret = await signIn(call, method);
  const { auth } = secret;
  if (!auth)
    throw new BaoStop(
      "OpenBao returned a secret, but the secret has no authentication information attached. This should never happen and is likely a bug.",
      2,
    );
  const store = !flags.on("no-store") && !flags.on("token-only");
  if (store) await keep(context, auth.client_token);
  if (flags.on("no-print")) return result("");
  if (flags.on("token-only"))
    return result(call.terminal.direct?.() ? `${auth.client_token}\n` : auth.client_token);
  if (flags.value("field") !== undefined || (flags.value("format") ?? "table") !== "table")
    return printSecret(call, secret);
  return result(`${SAID}\n\n${printSecret(call, secret).stdout}`, fromEnvironment(context));
}

const SAID = `Success! You are now authenticated. The token information displayed below
is already stored in the token helper. You do NOT need to run "bao login"
again. Future OpenBao requests will automatically use this token.`;

/** A token in the environment counts more than the one that was stored now. */
function fromEnvironment({ env }: Context): string {
  const name = ["BAO_TOKEN", "VAULT_TOKEN"].find((it) => (env.get(it) ?? "") !== "");
  if (name === undefined) return "";
  return `WARNING! The ${name} environment variable is set! The value of this variable will take\nprecedence; if this is unwanted please unset ${name} or update its value accordingly.\n\n`;
}

async function keep(context: Context, token: string): Promise<void> {
  await context.fs.writeFile(tokenFile(context), token);
  await context.fs.chmod(tokenFile(context), 0o600);
}

async function signIn(call: BaoCall, method: string): Promise<Secret> {
  const path = (call.flags.value("path") ?? method).replace(/\/+$/, "");
  if (method === "token") return withToken(call);
  const fields = await fieldsFrom(call, call.args);
  if (method === "userpass") return withPassword(call, path, fields);
  if (method === "oidc") return withBrowser(call, path, fields);
  if (method === "approle" || method === "jwt") return send(call, `auth/${path}/login`, fields);
  throw new BaoStop(
    `Unknown auth method: ${method}. Use "bao auth list" to see the complete list of auth methods. Additionally, some auth methods are only available via the HTTP API.`,
  );
}

async function asked(call: BaoCall, prompt: string): Promise<string> {
  const line = await call.terminal.readLine(prompt, { silent: true });
  if (line === null)
    throw new BaoStop(
      'Error authenticating: An error occurred attempting to ask for a token. The raw error message is shown below, but usually this is because you attempted to pipe a value into the command or you are executing outside of a terminal (tty). If you want to pipe the value, pass "-" as the argument to read from stdin. The raw error was: EOF',
      2,
    );
  return line.trim();
}

/** A token that is given is looked up, to know that it works. */
async function withToken(call: BaoCall): Promise<Secret> {
  const [word] = call.args;
  const fields = word?.includes("=") || word === "-" ? await tokenWords(call, word) : word;
  const token = fields ?? (await asked(call, "Token (will be hidden): "));
  if (token === "") throw new BaoStop("Error authenticating: Token cannot be empty", 2);
  const secret = await call.client
    .with(token)
    .secret("authenticating: error looking up token", "GET", "auth/token/lookup-self");
  const data = (secret?.data ?? {}) as Fields;
  const policies = (data["policies"] ?? []) as readonly string[];
  const auth: Auth = {
    client_token: token,
    accessor: String(data["accessor"]),
    policies,
    token_policies: policies,
    identity_policies: [],
    metadata: (data["meta"] ?? null) as Auth["metadata"],
    lease_duration: Number(data["ttl"] ?? 0),
    renewable: data["renewable"] === true,
  };
  return {
    request_id: secret?.request_id ?? "",
    lease_id: "",
    lease_duration: 0,
    renewable: false,
    data: null,
    warnings: null,
    auth,
  };
}

async function tokenWords(call: BaoCall, word: string): Promise<string> {
  if (word === "-") return String(call.context.stdin).trim();
  return String((await fieldsFrom(call, [word]))["token"] ?? "");
}

async function withPassword(call: BaoCall, path: string, fields: Fields): Promise<Secret> {
  const name = fields["username"] ?? call.context.env.get("USER") ?? "";
  if (name === "") throw new BaoStop("'username' must be specified", 2);
  const password = fields["password"] ?? (await asked(call, "Password (will be hidden): "));
  return send(call, `auth/${path}/login/${String(name)}`, { password });
}

async function send(call: BaoCall, path: string, fields: Fields): Promise<Secret> {
  const secret = await call.client.with("").secret("authenticating", "PUT", path, fields);
  if (!secret) throw new BaoStop("Error authenticating: no answer", 2);
  return secret;
}

const CALLBACK = "http://localhost:8250/oidc/callback";

/** The browser of this machine is signed in at the company's sign-in page: it comes back with a code by itself. */
async function withBrowser(call: BaoCall, path: string, fields: Fields): Promise<Secret> {
  const client = call.client.with("");
  const asking = { role: fields["role"] ?? "", redirect_uri: CALLBACK };
  const begun = await client.secret("authenticating", "PUT", `auth/${path}/oidc/auth_url`, asking);
  const url = String(begun?.data?.["auth_url"] ?? "");
  if (!URL.canParse(url) || !call.browser)
    throw new BaoStop("Error authenticating: unable to open a browser", 2);
  const response = await call.browser(new Request(url, { redirect: "manual" }));
  const back = response.headers.get("Location") ?? "";
  if (!URL.canParse(back))
    throw new BaoStop(
      `Error authenticating: the sign-in page answered: ${(await response.text()).trim()}`,
      2,
    );
  const { searchParams } = new URL(back);
  const query = `?code=${searchParams.get("code") ?? ""}&state=${searchParams.get("state") ?? ""}`;
  const secret = await client.secret("authenticating", "GET", `auth/${path}/oidc/callback${query}`);
  if (!secret) throw new BaoStop("Error authenticating: no answer", 2);
  return secret;
}

function printToken({ client }: BaoCall): ExecResult {
  return result(client.token === "" ? "" : `${client.token}\n`);
}

export const LOGIN: readonly BaoCommand[] = [
  {
    name: "login",
    values: ["method", "path"],
    switches: ["no-store", "no-print", "token-only"],
    takes: [0, 20],
    run: login,
  },
  { name: "print token", takes: [0, 0], run: printToken },
];
