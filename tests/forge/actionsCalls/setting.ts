/** A world behind a loopback port, real Octokit clients, and what rows of the table are made of. */
import { Octokit } from "@octokit/rest";
import sodium from "libsodium-wrappers";
import { expect } from "vitest";
import { fromUtf8 } from "../../../src/base/bytes.ts";
import { listen, type Loopback } from "../../../src/server/loopback.ts";
import { addArtifact } from "../../../src/world/services/forge/actions/artifacts.ts";
import { saveCache } from "../../../src/world/services/forge/actions/caches.ts";
import { findEnvironment } from "../../../src/world/services/forge/actions/environments.ts";
import { jobFolder, logPath } from "../../../src/world/services/forge/actions/files.ts";
import type { Run } from "../../../src/world/services/forge/actions/model.ts";
import {
  addJob,
  addRun,
  forgeWithRepository,
  ID,
} from "../../../src/world/services/forge/actions/setting.fixture.ts";
import { objectsOf } from "../../../src/world/services/forge/git/objects.ts";
import type { Grants } from "../../../src/world/services/forge/identity.ts";
import type { Repository } from "../../../src/world/services/forge/model.ts";
import { token } from "../setting.ts";

export { ID };
const [owner, repo] = ID.split("/") as [string, string];
export const REPO = { owner, repo };
export const ORG = { org: owner };

/** Who calls. `job`: a job's token with `actions: read`; `narrow`: a fine-grained token with `secrets: read`. */
export type Caller = "owner" | "writer" | "reader" | "reviewer" | "job" | "narrow" | "nobody";

const GRANTS: Readonly<Record<Exclude<Caller, "nobody">, readonly [login: string, grants: Grants]>> = {
  owner: ["mina", { kind: "classic", scopes: ["repo", "workflow", "admin:org"] }],
  writer: ["teo", { kind: "classic", scopes: ["repo"] }],
  reader: ["sam", { kind: "classic", scopes: ["repo"] }],
  reviewer: ["priya", { kind: "classic", scopes: ["repo"] }],
  job: ["mina", { kind: "job", repository: ID, run: 1, job: 1, permissions: { actions: "read" } }],
  narrow: ["mina", { kind: "fine-grained", repositories: [ID], permissions: { secrets: "read" } }],
};

export const { world, forge, repository } = forgeWithRepository();
export const clients = new Map<Caller, Octokit>();
export const ids: Record<string, number> = {};
let loopback: Loopback;

export async function start(): Promise<void> {
  await sodium.ready;
  loopback = await listen(world.network.from({ address: "203.0.113.20", session: null }));
  people(`${loopback.origin}/api/v3`);
  files();
  leftByPipeline();
}

export async function stop(): Promise<void> {
  await loopback.close();
}

function people(baseUrl: string): void {
  const options = { baseUrl, log: { debug() {}, info() {}, warn() {}, error() {} } };
  forge.changeRepository(ID, { collaborators: { teo: "write", sam: "read", priya: "read" } });
  for (const [caller, [login, grants]] of Object.entries(GRANTS)) {
    if (!forge.account(login)) ids[login] = forge.createAccount(login).id;
    const auth = token(world, login, grants, caller).value;
    clients.set(caller as Caller, new Octokit({ ...options, auth }));
  }
  forge.addMember(owner, "mina", "admin");
  clients.set("nobody", new Octokit(options));
}

const DEPLOY = `name: Deploy
on:
  workflow_dispatch:
    inputs:
      target: { type: choice, options: [staging, production], required: true }
      note: { default: none }
jobs: {}
`;

function files(): void {
  const git = objectsOf(forge, repository);
  const blob = (text: string) => ({ mode: "100644", id: git.write("blob", fromUtf8(text)) });
  const tree = git.editTree(
    null,
    new Map([
      [".github/workflows/ci.yml", blob("on: push\njobs: {}\n")],
      [".github/workflows/deploy.yml", blob(DEPLOY)],
      [".github/workflows/README.md", blob("no workflow\n")],
    ]),
  );
  const author = { name: "Mina", email: "mina@lantern-tides.test", atMs: forge.now() };
  const commit = git.writeCommit({ tree, parents: [], message: "Begin", author });
  git.setRef("refs/heads/main", commit);
  git.setRef("refs/tags/v1", commit);
}

