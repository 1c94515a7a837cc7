/** The engine against the real command line, and against the disk of the host. Both run in processes of their own. */
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { Stream } from "../base/stream.ts";
import { canonicalRc } from "./config.ts";
import { scan } from "./engine.ts";
import { KINDS, mint, type Kind } from "./kinds.ts";

// Not imported: bundles of the core, this one included, may answer these names with nothing.
const fs = process.getBuiltinModule("node:fs");
const { join, dirname } = process.getBuiltinModule("node:path");
const { fileURLToPath, pathToFileURL } = process.getBuiltinModule("node:url");
const { execFileSync, spawnSync } = process.getBuiltinModule("node:child_process");
const { tmpdir } = process.getBuiltinModule("node:os");

const here = dirname(fileURLToPath(import.meta.url));
const modules = join(here, "../../node_modules");
const node = join(modules, ".bin/node");
let directory = "";
beforeAll(() => {
  directory = fs.mkdtempSync(join(tmpdir(), "leaklab-engine-"));
});
afterAll(() => fs.rmSync(directory, { recursive: true }));

const stream = new Stream(11, "golden");
const LETTERS = "abcdefghijklmnopqrstuvwxyz0123456789";
const word = (length: number) => stream.text(length, LETTERS);
const joined = (...parts: string[]) => parts.join("");

/** A tree with findings of many rules, and things around them that move ranges. */
function tree(): Record<string, string> {
  const files: Record<string, string> = {};
  for (const kind of Object.keys(KINDS) as Kind[])
    files[`kinds/${kind}.txt`] = `# é 🙂\r\n\t${mint(kind, stream).sample}\nend\n`;
  const pem = mint("privateKeyPem", stream).value;
  return {
    ...files,
    ".npmrc": `registry=https://registry.npm.test/\n//registry.npm.test/:_authToken=${word(30)}\n`,
    "key.json": JSON.stringify({ type: "service_account", private_key_id: word(20), private_key: pem }),
    "bom.txt": `\ufeff${mint("githubToken", stream).value}\n`,
    "clone.sh": `git clone https://teo:${word(24)}@git.lantern-tides.test/tides.git\n`,
    "bot.env": `SLACK=${joined("xo", "xb-")}${stream.text(12, "0123456789")}-${word(24)}\n`,
    "pay.env": `STRIPE=${joined("sk", "_live_")}${stream.text(40, LETTERS)}\n`,
    "lab.env": `GITLAB=${joined("gl", "pat-")}${stream.text(20, LETTERS)}\n`,
    "data.env": `DATABRICKS=${joined("da", "pi")}${stream.text(32, "0123456789abcdef")}\n`,
    "two.txt": `${mint("npmToken", stream).value} ${mint("dockerPat", stream).value}\n`,
    "silenced.js": `// ${joined("secretlint", "-disable")}\nconst t = "${mint("githubToken", stream).value}";\n`,
    "clean.md": "Nothing to see here.\n",
  };
}

interface CliResult {
  readonly filePath: string;
  readonly messages: readonly { ruleId: string; messageId: string; range: [number, number] }[];
}

describe("the real command line", () => {
  it("finds the same ids and ranges with the canonical configuration", async () => {
    const files = tree();
    for (const [path, text] of Object.entries(files)) {
      fs.mkdirSync(dirname(join(directory, path)), { recursive: true });
      fs.writeFileSync(join(directory, path), text);
    }
    const preset = join(directory, "preset.mjs");
    fs.writeFileSync(
      preset,
      `export { creator } from ${JSON.stringify(pathToFileURL(join(here, "preset.ts")).href)};\n`,
    );
    const rc = join(directory, "canonical.secretlintrc.json");
    fs.writeFileSync(rc, canonicalRc(preset));
    const output = join(directory, "result.json");
    const cli = join(modules, "secretlint/bin/secretlint.js");
    const args = [
      cli,
      "--secretlintrc",
      rc,
      "--format",
      "json",
      "--no-gitignore",
      "--output",
      output,
      "**/*",
    ];
    const run = spawnSync(node, args, { cwd: directory, encoding: "utf8" });
    const results = JSON.parse(fs.readFileSync(output, "utf8")) as CliResult[];
    expect(run.stderr).toBe("");

    const theirs = Object.fromEntries(
      results.map(({ filePath, messages }) => [
        filePath.slice(directory.length + 1),
        messages.map(({ ruleId, messageId, range }) => [ruleId, messageId, ...range]),
      ]),
    );
    const rules = new Set<string>();
    for (const [path, text] of Object.entries(files)) {
      const ours = (await scan({ path, text })).map(({ ruleId, messageId, range }) => [
        ruleId,
        messageId,
        ...range,
      ]);
      expect(theirs[path]?.toSorted(), path).toEqual(ours.toSorted());
      ours.forEach(([ruleId]) => rules.add(ruleId as string));
    }
    expect(rules.size).toBeGreaterThanOrEqual(10);
    expect(theirs["silenced.js"]).toHaveLength(1);
    expect(theirs["clean.md"]).toEqual([]);
  });
});

describe("the disk of the host", () => {
  /** Runs code in a plain Node process that notes which paths the file system module is asked for. */
  function pathsRead(code: string): string[] {
    const program = `
      import fs from "node:fs";
      import { syncBuiltinESMExports } from "node:module";
      const seen = [];
      for (const [owner, names] of [[fs, ["readFileSync", "openSync", "readFile", "open", "statSync", "existsSync", "createReadStream"]], [fs.promises, ["readFile", "open", "stat"]]]) {
        for (const name of names) {
          const real = owner[name];
          owner[name] = (path, ...rest) => { seen.push(String(path)); return real(path, ...rest); };
        }
      }
      syncBuiltinESMExports();
      const { scan, scanWith, scanContent } = await import(${JSON.stringify(pathToFileURL(join(here, "engine.ts")).href)});
      const { lintSource } = await import("@secretlint/core");
      const { creator } = await import("@secretlint/secretlint-rule-preset-recommend");
      ${code}
      console.log(JSON.stringify(seen));
    `;
    const file = join(here, "..", "..", `node_modules/.leaklab-probe-${process.pid}.mjs`);
    fs.writeFileSync(file, program);
    try {
      const lines = execFileSync(node, [file], { encoding: "utf8" }).trim().split("\n");
      return JSON.parse(lines.at(-1) as string) as string[];
    } finally {
      fs.rmSync(file);
    }
  }

  const paths = [
    "/etc/key.p12",
    "/etc/hostname",
    "key.p12",
    "a/.p12",
    "/etc/passwd.json",
    "/root/.npmrc",
    "../x.P12",
  ];

  it("is read by the preset itself, so that this test would notice", () => {
    const rule = '{ id: "preset", rule: creator, rules: [] }';
    const source = '{ filePath: "/etc/key.p12", content: "x", ext: ".p12", contentType: "text" }';
    const seen = pathsRead(
      `await lintSource({ source: ${source}, options: { config: { rules: [${rule}] } } });`,
    );
    expect(seen).toContain("/etc/key.p12");
  });

  it("is never read by a scan, whatever the path", () => {
    const seen = pathsRead(`
      const preset = { rules: [{ id: "@secretlint/secretlint-rule-preset-recommend" }] };
      for (const path of ${JSON.stringify(paths)}) {
        await scan({ path, text: "{}" });
        await scanWith(preset, { path, text: "{}" });
        await scanContent(path, new Uint8Array(40));
      }
    `);
    for (const path of paths) expect(seen).not.toContain(path);
  });
});
