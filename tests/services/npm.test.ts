/** npm against the registry of the world. */
import { describe, expect, test } from "vitest";
import { addUser, findPackage, tarballOf } from "../../src/world/services/registry/registry.ts";
import { unpack } from "../../src/engine/unpack.ts";
import { emptyWorld, MINUTE, plant, sh } from "./bench.ts";

const NOBODY = { address: "192.0.2.10", session: null };
const PACKAGE = JSON.stringify({
  name: "@lantern/tides",
  version: "1.0.0",
  description: "Tide tables",
  license: "MIT",
  files: ["lib", "!lib/*.test.js"],
  publishConfig: { access: "public" },
  scripts: {
    test: "echo tested",
    prebuild: "echo first",
    build: "echo built $npm_package_version",
    bad: "exit 3",
  },
});

async function setting(
  grants: { readonly [key: string]: string | string[] } = { user: "lantern-bot", scopes: "publish" },
) {
  const world = emptyWorld();
  addUser(world, { name: "lantern-bot", people: ["learner", "mina"] });
  const token = plant(world, {
    id: "npmToken",
    issuer: "registry",
    kind: "npmToken",
    owner: "lantern-bot",
    grants,
  });
  await sh(
    world,
    [
      "mkdir -p p/lib p/src",
      "cd p",
      `printf '%s' '${PACKAGE}' > package.json`,
      "echo code > lib/index.js; echo test > lib/a.test.js; echo src > src/x.js; echo '# hi' > README.md; echo no > .env",
      "echo '//registry.npm.test/:_authToken=${NPM_TOKEN}' > .npmrc",
    ].join("\n"),
  );
  const npm = (line: string, value = token.value) =>
    sh(world, `cd p; export NPM_TOKEN=${value}; ${line}`, { origin: NOBODY });
  return { world, token, npm };
}

test("publish packs what the manifest lists, and nothing secret", async () => {
  const { world, npm, token } = await setting();
  const { stdout, stderr, exitCode } = await npm("npm publish");
  expect([stdout, exitCode]).toEqual(["+ @lantern/tides@1.0.0\n", 0]);
  expect(stderr).toContain("npm notice total files: 3\n");
  expect(stderr).toContain(
    "npm notice Publishing to https://registry.npm.test/ with tag latest and public access\n",
  );
  expect(stderr).not.toContain(token.value);
  const bytes = tarballOf(world.ports("test"), "@lantern/tides", "1.0.0") as Uint8Array;
  const names = unpack(bytes)
    .parts.filter(({ container }) => !container)
    .map(({ path }) => path.at(-1));
  expect(names).toEqual(["package/lib/index.js", "package/package.json", "package/README.md"]);
  expect(world.credentials.get("npmToken")?.uses.at(-1)).toMatchObject({
    action: "PUT package.publish",
    result: "allowed",
    address: NOBODY.address,
    actor: "lantern-bot",
  });
  expect((await npm("npm view @lantern/tides version")).stdout).toBe("1.0.0\n");
  expect((await npm("npm view @lantern/tides dist-tags --json")).stdout).toBe('{\n  "latest": "1.0.0"\n}\n');
  expect((await npm("npm publish")).stderr).toContain(
    "npm error You cannot publish over the previously published versions: 1.0.0.\n",
  );
});

describe("who may", () => {
  test("a revoked token is answered in npm's words", async () => {
    const { world, npm } = await setting();
    world.credentials.change("npmToken", { status: "revoked" });
    expect((await npm("npm whoami")).stderr).toBe(
      "npm notice Access token expired or revoked. Please try logging in again.\nnpm error code E401\nnpm error 401 Unauthorized - GET https://registry.npm.test/-/whoami\n",
    );
    expect(world.credentials.get("npmToken")?.uses).toMatchObject([{ result: "denied" }]);
  });

  test("a token that only reads does not publish", async () => {
    const { world, npm } = await setting({ user: "lantern-bot", scopes: "read" });
    expect((await npm("npm whoami")).stdout).toBe("lantern-bot\n");
    expect((await npm("npm publish")).stderr).toContain("You do not have permission to publish");
    expect(findPackage(world, "@lantern/tides")).toBeUndefined();
  });

  test("a token for other packages does not publish this one", async () => {
    const { npm } = await setting({ user: "lantern-bot", scopes: "publish", packages: ["other"] });
    expect((await npm("npm publish")).exitCode).toBe(1);
  });

  test("a scoped package is not public by itself", async () => {
    const { npm } = await setting();
    const { stderr } = await npm("npm publish --access=restricted");
    expect(stderr).toContain(
      "npm error code E402\nnpm error 402 Payment Required - PUT https://registry.npm.test/@lantern%2ftides - You must sign up for private packages\n",
    );
  });

  test("without a token npm asks for a login, and a variable that is not set is sent as it stands", async () => {
    const { npm } = await setting();
    expect((await npm("rm .npmrc; npm whoami")).stderr).toContain("npm error code ENEEDAUTH");
    const { npm: again } = await setting();
    expect((await again("unset NPM_TOKEN; npm whoami")).stderr).toContain("npm error code E401");
  });
});

