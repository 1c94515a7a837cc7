/** What the walks covered, as text. */
import { ACTIONS } from "./actions.ts";
import type { Walk } from "./walk.ts";

export function successRate(walks: readonly Walk[]): number {
  const lines = linesOf(walks);
  return lines.filter(({ exitCode }) => exitCode === 0).length / Math.max(1, lines.length);
}

function linesOf(walks: readonly Walk[]) {
  return walks.flatMap(({ steps }) => steps).filter(({ input }) => input.kind === "line");
}

export function printReport(walks: readonly Walk[], seconds: number): string {
  const steps = walks.flatMap((walk) => walk.steps);
  const byAction = Map.groupBy(linesOf(walks), ({ action }) => action);
  const rows = [...byAction]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([action, taken]) => {
      const succeeded = taken.filter(({ exitCode }) => exitCode === 0).length;
      return `${action.padEnd(30)}${String(taken.length).padStart(6)}${`${Math.round((100 * succeeded) / taken.length)} %`.padStart(7)}`;
    });
  const unseen = ACTIONS.filter(({ name }) => !byAction.has(name)).map(({ name }) => name);
  const ms = steps.map((step) => step.ms[0]).sort((a, b) => a - b);
  const slow = steps.toSorted((a, b) => b.ms[0] - a.ms[0]).slice(0, 5);
  return [
    `${"action".padEnd(30)}${"taken".padStart(6)}${"exit 0".padStart(7)}`,
    ...rows,
    "",
    `${walks.length} walks, ${steps.length} steps, ${byAction.size} of ${ACTIONS.length} actions${unseen.length > 0 ? ` (not taken: ${unseen.join(", ")})` : ""}`,
    `exit 0: ${(100 * successRate(walks)).toFixed(1)} %; ended by a limit: ${steps.filter(({ limit }) => limit).length}`,
    `a step: median ${(ms[ms.length >> 1] ?? 0).toFixed(1)} ms, longest ${slow.map(({ ms: [step], action }) => `${step.toFixed(0)} ms (${action})`).join(", ")}`,
    `${seconds.toFixed(0)} s; on average ${mean(steps.map((step) => step.ms[0]))} ms a step and ${mean(steps.map((step) => step.ms[1]))} ms to look at what it left`,
    "",
  ].join("\n");
}

function mean(values: readonly number[]): string {
  return (values.reduce((sum, value) => sum + value, 0) / Math.max(1, values.length)).toFixed(1);
}
