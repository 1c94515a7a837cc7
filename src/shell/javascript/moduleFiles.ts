/** How a module finds the modules that it asks for. https://nodejs.org/api/modules.html#all-together */
import { toUtf8 } from "../../base/bytes.ts";
import { resolvePath } from "../../disk/path.ts";
import type { JavaScriptHost } from "./host.ts";

/** What Node has built in and LeakLab too, with the names that `import { … }` finds. */
export const BUILT_IN: ReadonlyMap<string, readonly string[]> = new Map([
  [
    "fs",
    [
      "readFileSync",
      "writeFileSync",
      "appendFileSync",
      "existsSync",
      "readdirSync",
      "statSync",
      "lstatSync",
      "mkdirSync",
      "rmSync",
      "unlinkSync",
      "renameSync",
      "chmodSync",
      "copyFileSync",
      "realpathSync",
      "mkdtempSync",
      "readFile",
      "writeFile",
      "promises",
    ],
  ],
  [
    "fs/promises",
    ["readFile", "writeFile", "appendFile", "readdir", "stat", "mkdir", "rm", "unlink", "rename", "access"],
  ],
  [
    "path",
    [
      "join",
      "resolve",
      "dirname",
      "basename",
      "extname",
      "relative",
      "isAbsolute",
      "normalize",
      "parse",
      "sep",
    ],
  ],
  [
    "assert",
    [
      "ok",
      "equal",
      "notEqual",
      "strictEqual",
      "notStrictEqual",
      "deepEqual",
      "deepStrictEqual",
      "notDeepStrictEqual",
      "throws",
      "doesNotThrow",
      "rejects",
      "match",
      "doesNotMatch",
      "fail",
      "AssertionError",
      "strict",
    ],
  ],
  ["test", ["test", "it", "describe", "suite", "before", "after", "beforeEach", "afterEach"]],
  ["os", ["EOL", "tmpdir", "homedir", "platform", "hostname"]],
  ["util", ["inspect", "format", "promisify", "isDeepStrictEqual"]],
  ["crypto", ["createHash", "randomUUID", "randomBytes"]],
  ["url", ["URL", "URLSearchParams", "fileURLToPath", "pathToFileURL"]],
  ["process", ["env", "argv", "exit", "cwd", "stdout", "stderr"]],
  ["timers/promises", ["setTimeout"]],
]);

/** The name without `node:`; null where there is no such built-in module. */
export function builtInName(name: string): string | null {
  const bare = name.replace(/^node:/, "").replace(/^assert\/strict$/, "assert");
  return BUILT_IN.has(bare) ? bare : null;
}

/** Absolute path, or `node:name`; what is not there keeps its name, and loading it fails. */
export function resolveModule(host: JavaScriptHost, from: string, wanted: string): string {
  const builtIn = builtInName(wanted);
  if (builtIn !== null) return `node:${builtIn}`;
  if (wanted.startsWith("node:")) return wanted;
  const folder = from.startsWith("/") ? from.slice(0, from.lastIndexOf("/")) || "/" : host.cwd;
  if (/^\.{0,2}\//.test(wanted) || wanted === "." || wanted === "..")
    return fileAt(host, resolvePath(folder, wanted)) ?? wanted;
  for (let at = folder; ; at = at.slice(0, at.lastIndexOf("/"))) {
    const found = fileAt(host, `${at === "/" ? "" : at}/node_modules/${wanted}`);
    if (found !== null) return found;
    if (at === "" || at === "/") return wanted;
  }
}

/** A file, a file with an ending, or what a folder's package.json names. */
function fileAt(host: JavaScriptHost, path: string): string | null {
  const { files, user } = host;
  const isFile = (it: string) => files.exists(it, user) && files.stat(it, {}, user).isFile;
  const direct = ["", ".js", ".json", ".cjs"].map((ending) => path + ending).find(isFile);
  if (direct !== undefined) return direct;
  const main = isFile(`${path}/package.json`) ? mainOf(textOf(host, `${path}/package.json`)) : null;
  const inside = [
    ...(main === null ? [] : [main, `${main}.js`, `${main}/index.js`]),
    "index.js",
    "index.mjs",
  ];
  return inside.map((name) => resolvePath(path, name)).find(isFile) ?? null;
}

function mainOf(text: string): string | null {
  try {
    const { main } = JSON.parse(text) as { main?: unknown };
    return typeof main === "string" ? main : null;
  } catch {
    return null;
  }
}

/** Source of a module, as an ECMAScript module. */
export function moduleSource(host: JavaScriptHost, name: string): string | { error: Error } {
  const builtIn = name.startsWith("node:") ? name.slice("node:".length) : null;
  if (builtIn !== null) return builtInSource(builtIn);
  if (!name.startsWith("/")) return { error: new Error(`Cannot find package '${name}'`) };
  const text = textOf(host, name);
  if (name.endsWith(".json")) return `export default ${text}`;
  return isModule(host, name, text) ? text : `export default __require(${JSON.stringify(name)})`;
}

function builtInSource(name: string): string | { error: Error } {
  const names = BUILT_IN.get(name);
  if (!names) return { error: new Error(`node:${name}: not simulated in LeakLab`) };
  const exported = names.map((it) => `export const ${it} = __module.${it};`);
  return [`const __module = __require("node:${name}"); export default __module;`, ...exported].join("\n");
}

/** By its ending, its package, and, where neither says, its text. */
export function isModule(host: JavaScriptHost, path: string, text: string): boolean {
  if (path.endsWith(".mjs")) return true;
  if (path.endsWith(".cjs")) return false;
  for (let at = path.slice(0, path.lastIndexOf("/")); at !== ""; at = at.slice(0, at.lastIndexOf("/"))) {
    const file = `${at}/package.json`;
    if (!host.files.exists(file, host.user)) continue;
    const type = /"type"\s*:\s*"(module|commonjs)"/.exec(textOf(host, file))?.[1];
    if (type !== undefined) return type === "module";
    break;
  }
  return /^\s*(?:import\s*[\w{*"']|export\s)/m.test(text);
}

export function textOf({ files, user }: JavaScriptHost, path: string): string {
  return toUtf8(files.read(path, user));
}
