/** Builds the world of a lab: people, machines, credentials from the seed, and what start/setup.sh does. */
import { invariant } from "../base/invariant.ts";
import type { LabBundle } from "../lab/bundle.ts";
import { scriptInputs } from "../lab/case.ts";
import type { Manifest } from "../lab/manifest.ts";
import type { Documents } from "../pipeline/documents.ts";
import { chunkParser } from "../shell/chunk.ts";
import { START_MS } from "../world/clock.ts";
import { LEARNER, personOf, type Person } from "../world/person.ts";
import type { DetectSecrets, Role } from "../world/services/forge/model.ts";
import { openWorkspace } from "../world/services/chat/chat.ts";
import { World } from "../world/world.ts";
import { scheduleAttackers } from "./attackers.ts";
import { openCloud } from "./cloudAccess.ts";
import { collector } from "./collector.ts";
import { credentialsOf, fill, labVariables, varied } from "./facts.ts";
import type { Setting } from "./input.ts";
import { narrator, removeNarrator } from "./narrator.ts";
import { personShell } from "./personShell.ts";
import type { Enter } from "./realmPort.ts";
import { giveAccount, giveMachine, settle, signInAt } from "./settle.ts";
import { settleStore } from "./settleStore.ts";
import { beginRules } from "./rulesCommand.ts";
import { scheduleTimetable } from "./timetable.ts";
import { worldPorts } from "./worldPorts.ts";

export interface StartOptions {
  readonly bundle: LabBundle;
  readonly seed: number;
  readonly setting: Setting;
  readonly detect: DetectSecrets;
  readonly documents?: Documents;
  readonly enter: Enter;
}

/** What start/setup.sh tells of happened in the days before the lab begins. */
const SETUP_MS = 3 * 24 * 3600 * 1000;
/** Who owns an organisation when nobody is said to. */
const OWNER = "mina";

export async function startWorld(options: StartOptions): Promise<World> {
  const { bundle, seed, setting, enter } = options;
  const { manifest } = bundle;
  const world = World.empty(seed, worldPorts(options), START_MS - SETUP_MS);
  for (const credential of credentialsOf(bundle, seed, world.clock.now())) world.credentials.add(credential);
  settlePeople(world, manifest);
  openCloud(world, manifest);
  await settleStore(world, manifest);
  openChat(world, manifest);
  makeRepositories(world, manifest);
  const facts = varied(bundle, seed);
  for (const [path, text] of Object.entries(bundle.start.files))
    writeStartFile(world, `${LEARNER.home}/${path}`, fill(text, facts));
  await enter(world, () => playSetup(world, bundle));
  world.clock.set(START_MS);
  world.events.length = 0;
  for (const { owner, name, beingMade } of world.forge.repositories)
    if (beingMade) beginRules(world, `${owner}/${name}`);
  await enter(world, () => world.advance(0));
  scheduleTimetable(world, manifest, setting);
  scheduleAttackers(world, manifest, setting);
  return world;
}

/** Everybody of the lab is in #general. */
function openChat(world: World, { services, people }: Manifest): void {
  if (!services.includes("chat")) return;
  openWorkspace(world.ports("services"), [LEARNER.login, OWNER, ...people.map(({ login }) => login)]);
}

/** Accounts first, so that whoever is named in a repository exists; then machines and sign-ins. */
function settlePeople(world: World, manifest: Manifest): void {
  giveMachine(world, LEARNER);
  if (!manifest.services.includes("forge")) return;
  const named = manifest.people.map(({ login, machine }) => ({ person: personOf(login) as Person, machine }));
  giveAccount(world, LEARNER);
  for (const { person } of named) giveAccount(world, person);
  makeOrganisations(world, manifest);
  signInAt(world, LEARNER);
  for (const { person, machine } of named) if (machine) settle(world, person);
}

/** Whoever owns a repository and is no person is an organisation. */
function makeOrganisations(world: World, manifest: Manifest): void {
  const owners = [manifest.repository, ...manifest.repositories].map(
    ({ name }) => name.split("/")[0] as string,
  );
  const members = manifest.people.filter(({ organisation }) => organisation !== "none");
  const owned = members.some(({ organisation }) => organisation === "owner");
  for (const owner of new Set(owners)) {
    if (personOf(owner) || world.forge.account(owner)) continue;
    world.forge.createAccount(owner, { type: "Organization", name: owner });
    for (const { login, organisation } of members)
      world.forge.addMember(owner, login, organisation === "owner" ? "admin" : "member");
    if (owned) continue;
    giveAccount(world, personOf(OWNER) as Person);
    world.forge.addMember(owner, OWNER, "admin");
  }
}

function makeRepositories(world: World, { repository, repositories }: Manifest): void {
  const first = { [LEARNER.login]: "write" as const };
  for (const [i, { name, collaborators, ...options }] of [repository, ...repositories].entries()) {
    const roles = (collaborators ?? (i === 0 ? first : {})) as Readonly<Record<string, Role>>;
    world.forge.createRepository(name, { ...options, collaborators: roles });
  }
}

function writeStartFile(world: World, path: string, text: string): void {
  world.laptop.mkdir(path.slice(0, path.lastIndexOf("/")), { recursive: true }, { name: LEARNER.login });
  world.laptop.write(path, text, { name: LEARNER.login });
}

/** Runs start/setup.sh as the learner's user, with the tools of a narrator, before the lab begins. */
async function playSetup(world: World, bundle: LabBundle): Promise<void> {
  const { terminal, text } = collector();
  const env = labVariables(bundle, world);
  const sleep = (ms: number) => world.advance(ms);
  const commands = narrator({ world, env, sleep });
  const shell = personShell({ world, person: LEARNER, terminal, env, commands, sleep });
  for (const input of scriptInputs(bundle.start.setup, chunkParser())) {
    if (input.kind !== "line") continue;
    const { exitCode } = await shell.run(input.text);
    invariant(exitCode === 0, `start/setup.sh failed (exit ${exitCode}) at: ${input.text}\n${text()}`);
  }
  removeNarrator(world);
}
