import { describe, expect, test } from "vitest";
import { toBase64 } from "../../../base/bytes.ts";
import { tarball } from "../../attackers/tarball.ts";
import { World } from "../../world.ts";
import { serveRegistry } from "./handlers.ts";
import { grantsOf, type RegistryGrants } from "./model.ts";
import { addUser, changePackage, createToken, findPackage } from "./registry.ts";

const DAY_MS = 86_400_000;

function setting() {
  const world = World.empty(1, { detect: () => [] });
  const ports = world.ports("services");
  for (const name of ["mina", "teo"]) addUser(world, { name });
  const tokenFor = (grants: Partial<RegistryGrants> = {}) =>
    createToken(ports, {
      user: grants.user ?? "mina",
      name: "t",
      grants: { scopes: "publish", ...grants },
      expiresAtMs: null,
    }).value;
  const send = async (
    line: string,
    {
      token,
      body,
      headers = {},
      session = null,
    }: {
      token?: string;
      body?: unknown;
      headers?: Record<string, string>;
      session?: string | null;
    } = {},
  ) => {
    const [method, path] = line.split(" ");
    const request = new Request(`https://registry.npm.test${path}`, {
      method: method ?? "GET",
      headers: { ...headers, ...(token ? { Authorization: `Bearer ${token}` } : {}) },
      ...(body === undefined ? {} : { body: typeof body === "string" ? body : JSON.stringify(body) }),
    });
    const response = await serveRegistry(ports, request, { address: "192.0.2.7", session });
    const text = await response.text();
    return {
      status: response.status,
      headers: response.headers,
      body: text.startsWith("{") || text.startsWith("[") ? JSON.parse(text) : text,
    };
  };
  const publish = (version: string, token: string, name = "tide", more: object = {}) => {
    const manifest = { name, version, ...more };
    return send(`PUT /${name}`, {
      token,
      body: {
        name,
        "dist-tags": { latest: version },
        versions: { [version]: manifest },
        _attachments: { x: { data: toBase64(tarball(JSON.stringify(manifest))) } },
      },
    });
  };
  return { world, ports, tokenFor, send, publish };
}

describe("packuments", () => {
  test("short, whole, and not again with the same ETag", async () => {
    const { send, publish, tokenFor } = setting();
    await publish("1.0.0", tokenFor(), "tide", { scripts: { install: "true" }, readme: "long" });
    const short = await send("GET /tide", { headers: { Accept: "application/vnd.npm.install-v1+json" } });
    expect(short.body.versions["1.0.0"]).toMatchObject({ hasInstallScript: true });
    expect(short.body.versions["1.0.0"].readme).toBeUndefined();
    const whole = await send("GET /tide");
    expect(whole.body).toMatchObject({ readme: "long", maintainers: [{ name: "mina" }] });
    expect(whole.body.versions["1.0.0"].dist).toMatchObject({ fileCount: 1 });
    const tag = whole.headers.get("ETag") ?? "";
    expect((await send("GET /tide", { headers: { "If-None-Match": tag } })).status).toBe(304);
    await publish("1.1.0", tokenFor());
    expect((await send("GET /tide", { headers: { "If-None-Match": tag } })).status).toBe(200);
  });

  test("a stale revision is refused", async () => {
    const { send, publish, tokenFor } = setting();
    await publish("1.0.0", tokenFor());
    const { body } = await send("GET /tide");
    await publish("1.1.0", tokenFor());
    const answer = await send(`PUT /tide/-rev/${body._rev}`, {
      token: tokenFor(),
      body: { maintainers: [{ name: "teo" }] },
    });
    expect(answer.status).toBe(409);
  });
});

describe("tokens", () => {
  test("ranges of addresses, scopes, days, two factors", async () => {
    const { send, world, tokenFor } = setting();
    const session = tokenFor({ session: true });
    const make = (body: object) => send("POST /-/npm/v1/tokens", { token: session, body });
    const near = await make({ name: "n", cidr_whitelist: ["203.0.113.0/24"] });
    const whoami = await send("GET /-/whoami", { token: near.body.token });
    expect([whoami.status, whoami.headers.get("WWW-Authenticate")]).toEqual([401, "ipaddress"]);
    expect((await make({ cidr_whitelist: ["nowhere"] })).status).toBe(400);
    expect((await make({ expires: 91 })).status).toBe(400);
    expect((await make({ expires: 400, packages_and_scopes_permission: "read-only" })).status).toBe(201);
    const made = await make({ orgs: ["lantern"], packages: ["tide"], bypass_2fa: true });
    const credential = world.credentials.find("registry", made.body.token);
    expect(credential && grantsOf(credential)).toMatchObject({
      packages: ["tide", "@lantern"],
      bypass2fa: true,
    });
  });

  test.each([
    ["none", {}, 201],
    ["automation", {}, 403],
    ["automation", { bypass2fa: true }, 201],
    ["publish", { bypass2fa: true }, 403],
    ["publish", { session: true }, 201],
    ["none", { packages: ["other"] }, 403],
    ["none", { packages: ["@tide"] }, 403],
    ["none", { user: "teo" }, 403],
    ["none", { scopes: "read" as const }, 403],
  ] as const)("mfa %s, token %o: %i", async (mfa, grants, status) => {
    const { ports, publish, tokenFor } = setting();
    await publish("1.0.0", tokenFor());
    changePackage(ports, "tide", { mfa });
    expect((await publish("1.1.0", tokenFor(grants))).status).toBe(status);
  });
});

