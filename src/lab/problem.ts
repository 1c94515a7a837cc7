/** What an author of a lab got wrong, and how to mend it. */
export interface LabProblem {
  /** Relative to the lab's folder. */
  readonly file: string;
  /** Where in the file's data, for example "checks[2].kind"; "" for the whole file. */
  readonly path: string;
  /** 1-based; 0 where the file has no such line. */
  readonly line: number;
  readonly message: string;
}

export function printProblem(lab: string, problem: LabProblem): string {
  const line = problem.line > 0 ? `:${problem.line}` : "";
  const path = problem.path ? ` ${problem.path}:` : "";
  return `${lab}/${problem.file}${line}:${path} ${problem.message}`;
}
