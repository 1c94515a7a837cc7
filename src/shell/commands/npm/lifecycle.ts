/** The project's own scripts around an installation, and how npm fails where one does. */
import type { ExecResult } from "just-bash/browser";
import { result } from "../lib/invocation.ts";
import { failed, type NpmCall, type PackageJson } from "./call.ts";
import { execute } from "./script.ts";

const EVENTS = ["preinstall", "install", "postinstall", "prepublish", "preprepare", "prepare", "postprepare"];

export async function rootScripts(call: NpmCall, manifest: PackageJson): Promise<ExecResult> {
  return runEvents(call, manifest, EVENTS);
}

/** Scripts that are there, in order; the first that fails ends it in npm's words. */
export async function runEvents(
  call: NpmCall,
  manifest: PackageJson,
  events: readonly string[],
): Promise<ExecResult> {
  let [stdout, stderr] = ["", ""];
  if (call.config.has("ignore-scripts")) return result("");
  for (const event of events) {
    const script = scriptOf(manifest, event);
    if (script === null) continue;
    const ran = await execute(call, { event, script, folder: call.prefix, manifest, banner: true });
    stdout += ran.stdout;
    stderr += ran.stderr;
    if (ran.exitCode !== 0) {
      const words = [`path ${call.prefix}`, "command failed", `command sh -c ${script}`];
      const failure = failed(String(ran.exitCode), words, ran.exitCode);
      return result(stdout, stderr + failure.stderr, ran.exitCode);
    }
  }
  return result(stdout, stderr);
}

/** Null where there is none. */
export function scriptOf({ scripts }: PackageJson, name: string): string | null {
  const script = scripts && Object.hasOwn(scripts, name) ? scripts[name] : null;
  return typeof script === "string" && script !== "" ? script : null;
}
