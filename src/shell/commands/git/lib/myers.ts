/**
 * Which lines differ between two texts, chosen exactly as git's default algorithm chooses them: Myers' linear-space
 * search with its cost limits, then sliding of ambiguous groups by indentation.
 * https://git-scm.com/docs/git-diff#Documentation/git-diff.txt---diff-algorithmpatienceminimalhistogrammyers
 */
import { compactGroups } from "./slide.ts";

/** Marks per line: 1 = removed (a) or added (b). Both arrays are as long as the texts have lines. */
export interface LineMarks {
  readonly a: Uint8Array;
  readonly b: Uint8Array;
}

/** Texts as classes: lines with the same number are equal. */
interface Side {
  readonly ids: Int32Array;
  readonly marks: Uint8Array;
  /** Line numbers that take part in the search, and their classes. */
  index: Int32Array;
  kept: Int32Array;
}

const EQUAL_LIMIT = 1024;
const WINDOW = 100;
const RUN = 4;
const MIN_COST = 256;
const SNAKE = 20;
const HEURISTIC = 4;

/** @param key reduces a line to what counts for equality (whitespace options). */
export function markLines(
  a: readonly string[],
  b: readonly string[],
  key: (line: string) => string = same,
): LineMarks {
  const classes = new Map<string, number>();
  const left = side(a, key, classes);
  const right = side(b, key, classes);
  dropHopeless(left, right, classes.size);
  search(left, right);
  compactGroups(a, left.ids, left.marks, right.marks);
  compactGroups(b, right.ids, right.marks, left.marks);
  return { a: left.marks, b: right.marks };
}

function same(line: string): string {
  return line;
}

function side(lines: readonly string[], key: (line: string) => string, classes: Map<string, number>): Side {
  const ids = Int32Array.from(lines, (line) => {
    const text = key(line);
    let id = classes.get(text);
    if (id === undefined) classes.set(text, (id = classes.size));
    return id;
  });
  const none = new Int32Array(0);
  return { ids, marks: new Uint8Array(lines.length), index: none, kept: none };
}

/** git's approximation of a square root by shifts. */
function roughRoot(n: number): number {
  let root = 1;
  for (let left = n; left > 0; left >>= 2) root <<= 1;
  return root;
}

/** Marks at once what cannot match, and what matches so often that it would mislead the search. */
function dropHopeless(left: Side, right: Side, classes: number): void {
  const start = commonPrefix(left.ids, right.ids);
  const tail = commonSuffix(left.ids, right.ids, start);
  const inLeft = counts(left.ids, classes);
  const inRight = counts(right.ids, classes);
  keepUseful(left, inRight, start, left.ids.length - tail);
  keepUseful(right, inLeft, start, right.ids.length - tail);
}

function commonPrefix(a: Int32Array, b: Int32Array): number {
  const limit = Math.min(a.length, b.length);
  let i = 0;
  while (i < limit && a[i] === b[i]) i++;
  return i;
}

function commonSuffix(a: Int32Array, b: Int32Array, start: number): number {
  const limit = Math.min(a.length, b.length) - start;
  let i = 0;
  while (i < limit && a[a.length - 1 - i] === b[b.length - 1 - i]) i++;
  return i;
}

function counts(ids: Int32Array, classes: number): Int32Array {
  const count = new Int32Array(classes);
  for (const id of ids) count[id] = (count[id] as number) + 1;
  return count;
}

/** @param end one past the last line that is not part of the common tail. */
function keepUseful(it: Side, inOther: Int32Array, start: number, end: number): void {
  const many = Math.min(roughRoot(it.ids.length), EQUAL_LIMIT);
  const fate = new Uint8Array(it.ids.length);
  for (let i = start; i < end; i++) {
    const matches = inOther[it.ids[i] as number] as number;
    fate[i] = matches === 0 ? 0 : matches >= many ? 2 : 1;
  }
  const index: number[] = [];
  for (let i = start; i < end; i++) {
    if (fate[i] === 1 || (fate[i] === 2 && !misleads(fate, i, start, end - 1))) index.push(i);
    else it.marks[i] = 1;
  }
  it.index = Int32Array.from(index);
  it.kept = Int32Array.from(index, (i) => it.ids[i] as number);
}

/** A line with many matches, surrounded by lines that mostly have none, is better dropped. */
function misleads(fate: Uint8Array, at: number, start: number, end: number): boolean {
  const before = run(fate, at, -1, Math.max(start, at - WINDOW));
  if (before.none === 0) return false;
  const after = run(fate, at, 1, Math.min(end, at + WINDOW));
  if (after.none === 0) return false;
  const none = before.none + after.none;
  const many = before.many + after.many;
  return many * RUN < many + none;
}

