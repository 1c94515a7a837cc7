/** The real npm against the world's registry on a loopback port, and ours beside it: the same files, the same lines. */
import { execFile, execFileSync } from "node:child_process";
import type { Credential } from "../../src/world/credential.ts";
import { listen } from "../../src/server/loopback.ts";
import { VERSION } from "../../src/shell/commands/npm/call.ts";
import { addUser } from "../../src/world/services/registry/registry.ts";
import type { World } from "../../src/world/world.ts";
import { emptyWorld, plant, sh, type Ran } from "../services/bench.ts";

const { mkdirSync, mkdtempSync, rmSync, writeFileSync } = process.getBuiltinModule("node:fs");

/** Words change between versions of npm; they are compared with the one that ours follows. */
export const SAME_WORDS = execFileSync("npm", ["--version"], { encoding: "utf8" }).startsWith(
  VERSION.replace(/\d+$/, ""),
);
export const NOBODY = { address: "192.0.2.10", session: null };
const HOME = "/home/learner";

export type Files = Readonly<Record<string, string>>;

export interface Both {
  readonly world: World;
  /** Runs a line in a copy of the world first, then for real; the world keeps what the real one did. */
  compare(line: string, as?: string): Promise<{ readonly ours: Ran; readonly real: Ran }>;
  real(line: string, as?: string): Promise<Ran>;
  ours(line: string, as?: string): Promise<Ran>;
  /** The same files in both places, below the folder where lines run. */
  write(folder: string, files: Files): Promise<void>;
  close(): Promise<void>;
}

const TOKENS: Readonly<Record<string, Credential["grants"]>> = {
  session: { user: "lantern-bot", scopes: "publish", session: true },
  writer: { user: "lantern-bot", scopes: "publish" },
  reader: { user: "lantern-bot", scopes: "read" },
  other: { user: "lantern-bot", scopes: "publish", packages: ["elsewhere"] },
  near: { user: "lantern-bot", scopes: "publish", cidr: ["203.0.113.0/24"] },
  teo: { user: "teo", scopes: "publish" },
  dead: { user: "lantern-bot", scopes: "publish" },
};

export async function both(): Promise<Both> {
  const world = emptyWorld();
  addUser(world, { name: "lantern-bot" });
  addUser(world, { name: "teo" });
  for (const [id, grants] of Object.entries(TOKENS))
    plant(world, { id, issuer: "registry", kind: "npmToken", owner: "lantern-bot", grants });
  world.credentials.change("dead", { status: "revoked" });
  const loopback = await listen(world.network.from(NOBODY), { host: "registry.npm.test" });
  const root = mkdtempSync(`${process.getBuiltinModule("node:os").tmpdir()}/leaklab-npm-`);
  const port = loopback.origin.replace(/^https?:/, "");
  writeFileSync(`${root}/.npmrc`, `registry=${loopback.origin}/\n${port}/:_authToken=\${NPM_TOKEN}\n`);
  await sh(world, "echo '//registry.npm.test/:_authToken=${NPM_TOKEN}' > .npmrc");
  const valueOf = (as: string) => world.credentials.get(as)?.value ?? as;

  const real = (line: string, as = "writer") =>
    new Promise<Ran>((resolve) => {
      const env = { ...environment(root), NPM_TOKEN: valueOf(as) };
      execFile("bash", ["-c", line], { cwd: root, env, encoding: "utf8" }, (error, stdout, stderr) => {
        const plain = (text: string) =>
          text.replaceAll(loopback.origin, "https://registry.npm.test").replaceAll(root, HOME);
        const exitCode = typeof error?.code === "number" ? error.code : 0;
        resolve(common({ stdout: plain(stdout), stderr: plain(stderr), exitCode }));
      });
    });
  const inWorld = async (copy: World, line: string, as = "writer") =>
    common(await sh(copy, `export NPM_TOKEN=${valueOf(as)}; ${line}`, { origin: NOBODY }));
  return {
    world,
    real,
    ours: (line, as) => inWorld(world, line, as),
    compare: async (line, as) => ({
      ours: await inWorld(world.fork(), line, as),
      real: await real(line, as),
    }),
    write: async (folder, files) => {
      for (const [path, text] of Object.entries(files)) {
        const parent = `${folder}/${path}`.replace(/\/[^/]*$/, "");
        mkdirSync(`${root}/${parent}`, { recursive: true });
        writeFileSync(`${root}/${folder}/${path}`, `${text.replace(/\n$/, "")}\n`);
        await sh(
          world,
          `mkdir -p '${parent}'; cat > '${folder}/${path}' <<'END_OF_FILE'\n${text.replace(/\n$/, "")}\nEND_OF_FILE`,
        );
      }
    },
    close: async () => {
      await loopback.close();
      rmSync(root, { recursive: true, force: true });
    },
  };
}

function environment(root: string): Record<string, string> {
  return {
    PATH: process.env["PATH"] ?? "",
    HOME: root,
    npm_config_update_notifier: "false",
    npm_config_cache: `${root}/.cache`,
    npm_config_loglevel: "notice",
    no_proxy: "*",
    NO_COLOR: "1",
    LANG: "C.UTF-8",
  };
}

/** Without what differs by its nature: how long it took, where npm's own log is, what a usage message lists. */
function common({ stdout, stderr, exitCode }: Ran): Ran {
  const plain = (text: string) =>
    text
      .replace(/ in \d+m?s$/gm, " in …")
      .replace(/^npm error A complete log of this run can be found in: .*\n/m, "")
      .replace(/^npm error\nnpm error\nnpm error For a full report see:\nnpm error .*\n/m, "")
      // Our registry is the one that npm takes by itself, and our forge stands where GitHub does.
      .replace(/^npm warn trust Registry .* may not support trusted publishing\n/m, "")
      .replaceAll("https://github.com/", "https://forge.test/")
      // What follows are all options of the command.
      .replace(/^(npm error code EUSAGE\n[^]*?)npm error Usage:\n[^]*/m, "$1")
      .replace(/^npm error\nnpm error Clean install a project\n[^]*/m, "");
  return { stdout: plain(stdout), stderr: plain(stderr), exitCode };
}
