/** The same handlers behind a loopback port, driven by real git: clone, push, fetch, refusals, forks, pull requests. */
import { execFile } from "node:child_process";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { listen, type Loopback } from "../../src/server/loopback.ts";
import type { Forge } from "../../src/world/services/forge/forge.ts";
import { createFork } from "../../src/world/services/forge/git/network.ts";
import { objectsOf } from "../../src/world/services/forge/git/objects.ts";
import { setPullRefs } from "../../src/world/services/forge/git/pullRefs.ts";
import { objectIds } from "../../src/world/services/forge/git/storage.ts";
import type { Repository } from "../../src/world/services/forge/model.ts";
import { RULESETS, type Rule } from "../../src/world/services/forge/rules/ruleset.ts";
import { requestPurge } from "../../src/world/services/forge/support.ts";
import type { World } from "../../src/world/world.ts";
import { ID, SECRET, token, worldWithRepository } from "./setting.ts";

const { mkdtempSync, mkdirSync, rmSync, writeFileSync } = process.getBuiltinModule("node:fs");

let loopback: Loopback;
let url: string;
let root: string;
let world: World;
let forge: Forge;
let word: string;

beforeAll(async () => {
  world = worldWithRepository(0);
  forge = world.forge;
  word = token(world, "lin", { kind: "classic", scopes: ["repo"] }).value;
  loopback = await listen(world.network.from({ address: "203.0.113.20", session: null }));
  url = urlOf(ID, word);
  root = mkdtempSync(`${process.getBuiltinModule("node:os").tmpdir()}/leaklab-client-`);
});

afterAll(async () => {
  await loopback.close();
  rmSync(root, { recursive: true, force: true });
});

function urlOf(id: string, password: string): string {
  return `${loopback.origin.replace("://", `://${["lin", password].join(":")}@`)}/${id}.git`;
}

interface Ended {
  readonly stdout: string;
  readonly stderr: string;
  readonly code: number;
}

function shell(script: string): Promise<Ended> {
  const identity = {
    GIT_AUTHOR_NAME: "Lin",
    GIT_AUTHOR_EMAIL: "lin@lantern.example",
    GIT_COMMITTER_NAME: "Lin",
    GIT_COMMITTER_EMAIL: "lin@lantern.example",
  };
  const env = {
    PATH: process.env["PATH"] ?? "",
    HOME: root,
    GIT_TERMINAL_PROMPT: "0",
    GIT_CONFIG_NOSYSTEM: "1",
    LC_ALL: "C",
    no_proxy: "*",
    ...identity,
  };
  return new Promise((resolve) => {
    execFile("bash", ["-ec", script], { cwd: root, env, encoding: "utf8" }, (error, stdout, stderr) => {
      resolve({ stdout, stderr, code: typeof error?.code === "number" ? error.code : 0 });
    });
  });
}

test("push, clone, fetch and fsck", async () => {
  const pushed = await shell(
    `git init -q -b main a && cd a && for i in $(seq 30); do seq $i >f$i; git add . && git commit -qm $i; done && git push -q ${url} main`,
  );
  expect(pushed).toEqual({ stdout: "", stderr: "", code: 0 });
  const { stdout } = await shell(
    `git clone -q ${url} b && cd b && git fsck --strict && git rev-parse HEAD && git rev-list --count HEAD && git status --short`,
  );
  expect(stdout).toBe(`${forge.branch(ID, "main")}\n30\n`);
  const fetched = await shell(
    `cd a && echo x >x && git add . && git commit -qm x && git push -q ${url} main main:topic && cd ../b && git pull -q && git branch -r && git rev-parse HEAD`,
  );
  expect(fetched.stdout).toBe(
    `  origin/HEAD -> origin/main\n  origin/main\n  origin/topic\n${forge.branch(ID, "main")}\n`,
  );
}, 60_000);

test("a secret is refused in real git's own words, and nothing of it stays", async () => {
  const before = objectIds(forge.disk, ID);
  const { stderr, code } = await shell(
    `cd a && echo ${SECRET} >leak && git add . && git commit -qm leak && git push ${url} main`,
  );
  expect(code).toBe(1);
  expect(stderr).toMatch(
    /^remote: error: GH013: Repository rule violations found for refs\/heads\/main\. {8}$/m,
  );
  expect(stderr).toMatch(/^remote: {12}path: leak:1 {8}$/m);
  expect(stderr).toMatch(
    /^ ! \[remote rejected\] main -> main \(push declined due to repository rule violations\)$/m,
  );
  expect(objectIds(forge.disk, ID)).toEqual(before);
}, 60_000);

test("a wrong password and an unknown repository", async () => {
  const wrong = await shell(`git ls-remote ${url.replace(word, "other")}`);
  expect(wrong.stderr).toMatch(/^remote: Invalid username or token\./);
  expect(wrong.stderr).toMatch(/fatal: Authentication failed for '.*\/lantern-tides\/tides\.git\/'\n$/);
  const unknown = await shell(`git ls-remote ${url.replace("tides.git", "none.git")}`);
  expect(unknown.stderr).toMatch(
    /^remote: Repository not found\.\nfatal: repository '.*none\.git\/' not found\n$/,
  );
  expect([wrong.code, unknown.code]).toEqual([128, 128]);
}, 60_000);

