/** Where git looks for a credential, and whom it tells how it went: https://git-scm.com/docs/gitcredentials */
import { parseBool, type Config } from "../config.ts";
import type { GitCall } from "../../call.ts";
import { quote } from "../quote.ts";
import { die, Stop } from "../transcript.ts";
import {
  formatCredential,
  isWhole,
  parseCredential,
  shownCredential,
  type Credential,
} from "./credential.ts";
import { configFor } from "./urlConfig.ts";

type Operation = "get" | "store" | "erase";

/** Asks helpers, then an askpass program, then the person. Stops with git's words where nobody knows. */
export async function fillCredential(call: GitCall, config: Config, given: Credential): Promise<Credential> {
  let credential = prepared(config, given);
  if (isWhole(credential)) return credential;
  let complaints = "";
  for (const helper of helpersFor(config, credential)) {
    const answer = await runHelper(call, helper, "get", credential);
    complaints += answer.stderr;
    const { quit, ...found } = parseCredential(answer.stdout, credential);
    credential = found;
    if (quit !== undefined && parseBool(quit)) die(`credential helper '${helper}' told us to quit`);
    if (isWhole(credential)) return credential;
  }
  try {
    return await askAll(call, config, credential);
  } catch (problem) {
    if (problem instanceof Stop) throw new Stop(complaints + problem.message, problem.exitCode);
    throw problem;
  }
}

/** It worked: helpers may keep it. */
export async function approve(call: GitCall, config: Config, credential: Credential): Promise<void> {
  if (isWhole(credential)) await tell(call, config, "store", credential);
}

/** It did not: helpers forget it. */
export async function reject(call: GitCall, config: Config, credential: Credential): Promise<void> {
  await tell(call, config, "erase", credential);
}

async function tell(call: GitCall, config: Config, operation: Operation, given: Credential): Promise<void> {
  const credential = prepared(config, given);
  for (const helper of helpersFor(config, credential)) await runHelper(call, helper, operation, credential);
}

/** Of HTTP the path does not count, unless `credential.useHttpPath` says so; `credential.username` fills in. */
function prepared(config: Config, credential: Credential): Credential {
  const url = shownCredential(credential);
  const usesPath = parseBool(configFor(config, "credential", url, "usehttppath").at(-1) ?? "false");
  const username = credential.username ?? configFor(config, "credential", url, "username").at(-1);
  const { path, ...rest } = credential;
  const keepsPath = path !== undefined && (usesPath || !/^https?$/.test(credential.protocol ?? ""));
  return { ...rest, ...(keepsPath ? { path } : {}), ...(username === undefined ? {} : { username }) };
}

/** An empty value forgets those before it. */
function helpersFor(config: Config, credential: Credential): string[] {
  const helpers = configFor(config, "credential", shownCredential(credential), "helper");
  return helpers.slice(helpers.lastIndexOf("") + 1);
}

async function runHelper(
  call: GitCall,
  helper: string,
  operation: Operation,
  credential: Credential,
): Promise<{ readonly stdout: string; readonly stderr: string }> {
  const stdin = toBytes(formatCredential(credential));
  const program = helper.startsWith("!")
    ? helper.slice(1)
    : helper.startsWith("/")
      ? helper
      : `git credential-${helper}`;
  const { stdout, stderr } = await call.shell(`${program} ${operation}`, { stdin });
  return { stdout: operation === "get" ? stdout : "", stderr };
}

/** Standard input of commands is bytes, one character each. */
function toBytes(text: string): string {
  return unescape(encodeURIComponent(text));
}

async function askAll(call: GitCall, config: Config, credential: Credential): Promise<Credential> {
  const username =
    credential.username ??
    (await ask(call, config, `Username for '${shownCredential(credential)}': `, false));
  const named = { ...credential, username };
  const password =
    credential.password ?? (await ask(call, config, `Password for '${shownCredential(named)}': `, true));
  return { ...named, password };
}

async function ask(call: GitCall, config: Config, prompt: string, silent: boolean): Promise<string> {
  const program =
    call.env.get("GIT_ASKPASS") ?? config.get("core.askpass") ?? call.env.get("SSH_ASKPASS") ?? "";
  let complaint = "";
  if (program !== "") {
    const { stdout, stderr, exitCode } = await call.shell(`${quote(program)} ${quote(prompt)}`);
    if (exitCode === 0) return stdout.split(/\r?\n/)[0] as string;
    complaint = `${stderr}error: unable to read askpass response from '${program}'\n`;
  }
  const shown = prompt.replace(/: $/, "");
  if (parseBool(call.env.get("GIT_TERMINAL_PROMPT") ?? "true") === false)
    throw new Stop(`${complaint}fatal: could not read ${shown}: terminal prompts disabled\n`, 128);
  const answer = call.terminal.attended === true ? await call.terminal.readLine(prompt, { silent }) : null;
  if (answer === null)
    throw new Stop(`${complaint}fatal: could not read ${shown}: No such device or address\n`, 128);
  return answer;
}
