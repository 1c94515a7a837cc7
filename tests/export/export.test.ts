/** An exported world under real tools: whole, equal to what it showed inside, and harmless. */
import { execFileSync, spawnSync } from "node:child_process";
import {
  chmodSync,
  existsSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { exportWorld } from "../../src/cli/exportWorld.ts";
import type { PlayData } from "../../src/attempt/play.ts";
import type { DiskData } from "../../src/disk/data.ts";
import { Disk } from "../../src/disk/disk.ts";
import { LEARNER } from "../../src/world/person.ts";
import { WORK } from "../walks/lab.ts";
import { play, RICH } from "./world.ts";

/** Canaries stand beside the folder that is written: nothing may reach them. */
const outside = realpathSync(mkdtempSync(join(tmpdir(), "export-")));
afterAll(() => rmSync(outside, { recursive: true, force: true }));

const home = join(outside, "home");
mkdirSync(home);

/** Real git with nothing of this machine's own configuration. */
function git(cwd: string, ...args: string[]): { status: number | null; stdout: string; stderr: string } {
  const env = {
    PATH: process.env["PATH"] ?? "",
    HOME: home,
    GIT_CONFIG_NOSYSTEM: "1",
    GIT_TERMINAL_PROMPT: "0",
    TZ: "UTC",
    LC_ALL: "C",
  };
  return spawnSync("git", args, { cwd, env, encoding: "utf8" });
}

const workTree = (folder: string) => join(folder, "laptop", LEARNER.home, WORK);

describe("a rich repository", () => {
  const folder = join(outside, "rich");
  const work = workTree(folder);
  let world: Awaited<ReturnType<typeof play>>;

  beforeAll(async () => {
    world = await play(RICH);
    exportWorld(world.state, folder);
  }, 120_000);
  afterAll(() => world.end());

  test("real git finds nothing wrong with it", () => {
    const { status, stdout, stderr } = git(work, "fsck", "--full", "--strict");
    expect(stdout + stderr).not.toMatch(/error|missing|corrupt|broken/);
    expect(status).toBe(0);
  });

  test.each([
    "git log --all --format='%H %P %an %ae %at %cn %ct %s %D'",
    "git log --oneline --graph",
    "git status",
    "git status --porcelain=v1",
    "git stash list",
    "git stash show -p stash@{1}",
    "git reflog",
    "git reflog show main",
    "git branch -a -vv",
    "git tag -l",
    "git show-ref",
    "git notes list",
    "git for-each-ref",
    "git ls-files -s",
    "git cat-file --batch-all-objects --batch-check",
    "git diff",
    "git diff --staged",
    "git cat-file -p v1.0",
    "git config --local --list",
  ])("%s prints what it prints inside", async (command) => {
    const inside = await world.shown(command);
    const env = {
      PATH: process.env["PATH"] ?? "",
      HOME: home,
      GIT_CONFIG_NOSYSTEM: "1",
      GIT_PAGER: "cat",
      TZ: "UTC",
      LC_ALL: "C",
    };
    const real = execFileSync("bash", ["-c", command], { cwd: work, env, encoding: "utf8" });
    expect(inside).not.toBe("");
    expect(real).toBe(inside);
  });

  test("modes and times came along", () => {
    expect(lstatSync(join(work, "src/list.txt")).mode & 0o777).toBe(0o755);
    const { world: data } = world.state as PlayData;
    const disk = Disk.restore(data.machines["laptop"] as DiskData, { now: () => 0 });
    expect(lstatSync(join(work, "README.md")).mtimeMs).toBe(
      disk.stat(`${LEARNER.home}/${WORK}/README.md`).mtimeMs,
    );
  });

  test("a folder that is not empty is refused", () => {
    expect(() => exportWorld(world.state, folder)).toThrow(/not empty/);
  });

  test("a link in place of the folder is refused, and nothing is written where it leads", () => {
    const target = join(outside, "elsewhere");
    mkdirSync(target);
    symlinkSync(target, join(outside, "linked"));
    expect(() => exportWorld(world.state, join(outside, "linked"))).toThrow(/link/);
    expect(readdirSync(target)).toEqual([]);
  });
});

describe("a hostile world", () => {
  const folder = join(outside, "hostile");
  const work = workTree(folder);
  const owned = join(outside, "owned");
  const innocent = join(outside, "innocent.txt");
  let state: PlayData;

  /** Writes to the disk as its root: no tool of the world stands between. */
  function spoil(disk: Disk): void {
    const top = `${LEARNER.home}/${WORK}`;
    const run = `touch ${owned}`;
    const section = (name: string, ...lines: string[]) =>
      `[${name}]\n${lines.map((line) => `\t${line}\n`).join("")}`;
    disk.write(
      `${top}/.git/config`,
      [
        section(
          "core",
          "repositoryformatversion = 0",
          "filemode = true",
          "bare = false",
          "logallrefupdates = true",
        ),
        section(
          "core",
          `fsmonitor = ${run}`,
          `pager = ${run}`,
          `editor = ${run}`,
          `sshCommand = ${run}`,
          `hooksPath = /tmp/hooks`,
          `askPass = ${run}`,
          `gitProxy = ${run}`,
          `alternateRefsCommand = ${run}`,
          `worktree = ${outside}`,
          `attributesFile = ${innocent}`,
          `excludesFile = ${innocent}`,
        ),
        `[core] fsmonitor = ${run}\n`,
        `[CORE]FSMonitor=${run}\n`,
        `[core "x"]\n\tbare = false\n[core]\n\tfilemode = false \\\n\tfsmonitor = ${run}\n`,
        section("alias", `st = !${run}`, `status = !${run}`),
        section("include", `path = ${join(outside, "evil.config")}`),
        section(`includeIf "gitdir:${outside}/"`, `path = ${join(outside, "evil.config")}`),
        section('filter "evil"', `clean = ${run}`, `smudge = ${run}`, `process = ${run}`, "required = true"),
        section("diff", `external = ${run}`),
        section('diff "evil"', `textconv = ${run}`, `command = ${run}`),
        section('merge "evil"', `driver = ${run}`),
        section("pager", `log = ${run}`, `status = ${run}`),
        section("credential", `helper = !${run}`),
        section("gpg", `program = ${run}`),
        section("uploadpack", `packObjectsHook = ${run}`),
        section("sequence", `editor = ${run}`),
        section("interactive", `diffFilter = ${run}`),
        section(
          'remote "origin"',
          `url = ext::sh -c '${run}'`,
          `url = https://forge.test/a/b.git`,
          `uploadpack = ${run}`,
          `receivepack = ${run}`,
          `proxy = ${run}`,
          "vcs = evil",
          "fetch = +refs/heads/*:refs/remotes/origin/*",
          "promisor = true",
        ),
        section(`url "ext::sh -c '${run}' "`, "insteadOf = https://"),
        section('branch "main"', "remote = origin", "merge = refs/heads/main", `description = x`),
        section("extensions", "worktreeConfig = true", "partialClone = origin"),
        section('submodule "evil"', `update = !${run}`, "url = x", "active = true"),
        section("user", "name = Ada", `signingKey = ${innocent}`),
        section("log", "showSignature = true"),
        section("trace2", `eventTarget = ${join(outside, "trace")}`),
      ].join(""),
    );
    disk.write(`${top}/.git/config.worktree`, section("core", `fsmonitor = ${run}`, `worktree = ${outside}`));
    disk.write(`${LEARNER.home}/.gitconfig`, section("core", `fsmonitor = ${run}`, `pager = ${run}`));
    for (const hook of [
      "pre-commit",
      "post-checkout",
      "post-index-change",
      "fsmonitor-watchman",
      "pre-auto-gc",
      "reference-transaction",
    ]) {
      disk.mkdir(`${top}/.git/hooks`, { recursive: true });
      disk.write(`${top}/.git/hooks/${hook}`, `#!/bin/sh\n${run}\n`);
      disk.chmod(`${top}/.git/hooks/${hook}`, 0o4755);
    }
    disk.write(`${top}/.gitattributes`, "* filter=evil diff=evil merge=evil\n");
    disk.mkdir(`${top}/.git/info`, { recursive: true });
    disk.write(`${top}/.git/info/attributes`, "* filter=evil diff=evil\n");
    disk.mkdir(`${top}/.git/objects/info`, { recursive: true });
    disk.write(`${top}/.git/objects/info/alternates`, `${join(outside, "objects")}\n`);
    disk.write(`${top}/.git/objects/info/http-alternates`, `http://127.0.0.1:1/x\n`);
    disk.write(`${top}/.git/commondir`, `${outside}\n`);
    // Links: absolute, climbing, one to climb through, one that others are written "below", links as git's own files.
    disk.symlink(innocent, `${top}/absolute`);
    disk.symlink("../../../../../../../../../../../../innocent.txt", `${top}/climbing`);
    disk.symlink("../../../../innocent.txt", `${top}/climbing-little`);
    disk.symlink("src/list.txt", `${top}/fair`);
    disk.symlink("docs/../../../../../../innocent.txt", `${top}/climbing-late`);
    disk.mkdir(`${top}/deep/a/b`, { recursive: true });
    disk.symlink("a/b", `${top}/deep/step`);
    disk.symlink("deep/step/../../../../../../../innocent.txt", `${top}/through`);
    disk.mkdir(`${LEARNER.home}/second`);
    disk.symlink(`../${WORK}/.git`, `${LEARNER.home}/second/.git`);
    disk.mkdir(`${LEARNER.home}/third`);
    disk.write(`${LEARNER.home}/third/.git`, `gitdir: ${outside}\n`);
    disk.mkdir(`${LEARNER.home}/fourth/.git`, { recursive: true });
    disk.write(`${LEARNER.home}/fourth/.git/config`, section("core", `fsmonitor = ${run}`));
    disk.mkdir(`${LEARNER.home}/fourth/.git/refs`);
    disk.mkdir(`${LEARNER.home}/fourth/.git/objects`);
    disk.symlink("../real-head", `${LEARNER.home}/fourth/.git/HEAD`);
    disk.write(`${LEARNER.home}/fourth/real-head`, "ref: refs/heads/main\n");
    disk.mkdir(`${LEARNER.home}/fifth.GIT`);
    disk.mkdir(`${LEARNER.home}/fifth/.GIT/objects`, { recursive: true });
    disk.write(`${LEARNER.home}/fifth/.GIT/HEAD`, "ref: refs/heads/main\n");
    disk.write(`${LEARNER.home}/fifth/.GIT/config`, section("core", `fsmonitor = ${run}`));
    // A bare repository in the work tree: git obeys its config when one stands in it.
    disk.mkdir(`${top}/bare/objects`, { recursive: true });
    disk.mkdir(`${top}/bare/refs`);
    disk.write(`${top}/bare/HEAD`, "ref: refs/heads/main\n");
    disk.write(
      `${top}/bare/config`,
      section("core", "bare = false", `fsmonitor = ${run}`, `worktree = ${outside}`),
    );
    disk.symlink("config", `${top}/bare/config.worktree`);
    disk.write(
      `${top}/.gitmodules`,
      section('submodule "x"', "path = src", `url = ext::sh -c '${run}'`, `update = !${run}`),
    );
    // Names that a careless writer would follow or that a terminal would obey.
    disk.write(`${top}/\u001b[31mred`, "x");
    disk.write(`${top}/-rf`, "x");
    disk.write(`${top}/back\\slash`, "x");
  }

  beforeAll(async () => {
    const world = await play("echo x > y");
    await world.end();
    const played = world.state as PlayData;
    const disk = Disk.restore(played.world.machines["laptop"] as DiskData, { now: () => 1_772_000_000_000 });
    spoil(disk);
    state = {
      ...played,
      world: { ...played.world, machines: { ...played.world.machines, laptop: disk.snapshot() } },
    };
    writeFileSync(innocent, "innocent\n");
    chmodSync(innocent, 0o600);
    writeFileSync(join(outside, "evil.config"), `[core]\n\tfsmonitor = touch ${owned}\n`);
    exportWorld(state, folder);
  }, 120_000);

  const before = () => readdirSync(outside).sort();

  test("nothing was written beside the folder, nor through a link", () => {
    expect(before()).not.toContain("owned");
    expect(readFileSync(innocent, "utf8")).toBe("innocent\n");
    expect(lstatSync(innocent).mode & 0o777).toBe(0o600);
  });

  test("no link leads out of the folder", () => {
    const inside = realpathSync(folder);
    const links = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) =>
      entry.isSymbolicLink(),
    );
    expect(links.length).toBeGreaterThan(0);
    for (const link of links) {
      const path = join(link.parentPath, link.name);
      const real = existsSync(path) ? realpathSync(path) : inside;
      expect(real.startsWith(inside), path).toBe(true);
      expect(existsSync(path) || lstatSync(path).isSymbolicLink()).toBe(true);
    }
  });

  test("nothing is executable that git would start, and nothing is set-id", () => {
    const hooks = readdirSync(join(work, ".git/hooks"));
    expect(hooks.every((name) => name.endsWith(".inert.txt"))).toBe(true);
    const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) =>
      entry.isFile(),
    );
    for (const file of files)
      expect(lstatSync(join(file.parentPath, file.name)).mode & 0o7000, file.name).toBe(0);
    for (const name of hooks) expect(lstatSync(join(work, ".git/hooks", name)).mode & 0o111).toBe(0);
  });

  /** What an unsuspecting person would do with the folder. */
  const COMMANDS: readonly (readonly string[])[] = [
    ["status"],
    ["log", "-p", "--all"],
    ["diff"],
    ["add", "-A"],
    ["commit", "-m", "x"],
    ["stash"],
    ["checkout", "feature"],
    ["branch", "-a"],
    ["fetch", "origin"],
    ["ls-remote"],
    ["remote", "-v"],
    ["submodule", "update", "--init"],
    ["submodule", "status"],
    ["gc", "--auto"],
    ["fsck"],
    ["st"],
    ["show", "--show-signature"],
    ["pull"],
    ["push"],
    ["worktree", "list"],
    ["config", "--list"],
  ];
  const home_ = () => join(folder, "laptop", LEARNER.home);
  const places = () => [
    work,
    join(home_(), "second"),
    join(home_(), "third"),
    join(home_(), "fourth"),
    join(home_(), "fifth"),
    join(work, "bare"),
    join(work, ".git"),
  ];

  test.each(COMMANDS)("git %s runs no program of the world, anywhere in it", (...args) => {
    const names = before();
    for (const place of places()) {
      spawnSync("git", ["-c", "protocol.ext.allow=always", ...args], {
        cwd: place,
        env: {
          PATH: process.env["PATH"] ?? "",
          HOME: home,
          GIT_CONFIG_NOSYSTEM: "1",
          GIT_TERMINAL_PROMPT: "0",
          GIT_CEILING_DIRECTORIES: outside,
        },
        timeout: 20_000,
      });
      expect(existsSync(owned), `${args.join(" ")} in ${place}`).toBe(false);
    }
    expect(before()).toEqual(names);
    expect(readFileSync(innocent, "utf8")).toBe("innocent\n");
  });

  test("its own configuration file is not one that git would read", () => {
    const found = readdirSync(home_(), { withFileTypes: true }).filter((entry) =>
      /^\.gitconfig$/.test(entry.name),
    );
    for (const entry of found) {
      const listed = execFileSync("git", ["config", "--file", join(entry.parentPath, entry.name), "--list"], {
        encoding: "utf8",
      });
      expect(listed).toBe("");
    }
  });
});
