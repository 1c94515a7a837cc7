/**
 * Concurrency groups: one runs, one waits, whoever waited before is cancelled.
 * https://docs.github.com/en/actions/how-tos/write-workflows/choose-when-workflows-run/control-workflow-concurrency
 */
import { evaluateJson, type Scope } from "../expression/evaluate.ts";
import { isTruthy, toValue } from "../expression/data.ts";
import type { Engine } from "../engine.ts";
import { field, jsonOf, textOf, type Node } from "../workflow/node.ts";
import { record } from "../trigger/occasion.ts";
import { schedule } from "./change.ts";
import { GROUPS } from "./records.ts";

export interface Concurrency {
  /** Empty: none. */
  readonly group: string;
  readonly cancelInProgress: boolean;
  /** All wait instead of only the last. */
  readonly queuesAll: boolean;
}

/** Throws ExpressionProblem. */
export function concurrencyOf(node: Node | undefined, scope: Scope): Concurrency | null {
  if (!node) return null;
  if (node.kind === "literal")
    return { group: textOf(node, scope), cancelInProgress: false, queuesAll: false };
  const json = node.kind === "expression" ? evaluateJson(node.expression, scope) : null;
  if (typeof json === "string") return { group: json, cancelInProgress: false, queuesAll: false };
  const group = json === null ? textOf(field(node, "group"), scope) : String(record(json)["group"] ?? "");
  const cancel =
    json === null ? jsonOf(field(node, "cancel-in-progress"), scope) : record(json)["cancel-in-progress"];
  const queue = json === null ? jsonOf(field(node, "queue"), scope) : record(json)["queue"];
  // A literal "false" in quotes, or an expression's text, means what it says.
  const cancelInProgress = cancel !== "false" && isTruthy(toValue(cancel ?? null));
  return { group, cancelInProgress, queuesAll: queue === "max" };
}

export function groupKey(repository: string, group: string): string {
  return `${repository} ${group}`.toLowerCase();
}

/** True where the holder may go on at once; else `pipeline/granted` comes when it is its turn. */
export function enter(
  engine: Engine,
  key: string,
  who: string,
  { cancelInProgress, queuesAll }: Concurrency,
): boolean {
  const groups = engine.world.tables.of(GROUPS);
  const group = groups.get(key);
  if (!group) {
    groups.set(key, { holder: who, waiting: [] });
    return true;
  }
  if (group.holder === who) return true;
  const replaced = queuesAll ? [] : group.waiting;
  groups.set(key, { holder: group.holder, waiting: queuesAll ? [...group.waiting, who] : [who] });
  for (const other of replaced) schedule(engine, "displaced", { who: other });
  if (cancelInProgress) schedule(engine, "displaced", { who: group.holder });
  return false;
}

export function leave(engine: Engine, key: string | null, who: string): void {
  const groups = engine.world.tables.of(GROUPS);
  const group = key === null ? undefined : groups.get(key);
  if (key === null || !group) return;
  if (group.holder !== who) {
    groups.set(key, { ...group, waiting: group.waiting.filter((other) => other !== who) });
    return;
  }
  const [next, ...waiting] = group.waiting;
  if (next === undefined) groups.delete(key);
  else {
    groups.set(key, { holder: next, waiting });
    schedule(engine, "granted", { who: next });
  }
}
