/** The forge through the learner's own shell: git, curl-free, with push protection on. */
import { execFileSync } from "node:child_process";
import { getCommandNames } from "just-bash/browser";
import { describe, expect, test } from "vitest";
import { Disk } from "../../src/disk/disk.ts";
import { layOut } from "../../src/disk/layout.ts";
import { ghCommand } from "../../src/shell/commands/gh.ts";
import { gitCommand } from "../../src/shell/commands/git/git.ts";
import { Shell } from "../../src/shell/session.ts";
import { unattended } from "../../src/shell/terminal.ts";
import type { Forge } from "../../src/world/services/forge/forge.ts";
import { PLACEHOLDERS } from "../../src/world/services/forge/git/alerts.ts";
import { objectIds } from "../../src/world/services/forge/git/storage.ts";
import { World } from "../../src/world/world.ts";
import { ID, SECRET, token, worldWithRepository } from "./setting.ts";

function setting(options: { login?: string | null } = {}) {
  const world = worldWithRepository();
  const { clock, events, forge } = world;
  const disk = new Disk({ now: () => clock.now() });
  const commands = [...getCommandNames(), "git", "gh"];
  layOut(disk, { hostname: "laptop", accounts: [{ name: "lin", uid: 1000 }], commands });
  let shown = { stdout: "", stderr: "" };
  const terminal = {
    ...unattended,
    write: (stream: "stdout" | "stderr", text: string) => void (shown[stream] += text),
  };
  const login = options.login === undefined ? "lin" : options.login;
  const from = { address: "203.0.113.20", session: login };
  const reach = world.network.from(from);
  const network = {
    fetch: (input: string | URL | Request, init?: RequestInit) => reach(new Request(input, init)),
  };
  const shell = new Shell(
    {
      fs: disk.as({ name: "lin" }),
      terminal,
      commands: [
        gitCommand({ terminal, now: () => clock.now(), network }),
        ghCommand({ login: () => login, send: (request) => world.network.fetch(request, from) }),
      ],
      sleep: async () => undefined,
      tick: () => world.advance(15_000),
    },
    {
      name: "lin",
      home: "/home/lin",
      uid: 1000,
      hostname: "laptop",
      env: {
        GIT_AUTHOR_NAME: "Lin",
        GIT_AUTHOR_EMAIL: "lin@lantern.example",
        GIT_COMMITTER_NAME: "Lin",
        GIT_COMMITTER_EMAIL: "lin@lantern.example",
      },
    },
  );
  const run = async (line: string) => {
    shown = { stdout: "", stderr: "" };
    const { exitCode } = await shell.run(line);
    return { ...shown, exitCode };
  };
  const start = async () => {
    await run("git init -q -b main r && cd r && echo hello > README.md && git add . && git commit -qm one");
    await run(`git remote add origin https://forge.test/${ID}.git`);
  };
  return { world, forge, run, start, clock, events };
}

test("a clean push arrives, is cloned again, and real git finds nothing wrong", async () => {
  const { forge, run, start, events } = setting();
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
    const { world, forge, run, start, events } = setting();
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
    const { forge, run, start } = setting();
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
    const { run, start, clock } = setting();
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
  const { forge, run, start } = setting();
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
  const { forge, run, start } = setting();
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
    const { run } = setting({ login });
    expect(await run(line)).toEqual({ stdout: "", stderr, exitCode: 128 });
  });

  test("a reader cannot push", async () => {
    const { forge, run, start } = setting();
    forge.changeRepository(ID, { collaborators: { lin: "read" } });
    await start();
    expect((await run("git push origin main")).stderr).toBe(
      `remote: Permission to ${ID}.git denied to lin.\nfatal: unable to access '${url}/': The requested URL returned error: 403\n`,
    );
  });

  test("a credential of the URL counts, its use is recorded, and revoked it is refused", async () => {
    const { world, forge, run, start } = setting({ login: null });
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

describe("gh", () => {
  test.each([
    ["gh auth status", /Logged in to forge\.test account lin/, "", 0],
    [`gh api repos/${ID} | jq -r .full_name`, /^lantern-tides\/tides\n$/, "", 0],
    [`gh api repos/${ID}/branches`, /^\[\]$/, "", 0],
    [
      `gh api repos/${ID}/issues`,
      /not simulated in LeakLab/,
      "gh: not simulated in LeakLab: GET /repos/lantern-tides/tides/issues (HTTP 404)\n",
      1,
    ],
    ["gh api repos/no/where", /"Not Found"/, "gh: Not Found (HTTP 404)\n", 1],
    ["gh pr list", /^$/, "gh pr: not simulated in LeakLab\n", 1],
    ["gh api", /^$/, "accepts 1 arg(s), received 0\n", 1],
  ])("%s", async (line, stdout, stderr, exitCode) => {
    const result = await setting().run(line);
    expect(result.stdout).toMatch(stdout);
    expect(result.stderr).toBe(stderr);
    expect(result.exitCode).toBe(exitCode);
  });
});

test("a fork and a restored copy go on alone", async () => {
  const { world, run, start } = setting();
  await start();
  await run("git push -q origin main");
  const copy = World.restore(world.snapshot(), { detect: () => [] });
  const fork = world.fork();
  expect([copy.digest(), fork.digest()]).toEqual([world.digest(), world.digest()]);
  await run("git push -q origin main:other");
  expect(copy.digest()).toBe(fork.digest());
  expect(world.digest()).not.toBe(fork.digest());
});
