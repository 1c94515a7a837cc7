/** The forge through the learner's own shell: git, curl-free, with push protection on. */
import { execFileSync } from "node:child_process";
import { describe, expect, test } from "vitest";
import type { Forge } from "../../src/world/services/forge/forge.ts";
import { PLACEHOLDERS } from "../../src/world/services/forge/git/alerts.ts";
import { objectIds } from "../../src/world/services/forge/git/storage.ts";
import { World } from "../../src/world/world.ts";
import type { Grants } from "../../src/world/services/forge/identity.ts";
import type { Repository } from "../../src/world/services/forge/model.ts";
import { EVENTS } from "../../src/world/services/forge/events.ts";
import { createFork, removeGitData } from "../../src/world/services/forge/git/network.ts";
import { RULESETS } from "../../src/world/services/forge/rules/ruleset.ts";
import { Repository as Read } from "../../src/grader/repository.ts";
import { learner } from "./learner.ts";
import { ID, SECRET, token } from "./setting.ts";

test("a clean push arrives, is cloned again, and real git finds nothing wrong", async () => {
  const { forge, run, start, events } = learner();
  await start();
  expect(await run("git push -u origin main")).toEqual({
    stdout: "branch 'main' set up to track 'origin/main'.\n",
    stderr: `To https://forge.test/${ID}.git\n * [new branch]      main -> main\n`,
    exitCode: 0,
  });
  expect((await run(`git clone https://forge.test/${ID} ../again && cat ../again/README.md`)).stdout).toBe(
    "hello\n",
  );
  expect((await run("git ls-remote origin main")).stdout).toBe(
    `${forge.branch(ID, "main")}\trefs/heads/main\n`,
  );
  await run("echo more >> README.md && git commit -qam two && git push -q");
  expect((await run("git -C ../again pull -q && cat ../again/README.md")).stdout).toBe("hello\nmore\n");
  expect(events.map((event) => event.kind)).toEqual(["push.accepted", "push.accepted"]);
  expect(
    forge.ports.audit
      .all()
      .map(({ actor, action, result, target }) => ({ actor, action, result, target }))[0],
  ).toEqual({ actor: "lin", action: "git.push", result: "allowed", target: ID });
  expect(fsck(forge)).toBe("");
});

/** Copies a repository of the forge to a real folder and checks it there. */
function fsck(forge: Forge): string {
  const { mkdtempSync, mkdirSync, writeFileSync, rmSync } = process.getBuiltinModule("node:fs");
  const root = mkdtempSync(`${process.getBuiltinModule("node:os").tmpdir()}/leaklab-forge-`);
  try {
    for (const [path, node] of forge.disk.walk(forge.gitDir(ID) as string)) {
      if (node.kind === "directory") mkdirSync(root + path, { recursive: true });
      else writeFileSync(root + path, forge.disk.read(path));
    }
    const git = (...args: string[]) =>
      execFileSync("git", ["-C", root + forge.gitDir(ID), ...args], {
        encoding: "utf8",
        stdio: ["ignore", "pipe", "pipe"],
      });
    const refs = git("for-each-ref", "--format=%(refname) %(objectname)");
    expect(refs).toContain(`refs/heads/main ${forge.branch(ID, "main")}`);
    return git("fsck", "--strict", "--full", "--no-dangling");
  } finally {
    rmSync(root, { recursive: true, force: true });
  }
}

