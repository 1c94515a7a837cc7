/** What the terminal says of its own, apart from what commands print. One object per language. */
export interface TerminalWords {
  readonly input: string;
  readonly list: string;
  readonly running: string;
  readonly waiting: string;
  readonly exit: (code: number) => string;
  readonly lines: (count: number) => string;
  readonly leftOut: (count: number) => string;
  readonly restored: (count: number) => string;
  readonly candidates: (count: number) => string;
  readonly moreCandidates: (count: number) => string;
  readonly notRun: (reason: string) => string;
  readonly pagerHelp: string;
  readonly pagerOpened: (lines: number) => string;
  readonly copied: string;
  readonly find: string;
  readonly findNext: string;
  readonly findPrevious: string;
  readonly findClose: string;
  readonly findCount: (at: number, of: number) => string;
  readonly findNone: string;
}

const plural = (count: number, one: string, many: string) => `${count} ${count === 1 ? one : many}`;

export const english: TerminalWords = {
  input: "Terminal input. F6 leaves the terminal.",
  list: "Commands and their output",
  running: "running",
  waiting: "waits for input",
  exit: (code) => `exit code ${code}`,
  lines: (count) => `${plural(count, "line", "lines")} of output`,
  leftOut: (count) => `${plural(count, "line", "lines")} before this left out`,
  restored: (count) => `${plural(count, "command", "commands")} restored`,
  candidates: (count) => plural(count, "candidate", "candidates"),
  moreCandidates: (count) => `and ${count} more`,
  notRun: (reason) => `The command was not run: ${reason}`,
  pagerHelp: "q leaves, Space next page, / searches",
  pagerOpened: (lines) => `Pager, ${plural(lines, "line", "lines")}. q leaves.`,
  copied: "Copied",
  find: "Find in terminal",
  findNext: "Next",
  findPrevious: "Previous",
  findClose: "Close",
  findCount: (at, of) => `${at} of ${of}`,
  findNone: "No match",
};
