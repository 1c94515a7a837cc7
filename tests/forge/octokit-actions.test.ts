/** The Actions side of the REST API, driven by the real Octokit over a loopback port; secrets sealed with libsodium. */
import type { Octokit } from "@octokit/rest";
import { unzipSync } from "fflate";
import { afterAll, beforeAll, expect, test } from "vitest";
import { toUtf8 } from "../../src/base/bytes.ts";
import { secretsFor } from "../../src/world/services/forge/actions/secrets.ts";
import { ID } from "../../src/world/services/forge/actions/setting.fixture.ts";
import { EVENTS } from "../../src/world/services/forge/events.ts";
import { endingsCalls } from "./actionsCalls/endings.ts";
import { environmentsCalls } from "./actionsCalls/environments.ts";
import { runnersCalls } from "./actionsCalls/runners.ts";
import { runsCalls } from "./actionsCalls/runs.ts";
import { secretsCalls } from "./actionsCalls/secrets.ts";
import { settingsCalls } from "./actionsCalls/settings.ts";
import { storedCalls } from "./actionsCalls/stored.ts";
import { workflowsCalls } from "./actionsCalls/workflows.ts";
import {
  clients,
  forge,
  ids,
  outcome,
  REPO,
  repository,
  sealedFor,
  start,
  stop,
  world,
} from "./actionsCalls/setting.ts";

/** In this order: later ones see what earlier ones did. */
const CALLS = [
  ...secretsCalls,
  ...environmentsCalls,
  ...workflowsCalls,
  ...runsCalls,
  ...storedCalls,
  ...settingsCalls,
  ...runnersCalls,
  ...endingsCalls,
];

beforeAll(start);
afterAll(stop);

test("values arrive, and the nearest counts", async () => {
  const o = clients.get("owner") as Octokit;
  await o.rest.actions.createOrUpdateRepoSecret({
    ...REPO,
    secret_name: "KEPT",
    ...(await sealedFor(o, "wörd\n2")),
  });
  expect(secretsFor(forge, repository, null)).toEqual({ KEPT: "wörd\n2" });
  await o.rest.actions.deleteRepoSecret({ ...REPO, secret_name: "KEPT" });
});

test("a list comes in pages", async () => {
  const o = clients.get("reader") as Octokit;
  const first = await outcome(o.rest.actions.listWorkflowRunsForRepo({ ...REPO, per_page: 2 }));
  expect(first.link).toMatch(/page=2.*rel="next".*page=3.*rel="last"/);
  const all = await o.paginate(o.rest.actions.listWorkflowRunsForRepo, { ...REPO, per_page: 2 });
  expect(new Set(all.map(({ id }) => id)).size).toBe(5);
});

test("logs and artifacts are fetched from where the redirect leads, which needs no credential", async () => {
  const o = clients.get("reader") as Octokit;
  const log = await o.rest.actions.downloadJobLogsForWorkflowRun({ ...REPO, job_id: ids["job"] as number });
  expect(log.data).toBe("2026-03-03T09:00:00.0000000Z Set up\n2026-03-03T09:00:10.0000000Z hello\n");
  expect(toUtf8(await (await fetch(log.url)).bytes())).toBe(log.data);
  const zip = await o.rest.actions.downloadWorkflowRunLogs({ ...REPO, run_id: ids["run"] as number });
  const files = unzipSync(new Uint8Array(zip.data as ArrayBuffer));
  expect(Object.keys(files).sort()).toEqual([
    "0_build.txt",
    "build/0_Set up job.txt",
    "build/1_Say  hello.txt",
  ]);
  const artifact = { ...REPO, artifact_id: ids["artifact"] as number, archive_format: "zip" };
  const got = await o.rest.actions.downloadArtifact(artifact);
  expect(toUtf8(new Uint8Array(got.data as ArrayBuffer))).toBe("PK zip");
  const changed = new URL(got.url);
  changed.searchParams.set("se", String(Number(changed.searchParams.get("se")) + 1));
  expect((await fetch(changed)).status).toBe(403);
});

