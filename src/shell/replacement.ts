/** One exact replacement in a library, of the version that is installed. `find` must occur exactly once. */
export interface Replacement {
  readonly why: string;
  readonly find: string;
  readonly replace: string;
}
