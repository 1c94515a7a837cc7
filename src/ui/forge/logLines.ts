/** A step's log as rows: groups that fold, what the runner says by itself, and what it hid. */

export type LogKind = "plain" | "command" | "error" | "warning" | "notice" | "debug" | "group";

export interface LogRow {
  /** Counts through the whole job, from 1. */
  readonly number: number;
  /** Line of the step's own log, from 1. */
  readonly line: number;
  readonly kind: LogKind;
  /** "09:00:10", without the date. */
  readonly time: string;
  readonly text: string;
  /** Number of the row that opened the group it stands in; null outside of groups. */
  readonly group: number | null;
}

const TIME = /^(\d{4}-\d\d-\d\dT(\d\d:\d\d:\d\d)\.\d+Z) ?/;
const KINDS: readonly (readonly [RegExp, LogKind])[] = [
  [/^##\[error\]/, "error"],
  [/^##\[warning\]/, "warning"],
  [/^##\[notice\]/, "notice"],
  [/^##\[debug\]/, "debug"],
  [/^(?:##)?\[command\]/, "command"],
  [/^##\[group\]/, "group"],
];

/** `first` is the number of the first row. Escape sequences are left out: the panel shows plain text. */
export function logRows(log: string, first: number): LogRow[] {
  const rows: LogRow[] = [];
  let group: number | null = null;
  for (const [index, line] of log.split("\n").entries()) {
    if (line === "") continue;
    const time = TIME.exec(line)?.[2] ?? "";
    const told = plain(line.replace(TIME, ""));
    if (told.startsWith("##[endgroup]")) {
      group = null;
      continue;
    }
    const [pattern, kind] = KINDS.find(([it]) => it.test(told)) ?? [
      null,
      told.startsWith("+ ") ? "command" : "plain",
    ];
    const number = first + rows.length;
    const text = pattern ? told.replace(pattern, "") : told;
    rows.push({
      number,
      line: index + 1,
      kind: kind as LogKind,
      time,
      text,
      group: kind === "group" ? null : group,
    });
    if (kind === "group") group = number;
  }
  return rows;
}

/** Without colours and other escape sequences, and without control characters: a log is hostile text. */
function plain(text: string): string {
  return text
    .replace(/\u001b\[[0-9;?]*[ -/]*[@-~]/g, "")
    .replace(/\u001b\][^\u0007\u001b]*(?:\u0007|\u001b\\)?/g, "")
    .replace(/[\u0000-\u0008\u000b-\u001f\u007f-\u009f]/g, "")
    .replace(/[\u202a-\u202e\u2066-\u2069]/g, "");
}

/** A text in pieces: what the runner hid stands apart. */
export function maskedParts(text: string): readonly { readonly masked: boolean; readonly text: string }[] {
  return text
    .split(/(\*\*\*)/)
    .filter((part) => part !== "")
    .map((part) => ({ masked: part === "***", text: part }));
}