describe("push protection", () => {
  test("says in GitHub's layout what it found in which commit, and nothing arrives", async () => {
    const { world, forge, run, start, events } = learner();
    await start();
    await run("git push -q origin main");
    const before = [objectIds(forge.disk, ID), forge.branches(ID)];
    await run(
      `mkdir conf && printf 'a\\nkey=%s\\n' ${SECRET} > conf/app.env && git add . && git commit -qm two`,
    );
    await run("git rm -q conf/app.env && git commit -qm three");
    const leaking = (await run("git rev-parse HEAD~1")).stdout.trim();
    const { stdout, stderr, exitCode } = await run("git push origin main");
    expect(stdout).toBe("");
    expect(exitCode).toBe(1);
    const pad = " ".repeat(8);
    const remote = (lines: string[]) =>
      lines.map((line) => `remote: ${line}${line === "" ? "" : pad}\n`).join("");
    expect(stderr).toBe(
      remote([
        "error: GH013: Repository rule violations found for refs/heads/main.",
        "",
        "- GITHUB PUSH PROTECTION",
        `  ${"—".repeat(41)}`,
        "    Resolve the following violations before pushing again",
        "",
        "    - Push cannot contain secrets",
        "",
        "",
        "     (?) Learn how to resolve a blocked push",
        "     https://docs.github.com/code-security/secret-scanning/working-with-secret-scanning-and-push-protection/working-with-push-protection-from-the-command-line#resolving-a-blocked-push",
        "",
        "",
        `      —— Tides Access Token ${"—".repeat(32)}`,
        "       locations:",
        `         - commit: ${leaking}`,
        "           path: conf/app.env:2",
        "",
        "       (?) To push, remove secret from commit(s) or follow this URL to allow the secret.",
        `       https://forge.test/${ID}/security/secret-scanning/unblock-secret/${world.tables.of(PLACEHOLDERS).all()[0]?.id}`,
        "",
        "",
        "",
      ]) +
        `To https://forge.test/${ID}.git\n ! [remote rejected] main -> main (push declined due to repository rule violations)\n` +
        `error: failed to push some refs to 'https://forge.test/${ID}.git'\n`,
    );
    expect([objectIds(forge.disk, ID), forge.branches(ID)]).toEqual(before);
    expect(events.at(-1)?.kind).toBe("push.refused");
    expect(forge.alerts(ID)).toEqual([]);
  });

  test("a bypass with a reason lets that secret through, with an alert, and no other", async () => {
    const { forge, run, start } = learner();
    await start();
    await run(`echo ${SECRET} > a && git add . && git commit -qm two`);
    const blocked = await run("git push origin main");
    const placeholder = /unblock-secret\/(\w+)/.exec(blocked.stderr)?.[1] as string;
    const bypass = (reason: string, id = placeholder) =>
      run(
        `gh api --method POST /repos/${ID}/secret-scanning/push-protection-bypasses -f reason=${reason} -f placeholder_id=${id}`,
      );
    expect((await bypass("because")).stderr).toBe(
      "gh: Bad request, input data missing or incorrect. (HTTP 422)\n",
    );
    expect((await bypass("used_in_tests", "other")).stderr).toMatch(/HTTP 404/);
    expect((await run("git push origin main")).exitCode).toBe(1);
    expect(JSON.parse((await bypass("used_in_tests")).stdout)).toMatchObject({
      reason: "used_in_tests",
      token_type: "tides_token",
    });
    await run(`echo ${SECRET.replaceAll("k", "j")} > b && git add . && git commit -qm three`);
    expect((await run("git push origin main")).exitCode).toBe(1);
    expect((await run("git push origin HEAD~1:refs/heads/main")).exitCode).toBe(0);
    expect(forge.alerts(ID)).toMatchObject([
      { state: "resolved", resolution: "used_in_tests", bypass: { by: "lin" } },
    ]);
    expect(forge.alerts(ID)[0]?.locations).toHaveLength(1);
    expect(forge.ports.audit.all().map((entry) => entry.action)).toContain(
      "secret_scanning_push_protection.bypass",
    );
    await run("git reset -q --hard HEAD~1 && cp a c && git add . && git commit -qm known");
    expect((await run("git push origin main")).exitCode).toBe(0);
  });

  test("a bypass that was not used in time is over", async () => {
    const { run, start, clock } = learner();
    await start();
    await run(`echo ${SECRET} > a && git add . && git commit -qm two`);
    const placeholder = /unblock-secret\/(\w+)/.exec((await run("git push origin main")).stderr)?.[1];
    await run(
      `gh api /repos/${ID}/secret-scanning/push-protection-bypasses -f reason=will_fix_later -f placeholder_id=${placeholder}`,
    );
    clock.advance(3 * 3_600_000);
    expect((await run("git push origin main")).exitCode).toBe(1);
  });
});

test("unreachable commits are still served by id", async () => {
  const { forge, run, start } = learner();
  await start();
  await run("git push -q origin main");
  const old = forge.branch(ID, "main") as string;
  await run("git commit -q --amend -m rewritten && git push -qf origin main");
  expect(forge.branch(ID, "main")).not.toBe(old);
  expect(JSON.parse((await run(`gh api repos/${ID}/commits/${old.slice(0, 7)}`)).stdout)).toMatchObject({
    sha: old,
    commit: { message: "one" },
  });
  expect((await run(`git fetch origin ${old} && git log -1 --format=%s FETCH_HEAD`)).stdout).toBe("one\n");
});

test("a protected branch takes no force push and no deletion, others do", async () => {
  const { forge, run, start } = learner();
  forge.changeRepository(ID, { protectedBranches: ["main"] });
  await start();
  await run("git push -q origin main main:topic && git commit -q --amend -m x");
  const { stderr, exitCode } = await run("git push -f origin main main:topic");
  expect(exitCode).toBe(1);
  expect(stderr).toContain("remote: error: GH006: Protected branch update failed for refs/heads/main.");
  expect(stderr).toContain(" ! [remote rejected] main -> main (protected branch hook declined)\n");
  expect(stderr).toMatch(/ \+ \w+\.\.\.\w+ main -> topic \(forced update\)/);
  expect((await run("git push origin :main")).stderr).toContain("Cannot delete this protected branch");
});

