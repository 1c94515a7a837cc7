/** Versions and ranges of versions, as npm reads them. https://semver.org https://github.com/npm/node-semver#ranges */

export interface SemanticVersion {
  readonly core: readonly [major: number, minor: number, patch: number];
  /** Identifiers behind the hyphen; numbers are compared as numbers. */
  readonly prerelease: readonly (number | string)[];
}

interface Comparator {
  readonly operator: "<" | "<=" | ">" | ">=" | "=";
  readonly version: SemanticVersion;
}

/** Alternatives; all comparators of one have to hold. */
export type VersionRange = readonly (readonly Comparator[])[];

const IDENTIFIERS = "[0-9A-Za-z-]+(?:\\.[0-9A-Za-z-]+)*";
const VERSION = new RegExp(
  `^[v=\\s]*(\\d{1,15})\\.(\\d{1,15})\\.(\\d{1,15})(?:-(${IDENTIFIERS}))?(?:\\+${IDENTIFIERS})?$`,
);
const PART = "[xX*]|\\d{1,15}";
const PARTIAL = `[v=\\s]*(${PART})(?:\\.(${PART})(?:\\.(${PART})(?:-(${IDENTIFIERS}))?(?:\\+${IDENTIFIERS})?)?)?`;
const COMPARATOR = new RegExp(`^(\\^|~>?|>=|<=|>|<|=)?\\s*${PARTIAL}$`);
const HYPHEN = new RegExp(`^${PARTIAL}\\s+-\\s+${PARTIAL}$`);
/** Longer ones are nobody's honest range. */
const MOST_CHARACTERS = 256;

/** Null where it is none. */
export function parseVersion(text: string): SemanticVersion | null {
  const match = text.length > MOST_CHARACTERS ? null : VERSION.exec(text.trim());
  if (!match) return null;
  return {
    core: [Number(match[1]), Number(match[2]), Number(match[3])],
    prerelease: identifiers(match[4]),
  };
}

function identifiers(text: string | undefined): (number | string)[] {
  return (text ?? "")
    .split(".")
    .filter((it) => it !== "")
    .map((it) => (/^\d+$/.test(it) ? Number(it) : it));
}

/** Negative where `a` comes before `b`. Something that is no version comes first. */
export function compareVersions(a: string, b: string): number {
  const [left, right] = [parseVersion(a), parseVersion(b)];
  if (!left || !right) return Number(left !== null) - Number(right !== null);
  return compare(left, right);
}

function compare(a: SemanticVersion, b: SemanticVersion): number {
  for (let i = 0; i < 3; i++) {
    const difference = (a.core[i] as number) - (b.core[i] as number);
    if (difference !== 0) return difference;
  }
  if (a.prerelease.length === 0 || b.prerelease.length === 0)
    return Number(a.prerelease.length === 0) - Number(b.prerelease.length === 0);
  for (let i = 0; ; i++) {
    const [left, right] = [a.prerelease[i], b.prerelease[i]];
    if (left === undefined || right === undefined)
      return Number(left !== undefined) - Number(right !== undefined);
    if (left === right) continue;
    if (typeof left !== typeof right) return typeof left === "number" ? -1 : 1;
    return left < right ? -1 : 1;
  }
}

/** Null where it is none: a tag, an address. */
export function parseRange(text: string): VersionRange | null {
  if (text.length > MOST_CHARACTERS) return null;
  const sets = text.split("||").map((part) => parseSet(part.trim()));
  return sets.includes(null) ? null : (sets as Comparator[][]);
}

function parseSet(text: string): Comparator[] | null {
  if (text === "") return [];
  const hyphen = HYPHEN.exec(text);
  if (hyphen) return [...lower(partialOf(hyphen, 1)), ...upperOfHyphen(partialOf(hyphen, 5))];
  const words = text.replace(/([<>=~^])\s+/g, "$1").split(/\s+/);
  const all: Comparator[] = [];
  for (const word of words) {
    const match = COMPARATOR.exec(word);
    if (!match) return null;
    all.push(...comparators(match[1] ?? "", partialOf(match, 2)));
  }
  return all;
}

