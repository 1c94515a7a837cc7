/** What a file operation can fail with: the POSIX codes, in the wording of Node.js. */

const TEXTS = {
  EACCES: "permission denied",
  EBUSY: "resource busy or locked",
  EEXIST: "file already exists",
  EFBIG: "file too large",
  EILSEQ: "illegal byte sequence",
  EINVAL: "invalid argument",
  EISDIR: "illegal operation on a directory",
  ELOOP: "too many symbolic links encountered",
  ENAMETOOLONG: "name too long",
  ENOENT: "no such file or directory",
  ENOSPC: "no space left on device",
  ENOTDIR: "not a directory",
  ENOTEMPTY: "directory not empty",
  ENXIO: "no such device or address",
  EPERM: "operation not permitted",
} as const;

/** The same in the wording of strerror(3), as GNU tools print it. */
const REASONS: Readonly<Record<DiskErrorCode, string>> = {
  EACCES: "Permission denied",
  EBUSY: "Device or resource busy",
  EEXIST: "File exists",
  EFBIG: "File too large",
  EILSEQ: "Invalid or incomplete multibyte or wide character",
  EINVAL: "Invalid argument",
  EISDIR: "Is a directory",
  ELOOP: "Too many levels of symbolic links",
  ENAMETOOLONG: "File name too long",
  ENOENT: "No such file or directory",
  ENOSPC: "No space left on device",
  ENOTDIR: "Not a directory",
  ENOTEMPTY: "Directory not empty",
  ENXIO: "No such device or address",
  EPERM: "Operation not permitted",
};

export type DiskErrorCode = keyof typeof TEXTS;

/**
 * A failed file operation. Code that reacts reads `code`; the message has the shape of a Node.js system error
 * (`ENOENT: no such file or directory, open '/x'`), which just-bash's commands match on.
 * @see https://nodejs.org/api/errors.html#class-systemerror
 */
export class DiskError extends Error {
  override readonly name = "DiskError";
  readonly code: DiskErrorCode;
  /** For a tool's message: `bash: x: Permission denied`. */
  readonly reason: string;
  readonly syscall: string;
  readonly path: string;

  constructor(code: DiskErrorCode, syscall: string, path: string) {
    // An everyday answer, given hundreds of times by one command: the stack would cost more than the lookup.
    const depth = Error.stackTraceLimit;
    Error.stackTraceLimit = 0;
    super(`${code}: ${TEXTS[code]}, ${syscall} '${path}'`);
    Error.stackTraceLimit = depth;
    this.code = code;
    this.reason = REASONS[code];
    this.syscall = syscall;
    this.path = path;
  }
}
