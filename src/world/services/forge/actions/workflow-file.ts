/** What the forge itself reads of a workflow file: its name, and the inputs that a dispatch may give. */
import { parse } from "yaml";
import { toUtf8 } from "../../../../base/bytes.ts";

export interface DispatchInput {
  readonly name: string;
  readonly type: "string" | "boolean" | "choice" | "number" | "environment";
  readonly required: boolean;
  /** As text. */
  readonly default: string | null;
  readonly options: readonly string[];
}

export interface WorkflowFile {
  /** `name:`; null where there is none. */
  readonly name: string | null;
  /** Names of events; empty where the file cannot be read. */
  readonly events: readonly string[];
  readonly inputs: readonly DispatchInput[];
}

type Fields = ReadonlyMap<unknown, unknown>;

/** A file that is no valid YAML has no name and no events; the pipeline says what is wrong with it. */
export function readWorkflowFile(bytes: Uint8Array): WorkflowFile {
  const root = fields(parsed(bytes));
  const name = root.get("name");
  const on = root.get("on");
  return {
    name: typeof name === "string" && name !== "" ? name : null,
    events: eventsOf(on),
    inputs: [...fields(fields(fields(on).get("workflow_dispatch")).get("inputs"))].map(inputOf),
  };
}

function parsed(bytes: Uint8Array): unknown {
  try {
    // Maps instead of objects: a key `__proto__` is a key like any other.
    return parse(toUtf8(bytes), { mapAsMap: true, maxAliasCount: 100, logLevel: "silent" });
  } catch {
    return null;
  }
}

function fields(value: unknown): Fields {
  return value instanceof Map ? value : new Map<unknown, unknown>();
}

function eventsOf(on: unknown): string[] {
  if (typeof on === "string") return [on];
  if (Array.isArray(on)) return on.filter((it): it is string => typeof it === "string");
  return [...fields(on).keys()].map(String);
}

const TYPES = ["string", "boolean", "choice", "number", "environment"] as const;

function inputOf([name, value]: readonly [unknown, unknown]): DispatchInput {
  const given = fields(value);
  const options = given.get("options");
  return {
    name: String(name),
    type: TYPES.find((type) => type === given.get("type")) ?? "string",
    required: given.get("required") === true,
    default: asText(given.get("default")),
    options: Array.isArray(options) ? options.map(String) : [],
  };
}

function asText(value: unknown): string | null {
  return typeof value === "string" || typeof value === "number" || typeof value === "boolean"
    ? String(value)
    : null;
}