function leftByPipeline(): void {
  const run = addRun(forge, { headSha: objectsOf(forge, repository).ref("refs/heads/main") as string });
  const steps = [
    {
      number: 1,
      name: "Say / hello",
      status: "completed",
      conclusion: "success",
      startedAtMs: 0,
      completedAtMs: 0,
    },
  ] as const;
  const job = addJob(forge, run, { steps });
  const again = addJob(forge, run, { name: "test (20)", conclusion: "failure" });
  forge.disk.mkdir(jobFolder(run.id, 1, job.id), { recursive: true });
  forge.disk.write(logPath(run.id, 1, job.id, 0), "2026-03-03T09:00:00.0000000Z Set up\n");
  forge.disk.write(logPath(run.id, 1, job.id, 1), "2026-03-03T09:00:10.0000000Z hello\n");
  const artifact = addArtifact(forge, run, "site", fromUtf8("PK zip"));
  addArtifact(forge, run, "coverage", fromUtf8("PK other"));
  const waiting = addRun(forge, {
    status: "waiting",
    conclusion: null,
    event: "workflow_dispatch",
    actor: "teo",
  });
  addJob(forge, waiting, { status: "waiting", conclusion: null, environment: "production" });
  const fork = addRun(forge, { conclusion: "action_required", fromFork: true, event: "pull_request" });
  const busy = addRun(forge, { status: "in_progress", conclusion: null, headBranch: "topic" });
  const second = addRun(forge, { attempt: 2, conclusion: "success" });
  addJob(forge, { ...second, attempt: 1 } as Run, { conclusion: "failure" });
  addJob(forge, second);
  const cache = saveCache(forge, repository, "refs/heads/main", "npm-1", "v", fromUtf8("bytes"));
  saveCache(forge, repository, "refs/pull/7/merge", "npm-1", "v", fromUtf8("more bytes"));
  saveCache(forge, repository, "refs/heads/main", "pip-1", "v", fromUtf8("b"));
  Object.assign(ids, { run: run.id, job: job.id, again: again.id, waiting: waiting.id, fork: fork.id });
  Object.assign(ids, { busy: busy.id, second: second.id, artifact: artifact?.id, cache: cache?.id });
}

export interface Answered {
  readonly status: number;
  readonly data: unknown;
  readonly link?: string | undefined;
}

/** What the client got, also where it threw. */
export async function outcome(
  promise: Promise<{ status: number; data: unknown; headers: { link?: string } }>,
): Promise<Answered> {
  try {
    const { status, data, headers } = await promise;
    return { status, data, link: headers.link };
  } catch (error) {
    const { status, response } = error as { status: number; response: { data: unknown } };
    return { status, data: response.data };
  }
}

/** As https://docs.github.com/en/rest/guides/encrypting-secrets-for-the-rest-api shows it. */
function sealed(value: string, key: string): string {
  const bytes = sodium.from_base64(key, sodium.base64_variants.ORIGINAL);
  const box = sodium.crypto_box_seal(sodium.from_string(value), bytes);
  return sodium.to_base64(box, sodium.base64_variants.ORIGINAL);
}

export async function sealedFor(o: Octokit, value: string, environment_name?: string) {
  const { data } = environment_name
    ? await o.rest.actions.getEnvironmentPublicKey({ ...REPO, environment_name })
    : await o.rest.actions.getRepoPublicKey(REPO);
  return { encrypted_value: sealed(value, data.key), key_id: data.key_id };
}

export async function sealedForOrganisation(o: Octokit, value: string) {
  const { data } = await o.rest.actions.getOrgPublicKey(ORG);
  return { encrypted_value: sealed(value, data.key), key_id: data.key_id };
}

export type Ask = (o: Octokit) => Promise<{ status: number; data: any; headers: any }>;
export type Row = readonly [what: string, caller: Caller, ask: Ask, status: number, data?: unknown];

export const has = (fields: object): unknown => expect.objectContaining(fields);
export const message = (text: string | RegExp) => has({ message: expect.stringMatching(text) });
export const PRODUCTION = { ...REPO, environment_name: "production" };
export const FORBIDDEN = message(/^Resource not accessible by integration$/);

export function environmentId(): number {
  return findEnvironment(forge, repository as Repository, "production")?.id ?? 0;
}

export function policyId(pattern: string): number {
  const branches = findEnvironment(forge, repository as Repository, "production")?.branches;
  return Array.isArray(branches) ? (branches.find((it) => it.pattern === pattern)?.id ?? 0) : 0;
}