function run(fate: Uint8Array, at: number, step: 1 | -1, limit: number): { none: number; many: number } {
  let none = 0;
  let many = 1;
  for (let i = at + step; step > 0 ? i <= limit : i >= limit; i += step) {
    if (fate[i] === 0) none++;
    else if (fate[i] === 2) many++;
    else break;
  }
  return { none, many };
}

interface Search {
  readonly a: Int32Array;
  readonly b: Int32Array;
  /** Furthest points per diagonal, forwards and backwards, shifted by `shift`. */
  readonly forward: Int32Array;
  readonly backward: Int32Array;
  readonly shift: number;
  readonly maxCost: number;
}

interface Box {
  readonly a0: number;
  readonly a1: number;
  readonly b0: number;
  readonly b1: number;
}

interface Split {
  readonly a: number;
  readonly b: number;
  /** Whether the lower or upper part must be searched without heuristics. */
  readonly lowMinimal: boolean;
  readonly highMinimal: boolean;
}

const FAR = 0x7fffffff;

function search(left: Side, right: Side): void {
  const diagonals = left.kept.length + right.kept.length + 3;
  const it: Search = {
    a: left.kept,
    b: right.kept,
    forward: new Int32Array(diagonals),
    backward: new Int32Array(diagonals),
    shift: right.kept.length + 1,
    maxCost: Math.max(roughRoot(diagonals), MIN_COST),
  };
  const boxes: { box: Box; minimal: boolean }[] = [
    { box: { a0: 0, a1: left.kept.length, b0: 0, b1: right.kept.length }, minimal: false },
  ];
  for (let next = boxes.pop(); next; next = boxes.pop()) {
    const box = shrink(it, next.box);
    if (box.a0 === box.a1) {
      for (let j = box.b0; j < box.b1; j++) right.marks[right.index[j] as number] = 1;
    } else if (box.b0 === box.b1) {
      for (let i = box.a0; i < box.a1; i++) left.marks[left.index[i] as number] = 1;
    } else {
      const at = split(it, box, next.minimal);
      boxes.push({ box: { ...box, a0: at.a, b0: at.b }, minimal: at.highMinimal });
      boxes.push({ box: { ...box, a1: at.a, b1: at.b }, minimal: at.lowMinimal });
    }
  }
}

function shrink(it: Search, box: Box): Box {
  let { a0, a1, b0, b1 } = box;
  while (a0 < a1 && b0 < b1 && it.a[a0] === it.b[b0]) {
    a0++;
    b0++;
  }
  while (a0 < a1 && b0 < b1 && it.a[a1 - 1] === it.b[b1 - 1]) {
    a1--;
    b1--;
  }
  return { a0, a1, b0, b1 };
}

/** The diagonals that one front has reached. */
interface Front {
  min: number;
  max: number;
}

/** Finds where the shortest path crosses the middle, or gives a good place where that costs too much. */
function split(it: Search, box: Box, minimal: boolean): Split {
  const { forward, backward, shift } = it;
  const lowest = box.a0 - box.b1;
  const highest = box.a1 - box.b0;
  const start = box.a0 - box.b0;
  const end = box.a1 - box.b1;
  const odd = ((start - end) & 1) !== 0;
  const f: Front = { min: start, max: start };
  const b: Front = { min: end, max: end };
  forward[start + shift] = box.a0;
  backward[end + shift] = box.a1;
  for (let cost = 1; ; cost++) {
    widen(f, lowest, highest, forward, shift, -1);
    const ahead = stepForward(it, box, f, odd ? b : null);
    if (ahead.met) return ahead.met;
    widen(b, lowest, highest, backward, shift, FAR);
    const behind = stepBackward(it, box, b, odd ? null : f);
    if (behind.met) return behind.met;
    if (minimal) continue;
    if ((ahead.snake || behind.snake) && cost > MIN_COST) {
      const good = goodForward(it, box, f, start, cost) ?? goodBackward(it, box, b, end, cost);
      if (good) return good;
    }
    if (cost >= it.maxCost) return furthest(it, box, f, b);
  }
}

/** One diagonal more on each side, or one less where the box ends. */
function widen(
  front: Front,
  lowest: number,
  highest: number,
  reach: Int32Array,
  shift: number,
  border: number,
): void {
  if (front.min > lowest) reach[--front.min - 1 + shift] = border;
  else ++front.min;
  if (front.max < highest) reach[++front.max + 1 + shift] = border;
  else --front.max;
}

