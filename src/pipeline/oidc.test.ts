import { p256 } from "@noble/curves/nist.js";
import { describe, expect, test } from "vitest";
import { fromBase64, fromUtf8, toUtf8 } from "../base/bytes.ts";
import { JOBS } from "../world/services/forge/actions/model.ts";
import { changeSettings } from "../world/services/forge/actions/settings.ts";
import type { Repository } from "../world/services/forge/model.ts";
import { identityVariables } from "./oidc.ts";
import { bench, REPOSITORY, type Bench, type BenchOptions } from "./runner/setting.fixture.ts";

const ALLOWED: BenchOptions["job"] = { permissions: { id_token: "write" } };

function bytes(part: string): Uint8Array {
  return fromBase64(part.replaceAll("-", "+").replaceAll("_", "/"));
}

async function ask(job: Bench, audience: string, token?: string): Promise<Response> {
  const variables = identityVariables(job.world, job.run, job.job);
  const url = `${variables["ACTIONS_ID_TOKEN_REQUEST_URL"]}${audience}`;
  const given = token ?? variables["ACTIONS_ID_TOKEN_REQUEST_TOKEN"];
  const request = new Request(url, { headers: { Authorization: `Bearer ${given}` } });
  return job.world.network.fetch(request, { address: "192.0.2.9", session: null });
}

async function claims(job: Bench, audience = "&audience=lighthouse"): Promise<Record<string, unknown>> {
  const { value } = (await (await ask(job, audience)).json()) as { value: string };
  return JSON.parse(toUtf8(bytes(value.split(".")[1] ?? ""))) as Record<string, unknown>;
}

test("a token is signed with the published key", async () => {
  const job = await bench({ job: ALLOWED });
  const { value } = (await (await ask(job, "&audience=x")).json()) as { value: string };
  const [head = "", body = "", signature = ""] = value.split(".");
  const jwks = await job.world.network.fetch(
    new Request("https://token.actions.forge.test/.well-known/jwks"),
    {
      address: "192.0.2.9",
      session: null,
    },
  );
  const { keys } = (await jwks.json()) as { keys: [{ kid: string; x: string; y: string }] };
  const header = JSON.parse(toUtf8(bytes(head))) as Record<string, string>;
  expect(header).toEqual({ typ: "JWT", alg: "ES256", kid: keys[0].kid });
  const key = Uint8Array.from([4, ...bytes(keys[0].x), ...bytes(keys[0].y)]);
  const signed = fromUtf8(`${head}.${body}`);
  expect(p256.verify(bytes(signature), signed, key)).toBe(true);
  expect(p256.verify(bytes(signature), fromUtf8(`${head}.${body}x`), key)).toBe(false);
});

test("it says what GitHub's does", async () => {
  const job = await bench({ job: { ...ALLOWED, environment: "production" } });
  const told = await claims(job);
  expect(told).toMatchObject({
    sub: "repo:lantern-tides/tides:environment:production",
    aud: "lighthouse",
    iss: "https://token.actions.forge.test",
    repository: REPOSITORY,
    repository_owner: "lantern-tides",
    ref: "refs/heads/main",
    environment: "production",
    event_name: "push",
    workflow_ref: `${REPOSITORY}/.github/workflows/ci.yml@refs/heads/main`,
    job_workflow_ref: `${REPOSITORY}/.github/workflows/ci.yml@refs/heads/main`,
    runner_environment: "github-hosted",
    actor: "learner",
    run_attempt: "1",
  });
  expect(Number(told["exp"]) - Number(told["iat"])).toBe(300);
  expect((await claims(job, ""))["aud"]).toBe("https://forge.test/lantern-tides");
});

describe("the subject", () => {
  const subjects: readonly (readonly [string, BenchOptions, Record<string, unknown>, string])[] = [
    ["a branch", {}, {}, "repo:lantern-tides/tides:ref:refs/heads/main"],
    ["a tag", { run: { ref: "refs/tags/v1" } }, {}, "repo:lantern-tides/tides:ref:refs/tags/v1"],
    [
      "a pull request",
      { run: { event: "pull_request", ref: "refs/pull/1/merge" } },
      {},
      "repo:lantern-tides/tides:pull_request",
    ],
    [
      "a pull request in an environment",
      { run: { event: "pull_request" }, job: { environment: "a:b" } },
      {},
      "repo:lantern-tides/tides:environment:a%3Ab",
    ],
    [
      "chosen claims",
      {},
      { oidcSubject: ["repo", "context", "actor"] },
      "repo:lantern-tides/tides:ref:refs/heads/main:actor:learner",
    ],
    [
      "the immutable form",
      {},
      { oidcImmutable: true },
      "repo:lantern-tides@OWNER/tides@REPOSITORY:ref:refs/heads/main",
    ],
  ];
  test.each(subjects)("of %s", async (_, options, settings, expected) => {
    const job = await bench({ ...options, job: { ...ALLOWED, ...options.job } });
    const repository = job.world.forge.find(REPOSITORY) as Repository;
    changeSettings(job.world.forge, repository, settings);
    const owner = job.world.forge.account("lantern-tides")?.id;
    expect((await claims(job))["sub"]).toBe(
      expected.replace("OWNER", String(owner)).replace("REPOSITORY", String(repository.id)),
    );
  });
});

describe("nobody else gets one", () => {
  test("a job without the permission has no variables", async () => {
    const job = await bench();
    expect(identityVariables(job.world, job.run, job.job)).toEqual({});
  });
  test("another request token", async () => {
    expect((await ask(await bench({ job: ALLOWED }), "", "wrong")).status).toBe(401);
  });
  test("a job that is over", async () => {
    const job = await bench({ job: ALLOWED });
    job.world.tables.of(JOBS).change("101", { status: "completed" });
    expect((await ask(job, "")).status).toBe(401);
  });
  test("an unknown path", async () => {
    const { world } = await bench();
    const request = new Request("https://token.actions.forge.test/elsewhere");
    expect((await world.network.fetch(request, { address: "192.0.2.9", session: null })).status).toBe(404);
  });
});

test("two worlds have two keys, one world always the same", async () => {
  const keyOf = async (seed: number) => {
    const { world } = await bench({ seed });
    const request = new Request("https://token.actions.forge.test/.well-known/jwks");
    return (await world.network.fetch(request, { address: "192.0.2.9", session: null })).text();
  };
  expect(await keyOf(1)).toBe(await keyOf(1));
  expect(await keyOf(1)).not.toBe(await keyOf(2));
});