describe("who may", () => {
  const url = `https://forge.test/${ID}.git`;
  test.each([
    [
      null,
      `git ls-remote ${url}`,
      "fatal: could not read Username for 'https://forge.test': No such device or address\n",
    ],
    [
      "lin",
      "git ls-remote https://forge.test/lantern-tides/none.git",
      "remote: Repository not found.\nfatal: repository 'https://forge.test/lantern-tides/none.git/' not found\n",
    ],
    [
      "lin",
      "git ls-remote https://x.test/y.git",
      "fatal: unable to access 'https://x.test/y.git/': Could not resolve host: x.test\n",
    ],
    [
      "lin",
      `git ls-remote https://${["lin", "wrong"].join(":")}@forge.test/${ID}.git`,
      `remote: Invalid username or token. Password authentication is not supported for Git operations.\nfatal: Authentication failed for '${url}/'\n`,
    ],
  ])("%s: %s", async (login, line, stderr) => {
    const { run } = learner({ login });
    expect(await run(line)).toEqual({ stdout: "", stderr, exitCode: 128 });
  });

  test("a reader cannot push", async () => {
    const { forge, run, start } = learner();
    forge.changeRepository(ID, { collaborators: { lin: "read" } });
    await start();
    expect((await run("git push origin main")).stderr).toBe(
      `remote: Permission to ${ID}.git denied to lin.\nfatal: unable to access '${url}/': The requested URL returned error: 403\n`,
    );
  });

  test("a credential of the URL counts, its use is recorded, and revoked it is refused", async () => {
    const { world, forge, run, start } = learner({ login: null });
    const { id, value } = token(world, "bot", { kind: "classic", scopes: ["repo"] });
    await start();
    await run(`git push https://${["any", value].join(":")}@forge.test/${ID}.git main`);
    expect(forge.ports.audit.all().at(-1)).toMatchObject({
      actor: "bot",
      identityType: "user",
      credentialId: id,
    });
    expect(world.credentials.get(id)?.uses.at(-1)).toMatchObject({ actor: "bot", result: "allowed" });
    world.credentials.change(id, { status: "revoked" });
    const refused = await run(`git push https://${["any", value].join(":")}@forge.test/${ID}.git main:x`);
    expect(refused.stderr).toContain("Authentication failed");
    expect(world.credentials.get(id)?.uses.at(-1)).toMatchObject({ result: "denied" });
  });
});

describe("what a credential covers", () => {
  const job = (contents: "read" | "write"): Grants => ({
    kind: "job",
    repository: ID,
    run: 1,
    job: 1,
    permissions: { contents },
  });
  const key = (readOnly: boolean): Grants => ({ kind: "deploy-key", repository: ID, readOnly });
  const fine = (permissions: Extract<Grants, { kind: "fine-grained" }>["permissions"]): Grants => ({
    kind: "fine-grained",
    repositories: [ID],
    permissions,
  });
  const workflow =
    "mkdir -p .github/workflows; echo 'on: push' > .github/workflows/a.yml; git add .; git commit -qm w; ";
  test.each<[string, Grants, string, RegExp]>([
    ["a job that may write", job("write"), "", /^To https/],
    ["a job that may read", job("read"), "", /denied to github-actions\[bot\]\./],
    [
      "a job and workflows",
      job("write"),
      workflow,
      /refusing to allow a GitHub App to create or update workflow/,
    ],
    ["a deploy key", key(false), "", /^To https/],
    ["a deploy key and workflows", key(false), workflow, /^To https/],
    ["a deploy key that reads", key(true), "", /denied to bot\./],
    [
      "a deploy key of elsewhere",
      { ...key(false), repository: "a/b" } as Grants,
      "",
      /Repository not found\./,
    ],
    ["a token for contents", fine({ contents: "write" }), "", /^To https/],
    ["a token and workflows", fine({ contents: "write" }), workflow, /without `workflows` permission/],
    ["a token with workflows", fine({ contents: "write", workflows: "write" }), workflow, /^To https/],
    ["a token for issues", fine({ issues: "write" }), "", /not found|denied/],
  ])("%s", async (_title, grants, work, stderr) => {
    const { world, run, start } = learner({ login: null });
    const { value } = token(world, "bot", grants);
    await start();
    await run(`${work}true`);
    const result = await run(`git push https://${["x", value].join(":")}@forge.test/${ID}.git main`);
    expect(result.stderr).toMatch(stderr);
  });

  test("a push by a job starts no run, one by a deploy key does", async () => {
    const { world, run, start } = learner({ login: null });
    const push = (grants: Grants, id: string, branch: string) => {
      const { value } = token(world, "bot", grants, id);
      return run(`git push -q https://${["x", value].join(":")}@forge.test/${ID}.git main:${branch}`);
    };
    await start();
    expect((await push(job("write"), "j", "one")).exitCode).toBe(0);
    expect(world.tables.of(EVENTS).size).toBe(0);
    expect((await push(key(false), "k", "two")).exitCode).toBe(0);
    expect(
      world.tables
        .of(EVENTS)
        .all()
        .map(({ name, payload }) => [name, payload["ref"], payload["pusher_type"]]),
    ).toEqual([
      ["create", "two", "deploy_key"],
      ["push", "refs/heads/two", undefined],
    ]);
  });
});

