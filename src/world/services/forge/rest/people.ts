/** Author and committer of what the API makes: as given, else the account of the caller. */
import type { Json } from "../../../../base/json.ts";
import type { NewCommit } from "../git/commit.ts";
import { ACTIONS_BOT } from "../identity.ts";
import { objectOrNull } from "./json-object.ts";
import type { Call } from "./route.ts";

type Person = NewCommit["author"];

/** The number of the bot's account on GitHub, which its address contains. */
const BOT_EMAIL = `41898282+${ACTIONS_BOT}@users.noreply.forge.test`;

export function callerOf({ forge, identity }: Pick<Call, "forge" | "identity">): Person {
  const login = identity?.login ?? "ghost";
  const account = forge.account(login);
  const email = account?.email ?? (login === ACTIONS_BOT ? BOT_EMAIL : `${login}@users.noreply.forge.test`);
  return { name: account?.name || login, email, atMs: forge.now() };
}

export function personFrom(call: Pick<Call, "forge" | "identity">, given: Json | undefined): Person {
  const caller = callerOf(call);
  const { name, email, date } = objectOrNull(given) ?? {};
  const atMs = typeof date === "string" ? Date.parse(date) : caller.atMs;
  return {
    name: typeof name === "string" ? name : caller.name,
    email: typeof email === "string" ? email : caller.email,
    atMs: Number.isNaN(atMs) ? caller.atMs : atMs,
  };
}

/** `author` and `committer` of the body; who is missing is the other, else the caller. */
export function peopleFrom(call: Pick<Call, "forge" | "identity" | "body">): {
  readonly author: Person;
  readonly committer: Person;
} {
  const { author, committer } = call.body;
  const made = personFrom(call, author ?? committer);
  return { author: made, committer: committer === undefined ? made : personFrom(call, committer) };
}
