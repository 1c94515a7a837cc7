/** Lock files and packed files of small projects: the real npm's and ours are the same, byte by byte. */
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { both, SAME_WORDS, type Both, type Files } from "./real.ts";

let bench: Both;

/** Packages of the registry, oldest first. */
const PACKAGES: readonly Readonly<Record<string, unknown>>[] = [
  { name: "salt", version: "1.0.0", license: "MIT" },
  { name: "salt", version: "1.1.0", license: "MIT", funding: "https://lantern.example/fund" },
  { name: "salt", version: "2.0.0", license: { type: "ISC" }, engines: { node: ">=18" } },
  { name: "buoy", version: "1.0.0", dependencies: { salt: "^1.0.0" }, bin: "./index.js" },
  { name: "rope", version: "1.0.0", dependencies: { salt: "^2.0.0" } },
  { name: "rope", version: "1.1.0-beta.1", dependencies: { salt: "^2.0.0" } },
  { name: "mast", version: "1.0.0", peerDependencies: { salt: ">=1" }, dependencies: { rope: "~1.0.0" } },
  {
    name: "sail",
    version: "0.3.1",
    dependencies: { mast: "1.x", buoy: "*" },
    optionalDependencies: { rope: "^1.0.0" },
  },
  { name: "keel", version: "4.0.0", scripts: { install: "true" }, os: ["linux"], cpu: ["x64", "arm64"] },
  { name: "fin", version: "4.0.0", os: ["darwin"] },
];

beforeAll(async () => {
  bench = await both();
  for (const [i, manifest] of PACKAGES.entries()) {
    await bench.write(`p${i}`, { "package.json": JSON.stringify(manifest), "index.js": `${i};\n` });
    await bench.ours(
      `cd p${i} && npm publish --tag ${String(manifest["version"]).includes("-") ? "beta" : "latest"}`,
    );
  }
}, 60_000);

afterAll(() => bench.close());

const PROJECTS: Readonly<Record<string, Readonly<Record<string, unknown>>>> = {
  "one dependency": { name: "a", version: "1.0.0", dependencies: { salt: "^1.0.0" } },
  "two versions of one": { name: "b", version: "1.0.0", dependencies: { buoy: "^1.0.0", rope: "^1.0.0" } },
  "the root decides": { name: "c", version: "1.0.0", dependencies: { salt: "^2.0.0", buoy: "^1.0.0" } },
  "for development": {
    name: "d",
    version: "1.0.0",
    devDependencies: { rope: "latest" },
    dependencies: { buoy: "1.0.0" },
  },
  "peers and optional ones": { name: "e", version: "0.0.1", dependencies: { sail: "^0.3.0" } },
  "an alias and a tag": { name: "f", dependencies: { old: "npm:salt@1.0.0", rope: "beta" } },
  "install scripts": {
    name: "g",
    version: "1.0.0",
    private: true,
    license: "MIT",
    dependencies: { keel: ">=4 <5" },
  },
  "not for this system": {
    name: "h",
    version: "1.0.0",
    optionalDependencies: { fin: "^4.0.0", keel: "^4.0.0" },
  },
  "no name, deep peers": { dependencies: { mast: "^1.0.0" }, devDependencies: { sail: "*" } },
};

describe.runIf(SAME_WORDS)("package-lock.json", () => {
  test.each(Object.entries(PROJECTS))(
    "%s",
    async (title, manifest) => {
      const folder = title.replace(/\W+/g, "-");
      await bench.write(folder, { "package.json": `${JSON.stringify(manifest, null, 2)}\n` });
      const line = `cd ${folder} && npm install > /dev/null 2>&1; cat package-lock.json node_modules/.package-lock.json; find node_modules | sort`;
      const { ours, real } = await bench.compare(line);
      expect(ours).toEqual(real);
    },
    30_000,
  );
});

