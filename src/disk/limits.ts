/** How much a disk holds. Crossing a limit fails the operation and changes nothing. */
export interface DiskLimits {
  /** Bytes of one file (EFBIG). */
  readonly fileBytes: number;
  /** Bytes of all files, a hard-linked file counted once (ENOSPC). */
  readonly totalBytes: number;
  /** Names in all directories (ENOSPC). */
  readonly entries: number;
  /** Directories above a node (ENOSPC). */
  readonly depth: number;
}

const MIB = 1024 * 1024;

export const DEFAULT_LIMITS: DiskLimits = {
  fileBytes: 64 * MIB,
  totalBytes: 256 * MIB,
  entries: 200_000,
  depth: 128,
};

/** NAME_MAX of Linux, in bytes of UTF-8. */
export const NAME_BYTES = 255;
/** PATH_MAX of Linux without the closing NUL, in bytes of UTF-8. */
export const PATH_BYTES = 4095;
/** Symbolic links followed in one lookup. @see https://man7.org/linux/man-pages/man7/path_resolution.7.html */
export const LINKS_FOLLOWED = 40;
