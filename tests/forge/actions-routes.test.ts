/** Every operation of the Actions side at once: who may not is refused, and nothing that somebody sends breaks it. */
import { beforeEach, describe, expect, test } from "vitest";
import { addArtifact } from "../../src/world/services/forge/actions/artifacts.ts";
import { saveCache } from "../../src/world/services/forge/actions/caches.ts";
import { createDeployment } from "../../src/world/services/forge/actions/deployments.ts";
import { setEnvironment } from "../../src/world/services/forge/actions/environments.ts";
import { addRunner } from "../../src/world/services/forge/actions/runners.ts";
import { repositoryScope } from "../../src/world/services/forge/actions/scoped.ts";
import { setSecret } from "../../src/world/services/forge/actions/secrets.ts";
import {
  addJob,
  addRun,
  forgeWithRepository,
  ID,
} from "../../src/world/services/forge/actions/setting.fixture.ts";
import { registerWorkflow } from "../../src/world/services/forge/actions/workflows.ts";
import type { Grants } from "../../src/world/services/forge/identity.ts";
import { ROUTES } from "../../src/world/services/forge/rest/routes.ts";
import type { Route } from "../../src/world/services/forge/rest/route.ts";
import type { World } from "../../src/world/world.ts";
import { token } from "./setting.ts";

const OURS = ROUTES.filter(({ path }) =>
  /^\/(?:repos\/\{owner\}\/\{repo\}|orgs\/\{org\})\/(?:actions|environments|deployments|dispatches)(?:\/|$)/.test(
    path,
  ),
);
const names = OURS.map((route) => [`${route.method} ${route.path}`, route] as const);

let world: World;
let made: Readonly<Record<string, string>>;

beforeEach(() => {
  const { forge, repository, ...rest } = forgeWithRepository();
  world = rest.world;
  forge.createAccount("mina");
  forge.addMember("lantern-tides", "mina", "admin");
  const run = addRun(forge);
  const job = addJob(forge, run);
  const bytes = new Uint8Array([1]);
  setEnvironment(forge, repository, "production", { branches: [{ id: 1, pattern: "main", type: "branch" }] });
  setSecret(forge, repositoryScope(repository), "KNOWN", "value");
  made = {
    owner: "lantern-tides",
    repo: "tides",
    org: "lantern-tides",
    run_id: String(run.id),
    job_id: String(job.id),
    attempt_number: "1",
    artifact_id: String(addArtifact(forge, run, "site", bytes)?.id),
    archive_format: "zip",
    cache_id: String(saveCache(forge, repository, "refs/heads/main", "npm", "v", bytes)?.id),
    deployment_id: String(
      createDeployment(forge, repository, { sha: "", ref: "main", environment: "x", creator: "mina" }).id,
    ),
    workflow_id: String(registerWorkflow(forge, repository, ".github/workflows/ci.yml", "CI").id),
    runner_id: String(addRunner(forge, ID, "tide-1")?.id),
    group_id: "1",
    environment_name: "production",
    branch_policy_id: "1",
    secret_name: "KNOWN",
    name: "KNOWN",
    repository_id: String(repository.id),
    status_id: "1",
  };
});

async function call(
  route: Route,
  auth: string | null,
  given: Readonly<Record<string, string>>,
  body?: string,
) {
  const path = route.path.replace(/\{(\w+)\+?\}/g, (_, name: string) =>
    encodeURIComponent(given[name] ?? "1"),
  );
  const init = {
    method: route.method,
    headers: {
      ...(auth === null ? {} : { Authorization: `token ${auth}` }),
      "Content-Type": "application/json",
    },
    ...(body === undefined || route.method === "GET" ? {} : { body }),
  };
  const request = new Request(`https://forge.test/api/v3${path}`, init);
  return world.network.fetch(request, { address: "203.0.113.20", session: null });
}

function signedIn(grants: Grants): string {
  return token(world, "mina", grants).value;
}

test("there is something to ask", () => {
  expect(OURS.length).toBeGreaterThan(130);
});

describe("a job's token without permissions may do nothing of it", () => {
  test.each(names)("%s", async (_, route) => {
    const auth = signedIn({ kind: "job", repository: ID, run: 1, job: 1, permissions: {} });
    const response = await call(route, auth, made, "{}");
    expect(response.status).toBe(403);
    expect(await response.json()).toMatchObject({ message: "Resource not accessible by integration" });
  });
});

describe("nor may a fine-grained token without permissions, nor nobody", () => {
  test.each(names)("%s", async (_, route) => {
    const auth = signedIn({ kind: "fine-grained", repositories: "all", permissions: {} });
    expect((await call(route, auth, made, "{}")).status).toBe(403);
    expect([401, 404]).toContain((await call(route, null, made, "{}")).status);
  });
});

/** With these, a token that may only read changes nothing. */
const READ: Grants = {
  kind: "fine-grained",
  repositories: [ID],
  permissions: {
    actions: "read",
    secrets: "read",
    actions_variables: "read",
    environments: "read",
    administration: "read",
    deployments: "read",
    contents: "read",
  },
};

describe("reading is no writing", () => {
  test.each(names.filter(([, { on }]) => on === "repository"))("%s", async (_, route) => {
    const response = await call(route, signedIn(READ), made, "{}");
    if (route.method === "GET") expect(response.status).not.toBe(403);
    else expect(response.status).toBe(403);
  });
});

const HOSTILE = [
  "__proto__",
  "constructor",
  "\u0000\u001b[31m",
  "%2e%2e",
  "-1",
  "1e999",
  "ü".repeat(3000),
  "'\"<>",
];
const BODIES = [
  "null",
  "[]",
  '"text"',
  "{",
  '{"__proto__":{"enabled":true},"constructor":1}',
  JSON.stringify({
    ...{ ref: "__proto__", inputs: { constructor: 1 }, event_type: "\u0000", client_payload: null },
    ...{ name: "__proto__", value: "x".repeat(100_000), visibility: "all", labels: ["", 1] },
    ...{ encrypted_value: "!", key_id: 5, environment_ids: [null, {}], state: "maybe", comment: [] },
    ...{ wait_timer: 1e300, reviewers: [null, { type: "Team", id: 1 }], deployment_branch_policy: [] },
    ...{
      enabled: "yes",
      allowed_actions: {},
      patterns_allowed: [[]],
      include_claim_keys: [{}],
      use_default: 0,
    },
    ...{ runner_group_id: NaN, selected_repository_ids: ["x", 1e300], days: "∞" },
  }),
];

describe("nothing that an owner sends breaks the forge", () => {
  test.each(names)("%s", async (_, route) => {
    const auth = signedIn({ kind: "classic", scopes: ["repo", "admin:org"] });
    for (const body of BODIES) expect((await call(route, auth, made, body)).status).toBeLessThan(500);
    for (const value of HOSTILE) {
      const given = Object.fromEntries(Object.keys(made).map((name) => [name, value]));
      const { owner, repo, org } = made;
      const response = await call(
        route,
        auth,
        { ...given, owner, repo, org } as Record<string, string>,
        "{}",
      );
      expect(response.status).toBeLessThan(500);
    }
    expect(({} as Record<string, unknown>)["enabled"]).toBeUndefined();
  });
});
