/** `npm rebuild`: install scripts and commands of what is installed, once more. https://docs.npmjs.com/cli/commands/npm-rebuild */
import type { ExecResult } from "just-bash/browser";
import { result } from "../lib/invocation.ts";
import { failed, type NpmCall } from "./call.ts";
import { manifestOf } from "./tree/manifest.ts";
import { TreeNode, walk } from "./tree/node.ts";
import { existing, readManifest } from "./tree/reify.ts";
import { build, unreviewed } from "./tree/scripts.ts";
import { fits, parseSpec, splitSpec } from "./tree/spec.ts";

export async function rebuild(call: NpmCall): Promise<ExecResult> {
  const root = await installedTree(call);
  const specs = call.operands.map((operand) => parseSpec(...splitSpec(operand)));
  if (specs.some(({ kind }) => kind === "tag" || kind === "elsewhere"))
    return failed(null, ["`npm rebuild` only supports SemVer version/range specifiers"]);
  const nodes = [...walk(root)].filter((node) => !node.isRoot);
  const chosen =
    specs.length === 0 ? nodes : nodes.filter((node) => specs.some((spec) => fits(node.manifest, spec)));
  const shown: ExecResult[] = [];
  const broken = await build(call, chosen, shown);
  if (broken) return broken;
  const left = unreviewed(call, nodes);
  const have = left.length === 1 ? "package has" : "packages have";
  const warning =
    left.length === 0
      ? ""
      : `npm warn rebuild ${left.length} ${have} install scripts not yet covered by allowScripts. Run \`npm install-scripts ls\` to review.\n`;
  return result(`${shown.map(({ stdout }) => stdout).join("")}rebuilt dependencies successfully\n`, warning);
}

/** What lies in node_modules, below the project. */
export async function installedTree(call: NpmCall): Promise<TreeNode> {
  const own = await readManifest(call.context.fs, call.prefix === "/" ? "" : call.prefix);
  const root = new TreeNode("", { manifest: manifestOf(own.fields), resolved: null, integrity: null });
  await existing(call, root);
  return root;
}
