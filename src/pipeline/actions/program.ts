/** Runs a JavaScript program as a part of a step: its output is read for workflow commands, its files take effect. */
import { runProgram, type Program } from "../../shell/javascript/engine.ts";
import type { JavaScriptHost } from "../../shell/javascript/host.ts";
import { processEnvironment } from "../runner/environment.ts";
import type { Frame } from "../runner/execution.ts";
import { makeCommandFiles, readCommandFiles } from "../runner/fileCommands.ts";
import { Output } from "../runner/output.ts";

const CHANCE = 2 ** 24;

/** Fails the frame where the program does. `extra` is JavaScript that runs before it. */
export async function runInStep(
  frame: Frame,
  program: Program,
  variables: Readonly<Record<string, string>>,
  extra = "",
): Promise<void> {
  const { execution } = frame;
  const { world, state } = execution.request;
  const files = makeCommandFiles(frame);
  const output = new Output(frame);
  const stateVariables = Object.entries(execution.states[frame.step.id] ?? {});
  const stream = world.streams.get("runner");
  const host: JavaScriptHost = {
    files: execution.disk,
    user: execution.user,
    cwd: state.workspace,
    env: {
      ...processEnvironment(frame, files.variables),
      ...variables,
      ...Object.fromEntries(stateVariables.map(([name, value]) => [`STATE_${name}`, value])),
    },
    argv: ["/usr/bin/node", program.kind === "file" ? program.path : program.name],
    reach: execution.reach,
    now: () => world.clock.now() + execution.seconds * 1000,
    random: () => stream.below(CHANCE) / CHANCE,
    write: (name, text) => output.write(name, text),
    sleep: async (ms) => void (execution.seconds += ms / 1000),
  };
  const exitCode = await runProgram(host, program, extra);
  output.end();
  readCommandFiles(frame, files);
  // What failed it was told already, by the program or by the engine.
  if (exitCode !== 0) frame.failed = true;
}
