/**
 * Who commits, and when: environment, then configuration.
 * https://git-scm.com/docs/git-commit#_commit_information
 */
import type { GitCall } from "../call.ts";
import type { Config } from "./config.ts";
import { parseDate } from "./dates.ts";
import type { Person } from "./objects.ts";

export type IdentityResult = { readonly person: Person } | { readonly error: string };

const ADVICE = (who: string) => `${who} identity unknown

*** Please tell me who you are.

Run

  git config --global user.email "you@example.com"
  git config --global user.name "Your Name"

to set your account's default identity.
Omit --global to set the identity only in this repository.

`;

/**
 * The identity for a new object. `error` is the whole text for stderr, exit 128.
 * @param strict false: what is unknown becomes the account's name, as for logs
 */
export function identity(
  call: Pick<GitCall, "env" | "now">,
  config: Config,
  who: "author" | "committer",
  strict = true,
): IdentityResult {
  const prefix = `GIT_${who.toUpperCase()}`;
  const user = call.env.get("USER") ?? "user";
  const told = call.env.get(`${prefix}_NAME`);
  const raw = told ?? config.get(`${who}.name`) ?? config.get("user.name") ?? (strict ? "" : user);
  const mail =
    call.env.get(`${prefix}_EMAIL`) ??
    config.get(`${who}.email`) ??
    config.get("user.email") ??
    call.env.get("EMAIL");
  if (strict && mail === undefined) return { error: unknownMail(call, who, user) };
  const email = clean(mail ?? `${user}@${call.env.get("HOSTNAME") ?? "localhost"}`);
  const problem = strict ? nameProblem(raw, email) : null;
  if (problem !== null) {
    const advice = told === undefined && raw === "" ? ADVICE(title(who)) : "";
    return { error: `${advice}fatal: ${problem}\n` };
  }
  const given = call.env.get(`${prefix}_DATE`);
  const moment = given ? parseDate(given) : { timestamp: Math.floor(call.now() / 1000), timezone: "+0000" };
  if (!moment) return { error: `fatal: invalid date format: ${given}\n` };
  return { person: { name: clean(raw), email, ...moment } };
}

/** Why nobody can be called so, or null. */
export function nameProblem(name: string, email: string): string | null {
  if (name === "") return `empty ident name (for <${email}>) not allowed`;
  return clean(name) === "" ? `name consists only of disallowed characters: ${name}` : null;
}

/** For reflogs, where git never refuses. */
export function logIdentity(call: Pick<GitCall, "env" | "now">, config: Config): Person {
  const result = identity(call, config, "committer", false);
  if ("person" in result) return result.person;
  return {
    name: "user",
    email: "user@localhost",
    timestamp: Math.floor(call.now() / 1000),
    timezone: "+0000",
  };
}

function unknownMail(call: Pick<GitCall, "env">, who: string, user: string): string {
  return `${ADVICE(title(who))}fatal: unable to auto-detect email address (got '${user}@${call.env.get("HOSTNAME") ?? "localhost"}.(none)')\n`;
}

function title(who: string): string {
  return who.charAt(0).toUpperCase() + who.slice(1);
}

/** Git drops what would break the header, and punctuation around a name. */
function clean(text: string): string {
  return text.replace(/[<>\n]/g, "").replace(/^[\s.,:;"\\']+|[\s.,:;"\\']+$/g, "");
}
