/**
 * A run of added or removed lines can often be moved up or down without changing what the difference means. This picks
 * the place as git does: next to a change of the other side if possible, else where the indentation reads best.
 * https://git-scm.com/docs/git-diff#Documentation/git-diff.txt---indent-heuristic
 */

const MAX_INDENT = 200;
const MAX_BLANKS = 20;
const MAX_SLIDING = 100;

/** A run of marked lines, [start, end); empty between two unmarked lines. */
interface Group {
  start: number;
  end: number;
}

/** Moves the groups of one text, in place. `other` are the marks of the other text. */
export function compactGroups(
  lines: readonly string[],
  ids: Int32Array,
  marks: Uint8Array,
  other: Uint8Array,
): void {
  const text = { lines, ids, marks };
  const group = firstGroup(marks);
  const opposite = firstGroup(other);
  for (;;) {
    if (group.end > group.start) placeGroup(text, group, other, opposite);
    if (!next(marks, group)) return;
    next(other, opposite);
  }
}

interface Text {
  readonly lines: readonly string[];
  readonly ids: Int32Array;
  readonly marks: Uint8Array;
}

function firstGroup(marks: Uint8Array): Group {
  const group = { start: 0, end: 0 };
  while (marks[group.end]) group.end++;
  return group;
}

function next(marks: Uint8Array, group: Group): boolean {
  if (group.end === marks.length) return false;
  group.start = group.end + 1;
  group.end = group.start;
  while (marks[group.end]) group.end++;
  return true;
}

function previous(marks: Uint8Array, group: Group): boolean {
  if (group.start === 0) return false;
  group.end = group.start - 1;
  group.start = group.end;
  while (marks[group.start - 1]) group.start--;
  return true;
}

function slideUp({ ids, marks }: Text, group: Group): boolean {
  if (group.start === 0 || ids[group.start - 1] !== ids[group.end - 1]) return false;
  marks[--group.start] = 1;
  marks[--group.end] = 0;
  while (marks[group.start - 1]) group.start--;
  return true;
}

function slideDown({ ids, marks }: Text, group: Group): boolean {
  if (group.end >= ids.length || ids[group.start] !== ids[group.end]) return false;
  marks[group.start++] = 0;
  marks[group.end++] = 1;
  while (marks[group.end]) group.end++;
  return true;
}

function placeGroup(text: Text, group: Group, other: Uint8Array, opposite: Group): void {
  let size: number;
  let earliest: number;
  let aligned: number;
  do {
    size = group.end - group.start;
    aligned = -1;
    while (slideUp(text, group)) previous(other, opposite);
    earliest = group.end;
    if (opposite.end > opposite.start) aligned = group.end;
    while (slideDown(text, group)) {
      next(other, opposite);
      if (opposite.end > opposite.start) aligned = group.end;
    }
  } while (size !== group.end - group.start);
  if (group.end === earliest) return;
  const back = () => slideUp(text, group) && previous(other, opposite);
  if (aligned !== -1) {
    while (opposite.end === opposite.start) back();
  } else {
    const best = bestEnd(text.lines, group.end, size, earliest);
    while (group.end > best) back();
  }
}

interface Score {
  readonly indent: number;
  readonly penalty: number;
}

function bestEnd(lines: readonly string[], end: number, size: number, earliest: number): number {
  let best = -1;
  let bestScore: Score = { indent: 0, penalty: 0 };
  for (let shift = Math.max(earliest, end - size - 1, end - MAX_SLIDING); shift <= end; shift++) {
    const bottom = splitScore(lines, shift);
    const top = splitScore(lines, shift - size);
    const score = { indent: bottom.indent + top.indent, penalty: bottom.penalty + top.penalty };
    if (best === -1 || compare(score, bestScore) <= 0) {
      best = shift;
      bestScore = score;
    }
  }
  return best;
}

function compare(a: Score, b: Score): number {
  return 60 * Math.sign(a.indent - b.indent) + (a.penalty - b.penalty);
}

/** How bad it would be to cut the text before this line. The weights are git's. */
function splitScore(lines: readonly string[], at: number): Score {
  const atEnd = at >= lines.length;
  const own = atEnd ? -1 : indentOf(lines[at] as string);
  const above = neighbour(lines, at - 1, -1);
  const below = neighbour(lines, at + 1, 1);
  const blanksAfter = own === -1 ? 1 + below.blanks : 0;
  const blanks = above.blanks + blanksAfter;
  let penalty = 6 * blanksAfter - 30 * blanks;
  if (above.indent === -1 && above.blanks === 0) penalty += 1;
  if (atEnd) penalty += 21;
  const indent = own === -1 ? below.indent : own;
  return { indent, penalty: penalty + stepPenalty(indent, above.indent, below.indent, blanks > 0) };
}

function stepPenalty(indent: number, above: number, below: number, blanks: boolean): number {
  if (indent === -1 || above === -1 || indent === above) return 0;
  if (indent > above) return blanks ? 10 : -4;
  const outdent = below !== -1 && below > indent;
  if (outdent) return blanks ? 17 : 24;
  return blanks ? 17 : 23;
}

/** The indentation of the nearest line with text, and the blank lines before it. */
function neighbour(lines: readonly string[], from: number, step: 1 | -1): { indent: number; blanks: number } {
  let blanks = 0;
  for (let i = from; i >= 0 && i < lines.length; i += step) {
    const indent = indentOf(lines[i] as string);
    if (indent !== -1) return { indent, blanks };
    blanks++;
    if (blanks === MAX_BLANKS) return { indent: 0, blanks };
  }
  return { indent: -1, blanks };
}

/** Columns before the first character, tabs to multiples of eight; -1 for a blank line. */
function indentOf(line: string): number {
  let columns = 0;
  for (const character of line) {
    if (character === " ") columns += 1;
    else if (character === "\t") columns += 8 - (columns % 8);
    else if (!"\n\r\v\f".includes(character)) return columns;
    if (columns >= MAX_INDENT) return MAX_INDENT;
  }
  return -1;
}