test("an administrator passes a rule, and everybody is told", async () => {
  const { world, forge, run, start, events } = learner();
  forge.changeRepository(ID, { collaborators: { lin: "admin" } });
  await start();
  await run("git push -q origin main");
  world.tables.of(RULESETS).set("1", {
    id: 1,
    name: "main",
    target: "branch",
    sourceType: "Repository",
    source: (forge.find(ID) as Repository).id,
    enforcement: "active",
    bypassActors: [{ actor_type: "RepositoryRole", actor_id: 5, bypass_mode: "always" }],
    conditions: { ref_name: { include: ["~DEFAULT_BRANCH"], exclude: [] } },
    rules: [{ type: "pull_request", parameters: {} }],
    createdAtMs: 0,
    updatedAtMs: 0,
  });
  await run("git commit -q --allow-empty -m two");
  const { stderr, exitCode } = await run("git push origin main");
  expect(exitCode).toBe(0);
  expect(stderr.split("\n").map((line) => line.trimEnd())).toEqual(
    expect.arrayContaining([
      "remote: Bypassed rule violations for refs/heads/main:",
      "remote: - Changes must be made through a pull request.",
    ]),
  );
  expect(events.map(({ kind }) => kind)).toContain("rules.bypassed");
  forge.changeRepository(ID, { collaborators: { lin: "write" } });
  await run("git commit -q --allow-empty -m three");
  expect((await run("git push origin main")).stderr).toContain("GH013");
  expect(events.at(-1)).toMatchObject({ kind: "push.refused", data: { rules: ["pull_request"] } });
});

test("what the grader sees of a fork is what its network has", async () => {
  const { forge, run, start } = learner();
  await start();
  await run("git push -q origin main");
  createFork(forge, forge.find(ID) as Repository, { owner: "lin" });
  const read = (id: string) => new Read(forge.disk, forge.gitDir(id) as string, new Map());
  const tip = forge.branch(ID, "main") as string;
  expect(read("lin/tides").objectIds()).toEqual(objectIds(forge.disk, ID));
  expect(await read("lin/tides").commit(tip)).toMatchObject({ id: tip });
  expect([...(await read(ID).filesOf(tip)).keys()]).toEqual(["README.md"]);
  removeGitData(forge, forge.find(ID) as Repository);
  expect(
    (await run("git clone -q https://forge.test/lin/tides ../fork && cat ../fork/README.md")).stdout,
  ).toBe("hello\n");
});

describe("gh", () => {
  test.each([
    ["gh auth status", /Logged in to forge\.test account lin/, "", 0],
    [`gh api repos/${ID} | jq -r .full_name`, /^lantern-tides\/tides\n$/, "", 0],
    [`gh api repos/${ID}/branches`, /^\[\]$/, "", 0],
    [
      `gh api repos/${ID}/pages`,
      /not simulated in LeakLab/,
      "gh: not simulated in LeakLab: GET /repos/lantern-tides/tides/pages (HTTP 404)\n",
      1,
    ],
    ["gh api repos/no/where", /"Not Found"/, "gh: Not Found (HTTP 404)\n", 1],
    ["gh gist list", /^$/, "gh gist: not simulated in LeakLab\n", 1],
    ["gh api", /^$/, "accepts 1 arg(s), received 0\n", 1],
  ])("%s", async (line, stdout, stderr, exitCode) => {
    const result = await learner().run(line);
    expect(result.stdout).toMatch(stdout);
    expect(result.stderr).toBe(stderr);
    expect(result.exitCode).toBe(exitCode);
  });
});

test("a fork and a restored copy go on alone", async () => {
  const { world, run, start } = learner();
  await start();
  await run("git push -q origin main");
  const copy = World.restore(world.snapshot(), { detect: () => [] });
  const fork = world.fork();
  expect([copy.digest(), fork.digest()]).toEqual([world.digest(), world.digest()]);
  await run("git push -q origin main:other");
  expect(copy.digest()).toBe(fork.digest());
  expect(world.digest()).not.toBe(fork.digest());
});
