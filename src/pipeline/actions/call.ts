/** One use of a built-in action: actions/checkout and others that are part of LeakLab. */
import { fail, type Execution, type Frame } from "../runner/execution.ts";
import type { UsesStep } from "../step.ts";
import type { Inputs } from "./inputs.ts";

export interface ActionCall {
  readonly frame: Frame;
  readonly execution: Execution;
  readonly step: UsesStep;
  readonly inputs: Inputs;
  /** Major version: 4 for "v4.2.2". */
  readonly version: number;
  /** The whole version as far as it was written: [4, 2, 2]. */
  readonly numbers: readonly number[];
}

export interface BuiltIn {
  /** Newest major version; of a commit that names no version, this one is meant. */
  readonly newest: number;
  readonly oldest: number;
  /** Names of its inputs with their defaults, null for none. `${{ github.token }}` is the one template here. */
  readonly inputs: (version: number) => Readonly<Record<string, string | null>>;
  main(call: ActionCall): Promise<void> | void;
  readonly post?: {
    readonly condition: string;
    run(call: ActionCall): Promise<void> | void;
  };
}

export function input(call: ActionCall, name: string): string {
  return call.inputs.get(name) ?? "";
}

/** Lines of an input that takes several values. */
export function lines(call: ActionCall, name: string): string[] {
  return input(call, name)
    .split(/\r?\n/)
    .map((line) => line.trim())
    .filter((line) => line !== "");
}

/** As core.getBooleanInput reads YAML 1.2 booleans. Null where it is none. */
export function flag(call: ActionCall, name: string): boolean | null {
  const value = input(call, name);
  if (/^(?:true|True|TRUE)$/.test(value)) return true;
  return /^(?:false|False|FALSE|)$/.test(value) ? false : null;
}

export function say(call: ActionCall, text: string): void {
  call.execution.log.write(text);
}

export function stop(call: ActionCall, message: string): void {
  fail(call.frame, message);
}

export function saved(call: ActionCall, name: string): string | undefined {
  return call.execution.states[call.step.id]?.[name];
}

/** Keeps a value for the post part. */
export function save(call: ActionCall, name: string, value: string): void {
  const { states } = call.execution;
  states[call.step.id] = { ...states[call.step.id], [name]: value };
}
