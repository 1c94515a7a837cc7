import { beforeEach, expect, test } from "vitest";
import { World } from "../../world.ts";
import { serveDeploy } from "./handlers.ts";
import { addConsumer } from "./consumers.ts";

const API = "https://deploy.lantern-tides.test/-/tokens";
const text = (letter: string) => `${letter.repeat(12)}0a1b2c3d4e5f`;

let world: World;

beforeEach(() => {
  world = World.empty(1, { detect: () => [] });
  addConsumer(world.ports("services"), { name: "tides-api", source: "", config: {} });
  credential("signIn", "forge", "learner", null);
  credential("guest", "forge", "sam", null);
  credential("old", "deploy", "teo", { services: ["tides-api"], managers: ["learner"] });
});

function credential(id: string, issuer: "forge" | "deploy", owner: string, grants: object | null): void {
  const value = text(id.charAt(0));
  world.credentials.add({
    id,
    kind: "password",
    issuer,
    value,
    parts: [value],
    owner,
    scope: id,
    grants: grants as never,
    planted: true,
    status: "active",
    createdAtMs: 0,
    expiresAtMs: null,
    uses: [],
  });
}

async function call(method: string, path: string, bearer: string | null, body = "") {
  const request = new Request(`${API}${path}`, {
    method,
    ...(bearer === null ? {} : { headers: { Authorization: `Bearer ${bearer}` } }),
    ...(body === "" ? {} : { body }),
  });
  const response = await serveDeploy(world.ports("services"), request, {
    address: "192.0.2.1",
    session: null,
  });
  return { status: response.status, body: (await response.json()) as Record<string, unknown> };
}

test("a manager makes a token and ends the old one", async () => {
  const made = await call("POST", "", text("s"), '{"services": ["tides-api"]}');
  expect(made.status).toBe(201);
  const value = String(made.body["token"]);
  expect(world.credentials.find("deploy", value)).toMatchObject({ status: "active", owner: "learner" });
  expect((await call("DELETE", "/old", text("s"))).status).toBe(200);
  expect(world.credentials.get("old")?.status).toBe("revoked");
  const listed = await call("GET", "", text("s"));
  expect(JSON.stringify(listed.body)).not.toContain(value);
  expect((listed.body as unknown as { status: string }[]).map(({ status }) => status)).toEqual([
    "revoked",
    "active",
  ]);
});

test.each([
  ["nobody", "GET", "", null, "", 401],
  ["a deploy token", "POST", "", text("o"), '{"services": ["tides-api"]}', 401],
  ["somebody who manages nothing", "GET", "", text("g"), "", 403],
  ["an unknown value", "GET", "", text("x"), "", 401],
  ["a service of others", "POST", "", text("s"), '{"services": ["__proto__"]}', 403],
  ["no list", "POST", "", text("s"), '{"services": "tides-api"}', 400],
  ["no JSON", "POST", "", text("s"), "null", 400],
  ["an unknown token", "DELETE", "/nothing", text("s"), "", 404],
  ["another method", "PUT", "/old", text("s"), "{}", 405],
])("%s is refused", async (_name, method, path, bearer, body, status) => {
  expect((await call(method, path, bearer, body)).status).toBe(status);
  expect(world.credentials.get("old")?.status).toBe("active");
});
