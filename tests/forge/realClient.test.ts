/** The same handlers behind a loopback port, driven by real git: clone, push, fetch, a refused push. */
import { execFile } from "node:child_process";
import { createServer, type IncomingMessage, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { Forge } from "../../src/world/services/forge/forge.ts";
import { objectIds } from "../../src/world/services/forge/git/storage.ts";
import { ID, SECRET, token, worldWithRepository } from "./setting.ts";

const { mkdtempSync, rmSync } = process.getBuiltinModule("node:fs");

let server: Server;
let url: string;
let root: string;
let forge: Forge;
let word: string;

async function bodyOf(message: IncomingMessage): Promise<Buffer> {
  const parts: Buffer[] = [];
  for await (const part of message) parts.push(part as Buffer);
  return Buffer.concat(parts);
}

beforeAll(async () => {
  const world = worldWithRepository(0);
  forge = world.forge;
  word = token(world, "lin", { kind: "classic", scopes: ["repo"] }).value;
  server = createServer((message, reply) => {
    void (async () => {
      const body = await bodyOf(message);
      const headers = Object.entries(message.headers).map(
        ([name, value]) => [name, String(value)] as [string, string],
      );
      const init = {
        method: message.method ?? "GET",
        headers,
        ...(body.length > 0 ? { body: new Uint8Array(body) } : {}),
      };
      const response = await world.network.fetch(new Request(`https://forge.test${message.url}`, init), {
        address: "203.0.113.20",
        session: null,
      });
      reply.writeHead(response.status, Object.fromEntries(response.headers));
      reply.end(Buffer.from(await response.arrayBuffer()));
    })();
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  url = `http://${["lin", word].join(":")}@127.0.0.1:${port}/${ID}.git`;
  root = mkdtempSync(`${process.getBuiltinModule("node:os").tmpdir()}/leaklab-client-`);
});

afterAll(() => {
  server.close();
  server.closeAllConnections();
  rmSync(root, { recursive: true, force: true });
});

interface Ended {
  readonly stdout: string;
  readonly stderr: string;
  readonly code: number;
}

function shell(script: string): Promise<Ended> {
  const identity = {
    GIT_AUTHOR_NAME: "Lin",
    GIT_AUTHOR_EMAIL: "lin@lantern.example",
    GIT_COMMITTER_NAME: "Lin",
    GIT_COMMITTER_EMAIL: "lin@lantern.example",
  };
  const env = {
    PATH: process.env["PATH"] ?? "",
    HOME: root,
    GIT_TERMINAL_PROMPT: "0",
    GIT_CONFIG_NOSYSTEM: "1",
    LC_ALL: "C",
    no_proxy: "*",
    ...identity,
  };
  return new Promise((resolve) => {
    execFile("bash", ["-ec", script], { cwd: root, env, encoding: "utf8" }, (error, stdout, stderr) => {
      resolve({ stdout, stderr, code: typeof error?.code === "number" ? error.code : 0 });
    });
  });
}

test("push, clone, fetch and fsck", async () => {
  const pushed = await shell(
    `git init -q -b main a && cd a && for i in $(seq 30); do seq $i >f$i; git add . && git commit -qm $i; done && git push -q ${url} main`,
  );
  expect(pushed).toEqual({ stdout: "", stderr: "", code: 0 });
  const { stdout } = await shell(
    `git clone -q ${url} b && cd b && git fsck --strict && git rev-parse HEAD && git rev-list --count HEAD && git status --short`,
  );
  expect(stdout).toBe(`${forge.branch(ID, "main")}\n30\n`);
  const fetched = await shell(
    `cd a && echo x >x && git add . && git commit -qm x && git push -q ${url} main main:topic && cd ../b && git pull -q && git branch -r && git rev-parse HEAD`,
  );
  expect(fetched.stdout).toBe(
    `  origin/HEAD -> origin/main\n  origin/main\n  origin/topic\n${forge.branch(ID, "main")}\n`,
  );
}, 60_000);

test("a secret is refused in real git's own words, and nothing of it stays", async () => {
  const before = objectIds(forge.disk, ID);
  const { stderr, code } = await shell(
    `cd a && echo ${SECRET} >leak && git add . && git commit -qm leak && git push ${url} main`,
  );
  expect(code).toBe(1);
  expect(stderr).toMatch(
    /^remote: error: GH013: Repository rule violations found for refs\/heads\/main\. {8}$/m,
  );
  expect(stderr).toMatch(/^remote: {12}path: leak:1 {8}$/m);
  expect(stderr).toMatch(
    /^ ! \[remote rejected\] main -> main \(push declined due to repository rule violations\)$/m,
  );
  expect(objectIds(forge.disk, ID)).toEqual(before);
}, 60_000);

test("a wrong password and an unknown repository", async () => {
  const wrong = await shell(`git ls-remote ${url.replace(word, "other")}`);
  expect(wrong.stderr).toMatch(/^remote: Invalid username or token\./);
  expect(wrong.stderr).toMatch(/fatal: Authentication failed for '.*\/lantern-tides\/tides\.git\/'\n$/);
  const unknown = await shell(`git ls-remote ${url.replace("tides.git", "none.git")}`);
  expect(unknown.stderr).toMatch(
    /^remote: Repository not found\.\nfatal: repository '.*none\.git\/' not found\n$/,
  );
  expect([wrong.code, unknown.code]).toEqual([128, 128]);
}, 60_000);
