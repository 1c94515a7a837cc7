/**
 * Tokens and sign-ins of people: real shapes, wrong checksums, one record each among the credentials of the world.
 * https://docs.github.com/en/authentication/keeping-your-account-and-data-secure/managing-your-personal-access-tokens
 */
import { KINDS, type Kind } from "../../../engine/kinds.ts";
import type { Json } from "../../../base/json.ts";
import { tableName } from "../../../base/tables.ts";
import type { Credential } from "../../credential.ts";
import type { Person } from "../../person.ts";
import type { Forge } from "./forge.ts";
import type { Grants } from "./identity.ts";

/** What belongs to a token and is no credential's affair in general. */
export interface TokenFacts {
  /** Id of the credential. */
  readonly credential: string;
  /** The number by which the API and the audit log name it. */
  readonly number: number;
  readonly name: string;
  readonly type: "classic" | "fine-grained" | "oauth";
  readonly owner: string;
  /** Owner of what a fine-grained token opens: a person or an organisation. */
  readonly resourceOwner: string | null;
  /** The session that made it; ending the session kills it. */
  readonly session: number | null;
}

/** Somewhere signed in: a browser, or a program such as `gh`. */
export interface Session {
  readonly id: number;
  readonly login: string;
  /** "Firefox on Linux", "GitHub CLI". */
  readonly client: string;
  readonly address: string;
  readonly createdAtMs: number;
  readonly endedAtMs: number | null;
}

/** By id of the credential. */
export const TOKENS = tableName<TokenFacts>("forge/tokens");
/** By id. */
export const SESSIONS = tableName<Session>("forge/sessions");

const KIND_OF_TYPE = {
  classic: "githubToken",
  "fine-grained": "githubFineGrainedToken",
  oauth: "githubOauthToken",
} as const satisfies Record<TokenFacts["type"], Kind>;

/** What `gh auth login` asks for. */
export const CLI_SCOPES = ["gist", "read:org", "repo", "workflow"] as const;

export interface NewToken {
  readonly owner: string;
  readonly name: string;
  readonly type: TokenFacts["type"];
  readonly grants: Grants;
  readonly expiresAtMs?: number | null;
  readonly resourceOwner?: string;
  readonly session?: number;
}

export function issueToken(forge: Forge, token: NewToken): Credential {
  const { tables, credentials, random, now } = forge.ports;
  const { owner, name, type } = token;
  const kind = KIND_OF_TYPE[type];
  const { value, needles } = KINDS[kind].mint({ text: random });
  const number = tables.next("forge/token", 9001);
  const id = `forge-token-${number}`;
  const resourceOwner = type === "fine-grained" ? (token.resourceOwner ?? owner) : null;
  const facts = { credential: id, number, name, type, owner, resourceOwner, session: token.session ?? null };
  tables.of(TOKENS).set(id, facts);
  return credentials.add({
    id,
    kind,
    issuer: "forge",
    value,
    parts: needles,
    owner,
    scope: name,
    grants: token.grants as unknown as Json,
    status: "active",
    createdAtMs: now(),
    expiresAtMs: token.expiresAtMs ?? null,
    uses: [],
    planted: false,
  });
}

export function startSession(
  forge: Forge,
  { login, address }: Pick<Person, "login" | "address">,
  client: string,
): Session {
  const { tables, now } = forge.ports;
  const id = tables.next("forge/session", 601);
  return tables
    .of(SESSIONS)
    .set(String(id), { id, login, client, address, createdAtMs: now(), endedAtMs: null });
}

/** Signs somebody in with a program: a session, and the token that the program keeps. */
export function signIn(
  forge: Forge,
  person: Pick<Person, "login" | "address">,
  scopes: readonly string[] = CLI_SCOPES,
): Credential {
  const session = startSession(forge, person, "GitHub CLI");
  return issueToken(forge, {
    owner: person.login,
    name: "GitHub CLI",
    type: "oauth",
    grants: { kind: "classic", scopes },
    session: session.id,
  });
}

/** The sessions of somebody that have not ended. */
export function sessionsOf(forge: Forge, login: string): Session[] {
  return forge.ports.tables
    .of(SESSIONS)
    .filter((it) => it.endedAtMs === null && it.login.toLowerCase() === login.toLowerCase());
}

/** Ends a session, and what was signed in with it. */
export function endSession(forge: Forge, id: number): void {
  const { tables, now } = forge.ports;
  if (tables.of(SESSIONS).get(String(id))?.endedAtMs !== null) return;
  tables.of(SESSIONS).change(String(id), { endedAtMs: now() });
  for (const token of tables.of(TOKENS).filter(({ session }) => session === id))
    revokeToken(forge, token.credential);
}

export function endSessions(forge: Forge, login: string): number {
  const sessions = sessionsOf(forge, login);
  for (const { id } of sessions) endSession(forge, id);
  return sessions.length;
}

/** Everything of somebody that the forge honours, tokens that a lab planted included; newest last. */
export function tokensOf(forge: Forge, login: string): Credential[] {
  const owner = login.toLowerCase();
  return forge.ports.credentials
    .all()
    .filter((it) => it.issuer === "forge" && it.owner.toLowerCase() === owner && isPersonal(it));
}

function isPersonal({ grants }: Credential): boolean {
  const kind = grants !== null && typeof grants === "object" && "kind" in grants ? grants["kind"] : "classic";
  return kind === "classic" || kind === "fine-grained";
}

export function revokeToken(forge: Forge, id: string, status: "revoked" | "deleted" = "revoked"): void {
  const credential = forge.ports.credentials.get(id);
  if (credential?.status === "active") forge.ports.credentials.change(id, { status });
}

/** Revokes what somebody found in the open; answers with what was really one of ours and alive. */
export function revokeExposed(forge: Forge, values: readonly string[]): Credential[] {
  const { credentials } = forge.ports;
  const found = values.flatMap((value) => credentials.find("forge", value) ?? []);
  const alive = found.filter((it) => isPersonal(it) && credentials.works(it));
  for (const { id } of alive) revokeToken(forge, id);
  return alive;
}

export function factsOf(forge: Forge, credential: string): TokenFacts | undefined {
  return forge.ports.tables.of(TOKENS).get(credential);
}
