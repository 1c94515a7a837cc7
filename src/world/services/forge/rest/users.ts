/** https://docs.github.com/en/rest/users/users */
import type { Json } from "../../../../base/json.ts";
import { FORGE_ADDRESS } from "../host.ts";
import type { Forge } from "../forge.ts";
import { organisationJson, accountJson } from "../json/account.ts";
import type { Account } from "../model.ts";
import { organisationsOf, repositoriesOf } from "../organisations.ts";
import { ACCOUNTS } from "../store.ts";
import { textField } from "./request-body.ts";
import { failure, json, list, notFound, time } from "./answer.ts";
import { onSite, type Call, type Route } from "./route.ts";

export const userRoutes: readonly Route[] = [
  onSite("GET", "/user", "user", showMyself),
  onSite("PATCH", "/user", "user", patchMyself),
  onSite("GET", "/user/orgs", "user", listMyOrganisations),
  onSite("GET", "/user/emails", "user", listMyAddresses),
  onSite("GET", "/users", "anyone", listUsers),
  onSite("GET", "/users/{username}", "anyone", showUser),
  onSite("GET", "/users/{username}/orgs", "anyone", listOrganisationsOfUser),
  onSite("GET", "/user/{id}", "anyone", showUserById),
  onSite("GET", "/rate_limit", "anyone", showRateLimit),
  onSite("GET", "/meta", "anyone", showMeta),
  onSite("GET", "/zen", "anyone", () => new Response("Keep it logically awesome.")),
];

function showMyself(call: Call): Response {
  const { forge, identity } = call;
  if (identity?.grants.kind === "job") return failure(403, "Resource not accessible by integration");
  const account = forge.account(identity?.login ?? "");
  // Who plays without an account of the forge is shown as one that has nothing yet.
  return json(200, privateJson(forge, account ?? stranger(identity?.login ?? "")));
}

function stranger(login: string): Account {
  return {
    id: 0,
    login,
    type: "User",
    name: login,
    email: "",
    createdAtMs: 0,
    memberRole: null,
    twoFactor: false,
    approvesTokens: false,
  };
}

function patchMyself(call: Call): Response {
  const { forge, identity, body } = call;
  const account = forge.account(identity?.login ?? "");
  if (!account) return notFound();
  const now = forge.ports.tables.of(ACCOUNTS).change(account.login.toLowerCase(), {
    name: textField(body, "name") ?? account.name,
    email: textField(body, "email") ?? account.email,
  });
  return json(200, privateJson(forge, now));
}

function publicJson(forge: Forge, account: Account): { readonly [key: string]: Json } {
  const open = repositoriesOf(forge, account.login).filter(({ visibility }) => visibility === "public");
  return {
    ...accountJson(account),
    name: account.name,
    company: null,
    blog: "",
    location: null,
    email: account.email || null,
    hireable: null,
    bio: null,
    twitter_username: null,
    public_repos: open.length,
    public_gists: 0,
    followers: 0,
    following: 0,
    created_at: time(account.createdAtMs),
    updated_at: time(account.createdAtMs),
  };
}

function privateJson(forge: Forge, account: Account): Json {
  const own = repositoriesOf(forge, account.login).filter(({ visibility }) => visibility === "private");
  return {
    ...publicJson(forge, account),
    private_gists: 0,
    total_private_repos: own.length,
    owned_private_repos: own.length,
    disk_usage: 0,
    collaborators: 0,
    two_factor_authentication: account.twoFactor,
    plan: { name: "free", space: 976_562_499, collaborators: 0, private_repos: 10_000 },
  };
}

function showUser({ forge, params }: Call): Response {
  const account = forge.account(params["username"] as string);
  return account ? json(200, publicJson(forge, account)) : notFound();
}

function showUserById({ forge, params }: Call): Response {
  const account = forge.ports.tables.of(ACCOUNTS).find(({ id }) => String(id) === params["id"]);
  return account ? json(200, publicJson(forge, account)) : notFound();
}

/** By number; `since` is the last one seen. */
function listUsers(call: Call): Response {
  const since = Number(call.url.searchParams.get("since") ?? 0);
  const accounts = call.forge.ports.tables.of(ACCOUNTS).filter(({ id }) => id > since);
  return list(call, accounts, accountJson);
}

function listMyOrganisations(call: Call): Response {
  return organisations(
    call,
    organisationsOf(call.forge, call.identity?.login ?? "").map((it) => it.organisation),
  );
}

/** Of somebody else only where they show it. */
function listOrganisationsOfUser(call: Call): Response {
  const { forge, params } = call;
  const account = forge.account(params["username"] as string);
  if (!account) return notFound();
  const shown = organisationsOf(forge, account.login).filter((it) => it.public === true);
  return organisations(
    call,
    shown.map((it) => it.organisation),
  );
}

function organisations(call: Call, logins: readonly string[]): Response {
  const accounts = logins.flatMap((login) => call.forge.account(login) ?? []);
  return list(call, accounts, organisationJson);
}

function listMyAddresses(call: Call): Response {
  const { forge, identity } = call;
  const { grants } = identity ?? { grants: null };
  if (grants?.kind === "classic" && !grants.scopes.some((it) => it === "user" || it === "user:email"))
    return notFound();
  const account = forge.account(identity?.login ?? "");
  const addresses = account ? [account.email] : [];
  return list(call, addresses, (email) => ({ email, primary: true, verified: true, visibility: "public" }));
}

const WINDOW_MS = 3_600_000;

/** Nothing is ever limited here: all that was allowed always remains. */
function showRateLimit({ forge, identity }: Call): Response {
  const reset = Math.floor((forge.now() + WINDOW_MS) / 1000);
  const limit = (number: number) => ({ limit: number, used: 0, remaining: number, reset });
  const core = limit(identity === null ? 60 : 5000);
  return json(200, {
    resources: {
      core,
      search: limit(identity === null ? 10 : 30),
      graphql: limit(identity === null ? 0 : 5000),
      integration_manifest: limit(5000),
      code_scanning_upload: limit(1000),
    },
    rate: core,
  });
}

function showMeta(): Response {
  return json(200, {
    verifiable_password_authentication: false,
    domains: { website: ["*.forge.test"], packages: [] },
    hooks: [`${FORGE_ADDRESS}/32`],
    web: [`${FORGE_ADDRESS}/32`],
    api: [`${FORGE_ADDRESS}/32`],
    git: [`${FORGE_ADDRESS}/32`],
    actions: ["192.0.2.0/25"],
  });
}