test("in public everybody reads, but logs and artifacts need an account", async () => {
  forge.changeRepository(ID, { visibility: "public" });
  const o = clients.get("nobody") as Octokit;
  const asked = {
    runs: o.rest.actions.listWorkflowRunsForRepo(REPO),
    artifacts: o.rest.actions.listArtifactsForRepo(REPO),
    log: o.rest.actions.downloadJobLogsForWorkflowRun({ ...REPO, job_id: ids["job"] as number }),
    zip: o.rest.actions.downloadArtifact({
      ...REPO,
      artifact_id: ids["artifact"] as number,
      archive_format: "zip",
    }),
    secrets: o.rest.actions.listRepoSecrets(REPO),
  };
  const got = await Promise.all(
    Object.entries(asked).map(async ([name, it]) => [name, (await outcome(it as never)).status]),
  );
  forge.changeRepository(ID, { visibility: "private" });
  expect(Object.fromEntries(got)).toEqual({ runs: 200, artifacts: 200, log: 403, zip: 401, secrets: 401 });
});

for (const [what, caller, ask, status, data] of CALLS)
  test(`${what} (${caller})`, async () => {
    const answered = await outcome(ask(clients.get(caller) as Octokit));
    expect(answered.status, JSON.stringify(answered.data)).toBe(status);
    if (data !== undefined) expect(answered.data).toEqual(data);
    if (status >= 400)
      expect(answered.data).toMatchObject({ message: expect.any(String), status: String(status) });
  });

test("the table is long enough", () => {
  expect(CALLS.length).toBeGreaterThanOrEqual(45);
});

test("an environment's secret outlives nothing, the organisation's is left", () => {
  expect(secretsFor(forge, repository, "production")).toEqual({ SHARED: "shared" });
});

test("dispatches were raised as webhooks would deliver them", () => {
  const events = world.tables.of(EVENTS).all();
  expect(events.map(({ name, action }) => [name, action])).toEqual([
    ["workflow_dispatch", null],
    ["repository_dispatch", "rebuild"],
    ["deployment", "created"],
    ["deployment_status", "created"],
  ]);
  expect(events[0]?.payload).toMatchObject({
    inputs: { target: "staging", note: "none" },
    ref: "refs/heads/main",
    workflow: ".github/workflows/deploy.yml",
    repository: { full_name: ID },
    sender: { login: "teo" },
  });
  expect(events[1]?.payload).toMatchObject({ branch: "main", client_payload: { why: "tide" } });
});

test("the pipeline was asked", () => {
  const asked = world.queue.data().items.filter(({ kind }) => /^pipeline\/(?!event)/.test(kind));
  const { run, waiting, fork, busy } = ids;
  expect(asked.map(({ kind, payload }) => [kind, payload])).toEqual([
    ["pipeline/cancel", { run: busy }],
    ["pipeline/rerun", { run, failedOnly: false, debug: true, actor: "teo" }],
    ["pipeline/rerun", { run, failedOnly: true, debug: false, actor: "teo" }],
    ["pipeline/review", { run: fork, approvedBy: "teo" }],
    ["pipeline/review", { run: waiting }],
  ]);
});

test("changes are in the audit log, values are not", () => {
  const entries = world.audit.all();
  const actions = entries.map(({ action }) => action);
  expect(actions).toEqual(
    expect.arrayContaining([
      "repo.create_actions_secret",
      "repo.update_actions_secret",
      "repo.remove_actions_secret",
      "org.create_actions_secret",
      "environment.create",
      "environment.create_actions_secret",
      "environment.update_protection_rule",
      "environment.delete",
      "workflows.disable_workflow",
      "workflows.cancel_workflow_run",
      "workflows.delete_workflow_run",
      "repo.update_actions_settings",
      "repo.actions_enabled",
      "repo.set_default_workflow_permissions",
      "repo.register_self_hosted_runner",
      "artifact.destroy",
      "actions_cache.delete",
    ]),
  );
  expect(JSON.stringify(entries)).not.toMatch(/"(?:first|second|third|shared)"/);
});
