/** The registry's handlers behind a loopback port, driven by the real npm; and our npm beside it: the same words. */
import { execFile, execFileSync } from "node:child_process";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { listen, type Loopback } from "../../src/server/loopback.ts";
import type { World } from "../../src/world/world.ts";
import { addUser } from "../../src/world/services/registry/registry.ts";
import { VERSION } from "../../src/shell/commands/npm/call.ts";
import { emptyWorld, plant, sh, type Ran } from "./bench.ts";

const { mkdtempSync, rmSync, writeFileSync } = process.getBuiltinModule("node:fs");

/** Words change between versions of npm; they are compared with the one that ours follows. */
const SAME_WORDS = execFileSync("npm", ["--version"], { encoding: "utf8" }).startsWith(
  VERSION.replace(/\d+$/, ""),
);
const NOBODY = { address: "192.0.2.10", session: null };
const MANIFEST = JSON.stringify({
  name: "@lantern/tides",
  version: "1.0.0",
  description: "Tide tables",
  files: ["lib"],
  publishConfig: { access: "public" },
  scripts: { hello: "echo hello" },
});

let world: World;
let loopback: Loopback;
let root: string;
let token: string;

beforeAll(async () => {
  world = emptyWorld();
  addUser(world, { name: "lantern-bot" });
  const grants = { user: "lantern-bot", scopes: "publish" };
  token = plant(world, {
    id: "npmToken",
    issuer: "registry",
    kind: "npmToken",
    owner: "lantern-bot",
    grants,
  }).value;
  plant(world, { id: "dead", issuer: "registry", kind: "npmToken", owner: "lantern-bot", grants });
  world.credentials.change("dead", { status: "revoked" });
  const reach = world.network.from(NOBODY);
  loopback = await listen(reach, { host: "registry.npm.test" });
  root = mkdtempSync(`${process.getBuiltinModule("node:os").tmpdir()}/leaklab-npm-`);
  writeFileSync(`${root}/package.json`, MANIFEST);
  writeFileSync(`${root}/README.md`, "# Tides\n");
  process.getBuiltinModule("node:fs").mkdirSync(`${root}/lib`);
  writeFileSync(`${root}/lib/index.js`, "exports.high = 1;\n");
  const host = loopback.origin.replace(/^https?:/, "");
  writeFileSync(`${root}/.npmrc`, `registry=${loopback.origin}/\n${host}/:_authToken=\${NPM_TOKEN}\n`);
  await sh(
    world,
    `mkdir -p p/lib; cd p; printf '%s' '${MANIFEST}' > package.json; echo '# Tides' > README.md; echo 'exports.high = 1;' > lib/index.js; echo '//registry.npm.test/:_authToken=\${NPM_TOKEN}' > .npmrc`,
  );
});

afterAll(async () => {
  await loopback.close();
  rmSync(root, { recursive: true, force: true });
});

/** What the real npm says, with the registry's name for the port, without its log and notices of its own. */
function real(line: string, value: string): Promise<Ran> {
  const env = {
    PATH: process.env["PATH"] ?? "",
    HOME: root,
    NPM_TOKEN: value,
    npm_config_update_notifier: "false",
    npm_config_cache: `${root}/.cache`,
    npm_config_loglevel: "notice",
    no_proxy: "*",
    NO_COLOR: "1",
    LANG: "C.UTF-8",
  };
  const plain = (text: string) =>
    text
      .replaceAll(loopback.origin, "https://registry.npm.test")
      .replace(/^npm error A complete log of this run can be found in: .*\n/m, "");
  return new Promise((resolve) => {
    execFile("bash", ["-c", line], { cwd: root, env, encoding: "utf8" }, (error, stdout, stderr) => {
      const exitCode = typeof error?.code === "number" ? error.code : 0;
      resolve({ stdout: plain(stdout), stderr: plain(stderr), exitCode });
    });
  });
}

/** The same files are packed into other bytes: deflate and tar leave a choice. */
function withoutDigests(ran: Ran): Ran {
  return {
    ...ran,
    stderr: ran.stderr.replace(/^(npm notice (?:package size|shasum|integrity): ).*$/gm, "$1…"),
  };
}

function ours(line: string, value: string): Promise<Ran> {
  return sh(world, `cd p; export NPM_TOKEN=${value}; ${line}`, { origin: NOBODY });
}

describe("both npms", () => {
  const dead = () => world.credentials.get("dead")?.value ?? "";
  const cases: readonly (readonly [line: string, value: () => string])[] = [
    ["npm whoami", () => token],
    ["npm whoami", dead],
    ["npm whoami", () => "nonsense"],
    ["npm ping 2>/dev/null", () => token],
    ["npm token list", () => token],
    ["npm view @lantern/tides version", () => token],
    ["npm publish", dead],
    ["npm pack --dry-run", () => token],
    ["npm publish --dry-run", () => token],
    ["npm publish", () => token],
    ["npm view @lantern/tides version", () => token],
    ["npm view @lantern/tides versions --json", () => token],
    ["npm view @lantern/tides dist-tags", () => token],
    ["npm view @lantern/tides@9.9.9 version", () => token],
    ["npm token revoke nonsense", () => token],
    ["npm run hello", () => token],
    ["npm run nothing", () => token],
    ["npm run", () => token],
  ];
  test.runIf(SAME_WORDS).each(cases)("%s", async (line, value) => {
    // Publishing twice differs by its nature: the real one goes first, and ours in a copy of the world before it.
    const copy = world.fork();
    const mine = await sh(copy, `cd p; export NPM_TOKEN=${value()}; ${line}`, { origin: NOBODY });
    expect(withoutDigests(mine)).toEqual(withoutDigests(await real(line, value())));
  });

  test.runIf(SAME_WORDS)("what is there already is refused in the same words", async () => {
    expect(withoutDigests(await ours("npm publish", token))).toEqual(
      withoutDigests(await real("npm publish", token)),
    );
  });

  test("what the real one published is there", async () => {
    if (!SAME_WORDS) await real("npm publish", token);
    expect((await ours("npm view @lantern/tides version", token)).stdout).toBe("1.0.0\n");
  });

  test("and what ours published is what the real one installs", async () => {
    const copy = await sh(
      world,
      `cd p; export NPM_TOKEN=${token}; sed -i 's/"1.0.0"/"1.1.0"/' package.json; npm publish`,
      { origin: NOBODY },
    );
    expect(copy.exitCode).toBe(0);
    const line =
      "mkdir -p other && cp .npmrc other && cd other && echo '{}' > package.json && npm install --no-audit --no-fund @lantern/tides >/dev/null && cat node_modules/@lantern/tides/lib/index.js";
    expect(await real(line, token)).toEqual({ stdout: "exports.high = 1;\n", stderr: "", exitCode: 0 });
  });

  test.runIf(SAME_WORDS)("a lower version needs a tag, in the same words", async () => {
    const line = `sed -i 's/"1.[0-9].0"/"0.9.0"/' package.json; npm publish`;
    const mine = await sh(world.fork(), `cd p; export NPM_TOKEN=${token}; ${line}`, { origin: NOBODY });
    expect(withoutDigests(mine)).toEqual(withoutDigests(await real(line, token)));
    expect(mine.stderr).toContain("previously published version 1.1.0 is higher");
  });
});
