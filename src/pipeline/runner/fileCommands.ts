/**
 * The files through which a step tells the runner something: $GITHUB_ENV, $GITHUB_OUTPUT, $GITHUB_PATH, $GITHUB_STATE
 * and $GITHUB_STEP_SUMMARY.
 * https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-commands#environment-files
 * https://github.com/actions/runner/blob/main/src/Runner.Worker/FileCommandManager.cs
 */
import { toUtf8 } from "../../base/bytes.ts";
import { debug, fail, issue, type Frame } from "./execution.ts";

/** Names in the `github` context, and how the files are called. */
const FILES = {
  env: "set_env_",
  path: "add_path_",
  step_summary: "step_summary_",
  output: "set_output_",
  state: "save_state_",
} as const;
type FileCommand = keyof typeof FILES;

export const SUMMARY_KIB = 1024;

export interface CommandFiles {
  /** GITHUB_ENV and the others, with their paths. */
  readonly variables: Readonly<Record<string, string>>;
  readonly paths: Readonly<Record<FileCommand, string>>;
}

/** Makes the empty files of one step. */
export function makeCommandFiles({ execution }: Frame): CommandFiles {
  const { disk, user, request } = execution;
  const folder = `${request.state.temp}/_runner_file_commands`;
  disk.mkdir(folder, { recursive: true }, user);
  const suffix = execution.uuid();
  const names = Object.keys(FILES) as FileCommand[];
  const paths = Object.fromEntries(names.map((name) => [name, `${folder}/${FILES[name]}${suffix}`]));
  for (const name of names) disk.write(paths[name] as string, "", user);
  return {
    paths: paths as Record<FileCommand, string>,
    variables: Object.fromEntries(
      names.map((name) => [`GITHUB_${name.toUpperCase()}`, paths[name] as string]),
    ),
  };
}

/** Reads them after the step, and removes them. */
export function readCommandFiles(frame: Frame, { paths }: CommandFiles): void {
  const { disk } = frame.execution;
  for (const name of Object.keys(FILES) as FileCommand[]) {
    const text = readText(frame, paths[name]);
    const problem = text === null ? null : EFFECTS[name](frame, text);
    if (problem !== null) {
      fail(frame, `Unable to process file command '${name}' successfully.`);
      fail(frame, problem);
    }
  }
  for (const path of Object.values(paths)) disk.remove(path, { force: true });
}

/** Null where the step removed it. */
function readText({ execution }: Frame, path: string): string | null {
  const { disk } = execution;
  return disk.exists(path) && disk.stat(path).isFile ? toUtf8(disk.read(path)).replace(/^\uFEFF/, "") : null;
}

/** Each returns why the file cannot be read. */
const EFFECTS: Readonly<Record<FileCommand, (frame: Frame, text: string) => string | null>> = {
  path: ({ execution }, text) => {
    for (const line of text.split(/\r?\n/)) {
      if (line !== "") execution.path = [line, ...execution.path.filter((it) => it !== line)];
    }
    return null;
  },
  env: (frame, text) =>
    eachPair(text, (name, value) => {
      if (name.toUpperCase() === "NODE_OPTIONS")
        issue(frame, "failure", "Can't store NODE_OPTIONS output parameter using '$GITHUB_ENV' command.");
      else {
        frame.execution.env[name] = value;
        debug(frame.execution, `${name}='${value}'`);
      }
    }),
  output: (frame, text) =>
    eachPair(text, (name, value) => {
      frame.outputs[name] = value;
      debug(frame.execution, `Set output ${name} = ${value}`);
    }),
  state: ({ execution, step }, text) =>
    eachPair(text, (name, value) => {
      execution.states[step.id] = { ...execution.states[step.id], [name]: value };
      debug(execution, `Save intra-action state ${name} = ${value}`);
    }),
  step_summary: (frame, text) => {
    summarize(frame, text);
    return null;
  },
};

/** The runner hides secrets in a summary before it sends it, line by line. */
function summarize(frame: Frame, text: string): void {
  if (text === "") return;
  const kib = Math.floor(new TextEncoder().encode(text).length / 1024);
  if (kib >= SUMMARY_KIB && text.length > SUMMARY_KIB * 1024) {
    issue(
      frame,
      "failure",
      `$GITHUB_STEP_SUMMARY upload aborted, supports content up to a size of ${SUMMARY_KIB}k, got ${kib}k. For more information see: https://docs.github.com/actions/using-workflows/workflow-commands-for-github-actions#adding-a-markdown-summary`,
    );
    return;
  }
  const lines = text.replace(/\n$/, "").split(/\r?\n/);
  frame.execution.summary += lines.map((line) => `${frame.execution.mask(line)}\n`).join("");
}

/** NAME=VALUE, or NAME<<DELIMITER, lines, DELIMITER. What stands before a mistake counts. */
function eachPair(text: string, use: (name: string, value: string) => void): string | null {
  const lines = text.split("\n");
  const closed = lines.at(-1) === "";
  if (closed) lines.pop();
  for (let i = 0; i < lines.length; i++) {
    const line = lines[i] as string;
    if (line === "") continue;
    const equals = line.indexOf("=");
    const heredoc = line.indexOf("<<");
    if (equals >= 0 && (heredoc < 0 || equals < heredoc)) {
      use(line.slice(0, equals), line.slice(equals + 1));
      continue;
    }
    if (heredoc < 0) return `Invalid format '${line}'`;
    const [name, delimiter] = [line.slice(0, heredoc), line.slice(heredoc + 2)];
    if (name === "" || delimiter === "")
      return `Invalid format '${line}'. Name must not be empty and delimiter must not be empty`;
    const end = lines.indexOf(delimiter, i + 1);
    if (end < 0) {
      const cutOff = !closed && i + 1 < lines.length;
      return cutOff
        ? "Invalid value. EOF marker missing new line."
        : `Invalid value. Matching delimiter not found '${delimiter}'`;
    }
    use(name, lines.slice(i + 1, end).join("\n"));
    i = end;
  }
  return null;
}
