/** One table of all limits of a shell. They count work, never time, hold per input, and are survivable. */
import type { BashOptions } from "just-bash/browser";

export const SHELL_LIMITS = {
  maxSourceBytes: 1 << 20,
  maxCommandCount: 20_000,
  maxLoopIterations: 20_000,
  maxCallDepth: 100,
  maxSourceDepth: 50,
  maxExecDepth: 24,
  maxSubstitutionDepth: 50,
  maxOutputSize: 8 << 20,
  maxStringLength: 8 << 20,
  maxHeredocSize: 1 << 20,
  maxAwkIterations: 100_000,
  maxSedIterations: 100_000,
  maxJqIterations: 100_000,
  maxBraceExpansionResults: 10_000,
  maxGlobOperations: 200_000,
  maxArrayElements: 16_000,
  maxLiveBytes: 256 << 20,
  maxInputBytes: 256 << 20,
  maxTraversalEntries: 200_000,
  maxFileDescriptors: 256,
  // Time does not pass inside the world while a statement runs; the deadline can never fire there.
  maxExecutionTimeMs: 2 ** 31 - 1,
} as const satisfies NonNullable<BashOptions["executionLimits"]>;
