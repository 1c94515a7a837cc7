/** What lies on the forge's disk: caches, artifacts, logs. */
import { beforeEach, expect, test } from "vitest";
import { fromUtf8, toUtf8 } from "../../../../base/bytes.ts";
import type { World } from "../../../world.ts";
import type { Forge } from "../forge.ts";
import type { Repository } from "../model.ts";
import { addArtifact, artifactsOf, deleteArtifact, findArtifact, readArtifact } from "./artifacts.ts";
import { cachesOf, deleteCache, findCache, readCache, saveCache } from "./caches.ts";
import { jobFolder, logPath } from "./files.ts";
import { deleteLogs, jobLog } from "./logs.ts";
import { RUNS, type Artifact, type Cache, type Job } from "./model.ts";
import { deleteRun, findRun } from "./runs.ts";
import { changeSettings } from "./settings.ts";
import { addJob, addRun, forgeWithRepository } from "./setting.fixture.ts";

let world: World;
let forge: Forge;
let repository: Repository;

beforeEach(() => ({ world, forge, repository } = forgeWithRepository()));

const MAIN = "refs/heads/main";
const PULL = "refs/pull/7/merge";

async function save(ref: string, key: string, version = "v"): Promise<Cache | null> {
  const cache = saveCache(forge, repository, ref, key, version, fromUtf8(`${ref} ${key}`));
  await world.advance(1000);
  return cache;
}

function find(refs: string[], keys: string[], version = "v"): string | null {
  const cache = findCache(forge, repository, refs, keys, version);
  return cache && `${cache.ref} ${cache.key}`;
}

test("an entry cannot be replaced, but another ref or another set of paths has its own", async () => {
  const first = (await save(MAIN, "npm-1")) as Cache;
  expect(await save(MAIN, "npm-1")).toBeNull();
  expect(await save(PULL, "npm-1")).not.toBeNull();
  expect(await save(MAIN, "npm-1", "other paths")).not.toBeNull();
  expect(toUtf8(readCache(forge, first))).toBe(`${MAIN} npm-1`);
  deleteCache(forge, first.id);
  expect(forge.disk.exists(`/actions/caches/${first.id}.tar.gz`)).toBe(false);
  expect(await save(MAIN, "npm-1")).not.toBeNull();
});

test.each<[name: string, refs: string[], keys: string[], hit: string | null]>([
  ["the key itself", [MAIN], ["npm-1"], `${MAIN} npm-1`],
  ["no longer key", [MAIN], ["npm-1-more"], null],
  ["the newest that begins so", [MAIN], ["npm-9", "npm-"], `${MAIN} npm-2`],
  ["the key before what begins so", [MAIN], ["npm-1", "npm-"], `${MAIN} npm-1`],
  ["the own ref before the base", [PULL, MAIN], ["npm-"], `${PULL} npm-0`],
  ["the own ref's beginning before the base's key", [PULL, MAIN], ["npm-2", "npm-"], `${PULL} npm-0`],
  ["the base where the own ref has none", ["refs/heads/x", MAIN], ["npm-2"], `${MAIN} npm-2`],
  ["never another ref", [MAIN], ["npm-0"], null],
  ["not without keys", [MAIN], [], null],
])("finds %s", async (_, refs, keys, hit) => {
  await save(MAIN, "npm-1");
  await save(MAIN, "npm-2");
  await save(PULL, "npm-0");
  expect(find(refs, keys)).toBe(hit);
  expect(find(refs, keys, "other paths")).toBeNull();
});

test("a hit is remembered, and changes nothing else", async () => {
  const cache = (await save(MAIN, "npm-1")) as Cache;
  find([MAIN], ["npm-1"]);
  expect(cachesOf(forge, repository)).toEqual([{ ...cache, lastAccessedAtMs: cache.createdAtMs + 1000 }]);
});

test("an artifact's name is taken within an attempt", async () => {
  const run = addRun(forge);
  const first = addArtifact(forge, run, "site", fromUtf8("one")) as Artifact;
  expect(addArtifact(forge, run, "site", fromUtf8("two"))).toBeNull();
  await world.advance(1000);
  const again = { ...run, attempt: 2, startedAtMs: forge.now() };
  const second = addArtifact(forge, again, "site", fromUtf8("two")) as Artifact;
  expect(artifactsOf(forge, run)).toEqual([first, second]);
  expect(toUtf8(readArtifact(forge, findArtifact(forge, run, "site") as Artifact) as Uint8Array)).toBe("two");
  expect(first.digest).toMatch(/^sha256:[0-9a-f]{64}$/);
  deleteArtifact(forge, second.id);
  expect(readArtifact(forge, second)).toBeNull();
});

const DAY_MS = 86_400_000;

test.each<[asked: number | null, setting: number, days: number]>([
  [null, 90, 90],
  [5, 90, 5],
  [0, 90, 90],
  [400, 90, 90],
  [30, 7, 7],
])(
  "asked for %s days where the setting is %s: kept %s days, then the bytes go",
  async (asked, setting, days) => {
    changeSettings(forge, repository, { retentionDays: setting });
    const run = addRun(forge);
    const artifact = addArtifact(forge, run, "site", fromUtf8("zip"), asked) as Artifact;
    await world.advance(days * DAY_MS - 1);
    expect(readArtifact(forge, artifact)).not.toBeNull();
    await world.advance(1);
    expect(readArtifact(forge, artifact)).toBeNull();
    expect(findArtifact(forge, run, "site")).toBeUndefined();
    expect(artifactsOf(forge, run)).toHaveLength(1);
  },
);

function withLogs(run = addRun(forge)): Job {
  const job = addJob(forge, run);
  forge.disk.mkdir(jobFolder(run.id, run.attempt, job.id), { recursive: true });
  for (const step of [0, 1, 2, 10])
    forge.disk.write(logPath(run.id, run.attempt, job.id, step), `step ${step}\n`);
  forge.disk.write(`${jobFolder(run.id, run.attempt, job.id)}/1.summary.md`, "# done\n");
  return job;
}

test("a job's log is its steps' in their order", () => {
  const job = withLogs();
  expect(jobLog(forge, job)).toBe("step 0\nstep 1\nstep 2\nstep 10\n");
  expect(jobLog(forge, { ...job, id: 1 })).toBeNull();
});

test("deleting logs leaves nothing of them on the disk", () => {
  const run = addRun(forge);
  const job = withLogs(run);
  deleteLogs(forge, run);
  expect(jobLog(forge, job)).toBeNull();
  expect(forge.disk.list(jobFolder(run.id, 1, job.id))).toEqual(["1.summary.md"]);
  expect(forge.ports.tables.of(RUNS).get(String(run.id))?.logsDeleted).toBe(true);
});

test("deleting a run takes everything of it", () => {
  const run = addRun(forge);
  withLogs(run);
  const artifact = addArtifact(forge, run, "site", fromUtf8("zip")) as Artifact;
  deleteRun(forge, run);
  expect(findRun(forge, repository, run.id)).toBeUndefined();
  expect(readArtifact(forge, artifact)).toBeNull();
  expect(forge.disk.list("/actions/runs")).toEqual([]);
  expect(forge.disk.list("/actions/artifacts")).toEqual([]);
});
