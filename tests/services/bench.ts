/** A world with a shell in front of it, for tests of the small services. */
import { Stream } from "../../src/base/stream.ts";
import { worldFetch } from "../../src/attempt/worldFetch.ts";
import { layOut } from "../../src/disk/layout.ts";
import { KINDS, type Kind } from "../../src/engine/kinds.ts";
import { commandNames, shellCommands } from "../../src/shell/commands.ts";
import { Shell } from "../../src/shell/session.ts";
import { unattended, type Terminal } from "../../src/shell/terminal.ts";
import type { Credential, Issuer } from "../../src/world/credential.ts";
import { fromBrowser, type Origin } from "../../src/world/network.ts";
import { LEARNER } from "../../src/world/person.ts";
import { World } from "../../src/world/world.ts";

export const MINUTE = 60_000;

export function emptyWorld(): World {
  const world = World.empty(1, { detect: () => [] });
  layOut(world.laptop, {
    hostname: "laptop",
    accounts: [{ name: LEARNER.login, uid: LEARNER.uid, home: LEARNER.home }],
    commands: commandNames(),
  });
  return world;
}

export interface Planting {
  readonly id: string;
  readonly issuer: Issuer;
  readonly kind?: Kind;
  readonly owner?: string;
  readonly grants?: Credential["grants"];
  readonly value?: string;
  readonly expiresAtMs?: number;
}

/** A credential as a lab plants it. */
export function plant(world: World, planting: Planting): Credential {
  const { id, issuer, kind = "password", owner = "mina", grants = null } = planting;
  const minted = KINDS[kind].mint(new Stream(7, id));
  return world.credentials.add({
    id,
    issuer,
    kind,
    value: planting.value ?? minted.value,
    parts: planting.value ? [planting.value] : minted.needles,
    owner,
    scope: "",
    grants,
    status: "active",
    createdAtMs: world.clock.now(),
    expiresAtMs: planting.expiresAtMs ?? null,
    uses: [],
    planted: true,
  });
}

export interface Ran {
  readonly stdout: string;
  readonly stderr: string;
  readonly exitCode: number;
}

export interface BenchOptions {
  /** What the person at the terminal types; without it nobody sits there. */
  readonly answers?: readonly string[];
  readonly origin?: Origin;
}

/** Runs lines in a shell of the learner's, one after another. */
export async function sh(world: World, text: string, options: BenchOptions = {}): Promise<Ran> {
  const out = { stdout: "", stderr: "" };
  const answers = [...(options.answers ?? [])];
  const terminal: Terminal = {
    ...unattended,
    attended: options.answers !== undefined,
    direct: () => options.answers !== undefined,
    readLine: async (prompt) => {
      out.stdout += prompt;
      return answers.shift() ?? null;
    },
    write: (stream, piece) => void (out[stream] += piece),
  };
  const reach = world.network.from(options.origin ?? fromBrowser(LEARNER));
  const host = {
    fs: world.laptop.as({ name: LEARNER.login }),
    terminal,
    commands: shellCommands({ terminal, now: () => world.clock.now(), reach, browser: reach }),
    fetch: worldFetch(world, options.origin ?? LEARNER),
    sleep: (ms: number) => world.advance(ms),
    tick: async () => undefined,
  };
  const { login: name, home, uid } = LEARNER;
  const shell = new Shell(host, { name, home, uid, hostname: "laptop", env: {} });
  const { exitCode } = await shell.run(text);
  return { ...out, exitCode };
}