describe("unpublish", () => {
  test("what others depend on, and what is old and shared, stays; a number is never given again", async () => {
    const { world, send, publish, tokenFor } = setting();
    const token = tokenFor();
    await publish("1.0.0", token);
    await publish("1.1.0", token);
    await publish("1.0.0", token, "hull", { dependencies: { tide: "^1.1.0" } });
    const remove = async (version: string) => {
      const { body } = await send("GET /tide");
      const { [version]: _gone, ...versions } = body.versions;
      return send(`PUT /tide/-rev/${body._rev}`, { token, body: { versions } });
    };
    expect((await remove("1.1.0")).body.error).toContain("has dependent packages in the registry");
    expect((await remove("1.0.0")).status).toBe(200);
    expect((await send("GET /tide/-/tide-1.0.0.tgz")).status).toBe(404);
    expect((await publish("1.0.0", token)).status).toBe(403);
    await publish("2.0.0", token);
    changePackage(world.ports("x"), "tide", { owners: ["mina", "teo"] });
    await world.advance(4 * DAY_MS);
    expect((await remove("2.0.0")).body.error).toContain("has more than one owner");
  });

  test("a whole package, and its name a day later", async () => {
    const { world, send, publish, tokenFor } = setting();
    const token = tokenFor();
    await publish("1.0.0", token);
    const { body } = await send("GET /tide");
    expect((await send(`DELETE /tide/-rev/${body._rev}`, { token })).status).toBe(200);
    expect((await send("GET /tide")).body.time.unpublished).toMatchObject({ versions: ["1.0.0"] });
    expect((await publish("1.0.1", token)).body.error).toContain("24 hours");
    await world.advance(DAY_MS);
    expect((await publish("1.0.1", tokenFor({ user: "teo" }))).status).toBe(201);
    expect(findPackage(world, "tide")).toMatchObject({ owners: ["teo"], versions: [{ version: "1.0.1" }] });
  });
});

describe("hostile", () => {
  test.each([
    ["PUT /__proto__", { versions: { "1.0.0": {} } }, 400],
    ["PUT /tide", "not json", 400],
    ["PUT /tide", [], 400],
    ["PUT /tide", { versions: { "../../x": {} }, _attachments: { a: { data: "AAAA" } } }, 400],
    ["PUT /tide", { versions: { "1.0.0": {} }, _attachments: { a: { data: "?" } } }, 400],
    [
      "PUT /tide",
      { versions: { "1.0.0": { dist: { integrity: "sha512-x" } } }, _attachments: { a: { data: "AAAA" } } },
      400,
    ],
    ["GET /constructor", undefined, 404],
    ["GET /tide/constructor", undefined, 404],
    ["PUT /-/package/tide/dist-tags/__proto__", '"1.0.0"', 404],
    ["POST /-/package/tide/trust", [{ type: "github" }], 404],
    ["POST /-/npm/v1/oidc/token/exchange/package/tide", {}, 401],
    ["GET /-/v1/done?authId=x", undefined, 404],
    ["GET /-/elsewhere", undefined, 404],
    ["GET /%", undefined, 404],
  ] as const)("%s %j: %i", async (line, body, status) => {
    const { send, tokenFor } = setting();
    const exchange = line.includes("/oidc/");
    const answer = await send(line, {
      ...(exchange ? {} : { token: tokenFor() }),
      ...(body === undefined ? {} : { body }),
    });
    expect(answer.status).toBe(status);
  });

  test("a sign-in is confirmed by a browser, once", async () => {
    const { send } = setting();
    const { body } = await send("POST /-/v1/login", { body: {} });
    const [page, done] = [body.loginUrl, body.doneUrl].map((url: string) =>
      url.replace("https://registry.npm.test", ""),
    );
    expect((await send(`GET ${done}`)).status).toBe(202);
    expect((await send(`GET ${page}`)).status).toBe(401);
    expect((await send(`GET ${page}`, { session: "teo" })).status).toBe(200);
    expect((await send(`GET ${done}`)).body.username).toBe("teo");
    expect((await send(`GET ${done}`)).status).toBe(404);
  });
});
