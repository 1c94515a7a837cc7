/**
 * The machine of a job: a hosted runner has a fresh disk that goes when the job ends, a self-hosted one is a machine of
 * the world that lives on, with everything that jobs leave on it.
 * https://docs.github.com/en/actions/reference/runners/github-hosted-runners
 * https://docs.github.com/en/actions/reference/runners/self-hosted-runners
 */
import type { Disk } from "../../disk/disk.ts";
import { eventPath } from "../../world/services/forge/actions/files.ts";
import { RUNNERS, type Job, type Run, type Runner } from "../../world/services/forge/actions/model.ts";
import { addRunner } from "../../world/services/forge/actions/runners.ts";
import { endProcess, processesOn, serverNamed, startProcess } from "../../world/servers.ts";
import type { World } from "../../world/world.ts";
import { secretMasks } from "../masking.ts";
import { requestToken } from "../oidc.ts";
import type { JobState, Preparation, PrepareMachine, ReleaseMachine } from "../step.ts";
import { startContainers, stopContainers } from "./containers.ts";
import { HOSTED_USER, layOutRunner, RunnerImages } from "./image.ts";
import { writeSetUp } from "./setUp.ts";

/** How the pipeline gets its machines. One per pipeline: it keeps the image that hosted machines are copied from. */
export interface RunnerMachines {
  /** Prepares the machine and writes "Set up job", the log of step 0. */
  readonly prepareMachine: PrepareMachine;
  /**
   * A hosted machine goes. A self-hosted one stays as the job left it; an ephemeral runner is struck off the list after
   * its one job, which cleans nothing on its disk.
   */
  readonly releaseMachine: ReleaseMachine;
}

export function runnerMachines(): RunnerMachines {
  const images = new RunnerImages();
  return {
    prepareMachine: (world, run, job, preparation) => prepare(world, run, job, preparation, images),
    releaseMachine: release,
  };
}

function prepare(
  world: World,
  run: Run,
  job: Job,
  { runner, token, secrets, services = [] }: Preparation,
  images: RunnerImages,
): JobState {
  const machine = runner?.machine ?? `hosted-${job.id}`;
  if (!world.machines.has(machine)) world.machines.add(machine, images.hosted);
  const disk = world.machines.get(machine);
  if (!disk.exists("/bin/bash")) layOutRunner(disk, machine);
  const user = runner ? runnerUser(disk) : HOSTED_USER;
  const folders = foldersOf(user, runner !== null, run.repository);
  makeFolders(disk, user, folders);
  writeEvent(world, disk, user, run, folders.temp);
  const hidden = [...secrets, world.credentials.get(token)?.value ?? "", requestToken(world, job)];
  const { workspace, temp } = folders;
  const state: JobState = {
    job: job.id,
    machine,
    user,
    workspace,
    temp,
    token,
    env: {},
    path: [],
    masks: [...new Set(hidden.flatMap(secretMasks))],
    posts: [],
    states: {},
  };
  writeSetUp(world, run, job, runner, state, startContainers(world, machine, services));
  return state;
}

function release(world: World, state: JobState): void {
  stopContainers(world, state.machine);
  const runners = world.tables.of(RUNNERS);
  const runner = runners.find((it) => it.machine === state.machine);
  const hosted = !runner && state.machine.startsWith("hosted-");
  for (const process of processesOn(world.tables, state.machine))
    if (hosted || process.tracked || (runner?.ephemeral && process.runner === runner.id))
      endProcess(world.tables, process);
  if (hosted) world.machines.remove(state.machine);
  if (!runner?.ephemeral) return;
  runners.delete(String(runner.id));
  makeAnew(world, runner);
}

/** A machine that has an image begins again from it, and its runner registers again as it was. */
function makeAnew(world: World, { of, name, machine, labels, group }: Runner): void {
  const image = serverNamed(world.tables, machine)?.image ?? null;
  if (image === null) return;
  world.machines.remove(machine);
  world.machines.add(machine, world.machines.get(image));
  for (const process of processesOn(world.tables, machine)) endProcess(world.tables, process);
  const user = runnerUser(world.machines.get(machine));
  const runner = addRunner(world.forge, of, name, { machine, labels, group, ephemeral: true });
  if (!runner) return;
  startProcess(world.ports("servers"), {
    machine,
    user,
    command: `/home/${user}/actions-runner/bin/Runner.Listener run`,
    script: null,
    directory: `/home/${user}/actions-runner`,
    runner: runner.id,
    tracked: false,
  });
}

interface Folders {
  readonly workspace: string;
  readonly temp: string;
  readonly all: readonly string[];
}

function foldersOf(user: string, selfHosted: boolean, repository: string): Folders {
  const name = repository.split("/")[1] ?? repository;
  const work = selfHosted ? `/home/${user}/actions-runner/_work` : `/home/${user}/work`;
  const workspace = `${work}/${name}/${name}`;
  const temp = `${work}/_temp`;
  const own = ["_runner_file_commands", "_github_workflow"].map((folder) => `${temp}/${folder}`);
  return { workspace, temp, all: [workspace, ...own, `${work}/_actions`, `${work}/_tool`] };
}

/** Whose service the runner is: who has an `actions-runner` folder at home. */
function runnerUser(disk: Disk): string {
  if (!disk.exists("/home")) return HOSTED_USER;
  return disk.list("/home").find((name) => disk.exists(`/home/${name}/actions-runner`)) ?? HOSTED_USER;
}

/** A runner empties its `_temp` before each job, and nothing else. */
function makeFolders(disk: Disk, user: string, { temp, all }: Folders): void {
  disk.remove(temp, { recursive: true, force: true });
  const home = `/home/${user}`;
  if (!disk.exists(home)) {
    disk.mkdir(home, { recursive: true });
    disk.chown(home, user);
  }
  for (const folder of all) disk.mkdir(folder, { recursive: true }, { name: user });
}

/** $GITHUB_EVENT_PATH. */
function writeEvent(world: World, disk: Disk, user: string, run: Run, temp: string): void {
  const from = eventPath(run.id);
  const forge = world.forge.disk;
  const content = forge.exists(from) ? forge.read(from) : "{}";
  disk.write(eventFile(temp), content, { name: user });
}

export function eventFile(temp: string): string {
  return `${temp}/_github_workflow/event.json`;
}