describe("rules of branches", () => {
  const rules = (...list: Rule[]) => {
    const repository = forge.find(ID) as Repository;
    world.tables.of(RULESETS).set("1", {
      id: 1,
      name: "main",
      target: "branch",
      sourceType: "Repository",
      source: repository.id,
      enforcement: "active",
      bypassActors: [],
      conditions: { ref_name: { include: ["~DEFAULT_BRANCH"], exclude: [] } },
      rules: list,
      createdAtMs: 0,
      updatedAtMs: 0,
    });
  };

  test("a push to a protected branch is refused in the forge's words, and another branch takes it", async () => {
    rules(
      { type: "pull_request", parameters: {} },
      { type: "required_status_checks", parameters: { required_status_checks: [{ context: "ci" }] } },
    );
    const before = objectIds(forge.disk, ID);
    const script = `cd a && git reset -q --hard origin/main 2>/dev/null || git reset -q --hard HEAD~1; echo r >rule && git add . && git commit -qm rule && git push ${url} HEAD:main`;
    const { stderr, code } = await shell(script);
    expect(code).toBe(1);
    const said = stderr.split("\n").map((line) => line.trimEnd());
    expect(said).toEqual(
      expect.arrayContaining([
        "remote: error: GH013: Repository rule violations found for refs/heads/main.",
        `remote: Review all repository rules at https://forge.test/${ID}/rules?ref=refs%2Fheads%2Fmain`,
        "remote: - Changes must be made through a pull request.",
        'remote: - Required status check "ci" is expected.',
        " ! [remote rejected] HEAD -> main (push declined due to repository rule violations)",
      ]),
    );
    expect(objectIds(forge.disk, ID)).toEqual(before);
    expect((await shell(`cd a && git push -q ${url} HEAD:side`)).code).toBe(0);
    world.tables.of(RULESETS).delete("1");
  }, 60_000);

  test("workflow files need a scope of their own", async () => {
    const script = `cd a && mkdir -p .github/workflows && echo 'on: push' >.github/workflows/x.yml && git add . && git commit -qm flow && git push ${url} HEAD:flow`;
    const { stderr } = await shell(script);
    expect(stderr).toContain(
      " ! [remote rejected] HEAD -> flow (refusing to allow a Personal Access Token to create or update workflow `.github/workflows/x.yml` without `workflow` scope)",
    );
    const allowed = token(
      world,
      "lin",
      { kind: "classic", scopes: ["repo", "workflow"] },
      "with workflow",
    ).value;
    expect(
      (await shell(`cd a && git push -q ${urlOf(ID, allowed)} HEAD:flow && git reset -q --hard HEAD~1`)).code,
    ).toBe(0);
  }, 60_000);

  test("an archived repository takes nothing", async () => {
    forge.changeRepository(ID, { archived: true });
    const { stderr, code } = await shell(`cd a && git push ${url} HEAD:later`);
    forge.changeRepository(ID, { archived: false });
    expect(stderr).toMatch(
      /^remote: This repository was archived so it is read-only\.\nfatal: unable to access .* 403\n$/,
    );
    expect(code).toBe(128);
  }, 60_000);
});

describe("forks and pull requests", () => {
  test("what a fork got is fetched by its id from the first repository, until support purges it", async () => {
    const source = forge.find(ID) as Repository;
    forge.createAccount("owner-of-all");
    const fork = createFork(forge, source, { owner: "lin" });
    expect(fork).toMatchObject({ fork: source.id, network: source.network });
    const pushed = await shell(
      `git clone -q ${urlOf("lin/tides", word)} f && cd f && git checkout -qb evil && echo evil >evil && git add . && git commit -qm evil && git push -q origin evil && git rev-parse HEAD`,
    );
    expect(pushed.stderr).toBe("");
    const evil = pushed.stdout.trim();
    setPullRefs(forge, source, 7, { head: evil });
    const listed = await shell(`git ls-remote ${url} 'refs/pull/*'`);
    expect(listed.stdout).toBe(`${evil}\trefs/pull/7/head\n`);
    expect(
      (await shell(`cd b && git fetch -q origin refs/pull/7/head && git log -1 --format=%s FETCH_HEAD`))
        .stdout,
    ).toBe("evil\n");
    const hidden = await shell(`cd f && git push ${url} HEAD:refs/pull/8/head`);
    expect(hidden.stderr).toContain(
      "! [remote rejected] HEAD -> refs/pull/8/head (deny updating a hidden ref)",
    );
    await shell(`cd f && git push -q origin :evil`);
    expect((await shell(`git init -q g && cd g && git fetch -q ${url} ${evil}`)).code).toBe(0);
    world.forge.addMember("lantern-tides", "lin", "admin");
    requestPurge(forge, { repository: ID, pulls: [7], commits: [evil], from: "lin" });
    await world.advance(19 * 60_000);
    expect(objectsOf(forge, source).has(evil)).toBe(true);
    await world.advance(60_000);
    expect(objectsOf(forge, source).has(evil)).toBe(false);
    const gone = await shell(`git init -q h && cd h && git fetch -q ${url} ${evil}`);
    expect(gone.code).toBe(128);
    expect(world.events.at(-1)?.kind).toBe("support.purged");
  }, 120_000);

  test("an exported fork is whole for real git, through its alternates", async () => {
    for (const [path, node] of forge.disk.walk("/")) {
      if (node.kind === "directory") mkdirSync(`${root}/export${path}`, { recursive: true });
      else writeFileSync(`${root}/export${path}`, forge.disk.read(path));
    }
    const { stdout, stderr, code } = await shell(
      `cd export/lin/tides.git && git fsck --strict --full --no-dangling && git rev-parse main`,
    );
    expect([stdout, stderr, code]).toEqual([`${forge.branch("lin/tides", "main")}\n`, "", 0]);
  }, 60_000);

  test("a shallow clone has one commit", async () => {
    const { stdout } = await shell(
      `git clone -q --depth 1 ${url} s && git -C s rev-list --count HEAD && git -C s fsck`,
    );
    expect(stdout).toBe("1\n");
  }, 60_000);
});
