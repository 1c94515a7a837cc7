/** `npm unpublish`. https://docs.npmjs.com/cli/commands/npm-unpublish */
import type { ExecResult } from "just-bash/browser";
import { compareVersions, parseVersion } from "../../../base/semver.ts";
import { result } from "../lib/invocation.ts";
import { usage, type NpmCall } from "./call.ts";
import { ask } from "./http.ts";
import { pathOf } from "./own.ts";
import { fieldsOf, type Fields } from "./tree/manifest.ts";
import { readManifest } from "./tree/reify.ts";
import { splitSpec } from "./tree/spec.ts";

const ABOUT = "Remove a package from the registry";
const USAGE = ["unpublish [<package-spec>]"];
const LAST =
  "Refusing to delete the last version of the package. It will block from republishing a new version for 24 hours.\nRun with --force to do this.";

export async function unpublish(call: NpmCall): Promise<ExecResult> {
  const { config, operands } = call;
  const force = config.has("force");
  if (operands.length > 1) return usage(ABOUT, USAGE);
  const [name, version] = operands.length === 1 ? splitSpec(operands[0] as string) : await own(call);
  if (name === "") return usage(ABOUT, USAGE);
  if (version !== "" && version !== "*" && !parseVersion(version))
    return usage(
      ABOUT,
      USAGE,
      "Can only unpublish a single version, or the entire project.\nTags and ranges are not supported.",
    );
  const isWhole = version === "" || version === "*";
  if (isWhole && !force)
    return usage(ABOUT, USAGE, "Refusing to delete entire project.\nRun with --force to do this.");
  const answer = await ask(call, "GET", `${pathOf(name)}?write=true`);
  if ("failure" in answer) return answer.failure;
  const packument = fieldsOf(answer.body);
  const versions = Object.keys(fieldsOf(packument["versions"]));
  if (versions.length === 1 && version === versions[0] && !force) return usage(ABOUT, USAGE, LAST);
  if (!config.has("dry-run")) {
    const failure = await takeAway(call, name, isWhole || versions.length === 1 ? null : version, packument);
    if (failure) return failure;
  }
  const about = isWhole || versions.length === 1 ? name : `${name}@${version}`;
  return result(config.has("silent") ? "" : `- ${about}\n`);
}

async function own({ context, prefix }: NpmCall): Promise<readonly [string, string]> {
  const { name, version } = await readManifest(context.fs, prefix === "/" ? "" : prefix);
  return [name, version];
}

/** One version, or all for null. Null where it worked. */
async function takeAway(
  call: NpmCall,
  name: string,
  version: string | null,
  packument: Fields,
): Promise<ExecResult | null> {
  const path = pathOf(name);
  if (version === null) {
    const answer = await ask(call, "DELETE", `${path}/-rev/${String(packument["_rev"])}`);
    return "failure" in answer ? answer.failure : null;
  }
  const { [version]: gone, ...versions } = fieldsOf(packument["versions"]);
  if (gone === undefined) return null;
  const kept = Object.entries(fieldsOf(packument["dist-tags"])).filter(([, tagged]) => tagged !== version);
  const tags = { latest: Object.keys(versions).sort(compareVersions).at(-1), ...Object.fromEntries(kept) };
  const body = { ...packument, versions, "dist-tags": tags };
  const changed = await ask(call, "PUT", `${path}/-rev/${String(packument["_rev"])}`, body);
  if ("failure" in changed) return changed.failure;
  const again = await ask(call, "GET", `${path}?write=true`);
  if ("failure" in again) return again.failure;
  const tarball = new URL(String(fieldsOf(fieldsOf(gone)["dist"])["tarball"])).pathname;
  const removed = await ask(call, "DELETE", `${tarball}/-rev/${String(fieldsOf(again.body)["_rev"])}`);
  return "failure" in removed ? removed.failure : null;
}
