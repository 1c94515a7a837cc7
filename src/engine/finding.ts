/** What a rule of the engine reported, and the order in which findings are listed. */

export interface Finding {
  /** Package name of the rule, for example "@secretlint/secretlint-rule-github". */
  readonly ruleId: string;
  readonly messageId: string;
  /** UTF-16 code units in the text that was scanned (a leading byte order mark not counted); end exclusive. */
  readonly range: readonly [start: number, end: number];
  /** Lines count from 1, columns from 0, as in Secretlint. */
  readonly line: number;
  readonly column: number;
  readonly endLine: number;
  readonly endColumn: number;
  /** The rule's own sentence with every part of the value replaced by stars. Safe to show. */
  readonly message: string;
}

function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/** A total order over findings of one text: by place, then message, then rule. */
export function compareFindings(a: Finding, b: Finding): number {
  return (
    a.range[0] - b.range[0] ||
    a.range[1] - b.range[1] ||
    compareText(a.messageId, b.messageId) ||
    compareText(a.message, b.message) ||
    compareText(a.ruleId, b.ruleId)
  );
}
