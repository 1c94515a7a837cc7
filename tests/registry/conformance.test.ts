/** The registry's handlers driven by the real npm, and our npm beside it: what both print and how both end is the same. */
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { findPackage } from "../../src/world/services/registry/registry.ts";
import { both, SAME_WORDS, type Both } from "./real.ts";

const HULL = JSON.stringify({
  name: "hull",
  version: "2.0.0",
  dependencies: { "left-tide": "^1.2.0" },
  scripts: { postinstall: "echo built > built.txt" },
});

let bench: Both;

beforeAll(async () => {
  bench = await both();
  await bench.write("left", {
    "package.json": JSON.stringify({
      name: "left-tide",
      version: "1.2.3",
      main: "index.js",
      license: "MIT",
      bin: { tide: "./cli.js" },
    }),
    "index.js": "module.exports = 1;\n",
    "cli.js": "#!/usr/bin/env bash\necho high\n",
  });
  await bench.write("hull", { "package.json": HULL, "index.js": "module.exports = 2;\n" });
  await bench.write("scoped", {
    "package.json": JSON.stringify({ name: "@lantern/tides", version: "1.0.0" }),
    "index.js": "module.exports = 3;\n",
  });
  await bench.write("app", {
    "package.json": `${JSON.stringify({ name: "app", version: "1.0.0", dependencies: { hull: "^2.0.0" } }, null, 2)}\n`,
  });
}, 60_000);

afterAll(() => bench.close());

/** In this order: each begins where the one before ended. */
const LINES: readonly (readonly [line: string, as?: string])[] = [
  ["npm whoami"],
  ["npm whoami", "dead"],
  ["npm whoami", "near"],
  ["cd left && npm publish", "dead"],
  ["cd left && npm publish", "reader"],
  ["cd left && npm publish", "other"],
  ["cd left && npm publish"],
  ["cd left && npm publish"],
  ["cd left && sed -i 's/1.2.3/1.0.0/' package.json && npm publish"],
  ["cd left && sed -i 's/1.[0-9.]*\"/1.3.0-rc.1\"/' package.json && npm publish"],
  ["cd left && sed -i 's/1.[-0-9.rc]*\"/1.3.0-rc.1\"/' package.json && npm publish --tag next"],
  ["cd left && sed -i 's/1.[-0-9.rc]*\"/1.3.0\"/' package.json && npm publish --json > /dev/null"],
  ["cd left && sed -i 's/1.[-0-9.rc]*\"/1.4.0\"/' package.json && npm publish", "teo"],
  ["cd scoped && npm publish"],
  ["cd scoped && npm publish --access public"],
  ["cd hull && npm publish"],
  ["npm view left-tide version"],
  ["npm view left-tide versions"],
  ["npm view left-tide@next version"],
  ["npm view left-tide@^1.2.0 version"],
  ["npm view left-tide dist-tags --json"],
  ["npm view left-tide name version"],
  ["npm view left-tide@1.3.0 dist.shasum license"],
  ["npm view left-tide time --json"],
  ["npm view nothing-here version"],
  ["npm view left-tide@9.9.9 version"],
  ["npm dist-tag ls left-tide"],
  ["npm dist-tag add left-tide@1.2.3 stable"],
  ["npm dist-tag add left-tide@1.2.3 stable"],
  ["npm dist-tag add left-tide@1.2.3 1.x"],
  ["npm dist-tag add left-tide@9.9.9 stable"],
  ["npm dist-tag ls left-tide"],
  ["npm dist-tag rm left-tide stable"],
  ["npm dist-tag rm left-tide stable"],
  ["npm dist-tag add left-tide@1.2.3 stable", "teo"],
  ["npm owner ls left-tide"],
  ["npm owner add nobody-here left-tide"],
  ["npm owner add teo left-tide", "teo"],
  ["npm owner add teo left-tide"],
  ["npm owner ls left-tide"],
  ["npm owner rm lantern-bot left-tide", "teo"],
  ["npm owner rm teo left-tide", "teo"],
  ["npm owner add lantern-bot left-tide", "teo"],
  ["npm owner"],
  ["npm deprecate left-tide@1.2.3 'use 1.3'"],
  ["npm deprecate left-tide@1.2.3 'use 1.3'", "reader"],
  ["npm deprecate left-tide@5.x 'never'"],
  ["npm view left-tide@1.2.3 deprecated"],
  ["npm deprecate left-tide@1.2.3 ''"],
  ["npm view left-tide@1.2.3 deprecated"],
  ["npm access list packages teo"],
  ["npm access list packages lantern-bot --json"],
  ["npm access list collaborators left-tide"],
  ["npm access get status left-tide"],
  ["npm access set mfa=publish hull"],
  ["npm access set mfa=publish hull", "session"],
  ["cd hull && sed -i 's/2.0.0/2.1.0/' package.json && npm publish"],
  ["npm access set mfa=sometimes hull", "session"],
  ["npm trust list hull", "session"],
  ["npm trust github hull --file release.yml --repo lantern-tides/tides --allow-publish --yes", "writer"],
  ["npm trust github hull --file release --repo lantern-tides/tides --allow-publish --yes", "session"],
  [
    "npm trust github hull --file release.yml --repo lantern-tides/tides --env npm --allow-publish --yes",
    "session",
  ],
  ["npm trust list hull", "session"],
  ["npm trust github hull --file other.yml --repo lantern-tides/tides --allow-publish --yes", "session"],
  ["npm token list"],
  ["npm token list --parseable"],
  ["npm token revoke nonsense", "session"],
  ["npm unpublish left-tide"],
  ["npm unpublish left-tide@next"],
  ["npm unpublish left-tide@1.3.0-rc.1", "reader"],
  ["npm unpublish left-tide@1.3.0-rc.1"],
  ["npm view left-tide versions --json"],
  ["npm unpublish left-tide@1.3.0"],
  ["npm unpublish @lantern/tides@1.0.0"],
  ["npm unpublish @lantern/tides@1.0.0 --force"],
  ["cd scoped && npm publish --access public"],
  [
    "cd app && npm install && cat package-lock.json node_modules/hull/built.txt && ls -A node_modules node_modules/.bin",
  ],
  ["cd app && npm ci && cat node_modules/.package-lock.json"],
  ["cd app && npm ci --ignore-scripts && ls node_modules/hull"],
  ["cd app && npm ls --all"],
  ["cd app && npm install left-tide@1.2.3 --save-dev --save-exact && cat package.json package-lock.json"],
  ["cd app && npm uninstall left-tide && cat package.json package-lock.json"],
  ["cd app && sed -i 's/\\^2.0.0/^3.0.0/' package.json && npm install"],
  ["cd app && sed -i 's/\\^3.0.0/^2.0.0/' package.json && npm install --no-fund"],
  [
    'cd app && sed -i \'s/"dependencies": {/"dependencies": {\\n    "left-tide": "1.2.3",/\' package.json && npm ci',
  ],
  ["cd app && npm install"],
  ["cd app && rm -rf package-lock.json node_modules && npm ci"],
  ["cd app && npm install not-there-at-all"],
  ["cd app && npm audit"],
  ["cd app && npm install --no-audit && npm audit"],
  ["cd app && npm rebuild && npm rebuild hull"],
  ["npm config get registry"],
];

