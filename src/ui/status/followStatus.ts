/** Whether the company runs any service: only then there is something to show. */
import { effect, untracked } from "@preact/signals";
import { jsonOf } from "../forge/looking.ts";
import type { Bench } from "../workbench/bench.ts";
import { STATUS } from "./health.ts";

export function followStatus(bench: Bench): void {
  effect(() => {
    if (bench.session.version.value > 0 && !bench.runs.value) void untracked(() => look(bench));
  });
}

async function look(bench: Bench): Promise<void> {
  try {
    const looks = await bench.session.client?.ask({ ask: "look", urls: [`${STATUS}/api`] });
    if ((jsonOf<readonly unknown[]>(looks?.[0]) ?? []).length > 0) bench.runs.value = true;
  } catch {
    // The worker was ended or replaced: the next change looks again.
  }
}
