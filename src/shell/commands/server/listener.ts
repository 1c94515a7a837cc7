/**
 * The runner's own program, behind `config.sh` and `run.sh` of `~/actions-runner`: registers the machine and listens.
 * `run.sh` returns at once and goes on in the background, as the service that people make of it does.
 * https://docs.github.com/en/actions/how-tos/manage-runners/self-hosted-runners/add-runners
 */
import type { Command, ExecResult } from "just-bash/browser";
import { fromBase64, toUtf8 } from "../../../base/bytes.ts";
import type { Runner } from "../../../world/services/forge/actions/model.ts";
import { RUNNERS } from "../../../world/services/forge/actions/model.ts";
import { groupNamed } from "../../../world/services/forge/actions/runner-groups.ts";
import { findRunnerToken } from "../../../world/services/forge/actions/runner-token.ts";
import {
  addRunner,
  changeRunner,
  OWN_LABELS,
  removeRunner,
  runnersAt,
} from "../../../world/services/forge/actions/runners.ts";
import { endProcess, processesOn, startProcess } from "../../../world/servers.ts";
import { command, result } from "../lib/invocation.ts";
import { parseOptions, type Options } from "../lib/options.ts";
import type { ServerHost } from "./serverHost.ts";

const NAME = "Runner.Listener";
const OPTIONS = {
  short: "",
  long: {
    "url:": "url",
    "token:": "token",
    "name:": "name",
    "labels:": "labels",
    "runnergroup:": "group",
    "work:": "work",
    "jitconfig:": "jit",
    ephemeral: "ephemeral",
    unattended: "unattended",
    replace: "replace",
    disableupdate: "disableupdate",
    "no-default-labels": "bare",
    once: "once",
  },
};

/** Files that a configured runner has. */
const SETTINGS = [".runner", ".credentials"];

export function listenerCommand(host: ServerHost): Command {
  return command(NAME, ([verb, ...args]) => {
    const options = parseOptions(args, OPTIONS);
    if (typeof options === "string") return refused(options);
    if (verb === "run") return run(host, options);
    return options.operands[0] === "remove" ? remove(host, options) : configure(host, options);
  });
}

function refused(message: string, exitCode = 1): ExecResult {
  return result("", `${message}\n`, exitCode);
}

function folder({ user }: ServerHost): string {
  return `/home/${user}/actions-runner`;
}

function configure(host: ServerHost, options: Options): ExecResult {
  const { world, machine } = host;
  const disk = world.machines.get(machine);
  if (disk.exists(`${folder(host)}/.runner`))
    return refused(
      "Cannot configure the runner because it is already configured. To reconfigure the runner, run 'config.cmd remove' or './config.sh remove' first.",
    );
  const of = /^https:\/\/forge\.test\/([\w.-]+(?:\/[\w.-]+?)?)\/?$/.exec(options.value("url") ?? "")?.[1];
  if (of === undefined)
    return refused("Invalid configuration provided for url. Terminating unattended configuration.");
  const token = findRunnerToken(world.forge, options.value("token") ?? "");
  if (token?.use !== "registration" || token.of.toLowerCase() !== of.toLowerCase())
    return refused(
      "Http response code: NotFound from 'POST https://api.forge.test/actions/runner-registration'\nResponse status code does not indicate success: 404 (Not Found).",
    );
  const name = options.value("name") ?? machine;
  const group = options.value("group") ?? "Default";
  if (!groupNamed(world.forge, token.of, group))
    return refused(`Could not find any self-hosted runner group named "${group}".`);
  const same = runnersAt(world.forge, token.of).find((it) => it.name === name);
  if (same && !options.has("replace")) return refused(`A runner exists with the same name ${name}.`);
  if (same) removeRunner(world.forge, same.id);
  const labels = (options.value("labels") ?? "")
    .split(",")
    .map((it) => it.trim())
    .filter((it) => it !== "");
  const runner = addRunner(world.forge, token.of, name, {
    machine,
    group,
    labels: [...(options.has("bare") ? [] : OWN_LABELS), ...labels],
    ephemeral: options.has("ephemeral"),
    status: "offline",
  }) as Runner;
  writeSettings(host, runner);
  return result(
    "\n# Authentication\n\n\n√ Connected to GitHub\n\n# Runner Registration\n\n√ Runner successfully added\n√ Runner connection is good\n\n# Runner settings\n\n√ Settings Saved.\n\n",
  );
}

