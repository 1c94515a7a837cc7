/**
 * The state of one shell as data: variables, functions, aliases, options, working directory. It is the object that
 * just-bash's interpreter works on, minus what belongs to the statement in progress, so it clones and serialises.
 */
import type { Json } from "../base/json.ts";

/** Opaque: just-bash's InterpreterState. Maps, sets, arrays and plain values only. */
export interface ShellState {
  env: Map<string, string>;
  cwd: string;
  lastExitCode: number;
  exportedVars: Set<string>;
  readonly [field: string]: unknown;
}

/** Fields of one statement or of the host; none survives it. */
const TRANSIENT = [
  "signal",
  "extraArgs",
  "groupStdin",
  "groupStdinSourceFd",
  "tempExportedVars",
  // just-bash mounts /dev/fd for one chunk only; the next must mount its own.
  "processSubstitutions",
  "processSubstitutionFsMounted",
];

/** What a statement that was cut off may have left raised. */
const COUNTERS = ["callDepth", "sourceDepth", "loopDepth", "commandCount", "collecting"];

/** Makes a state ready for the next chunk of input, in place: the interpreter keeps this very object. */
export function beginChunk(state: ShellState, signal: AbortSignal): ShellState {
  const fields = state as Record<string, unknown>;
  for (const name of TRANSIENT) delete fields[name];
  for (const name of COUNTERS) fields[name] = 0;
  fields["suppressVerbose"] = false;
  fields["inCondition"] = false;
  fields["localScopes"] = [];
  fields["signal"] = signal;
  return state;
}

/** Takes away what must not be stored. */
export function endChunk(state: ShellState): void {
  for (const name of TRANSIENT) delete (state as Record<string, unknown>)[name];
}

/** A state as canonical data, for digests: maps and sets become sorted lists. */
export function stateData(value: unknown): Json {
  if (value === null || typeof value === "boolean" || typeof value === "number" || typeof value === "string")
    return value;
  if (value === undefined || typeof value === "function") return null;
  if (value instanceof Map) {
    const entries = [...value].map(([key, item]) => [String(key), stateData(item)] as const);
    return { map: entries.sort(([a], [b]) => (a < b ? -1 : 1)).map(([key, item]) => [key, item]) };
  }
  if (value instanceof Set) return { set: [...value].map(String).sort() };
  if (Array.isArray(value)) return value.map(stateData);
  return Object.fromEntries(Object.entries(value as object).map(([key, item]) => [key, stateData(item)]));
}
