/** Ends a `gh` command early: what it says on standard error, and its exit code. https://cli.github.com/manual/gh_help_exit-codes */

/** 0 fine, 1 failed, 2 given up by the user, 4 not signed in, 8 checks that are still pending. */
export type ExitCode = 0 | 1 | 2 | 4 | 8;

export class GhStop extends Error {
  readonly exitCode: ExitCode;
  /** The usage of the command is shown below the message. */
  readonly withUsage: boolean;
  /** Of the forge's answer, where one is the reason. */
  readonly status: number | null;

  constructor(message: string, exitCode: ExitCode = 1, withUsage = false, status: number | null = null) {
    super(message);
    this.exitCode = exitCode;
    this.withUsage = withUsage;
    this.status = status;
  }
}

/** The command line is wrong: the usage is shown too. */
export function usageError(message: string): GhStop {
  return new GhStop(message, 1, true);
}

export function notSimulated(what: string): GhStop {
  return new GhStop(`${what}: not simulated in LeakLab`);
}
