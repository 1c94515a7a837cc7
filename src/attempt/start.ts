/** Builds the world of a lab: machine, people, credentials from the seed, and what start/setup.sh does. */
import { Stream } from "../base/stream.ts";
import { invariant } from "../base/invariant.ts";
import { mint } from "../engine/kinds.ts";
import { layOut } from "../disk/layout.ts";
import type { LabBundle } from "../lab/bundle.ts";
import { scriptInputs } from "../lab/case.ts";
import { commandNames } from "../shell/commands.ts";
import { chunkParser } from "../shell/chunk.ts";
import { Shell } from "../shell/session.ts";
import { unattended } from "../shell/terminal.ts";
import type { Credential } from "../world/credential.ts";
import { LEARNER } from "../world/person.ts";
import { World } from "../world/world.ts";
import { START_MS } from "../world/clock.ts";
import type { DetectSecrets } from "../world/services/forge/model.ts";
import { worldPorts } from "./worldPorts.ts";
import type { Enter } from "./realmPort.ts";
import { narratorCommands, shellUser } from "./shells.ts";

export interface StartOptions {
  readonly bundle: LabBundle;
  readonly seed: number;
  readonly detect: DetectSecrets;
  readonly enter: Enter;
}

/** What start/setup.sh tells of happened in the days before the lab begins. */
const SETUP_MS = 3 * 24 * 3600 * 1000;

export async function startWorld({ bundle, seed, detect, enter }: StartOptions): Promise<World> {
  const world = World.empty(seed, worldPorts(bundle, detect), START_MS - SETUP_MS);
  layOut(world.laptop, {
    hostname: "laptop",
    accounts: [{ name: LEARNER.login, uid: LEARNER.uid, home: LEARNER.home }],
    commands: commandNames(),
  });
  const facts = varied(bundle, seed);
  for (const credential of credentialsOf(bundle, seed)) world.credentials.add(credential);
  world.forge.createRepository(bundle.manifest.repository.name, {
    pushProtection: bundle.manifest.repository.pushProtection,
  });
  for (const [path, text] of Object.entries(bundle.start.files))
    writeStartFile(world, `${LEARNER.home}/${path}`, fill(text, facts));
  await enter(world, () => playSetup(world, bundle, facts));
  world.clock.set(START_MS);
  world.events.length = 0;
  world.forge.openToLearner(bundle.manifest.repository.name);
  return world;
}

/** The facts of this seed, by shell variable. */
export function varied(bundle: LabBundle, seed: number): Record<string, string> {
  const entries = Object.entries(bundle.manifest.vary).map(
    ([name, values]) => [name, new Stream(seed, `vary/${name}`).pick(values)] as const,
  );
  return Object.fromEntries(entries);
}

/** Replaces {{NAME}}. */
export function fill(text: string, facts: Readonly<Record<string, string>>): string {
  return text.replace(/\{\{([A-Z][A-Z0-9_]*)\}\}/g, (whole, name: string) => facts[name] ?? whole);
}

function credentialsOf(bundle: LabBundle, seed: number): Credential[] {
  return bundle.manifest.credentials.map(({ id, kind, owner, scope }) => {
    const { value, needles } = mint(kind, new Stream(seed, `credential/${id}`));
    return {
      id,
      kind,
      issuer: "none",
      value,
      parts: needles,
      owner,
      scope,
      grants: null,
      planted: true,
      status: "active",
      createdAtMs: START_MS,
      expiresAtMs: null,
      uses: [],
    };
  });
}

function writeStartFile(world: World, path: string, text: string): void {
  world.laptop.mkdir(path.slice(0, path.lastIndexOf("/")), { recursive: true }, { name: LEARNER.login });
  world.laptop.write(path, text, { name: LEARNER.login });
}

/** Runs start/setup.sh as the learner's user, with the tools a learner has, before the lab begins. */
async function playSetup(
  world: World,
  bundle: LabBundle,
  facts: Readonly<Record<string, string>>,
): Promise<void> {
  const printed: string[] = [];
  const terminal = { ...unattended, write: (_stream: string, text: string) => void printed.push(text) };
  const secrets = Object.fromEntries(
    bundle.manifest.credentials.map(({ id, variable }) => [variable, world.credentials.get(id)?.value ?? ""]),
  );
  const host = {
    fs: world.laptop.as({ name: LEARNER.login }),
    terminal,
    commands: narratorCommands(world, terminal),
    sleep: (ms: number) => world.advance(ms),
    tick: async () => undefined,
  };
  const user = shellUser();
  const shell = new Shell(host, { ...user, env: { ...user.env, ...facts, ...secrets } });
  for (const input of scriptInputs(bundle.start.setup, chunkParser())) {
    if (input.kind !== "line") continue;
    const { exitCode } = await shell.run(input.text);
    invariant(
      exitCode === 0,
      `start/setup.sh failed (exit ${exitCode}) at: ${input.text}\n${printed.join("")}`,
    );
  }
}
