/** Ends an `aws` command early. https://docs.aws.amazon.com/cli/latest/userguide/cli-usage-returncodes.html */

/**
 * 1 a transfer of `aws s3` failed, 252 the command line is wrong, 253 configuration or credentials are missing,
 * 254 the service refused, 255 anything else.
 */
export type ExitCode = 0 | 1 | 2 | 252 | 253 | 254 | 255;

export class AwsStop extends Error {
  readonly exitCode: ExitCode;

  constructor(message: string, exitCode: ExitCode) {
    super(message);
    this.exitCode = exitCode;
  }
}

/** What a service answered that is no success. */
export class ServiceStop extends AwsStop {
  readonly code: string;
  readonly said: string;

  constructor(operation: string, code: string, said: string) {
    super(`An error occurred (${code}) when calling the ${operation} operation: ${said}`, 254);
    this.code = code;
    this.said = said;
  }
}

const USAGE = `usage: aws [options] <command> <subcommand> [<subcommand> ...] [parameters]
To see help text, you can run:

  aws help
  aws <command> help
  aws <command> <subcommand> help
`;

/** The command line is wrong: the usage comes first. */
export function usageStop(problem: string): AwsStop {
  return new AwsStop(`${USAGE}\naws: error: ${problem}\n`, 252);
}

/** A value that is given is wrong. */
export function parameterStop(problem: string): AwsStop {
  return new AwsStop(problem, 252);
}

export function notSimulated(what: string): AwsStop {
  return new AwsStop(`${USAGE}\naws: error: ${what}: not simulated in LeakLab\n`, 252);
}
