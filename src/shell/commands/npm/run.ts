/** `npm run` and the scripts around other commands. https://docs.npmjs.com/cli/using-npm/scripts */
import type { ExecResult } from "just-bash/browser";
import { result, shellWord } from "../lib/invocation.ts";
import { failed, isFailure, packageJson, type NpmCall, type PackageJson } from "./call.ts";
import { scriptOf } from "./lifecycle.ts";
import { execute } from "./script.ts";

/** `npm run NAME`, with `pre` and `post`; without a name, the list. */
export async function run(call: NpmCall): Promise<ExecResult> {
  const manifest = await packageJson(call);
  if (isFailure(manifest)) return manifest;
  const [name, ...args] = call.operands;
  if (name === undefined) return listed(manifest);
  return runNamed(call, manifest, name, [...args, ...call.rest]);
}

/** `npm test`, `npm start`. */
export async function runShort(call: NpmCall, name: string): Promise<ExecResult> {
  const manifest = await packageJson(call);
  if (isFailure(manifest)) return manifest;
  return runNamed(call, manifest, name, [...call.operands, ...call.rest]);
}

async function runNamed(
  call: NpmCall,
  manifest: PackageJson,
  name: string,
  args: readonly string[],
): Promise<ExecResult> {
  if (scriptOf(manifest, name) === null) {
    if (call.config.has("if-present")) return result("");
    return failed(null, [`Missing script: "${name}"`, "", "To see a list of scripts, run:", "  npm run"]);
  }
  let [stdout, stderr] = ["", ""];
  const around = call.config.has("ignore-scripts") ? [name] : [`pre${name}`, name, `post${name}`];
  for (const each of around) {
    if (scriptOf(manifest, each) === null) continue;
    const ran = await runOne(call, manifest, each, each === name ? args : []);
    stdout += ran.stdout;
    stderr += ran.stderr;
    if (ran.exitCode !== 0) return result(stdout, stderr, ran.exitCode);
  }
  return result(stdout, stderr);
}

function runOne(
  call: NpmCall,
  manifest: PackageJson,
  event: string,
  args: readonly string[],
): Promise<ExecResult> {
  const script = [scriptOf(manifest, event) ?? "", ...args.map(quoted)].join(" ");
  return execute(call, { event, script, folder: call.prefix, manifest, banner: true });
}

/** Words without anything special stay as they are, as in npm's own banner. */
function quoted(word: string): string {
  return /^[\w@%+=:,./-]+$/.test(word) ? word : shellWord(word);
}

function listed(manifest: PackageJson): ExecResult {
  const names = Object.keys(manifest.scripts ?? {}).filter((name) => scriptOf(manifest, name) !== null);
  const about = manifest.version ? `${manifest.name}@${manifest.version}` : String(manifest.name ?? "");
  const special = names.filter((name) => ["test", "start", "stop", "restart"].includes(name));
  const others = names.filter((name) => !special.includes(name));
  const section = (title: string, of: readonly string[]) =>
    of.length === 0
      ? ""
      : `${title}\n${of.map((name) => `  ${name}\n    ${scriptOf(manifest, name)}\n`).join("")}`;
  const rest =
    special.length > 0 ? "available via `npm run`:" : `Scripts available in ${about} via \`npm run\`:`;
  return result(section(`Lifecycle scripts included in ${about}:`, special) + section(rest, others));
}
