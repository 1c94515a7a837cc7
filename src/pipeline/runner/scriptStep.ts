/**
 * A `run:` step: the script goes into a file and a shell executes it, as GitHub's runner does.
 * https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-syntax#jobsjob_idstepsshell
 * https://github.com/actions/runner/blob/main/src/Runner.Worker/Handlers/ScriptHandler.cs
 */
import { resolvePath } from "../../disk/path.ts";
import type { RunStep } from "../step.ts";
import { processEnvironment, shownEnvironment, writeHead } from "./environment.ts";
import { fail, notSimulated, type Frame } from "./execution.ts";
import { makeCommandFiles, readCommandFiles } from "./fileCommands.ts";
import { Output } from "./output.ts";
import { letOthersRun } from "./background.ts";
import { runnerShell } from "./runnerShell.ts";

/** What GitHub adds to a shell that is named without arguments. */
const TEMPLATES: ReadonlyMap<string, string> = new Map([
  ["bash", "--noprofile --norc -e -o pipefail {0}"],
  ["sh", "-e {0}"],
  ["python", "{0}"],
  ["pwsh", "-command \". '{0}'\""],
  ["powershell", "-command \". '{0}'\""],
  ["cmd", '/D /E:ON /V:OFF /S /C "CALL "{0}""'],
]);
const EXTENSIONS: ReadonlyMap<string, string> = new Map([
  ["bash", ".sh"],
  ["sh", ".sh"],
  ["python", ".py"],
  ["pwsh", ".ps1"],
  ["powershell", ".ps1"],
  ["cmd", ".cmd"],
]);
const ABSENT = ["python", "python3", "pwsh", "powershell", "cmd", "perl", "ruby"];

interface Interpreter {
  readonly command: string;
  /** With {0} in the place of the script. */
  readonly format: string;
}

export async function runScript(frame: Frame, step: RunStep): Promise<void> {
  const interpreter = interpreterOf(step.shell);
  head(frame, step, interpreter);
  const { command, format } = interpreter;
  if (!format.includes("{0}")) {
    fail(
      frame,
      "Invalid shell option. Shell must be a valid built-in (bash, sh, cmd, powershell, pwsh) or a format string containing '{0}'",
    );
    return;
  }
  if (ABSENT.includes(command)) {
    notSimulated(frame, `shell ${command}`);
    return;
  }
  const { disk, request } = frame.execution;
  const directory = resolvePath(request.state.workspace, step.workingDirectory ?? "");
  if (!disk.exists(directory) || !disk.stat(directory).isDirectory) {
    fail(
      frame,
      `An error occurred trying to start process '/usr/bin/${command}' with working directory '${directory}'. No such file or directory`,
    );
    return;
  }
  await execute(frame, step, interpreter, directory);
}

async function execute(
  frame: Frame,
  step: RunStep,
  interpreter: Interpreter,
  directory: string,
): Promise<void> {
  const { execution } = frame;
  const { command } = interpreter;
  const extension = EXTENSIONS.get(command) ?? "";
  const file = `${execution.request.state.temp}/${execution.uuid()}${extension}`;
  execution.disk.write(file, step.script, execution.user);
  const files = makeCommandFiles(frame);
  const output = new Output(frame);
  const environment = processEnvironment(frame, files.variables);
  const { state, world } = execution.request;
  await letOthersRun(world, state.machine, { user: state.user, command: `bash -e ${file}`, environment });
  const shell = runnerShell(execution, {
    environment,
    directory,
    script: command === "bash" || command === "sh" ? file : command,
    write: (stream, text) => output.write(stream, text),
  });
  const { exitCode } = await shell.run(commandLine(interpreter, step.script, file));
  output.end();
  if (exitCode !== 0) fail(frame, `Process completed with exit code ${exitCode}.`);
  readCommandFiles(frame, files);
  execution.disk.remove(file, { force: true });
}

function interpreterOf(shell: string | null): Interpreter {
  if (shell === null || shell === "") return { command: "bash", format: "-e {0}" };
  const space = shell.indexOf(" ");
  const command = space < 0 ? shell : shell.slice(0, space);
  const given = space < 0 ? "" : shell.slice(space + 1).trimStart();
  return { command, format: given === "" ? (TEMPLATES.get(command) ?? "") : given };
}

function head(frame: Frame, step: RunStep, { command, format }: Interpreter): void {
  const lines = step.script.replaceAll("\r\n", "\n").replace(/\n+$/, "").split("\n");
  const first = step.script.trimStart().split(/[\r\n]/)[0] ?? "";
  const shown = shownEnvironment(frame).map(([name, value]) => `  ${name}: ${value}`);
  writeHead(frame.execution, first, [
    ...lines.map((line) => `\u001B[36;1m${line}\u001B[0m`),
    `shell: /usr/bin/${command} ${format}`,
    ...(shown.length > 0 ? ["env:", ...shown] : []),
  ]);
}

/**
 * What the shell gets to run. A bash runs the script itself, so that output streams in order; its options stand on the
 * script's first line, so that messages keep their line numbers.
 */
function commandLine({ command, format }: Interpreter, script: string, file: string): string {
  const words = format.split(/\s+/).filter((word) => word !== "");
  const place = words.indexOf("{0}");
  const options = words.slice(0, place);
  if ((command !== "bash" && command !== "sh") || place < 0 || options.includes("-c"))
    return `${command} ${format.replaceAll("{0}", file)}`;
  const sets = setOptions(options);
  const positional = words.slice(place + 1);
  const before = [
    ...(sets === "" ? [] : [`set ${sets}; `]),
    ...(positional.length > 0 ? [`set -- ${positional.join(" ")}; `] : []),
  ];
  return before.join("") + script.replace(/^#!.*/, ":").replaceAll("\r\n", "\n");
}

/** The options of a bash that `set` knows too. */
function setOptions(options: readonly string[]): string {
  const sets: string[] = [];
  for (let i = 0; i < options.length; i++) {
    const option = options[i] as string;
    if (!/^[-+][a-zA-Z]+$/.test(option)) continue;
    const letters = option.slice(1).replace(/[lino]/g, "");
    if (letters !== "") sets.push(option.charAt(0) + letters);
    if (option.includes("o")) sets.push(`${option.charAt(0)}o ${options[++i] ?? ""}`);
  }
  return sets.join(" ");
}