interface Partial {
  /** As many as are there: `1.x` has one. */
  readonly numbers: readonly number[];
  readonly prerelease: readonly (number | string)[];
}

function partialOf(match: RegExpExecArray, at: number): Partial {
  const numbers: number[] = [];
  for (const part of [match[at], match[at + 1], match[at + 2]]) {
    if (part === undefined || /^[xX*]$/.test(part)) break;
    numbers.push(Number(part));
  }
  return { numbers, prerelease: numbers.length === 3 ? identifiers(match[at + 3]) : [] };
}

function comparators(operator: string, partial: Partial): Comparator[] {
  const { numbers } = partial;
  if (numbers.length === 0) return operator === "<" || operator === ">" ? [below([0, 0, 0])] : [];
  if (operator === "^") return [...lower(partial), below(next(numbers, caretAt(numbers)))];
  if (operator.startsWith("~")) return [...lower(partial), below(next(numbers, numbers.length > 1 ? 1 : 0))];
  if (numbers.length === 3)
    return [
      { operator: (operator || "=") as Comparator["operator"], version: filled(numbers, partial.prerelease) },
    ];
  const after = next(numbers, numbers.length - 1);
  if (operator === ">") return [{ operator: ">=", version: filled(after) }];
  if (operator === ">=") return lower(partial);
  if (operator === "<") return [below(filled(numbers).core)];
  if (operator === "<=") return [below(after)];
  return [...lower(partial), below(after)];
}

/** Which number a caret keeps: the first that is not zero. */
function caretAt(numbers: readonly number[]): number {
  const first = numbers.findIndex((it) => it !== 0);
  return first < 0 ? numbers.length - 1 : first;
}

function next(numbers: readonly number[], at: number): [number, number, number] {
  const [major, minor, patch] = numbers.map((it, i) => (i < at ? it : i === at ? it + 1 : 0));
  return [major ?? 0, minor ?? 0, patch ?? 0];
}

function lower({ numbers, prerelease }: Partial): Comparator[] {
  return numbers.length === 0 ? [] : [{ operator: ">=", version: filled(numbers, prerelease) }];
}

function upperOfHyphen({ numbers, prerelease }: Partial): Comparator[] {
  if (numbers.length === 0) return [];
  if (numbers.length === 3) return [{ operator: "<=", version: filled(numbers, prerelease) }];
  return [below(next(numbers, numbers.length - 1))];
}

/** Before the version and before all that lead to it. */
function below(core: readonly [number, number, number]): Comparator {
  return { operator: "<", version: { core, prerelease: [0] } };
}

function filled(
  [major = 0, minor = 0, patch = 0]: readonly number[],
  prerelease: Partial["prerelease"] = [],
): SemanticVersion {
  return { core: [major, minor, patch], prerelease };
}

/** A version that leads to another one fits only where a comparator names one of the same. */
export function satisfies(version: string, range: VersionRange | string): boolean {
  const parsed = parseVersion(version);
  const sets = typeof range === "string" ? parseRange(range) : range;
  if (!parsed || !sets) return false;
  return sets.some(
    (set) => set.every((it) => holds(parsed, it)) && (parsed.prerelease.length === 0 || names(set, parsed)),
  );
}

function holds(version: SemanticVersion, { operator, version: bound }: Comparator): boolean {
  const order = compare(version, bound);
  if (operator === "=") return order === 0;
  if (operator === "<") return order < 0;
  if (operator === "<=") return order <= 0;
  return operator === ">" ? order > 0 : order >= 0;
}

function names(set: readonly Comparator[], { core }: SemanticVersion): boolean {
  return set.some(
    ({ operator, version }) =>
      version.prerelease.length > 0 &&
      !(operator === "<" && version.prerelease[0] === 0 && version.prerelease.length === 1) &&
      version.core.every((number, i) => number === core[i]),
  );
}
