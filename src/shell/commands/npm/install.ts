/** `npm ci` and `npm install`, as far as nothing has to be fetched. https://docs.npmjs.com/cli/commands/npm-ci */
import type { ExecResult } from "just-bash/browser";
import { result } from "../lib/invocation.ts";
import { failed, isFailure, packageJson, type NpmCall, type PackageJson } from "./call.ts";
import { lifecycle } from "./run.ts";

/** What LeakLab has already, wherever it is asked for. */
const HERE = ["secretlint", "@secretlint/secretlint-rule-preset-recommend"];

export async function install(call: NpmCall, clean: boolean): Promise<ExecResult> {
  const manifest = await packageJson(call);
  if (isFailure(manifest)) return manifest;
  const wanted = [...call.operands.map(nameOf), ...dependenciesOf(manifest)];
  const missing = wanted.filter((name) => !HERE.includes(name));
  if (missing.length > 0) return failed(null, [`installing ${missing.join(", ")}: not simulated in LeakLab`]);
  if (clean && !(await call.context.fs.exists(`${call.prefix}/package-lock.json`)))
    return failed("EUSAGE", [
      "",
      "The `npm ci` command can only install with an existing package-lock.json or",
      "npm-shrinkwrap.json with lockfileVersion >= 1. Run an install with npm@5 or",
      "later to generate a package-lock.json file, then try again.",
    ]);
  const ran = await lifecycle(call, manifest, ["preinstall", "install", "postinstall", "prepare"]);
  if (ran.exitCode !== 0) return ran;
  const count = new Set(wanted).size;
  const packages = `${count + 1} package${count === 0 ? "" : "s"}`;
  const summary = count === 0 ? "up to date" : `added ${count} package${count === 1 ? "" : "s"}`;
  return result(
    `${ran.stdout}\n${summary}, and audited ${packages} in 0s\n\nfound 0 vulnerabilities\n`,
    ran.stderr,
  );
}

function dependenciesOf(manifest: PackageJson): string[] {
  return ["dependencies", "devDependencies", "optionalDependencies"].flatMap((field) => {
    const value = manifest[field];
    return value !== null && typeof value === "object" ? Object.keys(value) : [];
  });
}

/** `@scope/name@range` without its range. */
function nameOf(spec: string): string {
  return spec.replace(/(?!^)@.*$/, "");
}
