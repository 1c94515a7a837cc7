/** Who is signed in, and what a request carries. */
import { describe, expect, test } from "vitest";
import { token } from "../forge/setting.ts";
import { failure, ghSetting } from "./setting.ts";

const HOSTS = "/home/lin/.config/gh/hosts.yml";
const ADVICE =
  "To get started with GitHub CLI, please run:  gh auth login\nAlternatively, populate the GH_TOKEN environment variable with a GitHub API authentication token.\n";

function signedIn(options: Parameters<typeof ghSetting>[0] = {}) {
  const setting = ghSetting({ login: null, ...options });
  const { id, value } = token(setting.world, "lin", { kind: "classic", scopes: ["repo", "read:org"] });
  return { ...setting, id, value };
}

test("nobody is signed in: exit 4, and what to do", async () => {
  const { run } = ghSetting({
    login: null,
    fakes: { "GET user": () => failure(401, "Requires authentication") },
  });
  for (const line of ["gh api user", "gh repo list", "gh secret list -R a/b"])
    expect(await run(line)).toEqual({ stdout: "", stderr: ADVICE, exitCode: 4 });
  expect(await run("gh auth status")).toEqual({
    stdout: "",
    stderr: "You are not logged into any GitHub hosts. To log in, run: gh auth login\n",
    exitCode: 1,
  });
  expect((await run("gh auth token")).stderr).toBe("no oauth token found for forge.test\n");
});

test("login stores a token with its owner only for oneself, logout forgets it", async () => {
  const { run, disk, value, sent } = signedIn();
  expect(await run(`echo ${value} | gh auth login --with-token`)).toEqual({
    stdout: "",
    stderr: "",
    exitCode: 0,
  });
  const text = disk.as({ name: "lin" });
  expect(await text.readFile(HOSTS)).toBe(
    `forge.test:\n    users:\n        lin:\n            oauth_token: ${value}\n    git_protocol: https\n    user: lin\n    oauth_token: ${value}\n`,
  );
  expect((await run(`stat -c %a ${HOSTS}`)).stdout).toBe("600\n");
  expect((await run("gh auth token")).stdout).toBe(`${value}\n`);
  await run("gh api repos/lantern-tides/tides");
  expect(sent.at(-1)?.authorization).toBe(`token ${value}`);
  const status = await run("gh auth status");
  expect(status.stdout).toContain(
    `  ✓ Logged in to forge.test account lin (${HOSTS})\n  - Active account: true\n`,
  );
  expect(status.stdout).not.toContain(value);
  expect((await run("gh auth status --show-token")).stdout).toContain(`  - Token: ${value}\n`);
  expect((await run("gh auth logout")).stderr).toBe("✓ Logged out of forge.test account lin\n");
  expect((await run("gh auth token")).exitCode).toBe(1);
});

test.each([
  ["gh auth login", /^--with-token required when not running interactively\n\nUsage:/],
  ["gh auth login --web", /not simulated in LeakLab\n$/],
  [
    "echo wrong | gh auth login --with-token",
    /^error validating token: HTTP 401: Bad credentials \(https:\/\/forge\.test\/api\/v3\/\)\n$/,
  ],
  ["printf '' | gh auth login --with-token", /^error validating token/],
  ["gh auth logout", /^not logged in to any hosts\n$/],
  ["gh auth token -h other.test", /^no oauth token found for other\.test\n$/],
  ["gh auth status -h other.test", /^You are not logged into any accounts on other\.test\n$/],
  ["gh auth setup-git -h other.test", /^You are not logged into the GitHub host "other\.test"\n$/],
  ["GH_TOKEN=x gh auth login --with-token", /^The value of the GH_TOKEN environment variable is being used/],
])("%s", async (line, stderr) => {
  const { run } = ghSetting({
    fakes: {
      "GET user": ({ authorization }) => (authorization ? failure(401, "Bad credentials") : undefined),
    },
  });
  const result = await run(line);
  expect(result.stderr).toMatch(stderr);
  expect(result.exitCode).toBe(1);
});

test("GH_TOKEN counts more than GITHUB_TOKEN, both more than the file", async () => {
  const { run, value } = signedIn();
  await run(`echo ${value} | gh auth login --with-token`);
  expect((await run("gh auth token")).stdout).toBe(`${value}\n`);
  expect((await run("GITHUB_TOKEN=b gh auth token")).stdout).toBe("b\n");
  expect((await run("export GH_TOKEN=a; GITHUB_TOKEN=b gh auth token")).stdout).toBe("a\n");
});

test("a token of another host is never sent elsewhere", async () => {
  const { run, value, sent } = signedIn();
  const { stderr, exitCode } = await run(`GH_TOKEN=${value} gh api https://evil.example/x`);
  expect([stderr.split("\n")[0], exitCode]).toEqual(["error connecting to evil.example", 1]);
  expect(sent.at(-1)?.authorization).toBeNull();
});

