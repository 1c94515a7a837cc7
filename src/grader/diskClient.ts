/** A disk as isomorphic-git reads one; it never writes. */
import type { PromiseFsClient } from "isomorphic-git";
import { toUtf8 } from "../base/bytes.ts";
import type { Disk } from "../disk/disk.ts";

export function diskClient(disk: Disk): PromiseFsClient {
  const refuse = async (): Promise<never> => {
    throw new Error("the grader only reads");
  };
  const stat = async (path: string, follow: boolean) => {
    const found = disk.stat(path, { follow });
    return {
      ...found,
      type: found.kind,
      ctimeMs: found.mtimeMs,
      uid: 0,
      gid: 0,
      isFile: () => found.isFile,
      isDirectory: () => found.isDirectory,
      isSymbolicLink: () => found.isSymbolicLink,
    };
  };
  return {
    promises: {
      readFile: async (path: string | undefined, options?: { encoding?: string } | string) => {
        // Before each object isomorphic-git calls this without a path, to see whether a promise comes back.
        if (path === undefined) return new Uint8Array();
        const encoding = typeof options === "string" ? options : options?.encoding;
        const bytes = disk.read(path);
        return encoding ? toUtf8(bytes) : bytes;
      },
      readdir: async (path: string) => disk.list(path),
      stat: (path: string) => stat(path, true),
      lstat: (path: string) => stat(path, false),
      readlink: async (path: string) => disk.readlink(path),
      writeFile: refuse,
      unlink: refuse,
      mkdir: refuse,
      rmdir: refuse,
      symlink: refuse,
      chmod: refuse,
    },
  };
}
