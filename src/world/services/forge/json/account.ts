/** Accounts as the API writes them: GitHub's "simple user". */
import type { Json } from "../../../../base/json.ts";
import type { Forge } from "../forge.ts";
import { API, FORGE_ORIGIN } from "../host.ts";
import type { Account } from "../model.ts";

type Shown = Pick<Account, "login" | "id" | "type">;

/** A login without an account is shown as a user of that name; bots have none. */
export function accountJson(account: Shown | string): { readonly [key: string]: Json } {
  const { login, id, type } = typeof account === "string" ? stranger(account) : account;
  const url = `${API}/users/${encodeURIComponent(login)}`;
  return {
    login,
    id,
    node_id: `U_${id}`,
    avatar_url: `${FORGE_ORIGIN}/avatars/u/${id}`,
    gravatar_id: "",
    url,
    html_url: `${FORGE_ORIGIN}/${login}`,
    followers_url: `${url}/followers`,
    following_url: `${url}/following{/other_user}`,
    gists_url: `${url}/gists{/gist_id}`,
    starred_url: `${url}/starred{/owner}{/repo}`,
    subscriptions_url: `${url}/subscriptions`,
    organizations_url: `${url}/orgs`,
    repos_url: `${url}/repos`,
    events_url: `${url}/events{/privacy}`,
    received_events_url: `${url}/received_events`,
    type,
    site_admin: false,
  };
}

function stranger(login: string): Shown {
  return login.endsWith("[bot]") ? { login, id: 41_898_282, type: "Bot" } : { login, id: 0, type: "User" };
}

/** The account of a login, whoever it is. */
export function personJson(forge: Forge, login: string): Json {
  return accountJson(forge.account(login) ?? login);
}

export function personOrNull(forge: Forge, login: string | null): Json {
  return login === null ? null : personJson(forge, login);
}

export function organisationJson({ login, id, name }: Account): { readonly [key: string]: Json } {
  const url = `${API}/orgs/${login}`;
  return {
    login,
    id,
    node_id: `O_${id}`,
    url,
    repos_url: `${url}/repos`,
    events_url: `${url}/events`,
    hooks_url: `${url}/hooks`,
    issues_url: `${url}/issues`,
    members_url: `${url}/members{/member}`,
    public_members_url: `${url}/public_members{/member}`,
    avatar_url: `${FORGE_ORIGIN}/avatars/u/${id}`,
    description: name,
  };
}
