import type { Json } from "../../base/json.ts";
import type { Command } from "../command.ts";
import { folderFiles } from "../folderFiles.ts";
import { pipelineExit, pipelineText } from "../pipelineText.ts";
import { startCoreWorker } from "../coreWorker.ts";
import { json, outcome, UsageError } from "../usage.ts";
import { readText } from "./run.ts";
import { basename, resolve } from "node:path";

export const command: Command = {
  usage: "pipeline DIR [--workflow FILE] [--event NAME] [--payload FILE] [--secret K=V]… [--json]",
  about: "runs the workflows of a real directory in a fresh world; --event is push where it is not given",
  options: {
    workflow: { type: "string" },
    event: { type: "string", default: "push" },
    payload: { type: "string" },
    secret: { type: "string", multiple: true },
    json: { type: "boolean" },
  },
  run: async ([directory], values) => {
    if (directory === undefined) throw new UsageError(`usage: leaklab ${command.usage}`);
    const files = folderFiles(directory);
    const workflow = workflowIn(files, values["workflow"] as string | undefined);
    const worker = await startCoreWorker();
    try {
      const report = await worker.client.ask({
        ask: "pipeline",
        name: repositoryName(directory),
        files,
        workflow,
        event: String(values["event"]),
        payload: payloadOf(values["payload"] as string | undefined),
        secrets: secretsOf((values["secret"] as unknown as readonly string[] | undefined) ?? []),
      });
      const exitCode = pipelineExit(report);
      return values["json"] ? json(report, exitCode) : outcome(pipelineText(report), exitCode);
    } finally {
      await worker.end();
    }
  },
};

function repositoryName(directory: string): string {
  return (
    basename(resolve(directory))
      .replace(/[^\w.-]/g, "-")
      .replace(/^\.+$/, "") || "folder"
  );
}

const FOLDER = ".github/workflows/";

/** A workflow that is asked for has to be there; without any there is nothing to run. */
function workflowIn(files: readonly { readonly path: string }[], wanted: string | undefined): string | null {
  const paths = files
    .map(({ path }) => path)
    .filter((path) => path.startsWith(FOLDER) && /\.ya?ml$/.test(path));
  if (paths.length === 0) throw new UsageError(`there is no workflow in ${FOLDER}`);
  if (wanted === undefined) return null;
  const found = paths.find((path) => [path, path.slice(FOLDER.length)].includes(wanted.replace(/^\.\//, "")));
  if (found === undefined)
    throw new UsageError(`there is no workflow ${wanted}; there are ${paths.join(", ")}`);
  return found;
}

function payloadOf(file: string | undefined): { readonly [key: string]: Json } {
  if (file === undefined) return {};
  let payload: unknown;
  try {
    payload = JSON.parse(readText(file));
  } catch (error) {
    if (error instanceof UsageError) throw error;
    throw new UsageError(`${file} is no JSON`);
  }
  if (payload === null || typeof payload !== "object" || Array.isArray(payload))
    throw new UsageError(`${file} holds no JSON object`);
  return payload as { readonly [key: string]: Json };
}

/** The value is never repeated, not even in an error. */
function secretsOf(given: readonly string[]): Record<string, string> {
  return Object.fromEntries(
    given.map((text) => {
      const at = text.indexOf("=");
      const name = text.slice(0, Math.max(0, at)).toUpperCase();
      if (!/^[A-Z_][A-Z0-9_]*$/.test(name) || name.startsWith("GITHUB_"))
        throw new UsageError(
          "--secret wants NAME=VALUE; a name has letters, digits and _, and no GITHUB_ before it",
        );
      return [name, text.slice(at + 1)];
    }),
  );
}
