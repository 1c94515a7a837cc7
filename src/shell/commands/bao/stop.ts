/** How a command of `bao` ends before its end. */

/** Ends the command with a message and an exit code: 1 for what was asked wrongly, 2 for what the store refused. */
export class BaoStop extends Error {
  readonly exitCode: number;

  constructor(message: string, exitCode = 1) {
    super(message);
    this.exitCode = exitCode;
  }
}
