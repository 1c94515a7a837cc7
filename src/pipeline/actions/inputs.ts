/** The inputs of an action: what the step gives, and the action's own defaults. */
import { debug, issue, type Frame } from "../runner/execution.ts";
import { shownEnvironment, writeHead } from "../runner/environment.ts";
import type { UsesStep } from "../step.ts";

export type Inputs = ReadonlyMap<string, string>;

/** `defaults` by name in lower case; null for an input without one. */
export function inputsOf(frame: Frame, step: UsesStep, defaults: ReadonlyMap<string, string | null>): Inputs {
  const inputs = new Map(Object.entries(step.with).map(([name, value]) => [name.toLowerCase(), value]));
  const unexpected = [...inputs.keys()].filter((name) => !defaults.has(name));
  for (const [name, value] of defaults) {
    if (!inputs.has(name) && value !== null) inputs.set(name, value);
  }
  // The runner knows `args` and `entryPoint` of containers for every action.
  if (unexpected.length > 0 && frame.phase === "main") {
    const list = (names: readonly string[]) => names.map((name) => `'${name}'`).join(", ");
    issue(
      frame,
      "warning",
      `Unexpected input(s) ${list(unexpected)}, valid inputs are [${list([...defaults.keys()])}]`,
    );
  }
  return inputs;
}

/** The group at the beginning of an action's log. */
export function writeActionHead(frame: Frame, step: UsesStep, inputs: Inputs): void {
  const given = [...inputs].filter(([, value]) => value !== "");
  const shown = shownEnvironment(frame);
  const title = frame.phase === "main" ? step.uses : `Post ${step.uses}`;
  if (frame.phase === "post") {
    debug(frame.execution, `Evaluating condition for step: '${title}'`);
    return;
  }
  writeHead(frame.execution, title, [
    ...(given.length > 0 ? ["with:", ...given.map(([name, value]) => `  ${name}: ${value}`)] : []),
    ...(shown.length > 0 ? ["env:", ...shown.map(([name, value]) => `  ${name}: ${value}`)] : []),
  ]);
}

/** As the process of an action sees its inputs. */
export function inputVariables(inputs: Inputs): Record<string, string> {
  return Object.fromEntries(
    [...inputs].map(([name, value]) => [`INPUT_${name.replaceAll(" ", "_").toUpperCase()}`, value]),
  );
}
