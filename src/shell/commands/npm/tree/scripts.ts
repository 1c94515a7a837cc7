/** Install scripts of dependencies: they run as whoever installs, with all that their environment holds. https://docs.npmjs.com/cli/using-npm/scripts */
import type { ExecResult } from "just-bash/browser";
import { failed, type NpmCall } from "../call.ts";
import { execute } from "../script.ts";
import { fieldsOf, installScripts, INSTALL_EVENTS } from "./manifest.ts";
import { linkBins } from "./reify.ts";
import { sorted, type TreeNode } from "./node.ts";

/** Null, or how the first that failed makes npm fail. Their output is only shown then, or with --foreground-scripts. */
export async function build(
  call: NpmCall,
  nodes: readonly TreeNode[],
  shown: ExecResult[],
): Promise<ExecResult | null> {
  const { config } = call;
  const queue = sorted(nodes).filter((node) => isAllowed(call, node) !== false);
  for (const event of INSTALL_EVENTS) {
    if (event === "install" && config.get("bin-links") !== "false") await linkBins(call, nodes);
    if (config.has("ignore-scripts")) continue;
    for (const node of queue) {
      const script = installScripts(node.manifest)[event];
      if (script === undefined) continue;
      const ran = await runOne(call, node, event, script);
      if (ran.exitCode !== 0) return brokenScript(call, node, script, ran);
      if (config.has("foreground-scripts")) shown.push(ran);
    }
  }
  return null;
}

function runOne(call: NpmCall, node: TreeNode, event: string, script: string): Promise<ExecResult> {
  const folder = folderOf(call, node);
  return execute(call, {
    event,
    script,
    folder,
    manifest: node.manifest,
    banner: call.config.has("foreground-scripts"),
    env: {
      npm_package_resolved: node.resolved ?? "",
      npm_package_integrity: node.integrity ?? "",
      npm_package_json: `${folder}/package.json`,
    },
  });
}

function folderOf({ prefix }: NpmCall, { location }: TreeNode): string {
  return `${prefix === "/" ? "" : prefix}/${location}`;
}

function brokenScript(
  call: NpmCall,
  node: TreeNode,
  script: string,
  { stdout, stderr, exitCode }: ExecResult,
): ExecResult {
  const output = [stdout, stderr].map((text) => text.trimEnd()).filter((text) => text !== "");
  return failed(
    String(exitCode),
    [
      `path ${folderOf(call, node)}`,
      "command failed",
      `command sh -c ${script}`,
      ...output.flatMap((text) => text.split("\n")),
    ],
    exitCode,
  );
}

/**
 * What `allowScripts` in package.json (or `allow-scripts` in .npmrc) says of a package; null where it says nothing: then
 * they run, with a warning. https://docs.npmjs.com/cli/commands/npm-install-scripts
 */
export function isAllowed({ config }: NpmCall, node: TreeNode): boolean | null {
  if (config.has("dangerously-allow-all-scripts")) return true;
  const listed = config.get("allow-scripts");
  const policy = listed
    ? Object.fromEntries(listed.split(",").map((name) => [name.trim(), true]))
    : fieldsOf(rootOf(node).manifest.fields["allowScripts"]);
  const { name, version } = node.manifest;
  const said = [`${name}@${version}`, name].flatMap((key) =>
    Object.hasOwn(policy, key) && typeof policy[key] === "boolean" ? [policy[key]] : [],
  );
  return said.includes(false) ? false : (said[0] ?? null);
}

function rootOf(node: TreeNode): TreeNode {
  return node.parent ? rootOf(node.parent) : node;
}

/** What npm warns of at the end: scripts that nobody has decided about. */
export function unreviewed(call: NpmCall, nodes: readonly TreeNode[]): string[] {
  if (call.config.has("ignore-scripts")) return [];
  return sorted(nodes).flatMap((node) => {
    const scripts = Object.entries(installScripts(node.manifest));
    if (scripts.length === 0 || isAllowed(call, node) !== null) return [];
    const text = scripts.map(([event, script]) => `${event}: ${script}`).join("; ");
    return [`  ${node.manifest.name}@${node.version} (${text})`];
  });
}