const PACKS: Readonly<Record<string, { readonly manifest: object; readonly files: Files }>> = {
  everything: {
    manifest: {},
    files: {
      "index.js": "1",
      ".env": "2",
      "lib/a.js": "3",
      "test/a.test.js": "4",
      "README.md": "5",
      "a10.js": "6",
      "a9.js": "7",
    },
  },
  "a list of files": {
    manifest: { files: ["dist", "!dist/**/*.map", "bin/*.js", "notes.txt"], main: "lib/main.js" },
    files: {
      "dist/a.js": "1",
      "dist/a.js.map": "1",
      "dist/deep/b.js.map": "1",
      "dist/deep/b.js": "1",
      "bin/x.js": "1",
      "bin/y.sh": "1",
      "lib/main.js": "1",
      "lib/other.js": "1",
      "notes.txt": "1",
      LICENSE: "1",
      readme: "1",
      "CHANGELOG.md": "1",
      ".env.production": "1",
    },
  },
  "an .npmignore": {
    manifest: {},
    files: {
      ".npmignore": ".env\n*.test.js\n/docs\n!keep.test.js",
      ".gitignore": "index.js",
      "index.js": "1",
      ".env": "1",
      ".env.production": "1",
      "a.test.js": "1",
      "keep.test.js": "1",
      "docs/a.md": "1",
      "lib/docs/b.md": "1",
    },
  },
  "a .gitignore": {
    manifest: { bin: { x: "bin/x.js" } },
    files: {
      ".gitignore": "dist/\nnode_modules\n*.log\nbin",
      "dist/a.js": "1",
      "bin/x.js": "1",
      "bin/y.js": "1",
      "x.log": "1",
      "lib/.gitignore": "secret.txt",
      "lib/secret.txt": "1",
      "lib/a.txt": "1",
    },
  },
  "what never and what always goes": {
    manifest: { files: ["**/*.js"] },
    files: {
      ".npmrc": "; 1",
      "lib/.npmrc": "1",
      "package-lock.json": "{}",
      "a.js": "1",
      "lib/b.js": "1",
      "lib/c.ts": "1",
      "copying.txt": "1",
      Licence: "1",
      "x.orig": "1",
      ".x.swp": "1",
      "npm-debug.log": "1",
      "node_modules/dep/index.js": "1",
    },
  },
  "folders that look like patterns": {
    manifest: { files: ["./lib/", "src/*", "data/**/keep"] },
    files: {
      "lib/a/b/c.txt": "1",
      "src/a.ts": "1",
      "src/deep/b.ts": "1",
      "data/x/keep": "1",
      "data/x/y/keep": "1",
      "data/x/drop": "1",
      "Zeta.md": "1",
      "alpha.md": "1",
    },
  },
};

describe.runIf(SAME_WORDS)("npm pack --dry-run --json", () => {
  test.each(Object.entries(PACKS))(
    "%s",
    async (title, { manifest, files }) => {
      const folder = `pack-${title.replace(/\W+/g, "-")}`;
      await bench.write(folder, {
        ...files,
        "package.json": JSON.stringify({ name: "packed", version: "1.0.0", ...manifest }, null, 2),
      });
      const { ours, real } = await bench.compare(`cd ${folder} && npm pack --dry-run --json`);
      const facts = ({ stdout, stderr }: { stdout: string; stderr: string }) => {
        const [first] = JSON.parse(stdout) as [Record<string, unknown>];
        const { size: _size, shasum: _shasum, integrity: _integrity, ...rest } = first;
        return { ...rest, stderr };
      };
      expect(facts(ours)).toEqual(facts(real));
    },
    30_000,
  );
});

test("an installation of two packages costs little", async () => {
  await bench.write("quick", {
    "package.json": JSON.stringify({ name: "quick", version: "1.0.0", dependencies: { buoy: "1.0.0" } }),
  });
  await bench.ours("cd quick && npm install");
  const times: number[] = [];
  for (let i = 0; i < 7; i++) {
    const before = performance.now();
    expect((await bench.ours("cd quick && npm ci")).stdout).toContain("added 2 packages");
    times.push(performance.now() - before);
  }
  // Two cores, many tests: the best of several counts.
  expect(Math.min(...times)).toBeLessThan(20);
});
