/** How the crossing of a limit reads: one plain sentence that names the limit, whatever just-bash calls it. */
import { SHELL_LIMITS } from "./limits.ts";

const MIB = 1 << 20;

/** just-bash's words for a limit, and ours; the first that fits. */
const SENTENCES: readonly (readonly [words: RegExp, sentence: string])[] = [
  [/too many commands/, `a line may run at most ${SHELL_LIMITS.maxCommandCount} commands`],
  [/brace/, `braces may expand to at most ${SHELL_LIMITS.maxBraceExpansionResults} words`],
  [/too many iterations|iteration limit/, `a loop may run at most ${SHELL_LIMITS.maxLoopIterations} times`],
  [/alias expansion/, `aliases may be nested at most ${SHELL_LIMITS.maxCallDepth} deep`],
  [/maximum recursion depth/, `functions may call one another at most ${SHELL_LIMITS.maxCallDepth} deep`],
  [/source: maximum nesting/, `files may source one another at most ${SHELL_LIMITS.maxSourceDepth} deep`],
  [/nested execution depth/, `scripts may start one another at most ${SHELL_LIMITS.maxExecDepth} deep`],
  [
    /substitution nesting|substitution limit/,
    `substitutions may be nested at most ${SHELL_LIMITS.maxSubstitutionDepth} deep`,
  ],
  [/[Gg]lob/, `patterns of a line may look at ${SHELL_LIMITS.maxGlobOperations} names at most`],
  [/array|element limit/, `an array may hold at most ${SHELL_LIMITS.maxArrayElements} elements`],
  [/traversal/, `a line may visit at most ${SHELL_LIMITS.maxTraversalEntries} files`],
  [/file descriptors/, `at most ${SHELL_LIMITS.maxFileDescriptors} files may be open`],
  [/[Hh]ere-?doc/, `a here-document may hold at most ${SHELL_LIMITS.maxHeredocSize / MIB} MiB`],
  [/live byte|input size/, `a line may hold at most ${SHELL_LIMITS.maxLiveBytes / MIB} MiB at once`],
  [/output/, `a line may print at most ${SHELL_LIMITS.maxOutputSize / MIB} MiB`],
  [/string|format/, `a text may hold at most ${SHELL_LIMITS.maxStringLength / MIB} MiB`],
];

/** just-bash's advice to programmers marks a limit that it reports. */
const ADVICE = /^.*, increase executionLimits\.\w+$/gm;
/** What ends a whole line, when just-bash gives it up. */
const GIVEN_UP = /^.*(?:, increase executionLimits\.\w+|\blimit exceeded \(.*\)|\bexceeded)$/m;

/** The sentence for the limit that ended a chunk, from what just-bash wrote last; null where none did. */
export function limitSentence(stderr: string): string | null {
  const line = GIVEN_UP.exec(stderr)?.[0];
  return line === undefined ? null : sentenceOf(line);
}

/** Error output of a chunk that a limit ended. */
export function withLimitSentence(stderr: string): string {
  return stderr.replace(GIVEN_UP, sentenceOf);
}

/** Error output in which nothing tells a learner to change a program. */
export function withoutAdvice(stderr: string): string {
  return stderr.replace(ADVICE, sentenceOf);
}

function sentenceOf(line: string): string {
  const found = SENTENCES.find(([words]) => words.test(line));
  return `bash: stopped: ${found?.[1] ?? "the line crossed a limit of this terminal"}`;
}
