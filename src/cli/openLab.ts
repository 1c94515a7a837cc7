/** A lab for a command: found, loaded, or a usage error that lists every mistake. */
import { basename } from "node:path";
import type { Lab } from "../lab/load.ts";
import { printProblem } from "../lab/problem.ts";
import { labFolder, labNames, labsAt, readLab } from "./labFolder.ts";
import { UsageError } from "./usage.ts";

export function openLab(asked: string): Lab {
  const folder = labFolder(asked);
  if (folder === null) throw unknown(asked);
  return open(asked, folder);
}

/** All labs of a name, of a path, or of a pack of labs. */
export function openLabs(asked: string): Lab[] {
  const folders = labsAt(asked);
  if (folders.length === 0) throw unknown(asked);
  return folders.map((folder) => open(folders.length === 1 ? asked : basename(folder), folder));
}

function unknown(asked: string): UsageError {
  return new UsageError(
    `there is no lab "${asked}", and no folder with labs; labs are ${labNames().join(", ")}`,
  );
}

function open(name: string, folder: string): Lab {
  const lab = readLab(folder);
  if (lab.ok) return lab.value;
  throw new UsageError(
    `the lab has ${lab.error.length} mistakes:\n${lab.error.map((problem) => printProblem(name, problem)).join("\n")}`,
  );
}
