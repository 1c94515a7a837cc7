/** Files that a runner lays out for a job. */
import type { JobState } from "../step.ts";

/** $GITHUB_EVENT_PATH. */
export function eventFileOf({ temp }: Pick<JobState, "temp">): string {
  return `${temp}/_github_workflow/event.json`;
}
