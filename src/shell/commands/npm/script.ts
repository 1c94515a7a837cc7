/** One script of a package in a shell: its folder, its variables, the commands of node_modules on its path. https://docs.npmjs.com/cli/using-npm/scripts#environment */
import type { ExecResult } from "just-bash/browser";
import { result } from "../lib/invocation.ts";
import { failed, VERSION, type NpmCall } from "./call.ts";

export interface Script {
  readonly event: string;
  readonly script: string;
  readonly folder: string;
  readonly manifest: { readonly name?: unknown; readonly version?: unknown };
  /** Whether npm says what it runs. */
  readonly banner: boolean;
  readonly env?: Readonly<Record<string, string>>;
}

export async function execute(
  { context, config, command, prefix }: NpmCall,
  it: Script,
): Promise<ExecResult> {
  const { event, script, folder, manifest, banner } = it;
  if (!context.exec) return failed(null, ["no shell here"]);
  const [name, version] = [manifest.name, manifest.version].map((text) => String(text ?? ""));
  const about = version ? `${name}@${version}` : name;
  const head =
    banner && !config.has("silent") ? `\n> ${about === "" ? "" : `${about} `}${event}\n> ${script}\n\n` : "";
  const env = {
    ...context.exportedEnv,
    npm_config_user_agent: `npm/${VERSION} node/v24.0.0 linux x64 workspaces/false`,
    npm_config_userconfig: config.userFile,
    npm_config_local_prefix: prefix,
    ...(config.has("ignore-scripts") ? { npm_config_ignore_scripts: "true" } : {}),
    npm_execpath: "/usr/lib/node_modules/npm/bin/npm-cli.js",
    npm_node_execpath: "/usr/bin/node",
    npm_package_json: `${folder === "/" ? "" : folder}/package.json`,
    npm_package_name: name ?? "",
    npm_package_version: version ?? "",
    npm_command: command,
    npm_lifecycle_event: event,
    npm_lifecycle_script: script,
    INIT_CWD: context.cwd,
    NODE: "/usr/bin/node",
    ...it.env,
    PATH: `${binFolders(folder).join(":")}:${context.exportedEnv?.["PATH"] ?? "/usr/bin:/bin"}`,
  };
  const ran = await context.exec(script, { cwd: folder, env });
  return result(head + ran.stdout, ran.stderr, ran.exitCode);
}

/** From the innermost folder outwards. */
function binFolders(folder: string): string[] {
  const parts = folder.split("/").filter((part) => part !== "");
  return [...parts, ""]
    .map((_, i) => `/${parts.slice(0, parts.length - i).join("/")}`.replace(/\/$/, ""))
    .map((each) => `${each}/node_modules/.bin`);
}
