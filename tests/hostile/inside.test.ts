/** What a world can reach, asked from inside its worker; and that its host's disk, network and programs stay untouched. */
import { createServer, type Server } from "node:http";
import { existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { headerOf } from "../../src/cli/attemptRun.ts";
import { emptyLab } from "../../src/cli/emptyLab.ts";
import type { Ask, Request, Told } from "../../src/worker/protocol.ts";
import { startThread, type TestThread } from "../threads/testThread.ts";
import type { Question } from "./inside.thread.ts";

let thread: TestThread<Question, unknown>;
let visits = 0;
let server: Server;
const folder = mkdtempSync(join(tmpdir(), "leaklab-inside-"));
const canary = join(folder, "canary.txt");
const CONTENT = "what only the host knows";

const inside = async (evaluate: string) => (await thread.ask({ evaluate })) as string;
let asked = 0;
const ask = async (question: Ask) => {
  const told = (await thread.ask({ request: { ...question, id: ++asked } as Request })) as Told & {
    value: unknown;
    message?: string;
  };
  if (told.told === "failed") throw new Error(told.message);
  return told.value as Record<string, unknown>;
};
const line = (text: string) => ask({ ask: "apply", input: { kind: "line", terminal: 1, text } });

beforeAll(async () => {
  writeFileSync(canary, CONTENT);
  server = createServer((_request, response) => {
    visits += 1;
    response.end(CONTENT);
  }).listen(0, "127.0.0.1");
  thread = await startThread<Question, unknown>("tests/hostile/inside.thread.ts");
  await ask({ ask: "open", header: headerOf(emptyLab, 3), bundle: JSON.stringify(emptyLab), inputs: [] });
}, 120_000);

afterAll(async () => {
  await thread.end();
  server.close();
  rmSync(folder, { recursive: true, force: true });
});

test("the probe sees the realm in force, and an open world", async () => {
  expect(await inside("Date.now()")).toBe("0");
  expect(await inside("1 + 1")).toBe("2");
  expect((await line("echo here"))["exitCode"]).toBe(0);
});

const GONE = [
  "fetch",
  "XMLHttpRequest",
  "WebSocket",
  "EventSource",
  "BroadcastChannel",
  "Worker",
  "SharedWorker",
  "importScripts",
  "indexedDB",
  "caches",
  "localStorage",
  "sessionStorage",
  "navigator",
  "process",
  "CompressionStream",
  "DecompressionStream",
];

test.each(GONE)("there is no %s", async (name) => {
  expect(await inside(`typeof ${name}`)).toBe('"undefined"');
  expect(await inside(`typeof globalThis[${JSON.stringify(name)}]`)).toBe('"undefined"');
});

/** Ways to code from text, to the host's modules and out of the thread. Each must throw. */
const ESCAPES: readonly (readonly [way: string, outcome: RegExp])[] = [
  ["globalThis.eval('1')", /throws: EvalError/],
  ["Function('return 1')()", /throws: EvalError/],
  ["new Function('return 1')()", /throws: EvalError/],
  ["(function () {}).constructor('return 1')()", /throws: EvalError/],
  ["(() => {}).constructor('return 1')()", /throws: EvalError/],
  ["(async () => {}).constructor('return 1')()", /throws: EvalError/],
  ["(function* () {}).constructor('return 1')()", /throws: EvalError/],
  ["(async function* () {}).constructor('return 1')()", /throws: EvalError/],
  ["Object.getPrototypeOf(async () => {}).constructor('return 1')", /throws: EvalError/],
  ["[].map.constructor('return 1')()", /throws: EvalError/],
  ["Reflect.construct(Math.max.constructor, ['return 1'])", /throws: (?:EvalError|TypeError)/],
  ["setTimeout.constructor('return 1')()", /throws: EvalError/],
  ["structuredClone.constructor('return 1')()", /throws: EvalError/],
  ["Object.getOwnPropertyDescriptor(globalThis, 'fetch')?.value", /undefined/],
  ["Object.getPrototypeOf(globalThis).fetch", /undefined/],
  ["(Function = 1, Function('1'))", /throws: EvalError/],
  ["require('node:fs').readFileSync", /throws: Error/],
  ["require('fs')", /throws: Error/],
  ["require('child_process')", /throws: Error/],
  ["require('node:zlib').constructor.constructor('return process')()", /throws: EvalError/],
  ["require('__proto__')", /throws: Error/],
  ["require('constructor')", /throws: Error/],
  ["module", /throws: ReferenceError/],
  ["typeof process?.binding", /throws|undefined/],
  ["globalThis.constructor.constructor('return process')()", /throws: EvalError/],
  ["typeof postMessage", /undefined|function/],
];

test.each(ESCAPES)("%s", async (way, outcome) => {
  expect(await inside(way)).toMatch(outcome);
});

test("a dynamic import brings no module of the host", async () => {
  for (const name of [
    "node:fs",
    "node:child_process",
    "node:net",
    `file://${canary}`,
    `data:text/javascript,export default 1`,
  ]) {
    expect(
      await inside(`import(${JSON.stringify(name)}).then((module) => Object.keys(module).length > 0)`),
      name,
    ).toMatch(/rejects|throws/);
  }
});

/** Lines that would reach the host if anything could. */
const REACHING = (port: number): readonly string[] => [
  `cat ${canary}`,
  `ls -la ${folder} /proc/self/environ /proc/self/fd /sys /etc/ssl`,
  `cp ${canary} ~/stolen; cat ~/stolen`,
  `echo owned > ${folder}/owned-by-redirect`,
  `mkdir -p ${folder} && echo owned > ${folder}/owned-by-mkdir; rm -rf ${folder}`,
  `curl -s http://127.0.0.1:${port}/`,
  `curl -s http://localhost:${port}/ -o ${folder}/owned-by-curl`,
  `git clone http://127.0.0.1:${port}/x.git`,
  `git clone ${folder} copy; git clone file://${folder} copy2`,
  `git ls-remote ssh://127.0.0.1:${port}/x`,
  `git -c core.sshCommand='touch ${folder}/owned-by-ssh' ls-remote ssh://127.0.0.1/x`,
  `exec 5<>/dev/tcp/127.0.0.1/${port}; echo GET / >&5`,
  `ln -s ${canary} ~/link; cat ~/link`,
  `env; printenv PATH HOME; echo $npm_config_user_agent`,
  `node -e 'require("fs").writeFileSync("${folder}/owned-by-node", "1")'`,
  `python3 -c 'open("${folder}/owned-by-python", "w")'`,
  `bash -c 'touch ${folder}/owned-by-bash'`,
  `source ${canary}; . ${canary}`,
  `echo '{"p":"${canary}"}' | jq 'input_filename, env, $ENV, (.p | @sh)'`,
  `awk 'BEGIN { while ((getline l < "${canary}") > 0) print l; system("touch ${folder}/owned-by-awk"); "cat ${canary}" | getline x; print x }'`,
  `sed -n 'r ${canary}' <<< x; sed 'w ${folder}/owned-by-sed' <<< x; sed '1e touch ${folder}/owned-by-sed-e' <<< x`,
  `tar cf - ${canary} | tar tf -; find ${folder} -exec cat {} +`,
  `git init -q r; cd r; git config core.fsmonitor 'touch ${folder}/owned-by-fsmonitor'; git status; cd ..`,
];

test("no line reads the host's files, starts its programs or calls its network", async () => {
  const { port } = server.address() as AddressInfo;
  for (const text of REACHING(port)) {
    await line(text);
    expect(readdirSync(folder), text).toEqual(["canary.txt"]);
  }
  const { state } = await ask({ ask: "snapshot" });
  const everything = JSON.stringify(state, (_key, value: unknown) =>
    value instanceof Uint8Array
      ? Buffer.from(value).toString("latin1")
      : value instanceof Map
        ? [...value]
        : value instanceof Set
          ? [...value]
          : value,
  );
  expect(everything).not.toContain(CONTENT);
  expect(everything).not.toContain(process.cwd());
  expect(visits).toBe(0);
}, 60_000);

test("nor does a scan, whatever path it is given", async () => {
  const content = Buffer.from(`file ${canary}\n`);
  for (const path of [
    canary,
    `${canary}.p12`,
    `${folder}/key.p12`,
    "../../../etc/passwd",
    "/proc/self/environ",
    ".secretlintrc.json",
  ]) {
    const findings = await ask({ ask: "findings", path, bytes: new Uint8Array(content) });
    expect(JSON.stringify(findings), path).not.toContain(CONTENT);
  }
  writeFileSync(join(folder, "key.p12"), CONTENT);
  await ask({ ask: "findings", path: join(folder, "key.p12"), bytes: new Uint8Array([0x30, 0x82]) });
  expect(existsSync(join(folder, "key.p12"))).toBe(true);
  const hostile = JSON.stringify({ rules: [{ id: "../../../../../../" + canary }, { id: "node:fs" }] });
  await expect(
    ask({ ask: "findings", path: "a.txt", bytes: new Uint8Array(content), config: hostile }),
  ).rejects.toThrow();
});

test("names of prototypes in what a world holds change nothing in the realm", async () => {
  await line(
    "__proto__=1; constructor=2; declare -A m=([__proto__]=polluted [constructor]=x); echo polluted > __proto__",
  );
  await line(
    "git init -q __proto__ && cd __proto__ && git config __proto__.polluted yes && git config constructor.prototype.polluted yes; cd ..",
  );
  await line('echo \'{"__proto__":{"polluted":1}}\' | jq \'.["__proto__"] + {a:1}\'');
  expect(await inside("({}).polluted")).toBe("undefined");
  expect(await inside("typeof ({}).constructor")).toBe('"function"');
});

describe("the realm's time and chance are the world's", () => {
  test.each([
    ["typeof performance.now()", '"number"'],
    ["new Date(2020, 0, 1).getTimezoneOffset()", "0"],
    ["typeof crypto.subtle", '"undefined"'],
    [
      "[...'zaåäöÅ'].sort((a, b) => a.localeCompare(b)).join('')",
      JSON.stringify([..."zaåäöÅ"].sort().join("")),
    ],
  ])("%s", async (text, value) => {
    expect(await inside(text)).toBe(value);
  });
});
