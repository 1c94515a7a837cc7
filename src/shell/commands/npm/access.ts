/** `npm access`. https://docs.npmjs.com/cli/commands/npm-access */
import type { ExecResult } from "just-bash/browser";
import { result } from "../lib/invocation.ts";
import { absent, failed, usage, type NpmCall } from "./call.ts";
import { ask } from "./http.ts";
import { escaped, ownName } from "./own.ts";
import { fieldsOf } from "./tree/manifest.ts";
import { compareText } from "./tree/order.ts";

const ABOUT = "Set access level on published packages";
const USAGE = [
  "access list packages [<user>|<scope>|<scope:team>] [<package>]",
  "access list collaborators [<package> [<user>]]",
  "access get status [<package>]",
  "access set status=public|private [<package>]",
  "access set mfa=none|publish|automation [<package>]",
  "access grant <read-only|read-write> <scope:team> [<package>]",
  "access revoke <scope:team> [<package>]",
];

export async function access(call: NpmCall): Promise<ExecResult> {
  const [verb, what = "", first, second] = call.operands;
  if (verb === "list" && what === "packages") return packages(call, first, second);
  if (verb === "list" && what === "collaborators") return collaborators(call, first, second);
  if (verb === "get" && what === "status") return status(call, first);
  if (verb === "set") return set(call, what, first);
  if (verb === "grant" || verb === "revoke") return absent(`npm access ${verb}`);
  if (verb === undefined) return usage(ABOUT, USAGE);
  return usage(
    ABOUT,
    USAGE,
    `${verb === "list" || verb === "get" ? `${verb} ${what}` : verb} is not a valid access command`,
  );
}

async function packages(
  call: NpmCall,
  given: string | undefined,
  only: string | undefined,
): Promise<ExecResult> {
  let user = given?.replace(/^@/, "");
  if (user === undefined) {
    const who = await ask(call, "GET", "/-/whoami");
    if ("failure" in who) return who.failure;
    user = String(fieldsOf(who.body)["username"]);
  }
  const org = await ask(call, "GET", `/-/org/${encodeURIComponent(user)}/package`);
  const answer =
    "failure" in org && org.status === 404
      ? await ask(call, "GET", `/-/user/${encodeURIComponent(user)}/package`)
      : org;
  return "failure" in answer ? answer.failure : shown(call, answer.body, only);
}

async function collaborators(
  call: NpmCall,
  given: string | undefined,
  only: string | undefined,
): Promise<ExecResult> {
  const name = await ownName(call, given);
  if (name === null) return noName();
  const answer = await ask(call, "GET", `/-/package/${escaped(name)}/collaborators`);
  return "failure" in answer ? answer.failure : shown(call, answer.body, only);
}

async function status(call: NpmCall, given: string | undefined): Promise<ExecResult> {
  const name = await ownName(call, given);
  if (name === null) return noName();
  const answer = await ask(call, "GET", `/-/package/${escaped(name)}/visibility`);
  if ("failure" in answer) return answer.failure;
  return shown(call, { [name]: fieldsOf(answer.body)["public"] === true ? "public" : "private" }, undefined);
}

const MFA: Readonly<Record<string, object>> = {
  none: { publish_requires_tfa: false },
  publish: { publish_requires_tfa: true, automation_token_overrides_tfa: false },
  automation: { publish_requires_tfa: true, automation_token_overrides_tfa: true },
};

async function set(call: NpmCall, what: string, given: string | undefined): Promise<ExecResult> {
  const [, key, value = ""] = /^(mfa|2fa|status)=(\w+)$/.exec(what) ?? [];
  const isStatus = key === "status" && /^(?:public|private)$/.test(value);
  if (key === undefined || (!isStatus && !Object.hasOwn(MFA, value)))
    return usage(ABOUT, USAGE, `set ${what} is not a valid access command`);
  const name = await ownName(call, given);
  if (name === null) return noName();
  if (isStatus && !name.startsWith("@"))
    return usage(ABOUT, USAGE, "This command is only available for scoped packages.");
  const body = isStatus ? { access: value === "private" ? "restricted" : value } : (MFA[value] as object);
  const answer = await ask(call, "POST", `/-/package/${escaped(name)}/access`, body);
  if ("failure" in answer) return answer.failure;
  return isStatus ? status(call, name) : result("");
}

function noName(): ExecResult {
  return failed("ENOENT", [
    "enoent no package name given and no package.json found",
    "enoent This is related to npm not being able to find a file.",
    "enoent",
  ]);
}

function shown({ config }: NpmCall, body: unknown, only: string | undefined): ExecResult {
  const words: Readonly<Record<string, string>> = { read: "read-only", write: "read-write" };
  const items = Object.entries(fieldsOf(body)).map(
    ([key, value]) => [key, words[String(value)] ?? String(value)] as const,
  );
  if (config.has("json")) return result(`${JSON.stringify(Object.fromEntries(items), null, 2)}\n`);
  const chosen = items.filter(([key]) => only === undefined || only === key);
  return result(
    chosen
      .sort(([a], [b]) => compareText(a, b))
      .map(([key, value]) => `${key}: ${value}\n`)
      .join(""),
  );
}
