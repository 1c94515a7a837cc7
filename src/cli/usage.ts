/** Exit codes and errors of the command line. */
import { SETTINGS, type Setting } from "../attempt/input.ts";
export const EXIT = { ok: 0, notPassed: 1, usage: 2, limit: 3 } as const;

/** Something the caller must mend; printed as one line, exit 2. */
export class UsageError extends Error {
  override readonly name = "UsageError";
}

/** Output of a command: what goes to stdout and the exit code. */
export interface Outcome {
  readonly stdout: string;
  readonly exitCode: number;
}

export function outcome(stdout: string, exitCode: number = EXIT.ok): Outcome {
  return { stdout, exitCode };
}

export function json(value: unknown, exitCode: number = EXIT.ok): Outcome {
  return outcome(`${JSON.stringify(value)}\n`, exitCode);
}

/** What an option of the command line holds. */
type OptionValue = string | boolean | undefined;

/** Undefined: as the lab says. */
export function settingOf(text: OptionValue): Setting | undefined {
  const found = SETTINGS.find((name) => name === text);
  if (text !== undefined && found === undefined)
    throw new UsageError(`--setting wants one of ${SETTINGS.join(", ")}, not "${text}"`);
  return found;
}

/** A whole number below 2³², as seeds are. */
export function seedOf(text: OptionValue): number {
  if (text === undefined) return 1;
  const seed = Number(text);
  if (!Number.isInteger(seed) || seed < 0 || seed >= 2 ** 32)
    throw new UsageError(`--seed wants a whole number below 4294967296, not "${text}"`);
  return seed;
}