function writeSettings(host: ServerHost, { id, name, of, group, ephemeral }: Runner): void {
  const disk = host.world.machines.get(host.machine);
  const user = { name: host.user };
  const settings = {
    agentId: id,
    agentName: name,
    poolName: group,
    ...(ephemeral ? { ephemeral } : {}),
    gitHubUrl: `https://forge.test/${of}`,
    workFolder: "_work",
  };
  disk.write(`${folder(host)}/.runner`, `${JSON.stringify(settings, null, 2)}\n`, user);
  disk.write(`${folder(host)}/.credentials`, `${JSON.stringify({ scheme: "OAuth" })}\n`, user);
}

/** Which runner this folder is, as the server knows it; null where it is none, undefined where that is gone. */
function configured(host: ServerHost): Runner | null | undefined {
  const disk = host.world.machines.get(host.machine);
  const path = `${folder(host)}/.runner`;
  if (!disk.exists(path)) return null;
  const id = /"agentId":\s*(\d+)/.exec(disk.readText(path))?.[1];
  return host.world.tables.of(RUNNERS).get(id ?? "");
}

function run(host: ServerHost, options: Options): ExecResult {
  const jit = options.value("jit");
  const runner = jit === undefined ? configured(host) : runnerOfJit(host, jit);
  if (runner === null)
    return refused("An error occurred: Not configured. Run config.(sh/cmd) to configure the runner.", 2);
  if (!runner)
    return refused(
      "Failed to create a session. The runner registration has been deleted from the server, please re-configure. Runner registrations are automatically deleted for runners that have not connected to the service recently.",
      2,
    );
  const { world, machine, user } = host;
  if (processesOn(world.tables, machine).some((it) => it.runner === runner.id))
    return refused("A session for this runner already exists.", 2);
  listen(host, runner, `${folder(host)}/bin/Runner.Listener run`);
  const time = new Date(world.clock.now()).toISOString().slice(0, 19).replace("T", " ");
  return result(
    `\n√ Connected to GitHub\n\nCurrent runner version: '2.328.0'\n${time}Z: Listening for Jobs\n(goes on in the background as a process of ${user})\n`,
  );
}

function listen({ world, machine, user }: ServerHost, { id }: Runner, shown: string): void {
  startProcess(world.ports("servers"), {
    machine,
    user,
    command: shown,
    script: null,
    directory: `/home/${user}/actions-runner`,
    runner: id,
    tracked: false,
  });
  changeRunner(world.forge, id, { machine, status: "online" });
}

/** What generate-jitconfig answered: null for something else. */
function runnerOfJit(host: ServerHost, config: string): Runner | null | undefined {
  try {
    const files = JSON.parse(toUtf8(fromBase64(config))) as Record<string, string>;
    const settings = JSON.parse(toUtf8(fromBase64(files[".runner"] ?? ""))) as { AgentId?: unknown };
    return host.world.tables.of(RUNNERS).get(String(settings.AgentId));
  } catch {
    return null;
  }
}

function remove(host: ServerHost, options: Options): ExecResult {
  const { world, machine } = host;
  const runner = configured(host);
  if (runner === null) return refused("There is no runner configuration here to remove.", 1);
  const token = findRunnerToken(world.forge, options.value("token") ?? "");
  if (runner && (token?.use !== "removal" || token.of.toLowerCase() !== runner.of.toLowerCase()))
    return refused(
      "Http response code: NotFound from 'POST https://api.forge.test/actions/runner-registration'",
    );
  if (runner?.job != null) return refused(`Bad request - Runner "${runner.name}" is still running a job`);
  if (runner) removeRunner(world.forge, runner.id);
  const listening = processesOn(world.tables, machine).find(
    (it) => it.runner !== null && it.runner === runner?.id,
  );
  if (listening) endProcess(world.tables, listening);
  for (const name of SETTINGS) world.machines.get(machine).remove(`${folder(host)}/${name}`, { force: true });
  return result(
    "\n# Runner removal\n\n\n√ Runner removed successfully\n√ Removed .credentials\n√ Removed .runner\n\n",
  );
}
