/**
 * Workflow commands in the output of a step: `::name key=value,…::data` and, from older days, `##[name key=value;…]data`.
 * https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-commands
 * https://github.com/actions/runner/blob/main/src/Runner.Common/ActionCommand.cs
 */

export interface WorkflowCommand {
  /** In lower case. */
  readonly name: string;
  readonly properties: ReadonlyMap<string, string>;
  readonly data: string;
}

/** Every command that the runner knows; anything else in this form is plain output. */
export const COMMANDS: readonly string[] = [
  "stop-commands",
  "set-env",
  "set-output",
  "save-state",
  "add-mask",
  "add-path",
  "add-matcher",
  "remove-matcher",
  "debug",
  "warning",
  "error",
  "notice",
  "group",
  "endgroup",
  "echo",
];

/** Null where the line is no command. `known`: names in lower case. */
export function parseCommand(line: string, known: readonly string[]): WorkflowCommand | null {
  return parseColons(line, known) ?? parseBrackets(line, known);
}

function parseColons(line: string, known: readonly string[]): WorkflowCommand | null {
  const text = line.trimStart();
  const end = text.indexOf("::", 2);
  if (!text.startsWith("::") || end < 0) return null;
  const info = text.slice(2, end);
  return commandOf(info, text.slice(end + 2), known, ",", unescapeProperty, unescapeData);
}

function parseBrackets(line: string, known: readonly string[]): WorkflowCommand | null {
  const start = line.indexOf("##[");
  const end = line.indexOf("]", start);
  if (start < 0 || end < 0) return null;
  return commandOf(line.slice(start + 3, end), line.slice(end + 1), known, ";", unescapeOld, unescapeOld);
}

function commandOf(
  info: string,
  data: string,
  known: readonly string[],
  separator: string,
  property: (text: string) => string,
  whole: (text: string) => string,
): WorkflowCommand | null {
  const space = info.indexOf(" ");
  const name = (space < 0 ? info : info.slice(0, space)).toLowerCase();
  if (!known.includes(name)) return null;
  const properties = new Map<string, string>();
  const listed =
    space < 0
      ? []
      : info
          .slice(space + 1)
          .trim()
          .split(separator);
  for (const item of listed) {
    const equals = item.indexOf("=");
    if (equals > 0 && equals < item.length - 1)
      properties.set(item.slice(0, equals).trim().toLowerCase(), property(item.slice(equals + 1)));
  }
  return { name, properties, data: whole(data) };
}

const DATA = [
  ["%0D", "\r"],
  ["%0A", "\n"],
] as const;
const PROPERTY = [...DATA, ["%3A", ":"], ["%2C", ","]] as const;
const OLD = [["%3B", ";"], ...DATA, ["%5D", "]"]] as const;

function unescaping(pairs: readonly (readonly [string, string])[]): (text: string) => string {
  return (text) =>
    [...pairs, ["%25", "%"] as const].reduce((sum, [from, to]) => sum.replaceAll(from, to), text);
}

const unescapeData = unescaping(DATA);
const unescapeProperty = unescaping(PROPERTY);
const unescapeOld = unescaping(OLD);
