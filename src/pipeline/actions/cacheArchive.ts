/**
 * The archive of a cache: tar, gzip, names relative to the workspace, as actions/cache makes them with `tar -P -C`. So an
 * entry can put files anywhere where the runner's user may write.
 */
import { gunzipSync, gzipSync } from "fflate";
import { toUtf8 } from "../../base/bytes.ts";
import { resolvePath } from "../../disk/path.ts";
import { readMembers, writeArchive, type Member } from "../../base/ustar.ts";
import { RUNNER_UID } from "../runner/image.ts";
import type { Execution } from "../runner/execution.ts";

export function packFiles(execution: Execution, files: readonly string[]): Uint8Array {
  const { disk, user, request } = execution;
  const members = files.map((path): Member => {
    const stat = disk.stat(path, {}, user);
    return {
      kind: "file",
      name: relativeName(request.state.workspace, path),
      mode: stat.mode,
      mtimeS: Math.floor(stat.mtimeMs / 1000),
      owner: stat.owner,
      uid: RUNNER_UID,
      target: "",
      bytes: disk.read(path, user),
    };
  });
  return gzipSync(writeArchive(members), { level: 6, mtime: 0 });
}

/** Returns why not all could be unpacked. */
export function unpackFiles(execution: Execution, archive: Uint8Array): string | null {
  const { disk, user, request } = execution;
  try {
    for (const member of readMembers(gunzipSync(archive))) {
      const target = resolvePath(request.state.workspace, member.name);
      disk.mkdir(
        member.kind === "directory" ? target : target.slice(0, target.lastIndexOf("/")),
        { recursive: true },
        user,
      );
      if (member.kind === "file") {
        disk.write(target, member.bytes, user);
        disk.chmod(target, member.mode, user);
        disk.utimes(target, member.mtimeS * 1000, user);
      }
      if (member.kind === "link") disk.symlink(toUtf8(new TextEncoder().encode(member.target)), target, user);
    }
    return null;
  } catch (error) {
    return `tar: ${(error as { reason?: string }).reason ?? "this does not look like a tar archive"}`;
  }
}

function relativeName(folder: string, path: string): string {
  const from = folder.split("/").filter((part) => part !== "");
  const to = path.split("/").filter((part) => part !== "");
  let same = 0;
  while (same < from.length && from[same] === to[same]) same += 1;
  return [...from.slice(same).map(() => ".."), ...to.slice(same)].join("/");
}
