/**
 * Reads what a step prints: lines go to its log, workflow commands take effect.
 * https://github.com/actions/runner/blob/main/src/Runner.Worker/ActionCommandManager.cs
 */
import { COMMANDS, parseCommand, type WorkflowCommand } from "./command.ts";
import { debug, fail, issue, type Frame } from "./execution.ts";

const DEPRECATED =
  "command is deprecated and will be disabled soon. Please upgrade to using Environment Files. For more information see: https://github.blog/changelog/2022-10-11-github-actions-deprecating-save-state-and-set-output-commands/";
const DISABLED =
  "command is disabled. Please upgrade to using Environment Files or opt into unsecure command execution by setting the `ACTIONS_ALLOW_UNSECURE_COMMANDS` environment variable to `true`. For more information see: https://github.blog/changelog/2020-10-01-github-actions-deprecating-set-env-and-add-path-commands/";
const STOP_TOKEN =
  "You cannot use a endToken that is an empty string, the string 'pause-logging', or another workflow command. For more information see: https://docs.github.com/actions/learn-github-actions/workflow-commands-for-github-actions#example-stopping-and-starting-workflow-commands or opt into insecure command execution by setting the `ACTIONS_ALLOW_UNSECURE_STOPCOMMAND_TOKENS` environment variable to `true`.";

/** Commands that are not echoed with `::echo::on`. */
const SILENT = ["add-mask", "debug", "warning", "error", "notice"];
/** A token that resumes commands is hidden where it is longer than this. */
const SHORT_TOKEN = 6;

export class Output {
  readonly #frame: Frame;
  /** An unfinished line per stream. */
  readonly #rest = { stdout: "", stderr: "" };
  #stopToken: string | null = null;
  #echo: boolean;

  constructor(frame: Frame) {
    this.#frame = frame;
    this.#echo = frame.execution.debugging;
  }

  write(stream: "stdout" | "stderr", text: string): void {
    const lines = (this.#rest[stream] + text).split("\n");
    this.#rest[stream] = lines.pop() ?? "";
    for (const line of lines) this.line(line.replace(/\r$/, ""));
  }

  /** What is left without a line end. */
  end(): void {
    for (const stream of ["stdout", "stderr"] as const) {
      if (this.#rest[stream] !== "") this.line(this.#rest[stream]);
      this.#rest[stream] = "";
    }
  }

  line(text: string): void {
    const known = this.#stopToken === null ? COMMANDS : [...COMMANDS, this.#stopToken.toLowerCase()];
    const command = text.includes("##[") || text.includes("::") ? parseCommand(text, known) : null;
    if (command === null || !this.#process(text, command)) this.#frame.execution.log.write(text);
  }

  /** False where the line is output after all. */
  #process(text: string, command: WorkflowCommand): boolean {
    const { execution } = this.#frame;
    if (this.#stopToken !== null) {
      if (command.name !== this.#stopToken.toLowerCase()) return false;
      execution.log.write(text);
      debug(execution, "Resume processing commands");
      this.#stopToken = null;
      return true;
    }
    if (command.name === "stop-commands") {
      this.#stop(text, command.data);
      return true;
    }
    if (this.#echo && !SILENT.includes(command.name)) execution.log.write(text);
    const problem = this.#run(command);
    if (problem !== null) {
      fail(
        this.#frame,
        `Unable to process command '${SILENT.includes(command.name) ? command.name : text}' successfully.`,
      );
      fail(this.#frame, problem);
    }
    return true;
  }

  #stop(text: string, token: string): void {
    const { execution } = this.#frame;
    if (token === "" || token === "pause-logging" || COMMANDS.includes(token.toLowerCase())) {
      fail(this.#frame, STOP_TOKEN);
      return;
    }
    this.#stopToken = token;
    if (token.length > SHORT_TOKEN) execution.addMask(token);
    execution.log.write(text);
    debug(
      execution,
      "Paused processing commands until the token you called ::stopCommands:: with is received",
    );
  }

  /** Returns why it cannot be done. */
  #run(command: WorkflowCommand): string | null {
    const { name, data } = command;
    const { execution } = this.#frame;
    if (name === "set-output" || name === "save-state") return this.#store(command);
    if (name === "set-env" || name === "add-path") return this.#change(command);
    if (name === "error" || name === "warning" || name === "notice") this.#annotate(command);
    else if (name === "add-mask") this.#mask(data);
    else if (name === "debug") debug(execution, data);
    else if (name === "group") execution.log.write(`##[group]${data}`);
    else if (name === "endgroup") execution.log.write("##[endgroup]");
    else if (name === "echo") return this.#setEcho(data);
    else execution.log.write(`##[warning]::${name}:: is not simulated in LeakLab`);
    return null;
  }

  #store(command: WorkflowCommand): string | null {
    const { execution, step } = this.#frame;
    issue(this.#frame, "warning", `The \`${command.name}\` ${DEPRECATED}`);
    const name = command.properties.get("name");
    if (!name) return `Required field 'name' is missing in ##[${command.name}] command.`;
    if (command.name === "set-output") this.#frame.outputs[name] = command.data;
    else execution.states[step.id] = { ...execution.states[step.id], [name]: command.data };
    return null;
  }

  #change({ name, properties, data }: WorkflowCommand): string | null {
    const { execution, step } = this.#frame;
    const allowed = { ...step.env, ...execution.env }["ACTIONS_ALLOW_UNSECURE_COMMANDS"];
    if (allowed?.toLowerCase() !== "true") return `The \`${name}\` ${DISABLED}`;
    if (name === "add-path") {
      execution.path = [data, ...execution.path.filter((it) => it !== data)];
      return null;
    }
    const variable = properties.get("name");
    if (!variable) return "Required field 'name' is missing in ##[set-env] command.";
    if (variable.toUpperCase() === "NODE_OPTIONS")
      issue(
        this.#frame,
        "failure",
        "Can't update NODE_OPTIONS environment variable using ::set-env:: command.",
      );
    else execution.env[variable] = data;
    return null;
  }

  #annotate({ name, properties, data }: WorkflowCommand): void {
    const { execution } = this.#frame;
    const { workspace } = execution.request.state;
    const file = properties.get("file") ?? null;
    const line = properties.get("line") ?? "";
    execution.log.write(`##[${name}]${data}`);
    execution.annotations.push({
      level: name === "error" ? "failure" : name === "warning" ? "warning" : "notice",
      message: execution.mask(data),
      title: properties.get("title") ?? null,
      file: file?.startsWith(`${workspace}/`) ? file.slice(workspace.length + 1) : file,
      line: /^\d{1,9}$/.test(line) ? Number(line) : null,
    });
  }

  #mask(data: string): void {
    const { execution } = this.#frame;
    if (data.trim() === "") {
      issue(this.#frame, "warning", "Can't add secret mask for empty string in ##[add-mask] command.");
      return;
    }
    if (this.#echo) execution.log.write("::add-mask::***");
    execution.addMask(data);
  }

  #setEcho(data: string): string | null {
    const value = data.trim().toUpperCase();
    if (value !== "ON" && value !== "OFF")
      return `Invalid echo command value. Possible values can be: 'on', 'off'. Current value is: '${data}'.`;
    this.#echo = value === "ON";
    return null;
  }
}
