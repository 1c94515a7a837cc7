/** Tokens and sessions: made in a browser, shown once, ended; exposed ones revoked; organisations approve. */
import { expect, test } from "vitest";
import { issueFineGrained } from "../../src/world/services/forge/token-requests.ts";
import { issueToken, signIn, tokensOf } from "../../src/world/services/forge/tokens.ts";
import { ID, worldWithRepository } from "./setting.ts";

const TEO = { login: "teo", address: "203.0.113.32" };

function setting() {
  const world = worldWithRepository();
  const { forge } = world;
  forge.createAccount("lantern-tides", { type: "Organization", approvesTokens: true });
  for (const login of ["mina", "teo"]) {
    forge.createAccount(login);
    forge.addMember("lantern-tides", login, login === "mina" ? "admin" : "member");
  }
  const send = async (method: string, path: string, who: string | null, body?: object) => {
    const [session, value] = who?.startsWith("gh") || who?.startsWith("github") ? [null, who] : [who, null];
    const headers: Record<string, string> = value === null ? {} : { Authorization: `Bearer ${value}` };
    const init = { method, headers, ...(body ? { body: JSON.stringify(body) } : {}) };
    const request = new Request(`https://forge.test${path}`, init);
    const response = await world.network.fetch(request, { address: TEO.address, session });
    const text = await response.text();
    return { status: response.status, data: (text === "" ? null : JSON.parse(text)) as any };
  };
  return { world, forge, send };
}

test("a classic token is made in a browser, works, and is deleted", async () => {
  const { send } = setting();
  const wanted = { name: "laptop", scopes: ["repo"], expires_in_days: 7 };
  const made = await send("POST", "/settings/tokens", "teo", wanted);
  expect([made.status, made.data.type]).toEqual([201, "classic"]);
  const value = made.data.token as string;
  expect(value).toMatch(/^gh._\w{36}$/);
  expect((await send("GET", "/api/v3/user", value)).data.login).toBe("teo");
  const listed = await send("GET", "/settings/tokens", "teo");
  expect(listed.data).toMatchObject([{ name: "laptop", status: "active" }]);
  expect(JSON.stringify(listed.data)).not.toContain(value);
  expect((await send("GET", "/settings/tokens", value)).status).toBe(404);
  expect((await send("DELETE", `/settings/tokens/${made.data.id}`, "mina")).status).toBe(404);
  expect((await send("DELETE", `/settings/tokens/${made.data.id}`, "teo")).status).toBe(204);
  expect((await send("GET", "/api/v3/user", value)).status).toBe(401);
});

test.each([
  [{ scopes: ["repo"] }, "name"],
  [{ name: "x", scopes: ["everything"] }, "scopes"],
  [{ name: "x", expires_in_days: 0 }, "expires_in_days"],
  [{ name: "x", type: "fine-grained", permissions: { constructor: "write" } }, "permissions"],
  [{ name: "x", type: "fine-grained", resource_owner: "elsewhere" }, "resource_owner"],
])("%j is refused", async (body, field) => {
  const { send } = setting();
  const { status, data } = await send("POST", "/settings/tokens", "teo", body);
  expect([status, data.errors[0].field]).toEqual([422, field]);
});

test("it expires", async () => {
  const { world, send } = setting();
  const { data } = await send("POST", "/settings/tokens", "teo", { name: "x", expires_in_days: 1 });
  await world.advance(86_400_000);
  expect((await send("GET", "/api/v3/user", data.token)).status).toBe(401);
});

test("ending a session ends what was signed in with it, and nothing else", async () => {
  const { forge, send } = setting();
  const signed = signIn(forge, TEO);
  const grants = { kind: "classic", scopes: ["repo"] } as const;
  const other = issueToken(forge, { owner: "teo", name: "other", type: "classic", grants });
  expect(signed.value).toMatch(/^gh._\w{36}$/);
  expect((await send("GET", "/settings/sessions", "teo")).data).toMatchObject([{ client: "GitHub CLI" }]);
  expect((await send("DELETE", "/settings/sessions", "teo")).status).toBe(204);
  expect((await send("GET", "/api/v3/user", signed.value)).status).toBe(401);
  expect((await send("GET", "/api/v3/user", other.value)).status).toBe(200);
});

test("whoever finds a token can revoke it, without an account", async () => {
  const { forge, send } = setting();
  const { value } = signIn(forge, TEO);
  const { status } = await send("POST", "/api/v3/credentials/revoke", null, {
    credentials: ["nothing", value],
  });
  expect(status).toBe(202);
  expect((await send("GET", "/api/v3/user", value)).status).toBe(401);
  expect(tokensOf(forge, "teo").map((it) => it.status)).toEqual(["revoked"]);
  expect((await send("POST", "/api/v3/credentials/revoke", null, { credentials: [] })).status).toBe(422);
});

test("an organisation approves a fine-grained token, and takes that back", async () => {
  const { forge, send } = setting();
  const { value } = issueFineGrained(forge, {
    owner: "teo",
    name: "bot",
    resourceOwner: "lantern-tides",
    grants: { repositories: "all", permissions: { contents: "read" } },
  });
  expect(value).toMatch(/^github_pat_\w{82}$/);
  const read = async () => (await send("GET", `/api/v3/repos/${ID}/branches`, value)).status;
  const base = "/api/v3/orgs/lantern-tides/personal-access-token";
  expect(await read()).toBe(404);
  const { data } = await send("GET", `${base}-requests`, "mina");
  expect(data).toMatchObject([{ token_name: "bot", owner: { login: "teo" }, repository_selection: "all" }]);
  expect((await send("POST", `${base}-requests/${data[0].id}`, "teo", { action: "approve" })).status).toBe(
    403,
  );
  expect((await send("POST", `${base}-requests/${data[0].id}`, "mina", { action: "approve" })).status).toBe(
    204,
  );
  expect(await read()).toBe(200);
  expect((await send("POST", `${base}s/${data[0].id}`, "mina", { action: "revoke" })).status).toBe(204);
  expect(await read()).toBe(404);
});
