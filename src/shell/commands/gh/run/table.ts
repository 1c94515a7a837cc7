/** Runs as a list. */
import type { GhCall } from "../call.ts";
import type { Run } from "../rest.ts";
import type { Cell, Colour } from "../table.ts";
import { ago, duration } from "../text.ts";

const MARKS: Readonly<Record<string, readonly [string, Colour]>> = {
  success: ["✓", "green"],
  skipped: ["-", "gray"],
  neutral: ["-", "gray"],
};

/** The mark of a run, job or step. */
export function mark({
  status,
  conclusion,
}: {
  readonly status: string | null;
  readonly conclusion: string | null;
}): readonly [string, Colour] {
  if (status !== "completed") return ["*", "yellow"];
  return MARKS[conclusion ?? ""] ?? ["X", "red"];
}

export function elapsed(call: GhCall, run: Run): string {
  const start = Date.parse(run.run_started_at ?? run.created_at);
  const end = run.status === "completed" ? Date.parse(run.updated_at) : call.now;
  return duration(end - start);
}

export function runTable(call: GhCall, runs: readonly Run[]): void {
  const { tty } = call.screen;
  const rows = runs.map((run): (Cell | string)[] => {
    const [sign, colour] = mark(run);
    return [
      ...(tty ? [{ text: sign, colour }] : [run.status ?? "", run.conclusion ?? ""]),
      { text: run.display_title, colour: "bold" },
      run.name ?? "",
      { text: run.head_branch ?? "", colour: "bold" },
      run.event,
      { text: String(run.id), colour: "cyan" },
      elapsed(call, run),
      tty ? ago(run.created_at, call.now) : run.created_at,
    ];
  });
  call.table(["status", "title", "workflow", "branch", "event", "id", "elapsed", "age"], rows);
}
