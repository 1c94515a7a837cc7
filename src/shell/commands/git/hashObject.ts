/** `git hash-object`: https://git-scm.com/docs/git-hash-object */
import { fromLatin1 } from "../../../base/bytes.ts";
import { output, type GitCall, type GitCommand } from "./call.ts";
import {
  hashObject as hash,
  parseCommit,
  parseTag,
  parseTree,
  ZERO_ID,
  type ObjectType,
} from "./lib/objects.ts";
import { parseOptions } from "./lib/options.ts";
import { PLUMBING_USAGE } from "./lib/plumbingUsage.ts";
import { openRepository } from "./lib/repository.ts";
import { stdinLines } from "./lib/stdin.ts";
import { die, run, stop } from "./lib/transcript.ts";

const OPTIONS = {
  type: { names: ["-t"], value: "required" },
  write: { names: ["-w"] },
  stdin: { names: ["--stdin"] },
  stdinPaths: { names: ["--stdin-paths"] },
  noFilters: { names: ["--no-filters"] },
  literally: { names: ["--literally"] },
  path: { names: ["--path"], value: "required" },
} as const;

const TYPES: ReadonlySet<string> = new Set(["blob", "tree", "commit", "tag"]);

export const hashObject: GitCommand = async (call) => {
  const parsed = parseOptions(call.args, OPTIONS, { usage: PLUMBING_USAGE.hashObject });
  if ("result" in parsed) return parsed.result;
  const { values, rest } = parsed;
  const type = values.type ?? "blob";
  const clash = misuse(values.stdinPaths, values.stdin, rest.length);
  if (clash) return output("", `error: ${clash}\n${PLUMBING_USAGE.hashObject}`, 129);
  return run(async (t) => {
    const repo = values.write ? await openRepository(call) : null;
    const store = async (content: Uint8Array) => {
      if (!TYPES.has(type) && !values.literally) die(`invalid object type "${type}"`);
      if (!values.literally) verify(type, content);
      t.out(`${repo ? await repo.objectStore.write(type as ObjectType, content) : hash(type, content)}\n`);
    };
    if (values.stdin) await store(fromLatin1(call.stdin));
    for (const path of [...rest, ...(values.stdinPaths ? stdinLines(call.stdin) : [])])
      await store(await content(call, path));
  });
};

function misuse(stdinPaths: boolean, stdin: boolean, operands: number): string | null {
  if (stdinPaths && stdin) return "Can't use --stdin-paths with --stdin";
  if (stdinPaths && operands > 0) return "Can't specify files with --stdin-paths";
  return null;
}

async function content(call: GitCall, path: string): Promise<Uint8Array> {
  const at = path.startsWith("/") ? path : `${call.cwd}/${path}`;
  if (!(await call.fs.exists(at))) die(`could not open '${path}' for reading: No such file or directory`);
  if ((await call.fs.stat(at)).isDirectory) die(`Unable to hash ${path}`);
  return call.fs.readFileBuffer(at);
}

/** Git refuses objects that it could not read back. */
function verify(type: string, content: Uint8Array): void {
  if (type === "commit" && !/^[0-9a-f]{40}$/.test(parseCommit("", content).tree))
    stop(`error: bogus commit object ${ZERO_ID}\nfatal: corrupt commit\n`, 128);
  if (type === "tag" && !/^[0-9a-f]{40}$/.test(parseTag("", content).object)) die("corrupt tag");
  if (type === "tree" && content.length > 0 && parseTree(content).length === 0) die("corrupt tree");
}
