/**
 * Patterns for branches, tags and paths. `?` and `+` repeat the character before them, as in a regular expression.
 * https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-syntax#filter-pattern-cheat-sheet
 * Matched by walking all states at once: a hostile pattern cannot take exponential time.
 */

interface Unit {
  matches(character: string): boolean;
  readonly optional: boolean;
  readonly repeats: boolean;
}

export function matchesGlob(pattern: string, text: string): boolean {
  // `**/a` is also `a`: any number of folders, none included.
  const bare = pattern.replace(/^(?:\*\*\/)+/, "");
  if (bare !== pattern && matchesGlob(bare, text)) return true;
  const inner = pattern.indexOf("/**/");
  if (inner >= 0 && matchesUnits(unitsOf(pattern.replaceAll("/**/", "/")), text)) return true;
  return matchesUnits(unitsOf(pattern), text);
}

function matchesUnits(units: readonly Unit[], text: string): boolean {
  let states = closure(units, new Set([0]));
  for (const character of text) {
    const next = new Set<number>();
    for (const at of states) {
      const unit = units[at];
      if (!unit?.matches(character)) continue;
      next.add(at + 1);
      if (unit.repeats) next.add(at);
    }
    states = closure(units, next);
    if (states.size === 0) return false;
  }
  return states.has(units.length);
}

/**
 * Patterns in order; one with `!` takes away what earlier ones matched. Without a pattern that includes nothing matches.
 */
export function matchesAny(patterns: readonly string[], text: string): boolean {
  let matched = false;
  for (const pattern of patterns) {
    if (pattern.startsWith("!")) matched &&= !matchesGlob(pattern.slice(1), text);
    else matched ||= matchesGlob(pattern, text);
  }
  return matched;
}

/** States that need no further character. */
function closure(units: readonly Unit[], states: Set<number>): Set<number> {
  for (const at of states) if (units[at]?.optional) states.add(at + 1);
  return states;
}

function unitsOf(pattern: string): Unit[] {
  const units: Unit[] = [];
  let at = 0;
  while (at < pattern.length) {
    const [unit, length] = unitAt(pattern.slice(at));
    at += length;
    const quantifier = unit.repeats ? undefined : pattern[at];
    if (quantifier === "?" || quantifier === "+") at += 1;
    units.push(
      quantifier === "?"
        ? { ...unit, optional: true }
        : quantifier === "+"
          ? { ...unit, repeats: true }
          : unit,
    );
  }
  return units;
}

function unitAt(rest: string): [Unit, number] {
  const one = (matches: Unit["matches"]): Unit => ({ matches, optional: false, repeats: false });
  if (rest.startsWith("**")) return [{ matches: () => true, optional: true, repeats: true }, 2];
  if (rest.startsWith("*")) return [{ matches: (it) => it !== "/", optional: true, repeats: true }, 1];
  const set = /^\[([^\]]+)\]/.exec(rest);
  if (set) return [one((it) => inSet(set[1] as string, it)), set[0].length];
  if (rest.startsWith("\\") && rest.length > 1) return [one((it) => it === rest[1]), 2];
  return [one((it) => it === rest[0]), 1];
}

/** `a-z0-9`: characters and ranges. */
function inSet(set: string, character: string): boolean {
  for (let at = 0; at < set.length; at++) {
    const from = set[at] as string;
    if (set[at + 1] === "-" && at + 2 < set.length) {
      if (character >= from && character <= (set[at + 2] as string)) return true;
      at += 2;
    } else if (character === from) return true;
  }
  return false;
}