test("what the forge says to a revoked token", async () => {
  const { run, world, id, value } = signedIn({ fakes: { "GET user": () => undefined } });
  world.credentials.change(id, { status: "revoked" });
  const env = `GH_TOKEN=${value}`;
  expect(await run(`${env} gh api repos/lantern-tides/tides`)).toMatchObject({
    stderr: "gh: Bad credentials (HTTP 401)\n",
    exitCode: 1,
  });
  expect((await run(`${env} gh repo view lantern-tides/tides`)).stderr).toBe(
    "HTTP 401: Bad credentials (https://forge.test/api/v3/repos/lantern-tides/tides)\nTry authenticating with:  gh auth login\n",
  );
  const { stderr, exitCode } = await run(`${env} gh auth status`);
  expect(stderr).toContain("X Failed to log in to forge.test using token (GH_TOKEN)");
  expect(exitCode).toBe(1);
});

describe("git's credential helper", () => {
  test("get answers with user and token, setup-git names gh as the helper", async () => {
    const { run, value } = signedIn();
    await run(`echo ${value} | gh auth login --with-token`);
    expect(
      (await run("printf 'protocol=https\\nhost=forge.test\\n\\n' | gh auth git-credential get")).stdout,
    ).toBe(`protocol=https\nhost=forge.test\nusername=lin\npassword=${value}\n`);
    expect((await run("gh auth setup-git")).exitCode).toBe(0);
    expect((await run("git config --global --get-all credential.https://forge.test.helper")).stdout).toBe(
      "\n!gh auth git-credential\n",
    );
  });

  test.each([
    ["printf 'protocol=https\\nhost=other.test\\n' | gh auth git-credential get", "", 1],
    ["printf 'protocol=http\\nhost=forge.test\\n' | gh auth git-credential get", "", 1],
    ["printf 'protocol=https\\nhost=forge.test\\n' | gh auth git-credential store", "", 0],
    ["printf 'protocol=https\\nhost=forge.test\\n' | gh auth git-credential erase", "", 0],
    ["gh auth git-credential guess", 'gh auth git-credential: "guess" operation not supported\n', 1],
  ])("%s", async (line, stderr, exitCode) => {
    expect(await ghSetting({ env: { GH_TOKEN: "t" } }).run(line)).toEqual({ stdout: "", stderr, exitCode });
  });

  test("from the environment nobody is named", async () => {
    const { run } = ghSetting({ env: { GH_TOKEN: "t" } });
    expect(
      (await run("printf 'url=https://forge.test/a/b\\n' | gh auth git-credential get")).stdout,
    ).toContain("username=x-access-token\npassword=t\n");
  });
});

test("a broken hosts.yml is told, not followed", async () => {
  const { run } = ghSetting();
  await run("mkdir -p ~/.config/gh && printf 'forge.test: [' > ~/.config/gh/hosts.yml");
  expect(await run("gh api user")).toEqual({
    stdout: "",
    stderr: `failed to read configuration: invalid config file ${HOSTS}\n`,
    exitCode: 1,
  });
});

describe("which repository", () => {
  const show = "gh browse";
  test.each([
    [
      "mkdir d && cd d",
      "failed to run git: fatal: not a git repository (or any of the parent directories): .git\n",
      1,
    ],
    ["git init -q d && cd d", "no git remotes found\n", 1],
    [
      "git init -q d && cd d && git remote add origin https://other.test/a/b.git",
      "none of the git remotes configured for this repository point to a known GitHub host. To tell gh about a new GitHub host, please use `gh auth login`\n",
      1,
    ],
  ])("%s", async (setup, stderr, exitCode) => {
    const { run } = ghSetting();
    expect(await run(`${setup} && ${show}`)).toEqual({ stdout: "", stderr, exitCode });
  });

  test.each([
    ["git remote add origin https://forge.test/a/one.git", "a/one"],
    ["git remote add origin git@forge.test:a/one.git", "a/one"],
    ["git remote add origin ssh://git@forge.test/a/one", "a/one"],
    [
      "git remote add zed https://forge.test/a/z.git; git remote add origin https://u:p@forge.test/a/one.git",
      "a/one",
    ],
    [
      "git remote add origin https://forge.test/a/one.git; git remote add upstream https://forge.test/b/two.git",
      "b/two",
    ],
    ["export GH_REPO=c/three", "c/three"],
    ["export GH_REPO=https://forge.test/c/three", "c/three"],
  ])("%s", async (setup, name) => {
    const { run } = ghSetting();
    await run("git init -q d && cd d");
    await run(setup);
    expect((await run(show)).stdout).toBe(`https://forge.test/${name}\n`);
    expect((await run(`${show} -R forge.test/d/four`)).stdout).toBe("https://forge.test/d/four\n");
  });
});