interface Step {
  readonly met: Split | null;
  readonly snake: boolean;
}

function stepForward(it: Search, box: Box, f: Front, other: Front | null): Step {
  const { a, b, forward, backward, shift } = it;
  let snake = false;
  for (let d = f.max; d >= f.min; d -= 2) {
    const below = forward[d - 1 + shift] as number;
    const above = forward[d + 1 + shift] as number;
    const from = below >= above ? below + 1 : above;
    let i = from;
    while (i < box.a1 && i - d < box.b1 && a[i] === b[i - d]) i++;
    if (i - from > SNAKE) snake = true;
    forward[d + shift] = i;
    if (other && other.min <= d && d <= other.max && (backward[d + shift] as number) <= i)
      return { met: exact(i, i - d), snake };
  }
  return { met: null, snake };
}

function stepBackward(it: Search, box: Box, back: Front, other: Front | null): Step {
  const { a, b, forward, backward, shift } = it;
  let snake = false;
  for (let d = back.max; d >= back.min; d -= 2) {
    const below = backward[d - 1 + shift] as number;
    const above = backward[d + 1 + shift] as number;
    const from = below < above ? below : above - 1;
    let i = from;
    while (i > box.a0 && i - d > box.b0 && a[i - 1] === b[i - d - 1]) i--;
    if (from - i > SNAKE) snake = true;
    backward[d + shift] = i;
    if (other && other.min <= d && d <= other.max && i <= (forward[d + shift] as number))
      return { met: exact(i, i - d), snake };
  }
  return { met: null, snake };
}

function exact(a: number, b: number): Split {
  return { a, b, lowMinimal: true, highMinimal: true };
}

/** A forward diagonal that went unusually far and ends in a long run of equal lines. */
function goodForward(it: Search, box: Box, f: Front, middle: number, cost: number): Split | null {
  let best = 0;
  let found: Split | null = null;
  for (let d = f.max; d >= f.min; d -= 2) {
    const i = it.forward[d + it.shift] as number;
    const j = i - d;
    const value = i - box.a0 + (j - box.b0) - Math.abs(d - middle);
    const inside = box.a0 + SNAKE <= i && i < box.a1 && box.b0 + SNAKE <= j && j < box.b1;
    if (value > HEURISTIC * cost && value > best && inside && equalRun(it, i - SNAKE, j - SNAKE)) {
      best = value;
      found = { a: i, b: j, lowMinimal: true, highMinimal: false };
    }
  }
  return found;
}

function goodBackward(it: Search, box: Box, back: Front, middle: number, cost: number): Split | null {
  let best = 0;
  let found: Split | null = null;
  for (let d = back.max; d >= back.min; d -= 2) {
    const i = it.backward[d + it.shift] as number;
    const j = i - d;
    const value = box.a1 - i + (box.b1 - j) - Math.abs(d - middle);
    const inside = box.a0 < i && i <= box.a1 - SNAKE && box.b0 < j && j <= box.b1 - SNAKE;
    if (value > HEURISTIC * cost && value > best && inside && equalRun(it, i, j)) {
      best = value;
      found = { a: i, b: j, lowMinimal: false, highMinimal: true };
    }
  }
  return found;
}

function equalRun(it: Search, i: number, j: number): boolean {
  for (let k = 0; k < SNAKE; k++) if (it.a[i + k] !== it.b[j + k]) return false;
  return true;
}

/** Too dear: the furthest point that either front has reached. */
function furthest(it: Search, box: Box, f: Front, back: Front): Split {
  let ahead = -1;
  let aheadA = -1;
  for (let d = f.max; d >= f.min; d -= 2) {
    let i = Math.min(it.forward[d + it.shift] as number, box.a1);
    if (i - d > box.b1) i = box.b1 + d;
    if (ahead < 2 * i - d) [ahead, aheadA] = [2 * i - d, i];
  }
  let behind = FAR;
  let behindA = FAR;
  for (let d = back.max; d >= back.min; d -= 2) {
    let i = Math.max(box.a0, it.backward[d + it.shift] as number);
    if (i - d < box.b0) i = box.b0 + d;
    if (2 * i - d < behind) [behind, behindA] = [2 * i - d, i];
  }
  return box.a1 + box.b1 - behind < ahead - (box.a0 + box.b0)
    ? { a: aheadA, b: ahead - aheadA, lowMinimal: true, highMinimal: false }
    : { a: behindA, b: behind - behindA, lowMinimal: false, highMinimal: true };
}
