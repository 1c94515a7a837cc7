/** A lab for a command: found, loaded, or a usage error that lists every mistake. */
import type { Lab } from "../lab/load.ts";
import { printProblem } from "../lab/problem.ts";
import { labFolder, labNames, readLab } from "./labFolder.ts";
import { UsageError } from "./usage.ts";

export function openLab(asked: string): Lab {
  const folder = labFolder(asked);
  if (folder === null) throw new UsageError(`there is no lab "${asked}"; labs are ${labNames().join(", ")}`);
  const lab = readLab(folder);
  if (lab.ok) return lab.value;
  throw new UsageError(
    `the lab has ${lab.error.length} mistakes:\n${lab.error.map((problem) => printProblem(asked, problem)).join("\n")}`,
  );
}
