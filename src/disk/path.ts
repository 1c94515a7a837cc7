/** Paths as texts: nothing here looks at a disk. */
import { fromUtf8 } from "../base/bytes.ts";
import { DiskError } from "./error.ts";
import { NAME_BYTES, PATH_BYTES } from "./limits.ts";

export interface ParsedPath {
  /** The components in order, "." and ".." included. */
  readonly parts: readonly string[];
  /** A path that ends in a slash names a directory. */
  readonly slash: boolean;
}

function tooLong(text: string, bytes: number): boolean {
  return text.length > bytes || (text.length * 3 > bytes && fromUtf8(text).length > bytes);
}

/** Takes a path apart; a relative path starts at the root. Errors: ENOENT, EINVAL, EILSEQ, ENAMETOOLONG. */
export function parsePath(path: string, syscall: string): ParsedPath {
  if (path === "") throw new DiskError("ENOENT", syscall, path);
  if (path.includes("\0")) throw new DiskError("EINVAL", syscall, path.replaceAll("\0", "\\0"));
  if (!path.isWellFormed()) throw new DiskError("EILSEQ", syscall, path.toWellFormed());
  if (tooLong(path, PATH_BYTES)) throw new DiskError("ENAMETOOLONG", syscall, path);
  const parts = path.split("/").filter((part) => part !== "");
  if (parts.some((part) => tooLong(part, NAME_BYTES))) throw new DiskError("ENAMETOOLONG", syscall, path);
  return { parts, slash: parts.length > 0 && path.endsWith("/") };
}

export function joinPath(directory: string, name: string): string {
  return directory === "/" ? `/${name}` : `${directory}/${name}`;
}

/**
 * Makes a path absolute and takes "." and ".." out by text alone, as `cd` does; a path from here has no closing slash.
 */
export function resolvePath(base: string, path: string): string {
  const parts: string[] = [];
  for (const part of (path.startsWith("/") ? path : `${base}/${path}`).split("/")) {
    if (part === "..") parts.pop();
    else if (part !== "" && part !== ".") parts.push(part);
  }
  return `/${parts.join("/")}`;
}