test("login, a new token, the old one revoked", async () => {
  const { world, token } = await setting();
  expect((await sh(world, "npm login")).stdout).toBe("Logged in on https://registry.npm.test/.\n");
  expect((await sh(world, "npm whoami; stat -c %a ~/.npmrc")).stdout).toBe("lantern-bot\n600\n");
  const made = await sh(world, "npm token create --name=ci --packages=@lantern/tides --expires=30");
  const value = /token (npm_\w+)/.exec(made.stdout)?.[1] ?? "";
  expect(world.credentials.find("registry", value)).toMatchObject({ owner: "lantern-bot", planted: false });
  expect((await sh(world, "npm token create --expires=400")).stderr).toContain("npm error code E400");
  const list = await sh(world, "npm token list");
  expect(list.stdout.match(/^Token npm_/gm)).toHaveLength(3);
  expect(list.stdout).not.toContain(token.value);
  expect((await sh(world, `npm token revoke ${token.value}`)).stdout).toBe("Removed 1 token\n");
  expect(world.credentials.get("npmToken")?.status).toBe("revoked");
  expect((await sh(world, "npm token revoke nonsense")).stderr).toBe(
    'npm error Unknown token id or value "nonsense".\n',
  );
  await world.advance(121 * MINUTE);
  expect((await sh(world, "npm whoami")).stderr).toContain("E401");
});

test("a token makes no other token", async () => {
  const { npm } = await setting();
  expect((await npm("npm token create")).stderr).toContain("npm error code E403");
  expect((await npm("npm login")).stderr).toContain("npm error code E401");
});

describe("scripts and the rest", () => {
  const cases: readonly (readonly [line: string, stdout: string, stderr: string, exit: number])[] = [
    ["npm test", "\n> @lantern/tides@1.0.0 test\n> echo tested\n\ntested\n", "", 0],
    [
      "npm run build -- --x 'a b'",
      "\n> @lantern/tides@1.0.0 prebuild\n> echo first\n\nfirst\n\n> @lantern/tides@1.0.0 build\n> echo built $npm_package_version --x 'a b'\n\nbuilt 1.0.0 --x a b\n",
      "",
      0,
    ],
    ["npm run -s bad", "", "", 3],
    [
      "npm run constructor",
      "",
      'npm error Missing script: "constructor"\nnpm error\nnpm error To see a list of scripts, run:\nnpm error   npm run\n',
      1,
    ],
    ["npm install", "\nup to date, audited 1 package in 0s\n\nfound 0 vulnerabilities\n", "", 0],
    [
      "npm install lodash 2>&1 | head -2",
      "npm error code E404\nnpm error 404 Not Found - GET https://registry.npm.test/lodash - Not found\n",
      "",
      0,
    ],
    ["npm star lodash", "", "npm error npm star: not simulated in LeakLab\n", 1],
    ["npm --version", "11.19.1\n", "", 0],
    [
      "npm view nothing-here version 2>&1 | head -2",
      "npm error code E404\nnpm error 404 Not Found - GET https://registry.npm.test/nothing-here - Not found\n",
      "",
      0,
    ],
    ["npm pack --dry-run 2>/dev/null; ls *.tgz 2>/dev/null", "lantern-tides-1.0.0.tgz\n", "", 2],
  ];
  test.each(cases)("%s", async (line, stdout, stderr, exitCode) => {
    const { npm } = await setting();
    expect(await npm(line)).toEqual({ stdout, stderr, exitCode });
  });
});
