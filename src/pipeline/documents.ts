/** Workflow files of the forge, parsed. The same blob under the same path is parsed once, whichever world asks. */
import { toUtf8 } from "../base/bytes.ts";
import type { Objects } from "../world/services/forge/git/objects.ts";
import type { Parsed } from "./workflow/parse.ts";

export const WORKFLOW_FOLDER = ".github/workflows";

export interface WorkflowFile {
  /** ".github/workflows/ci.yml". */
  readonly path: string;
  readonly blob: string;
}

/** A workflow runs what its name says in the root of the folder only. */
export function workflowFiles(objects: Objects, commit: string): WorkflowFile[] {
  const folder = objects.entry(commit, WORKFLOW_FOLDER);
  return (folder ? (objects.tree(folder.id) ?? []) : [])
    .filter(({ name, mode }) => /\.ya?ml$/.test(name) && mode.startsWith("100"))
    .map(({ name, id }) => ({ path: `${WORKFLOW_FOLDER}/${name}`, blob: id }));
}

export class Documents {
  readonly #known = new Map<string, Promise<Parsed>>();

  parse(objects: Objects, { path, blob }: WorkflowFile): Promise<Parsed> {
    const key = `${blob} ${path}`;
    let parsed = this.#known.get(key);
    if (!parsed) this.#known.set(key, (parsed = this.#read(path, objects.blob(blob))));
    return parsed;
  }

  async #read(path: string, bytes: Uint8Array | null): Promise<Parsed> {
    // The parser is large: a world without pipelines does not load it.
    const { parse } = await import("./workflow/parse.ts");
    return parse(path, toUtf8(bytes ?? new Uint8Array()));
  }
}
