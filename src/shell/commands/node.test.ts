import { describe, expect, test } from "vitest";
import { Disk } from "../../disk/disk.ts";
import { layOut } from "../../disk/layout.ts";
import { commandNames, shellCommands } from "../commands.ts";
import { Shell } from "../session.ts";
import { unattended } from "../terminal.ts";

const NOW = Date.UTC(2026, 2, 3, 9);

async function run(line: string, files: Record<string, string> = {}) {
  const disk = new Disk({ now: () => NOW });
  layOut(disk, { hostname: "h", accounts: [{ name: "ann", uid: 1000 }], commands: commandNames() });
  const user = { name: "ann" };
  for (const [path, text] of Object.entries(files)) {
    const full = `/home/ann/${path}`;
    disk.mkdir(full.slice(0, full.lastIndexOf("/")), { recursive: true }, user);
    disk.write(full, text, user);
  }
  let waited = 0;
  const printed = { stdout: "", stderr: "" };
  const terminal = {
    ...unattended,
    write: (stream: "stdout" | "stderr", text: string) => void (printed[stream] += text),
  };
  const now = () => NOW;
  const sleep = async (ms: number) => void (waited += ms);
  const reach = async (request: Request) =>
    Response.json({
      url: request.url,
      auth: request.headers.get("authorization"),
      body: await request.text(),
    });
  const node = { files: disk, user, now, sleep, reach };
  const shell = new Shell(
    {
      fs: disk.as(user),
      terminal,
      commands: shellCommands({ terminal, now, node }),
      sleep,
      tick: async () => undefined,
    },
    { name: "ann", home: "/home/ann", uid: 1000, hostname: "h", env: { GREETING: "hi" } },
  );
  const { exitCode } = await shell.run(line);
  return { ...printed, exitCode, waited, disk };
}

describe("prints what Node prints", () => {
  const cases: readonly (readonly [string, string])[] = [
    [`node -p '1 + 1'`, "2\n"],
    [
      `node -e 'console.log("a", 1, { b: [1, "x"], c: null }, [undefined])'`,
      "a 1 { b: [ 1, 'x' ], c: null } [ undefined ]\n",
    ],
    [`node -e 'console.log("%s is %d", "x", 5, true)'`, "x is 5 true\n"],
    [`node -e 'console.log(process.env.GREETING, process.argv.slice(1))' one two`, "hi [ 'one', 'two' ]\n"],
    [`node -e 'console.log(new Date().toISOString())'`, "2026-03-03T09:00:00.000Z\n"],
    [`echo 'console.log("piped")' | node`, "piped\n"],
    [`echo data | node -e 'process.stdout.write(require("fs").readFileSync(0, "utf8"))'`, "data\n"],
    [`node -p 'Buffer.from("aGk=", "base64").toString() + Buffer.from("é").toString("hex")'`, "hic3a9\n"],
    [`node -p 'new URL("/x?a=1&b=2", "https://forge.test").searchParams.get("b")'`, "2\n"],
    [`node -p 'require("node:path").join("a", "..", "b", "c.txt")'`, "b/c.txt\n"],
    [`node -p 'require("crypto").createHash("sha256").update("x").digest("hex").slice(0, 8)'`, "2d711642\n"],
    [`node -e 'setTimeout(() => console.log("late"), 2000); console.log("soon")'`, "soon\nlate\n"],
    [
      `node -e 'fetch("https://forge.test/x").then((r) => r.json()).then((j) => console.log(j.url))'`,
      "https://forge.test/x\n",
    ],
    [
      `node -e 'console.log(typeof __call, typeof __wait, typeof __host, typeof std)'`,
      "undefined undefined undefined undefined\n",
    ],
    [
      `node --input-type=module -e 'import fs from "node:fs"; console.log(await 5, typeof fs.readFileSync)'`,
      "5 function\n",
    ],
  ];
  test.each(cases)("%s", async (line, expected) => {
    const { stdout, stderr } = await run(line);
    expect(stdout + stderr).toBe(expected);
  });
});

