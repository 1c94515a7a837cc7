/** Where the forge keeps what is too large for a table: paths on its disk. */

/** Everything of a run. */
export function runFolder(run: number): string {
  return `/actions/runs/${run}`;
}

/** The event that started it, as JSON. */
export function eventPath(run: number): string {
  return `${runFolder(run)}/event.json`;
}

/** Everything of a job of an attempt: its logs and summaries. */
export function jobFolder(run: number, attempt: number, job: number): string {
  return `${runFolder(run)}/${attempt}/${job}`;
}

/** One log per step: lines of "2026-03-03T09:00:00.0000000Z text". Step 0 is "Set up job". */
export function logPath(run: number, attempt: number, job: number, step: number): string {
  return `${jobFolder(run, attempt, job)}/${step}.txt`;
}

/** Markdown that a step wrote to $GITHUB_STEP_SUMMARY, masked. */
export function summaryPath(run: number, attempt: number, job: number, step: number): string {
  return `${jobFolder(run, attempt, job)}/${step}.summary.md`;
}

export function artifactPath(artifact: number): string {
  return `/actions/artifacts/${artifact}.zip`;
}

export function cachePath(cache: number): string {
  return `/actions/caches/${cache}.tar.gz`;
}

export function assetPath(asset: number): string {
  return `/releases/${asset}`;
}
