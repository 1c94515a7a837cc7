/** Places in logs as evidence names them: "run 118 job greet step 2:7", "run 118, job greet". */

export interface LogPlace {
  /** Id or number of the run. */
  readonly run: number;
  readonly job: string | null;
  readonly step: number | null;
  /** Line of the step's own log, from 1. */
  readonly line: number | null;
}

const PLACE = /^run (\d+)(?: attempt \d+)?(?:,? job (.+?))?(?:,? step (\d+))?(?::(\d+))?(?: \(after .*)?$/;

export function logPlace(at: string): LogPlace | null {
  const [, run, job, step, line] = PLACE.exec(at) ?? [];
  const number = (text: string | undefined) => (text === undefined ? null : Number(text));
  return run === undefined
    ? null
    : { run: Number(run), job: job ?? null, step: number(step), line: number(line) };
}

/** "pull request #7: the greeting lacks …" → 7. */
export function pullPlace(at: string): number | null {
  const [, pull] = /(?:pull request|comment on|review of) #?(\d+)/.exec(at) ?? [];
  return pull === undefined ? null : Number(pull);
}
