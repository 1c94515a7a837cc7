/**
 * Which lines two texts share: Myers' greedy algorithm.
 * "An O(ND) Difference Algorithm and Its Variations", https://doi.org/10.1007/BF01840446
 */

export interface Line {
  readonly sign: " " | "+" | "-";
  /** With its line break, where it has one. */
  readonly text: string;
}

/** Beyond so many differences the rest counts as replaced whole. */
const MOST_DIFFERENCES = 500;

export function splitLines(text: string): string[] {
  const lines = text.split("\n");
  const last = lines.pop() as string;
  const whole = lines.map((line) => `${line}\n`);
  return last === "" ? whole : [...whole, last];
}

export function diffLines(before: readonly string[], after: readonly string[]): Line[] {
  let start = 0;
  while (start < before.length && start < after.length && before[start] === after[start]) start++;
  let end = 0;
  const most = Math.min(before.length, after.length) - start;
  while (end < most && before[before.length - 1 - end] === after[after.length - 1 - end]) end++;
  const same = (lines: readonly string[]): Line[] => lines.map((text) => ({ sign: " ", text }));
  return [
    ...same(before.slice(0, start)),
    ...middle(before.slice(start, before.length - end), after.slice(start, after.length - end)),
    ...same(before.slice(before.length - end)),
  ];
}

function middle(a: readonly string[], b: readonly string[]): Line[] {
  const trace = furthest(a, b);
  if (trace === null)
    return [...a.map((text): Line => ({ sign: "-", text })), ...b.map((text): Line => ({ sign: "+", text }))];
  return walkBack(a, b, trace);
}

type Frontier = ReadonlyMap<number, number>;

/** For each number of differences, how far each diagonal reached before it; null where there are too many. */
function furthest(a: readonly string[], b: readonly string[]): Frontier[] | null {
  const reached = new Map([[1, 0]]);
  const trace: Frontier[] = [];
  for (let d = 0; d <= Math.min(a.length + b.length, MOST_DIFFERENCES); d++) {
    trace.push(new Map(reached));
    for (let k = -d; k <= d; k += 2) {
      let x = comesDown(reached, k, d) ? at(reached, k + 1) : at(reached, k - 1) + 1;
      while (x < a.length && x - k < b.length && a[x] === b[x - k]) x++;
      reached.set(k, x);
      if (x >= a.length && x - k >= b.length) return trace;
    }
  }
  return null;
}

function comesDown(reached: Frontier, k: number, d: number): boolean {
  return k === -d || (k !== d && at(reached, k - 1) < at(reached, k + 1));
}

function at(reached: Frontier, k: number): number {
  return reached.get(k) ?? 0;
}

function walkBack(a: readonly string[], b: readonly string[], trace: readonly Frontier[]): Line[] {
  const lines: Line[] = [];
  let x = a.length;
  let y = b.length;
  for (let d = trace.length - 1; d >= 0; d--) {
    const reached = trace[d] as Frontier;
    const down = comesDown(reached, x - y, d);
    const fromK = x - y + (down ? 1 : -1);
    const fromX = d === 0 ? 0 : at(reached, fromK);
    const fromY = d === 0 ? 0 : fromX - fromK;
    while (x > fromX && y > fromY) {
      lines.push({ sign: " ", text: a[--x] as string });
      y--;
    }
    if (d === 0) break;
    if (down) lines.push({ sign: "+", text: b[--y] as string });
    else lines.push({ sign: "-", text: a[--x] as string });
  }
  return grouped(lines.reverse());
}

/** Within a change, what goes stands before what comes. */
function grouped(lines: readonly Line[]): Line[] {
  const result: Line[] = [];
  let added: Line[] = [];
  for (const line of lines) {
    if (line.sign === "+") added.push(line);
    else {
      if (line.sign === " ") result.push(...added.splice(0));
      result.push(line);
    }
  }
  return [...result, ...added];
}
