/** `run-number OWNER/NAME FILE NUMBER`: a workflow ran before the lab was thought of; its next run has this number. */
import type { Command } from "just-bash/browser";
import { command, result } from "../shell/commands/lib/invocation.ts";
import type { World } from "../world/world.ts";

export const RUN_NUMBER_COMMAND = "run-number";

export function runNumberCommand({ forge, tables }: World): Command {
  return command(RUN_NUMBER_COMMAND, async ([name = "", file = "", written = ""]) => {
    const number = Number(written);
    if (!Number.isSafeInteger(number) || number < 2)
      return result("", "usage: run-number OWNER/NAME FILE NUMBER (2 or more)\n", 2);
    const { findWorkflow, refreshWorkflows } = await import("../world/services/forge/actions/workflows.ts");
    const repository = forge.find(name);
    if (repository) refreshWorkflows(forge, repository);
    const workflow = repository && findWorkflow(forge, repository, file);
    if (!workflow) return result("", `run-number: there is no workflow ${file} in ${name}\n`, 1);
    // The number before it is used up; the pipeline counts on from there.
    if (tables.next(`actions/run-of/${workflow.id}`, number - 1) === number - 1) return result("");
    return result("", `run-number: ${file} ran already\n`, 1);
  });
}
