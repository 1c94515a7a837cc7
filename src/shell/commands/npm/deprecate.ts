/** `npm deprecate` and `npm undeprecate`. https://docs.npmjs.com/cli/commands/npm-deprecate */
import type { ExecResult } from "just-bash/browser";
import { parseRange, parseVersion, satisfies } from "../../../base/semver.ts";
import { result } from "../lib/invocation.ts";
import { failed, notices, usage, type NpmCall } from "./call.ts";
import { ask } from "./http.ts";
import { pathOf } from "./own.ts";
import { fieldsOf } from "./tree/manifest.ts";
import { splitSpec } from "./tree/spec.ts";

export async function deprecate(call: NpmCall): Promise<ExecResult> {
  const [spec, message = call.command === "undeprecate" ? "" : undefined] = call.operands;
  if (spec === undefined || message === undefined)
    return usage("Deprecate a version of a package", ["deprecate <package-spec> <message>"]);
  const [name, told] = splitSpec(spec);
  const range = told === "" ? "*" : told;
  if (!parseRange(range)) return failed(null, [`invalid version range: ${range}`]);
  const answer = await ask(call, "GET", `${pathOf(name)}?write=true`);
  if ("failure" in answer) return answer.failure;
  const packument = fieldsOf(answer.body);
  const all = fieldsOf(packument["versions"]);
  const chosen = Object.keys(all).filter((version) => isChosen(version, range));
  if (chosen.length === 0) return result("", `npm warn deprecate No version found for ${told}\n`);
  const versions = Object.fromEntries(
    Object.entries(all).map(([version, manifest]) => [
      version,
      chosen.includes(version) ? { ...fieldsOf(manifest), deprecated: message } : manifest,
    ]),
  );
  const lines = chosen.map((version) =>
    message === ""
      ? `undeprecating ${name}@${version}`
      : `deprecating ${name}@${version} with message "${message}"`,
  );
  if (call.config.has("dry-run")) return result("", notices(lines));
  const changed = await ask(call, "PUT", pathOf(name), { ...packument, versions });
  if ("failure" in changed) return { ...changed.failure, stderr: notices(lines) + changed.failure.stderr };
  return result("", notices(lines));
}

/** Here versions that lead to another one count as well. */
function isChosen(version: string, range: string): boolean {
  const { core } = parseVersion(version) ?? { core: null };
  return range === "*" || satisfies(version, range) || (core !== null && satisfies(core.join("."), range));
}