test("modules, JSON, files and folders", async () => {
  const files = {
    "main.js": `const { twice } = require("./lib"); const data = require("./data.json");
      const fs = require("fs"); fs.mkdirSync("out/deep", { recursive: true });
      fs.writeFileSync("out/deep/x.txt", String(twice(data.n))); console.log(fs.readdirSync("out"), fs.existsSync("nope"));`,
    "lib/index.js": "exports.twice = (n) => 2 * n;",
    "data.json": '{"n": 21}',
    "main.mjs": `import { twice } from "./lib.mjs"; import fs, { readFileSync } from "node:fs";
      console.log(twice(4), fs.readFileSync === readFileSync);`,
    "lib.mjs": "export const twice = (n) => 2 * n;",
  };
  const { stdout, stderr, disk } = await run("node main.js && node main.mjs", files);
  expect(stdout + stderr).toBe("[ 'deep' ] false\n8 true\n");
  expect(new TextDecoder().decode(disk.read("/home/ann/out/deep/x.txt"))).toBe("42");
});

describe("mistakes", () => {
  const mistakes: readonly (readonly [string, number, RegExp])[] = [
    [`node -e 'throw new TypeError("bad")'`, 1, /^TypeError: bad\n/],
    [`node -e 'Promise.reject(new Error("later"))'`, 1, /^Error: later\n/],
    [`node -e 'async function f() { throw new Error("async") } f()'`, 1, /^Error: async\n/],
    [`node -e 'process.exit(3); console.log("no")'`, 3, /^$/],
    [`node -e 'process.exitCode = 4'`, 4, /^$/],
    [`node -e 'while (true) {}'`, 1, /^node: stopped: the program does too much work\n$/],
    [`node -e 's = "xx"; while (true) s += s + s'`, 1, /out of memory|string too long|too much work/],
    [`node -e 'f = () => f(); f()'`, 1, /stack/i],
    [`node -e 'if ('`, 1, /^SyntaxError: /],
    [`node missing.js`, 1, /missing\.js/],
    [`node -e 'require("child_process")'`, 1, /not simulated in LeakLab/],
    [`node -e 'require("left-pad")'`, 1, /Cannot find module 'left-pad'/],
    [`node -e 'require("fs").readFileSync("/root/x")'`, 1, /^Error: EACCES: permission denied/],
    [`node -e 'setInterval(() => {}, 1)'`, 1, /may wait at most/],
    [`node -e 's = "x".repeat(1e6); while (true) console.log(s)'`, 1, /a program may print at most 8 MiB/],
    [`node --bogus`, 9, /bad option: --bogus/],
    [`node -e`, 9, /-e requires an argument/],
  ];
  test.each(mistakes)("%s", async (line, code, words) => {
    const { stderr, exitCode } = await run(line);
    expect([exitCode, stderr]).toEqual([code, expect.stringMatching(words)]);
  });
});

test("node --test tells what passed and what failed", async () => {
  const files = {
    "math.test.mjs": `import test, { describe, it } from "node:test"; import assert from "node:assert/strict";
      test("adds", () => assert.equal(1 + 1, 2));
      describe("wrong", () => { it("fails", () => assert.equal(1, 2)); it.skip("skipped", () => {}); });`,
  };
  const { stdout, exitCode } = await run("node --test", files);
  expect(exitCode).toBe(1);
  expect(stdout).toContain("✔ adds (0ms)\n▶ wrong\n  ✖ fails (0ms)\n");
  expect(stdout).toMatch(/ℹ tests 3\nℹ suites 1\nℹ pass 1\nℹ fail 1\nℹ cancelled 0\nℹ skipped 1\n/);
});

test("waiting takes virtual time", async () => {
  const { waited } = await run(`node -e 'setTimeout(() => setTimeout(() => {}, 500), 1000)'`);
  expect(waited).toBe(1500);
});
