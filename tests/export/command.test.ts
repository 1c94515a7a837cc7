/** `leaklab export`, from a recorded play of a whole lab to folders that real tools read. */
import { execFileSync, spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { ROOT } from "../../src/cli/coreBuild.ts";

const folder = mkdtempSync(join(tmpdir(), "export-command-"));
const attempt = join(folder, "play.attempt");
const out = join(folder, "out");
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const leaklab = (...args: string[]) =>
  spawnSync("node", ["src/cli/main.ts", ...args], { cwd: ROOT, encoding: "utf8" });
const env = { PATH: process.env["PATH"] ?? "", HOME: folder, GIT_CONFIG_NOSYSTEM: "1", LC_ALL: "C" };
const git = (cwd: string, ...args: string[]) =>
  execFileSync("git", args, { cwd, env, encoding: "utf8", stdio: ["ignore", "pipe", "pipe"] });

beforeAll(() => {
  const run = leaklab(
    "run",
    "unpushed-leak",
    "--script",
    "labs/unpushed-leak/solutions/reference.sh",
    "--seed",
    "4",
    "--save",
    attempt,
    "--json",
  );
  expect(run.stderr).toBe("");
  expect(JSON.parse(run.stdout)).toMatchObject({ passed: true });
}, 120_000);

test("writes the learner's disk and the forge's repositories, and says so", { timeout: 60_000 }, () => {
  const { stdout, stderr, status } = leaklab("export", attempt, "--dir", out, "--json");
  expect({ stderr, status }).toEqual({ stderr: "", status: 0 });
  expect((JSON.parse(stdout) as { files: number }).files).toBeGreaterThan(10);
  expect(readdirSync(out).sort()).toEqual(["forge", "laptop"]);
});

test("the work tree and every bare repository are whole for real git", () => {
  const repositories = readdirSync(out, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.name === "HEAD" && existsSync(join(entry.parentPath, "objects")))
    .map((entry) => entry.parentPath);
  expect(repositories.length).toBeGreaterThanOrEqual(2);
  for (const path of repositories) {
    const { status, stdout, stderr } = spawnSync("git", ["--git-dir", path, "fsck", "--full", "--strict"], {
      env,
      encoding: "utf8",
    });
    expect(stdout + stderr, path).not.toMatch(/error|missing|corrupt/);
    expect(status, path).toBe(0);
  }
});

test("what was pushed is on the forge, commit for commit", () => {
  const work = join(out, "laptop/home/learner/tides");
  const bare = readdirSync(join(out, "forge"), { recursive: true, withFileTypes: true }).find(
    (entry) => entry.name === "HEAD" && existsSync(join(entry.parentPath, "objects")),
  )?.parentPath as string;
  expect(git(bare, "rev-parse", "refs/heads/feat/harbour-codes")).toBe(
    git(work, "rev-parse", "refs/heads/feat/harbour-codes"),
  );
});

test("a second export into the same folder is refused", { timeout: 60_000 }, () => {
  const { status, stderr } = leaklab("export", attempt, "--dir", out);
  expect(status).toBe(2);
  expect(stderr).toMatch(/not empty/);
});
