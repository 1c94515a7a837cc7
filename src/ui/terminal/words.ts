/** What the terminal says of its own, apart from what commands print, in the language of the page. */
import { textIn, type Text } from "../text/text.ts";

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

export function terminalWords(t: Text): TerminalWords {
  return {
    input: t("Terminal input. F6 leaves the terminal."),
    list: t("Commands and their output"),
    running: t("running"),
    waiting: t("waits for input"),
    exit: (code) => t("exit code {code}", { code }),
    lines: (count) => t.many(count, "{n} line of output", "{n} lines of output"),
    leftOut: (count) => t.many(count, "{n} line before this left out", "{n} lines before this left out"),
    restored: (count) => t.many(count, "{n} command restored", "{n} commands restored"),
    candidates: (count) => t.many(count, "{n} candidate", "{n} candidates"),
    moreCandidates: (count) => t("and {n} more", { n: count }),
    notRun: (reason) => t("The command was not run: {reason}", { reason }),
    pagerHelp: t("q leaves, Space next page, / searches"),
    pagerOpened: (lines) => t.many(lines, "Pager, {n} line. q leaves.", "Pager, {n} lines. q leaves."),
    copied: t("Copied"),
    find: t("Find in terminal"),
    findNext: t("Next"),
    findPrevious: t("Previous"),
    findClose: t("Close"),
    findCount: (at, of) => t("{n} of {all}", { n: at, all: of }),
    findNone: t("No match"),
  };
}

export const english: TerminalWords = terminalWords(textIn("en", {}));
