/** `git diff --no-index`: two files or directories that git does not know. */
import type { GitCall } from "../call.ts";
import { absent, type Change, type Side } from "./change.ts";
import { compareText, hashObject, LINK_MODE } from "./objects.ts";
import { stop } from "./transcript.ts";

export async function noIndexChanges(call: GitCall, a: string, b: string): Promise<Change[]> {
  const [left, right] = [await kindOf(call, a), await kindOf(call, b)];
  if (left === "directory" && right === "directory")
    return folderChanges(call, a.replace(/\/+$/, ""), b.replace(/\/+$/, ""));
  const name = (path: string) => path.slice(path.lastIndexOf("/") + 1);
  const one = left === "directory" ? `${a}/${name(b)}` : a;
  const other = right === "directory" ? `${b}/${name(a)}` : b;
  return pair(await sideOf(call, one), await sideOf(call, other));
}

function absolute(call: GitCall, path: string): string {
  return path.startsWith("/") ? path : `${call.cwd}/${path}`;
}

async function kindOf(call: GitCall, path: string): Promise<"file" | "directory"> {
  if (path === "/dev/null" || path === "-") return "file";
  try {
    return (await call.fs.stat(absolute(call, path))).isDirectory ? "directory" : "file";
  } catch {
    return stop(`error: Could not access '${path}'\n`, 1);
  }
}

async function sideOf(call: GitCall, path: string): Promise<Side> {
  if (path === "/dev/null") return absent(path);
  const file = absolute(call, path);
  const stat = await (call.fs.lstat ?? call.fs.stat)
    .call(call.fs, file)
    .catch(() => stop(`error: Could not access '${path}'\n`, 1));
  const mode = stat.isSymbolicLink ? LINK_MODE : (stat.mode & 0o100) !== 0 ? 0o100755 : 0o100644;
  const id = mode === LINK_MODE ? null : hashObject("blob", await call.fs.readFileBuffer(file));
  return { path: path.replace(/^\/+/, ""), mode, id, file };
}

function pair(left: Side, right: Side): Change[] {
  if (left.mode === 0 && right.mode === 0) return [];
  const named = (side: Side) => (side.mode === 0 ? { ...side, path: "/dev/null" } : side);
  const [a, b] = [named(left), named(right)];
  if (a.mode === 0) return [{ status: "A", old: a, new: b }];
  if (b.mode === 0) return [{ status: "D", old: a, new: b }];
  return a.id === b.id && a.id !== null && a.mode === b.mode ? [] : [{ status: "M", old: a, new: b }];
}

async function folderChanges(call: GitCall, a: string, b: string): Promise<Change[]> {
  const names = (path: string) => call.fs.readdir(absolute(call, path));
  const [left, right] = [new Set(await names(a)), new Set(await names(b))];
  const changes: Change[] = [];
  for (const name of [...new Set([...left, ...right])].sort(compareText)) {
    const paths = [`${a}/${name}`, `${b}/${name}`] as const;
    const [inLeft, inRight] = [left.has(name), right.has(name)];
    const kinds = [
      inLeft ? await kindOf(call, paths[0]) : null,
      inRight ? await kindOf(call, paths[1]) : null,
    ];
    if (kinds[0] === "directory" && kinds[1] === "directory")
      changes.push(...(await folderChanges(call, paths[0], paths[1])));
    else if (kinds.includes("directory"))
      changes.push(...(await oneSided(call, paths[inLeft ? 0 : 1], inLeft)));
    else
      changes.push(
        ...pair(
          inLeft ? await sideOf(call, paths[0]) : absent(paths[1]),
          inRight ? await sideOf(call, paths[1]) : absent(paths[0]),
        ),
      );
  }
  return changes;
}

/** A directory that one side lacks. */
async function oneSided(call: GitCall, path: string, isLeft: boolean): Promise<Change[]> {
  const changes: Change[] = [];
  for (const name of (await call.fs.readdir(absolute(call, path))).sort(compareText)) {
    const child = `${path}/${name}`;
    if ((await kindOf(call, child)) === "directory") changes.push(...(await oneSided(call, child, isLeft)));
    else {
      const side = await sideOf(call, child);
      changes.push(...(isLeft ? pair(side, absent(child)) : pair(absent(child), side)));
    }
  }
  return changes;
}