const LINES_FOR_REAL = LINES.map(([line, as = "writer"]) => [line, as] as const);

describe.runIf(SAME_WORDS)("both npms", () => {
  test.each(LINES_FOR_REAL)(
    "%s (%s)",
    async (line, as) => {
      const { ours, real } = await bench.compare(line, as);
      expect(alike(ours)).toEqual(alike(real));
      await keepUp(line);
    },
    30_000,
  );

  test("the world is as those lines left it", () => {
    const found = findPackage(bench.world, "left-tide");
    expect(found?.versions.map(({ version }) => version)).toEqual(["1.2.3", "1.3.0"]);
    expect(findPackage(bench.world, "hull")).toMatchObject({
      mfa: "publish",
      trust: { file: "release.yml" },
    });
  });
});

/** What the real npm changed in its files, ours has to begin with. */
async function keepUp(line: string): Promise<void> {
  const [, folder] = /^cd (\w+) /.exec(line) ?? [];
  if (folder === undefined) return;
  const names = ["package.json", "package-lock.json"];
  const texts = await bench.real(
    `cd ${folder}; for f in ${names.join(" ")}; do if [ -e $f ]; then base64 -w0 $f; fi; echo; done`,
  );
  const [manifest = "", lock = ""] = texts.stdout.split("\n");
  const put = (name: string, base64: string) =>
    base64 === ""
      ? `rm -f ${name}`
      : `echo ${base64} | base64 -d | sed 's#http://127.0.0.1:[0-9]*#https://registry.npm.test#' > ${name}`;
  await bench.ours(`cd ${folder}; ${put(names[0] as string, manifest)}; ${put(names[1] as string, lock)}`);
  if (folder === "app") await bench.ours(lock === "" ? "rm -rf app/node_modules" : "cd app && npm ci");
}

/** Deflate leaves a choice: the same files are other bytes. */
function alike(ran: { stdout: string; stderr: string; exitCode: number }) {
  const plain = (text: string) =>
    text.replace(/^(npm notice (?:package size|shasum|integrity): ).*$/gm, "$1…");
  return { ...ran, stderr: plain(ran.stderr) };
}
