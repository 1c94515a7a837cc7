/** Commands without a redirect, in a shell without open files of its own: nearly all. Their output stays where it is. */
import type { BuiltinResult } from "./state.ts";

/** What just-bash keeps of a shell's files. */
interface Descriptors {
  readonly fileDescriptors?: ReadonlyMap<number, string>;
  readonly closedStandardFds?: ReadonlySet<number>;
}

const ROUTES: ReadonlyMap<number, object> = new Map([
  [0, { kind: "dup-in", sourceFd: 0 }],
  [1, { kind: "dup-out", sourceFd: 1 }],
  [2, { kind: "dup-out", sourceFd: 2 }],
]);

/** As just-bash's own, which takes note of everything that a redirect could change. */
const NOTHING_TO_DO = { prepare: async () => prepared(), finish: () => undefined };

function prepared(): object {
  return {
    targets: new Map(),
    dupSources: new Map(),
    standardRoutes: ROUTES,
    stdin: undefined,
    stdinSourceFd: -1,
    error: null,
  };
}

/** Preparation of these redirects; null where there is something to prepare. */
export function withoutRedirects(redirects: readonly unknown[], state: Descriptors): object | null {
  if (redirects.length > 0) return null;
  return state.fileDescriptors?.size || state.closedStandardFds?.size ? null : NOTHING_TO_DO;
}

/** Whether what the command said goes nowhere else. It may have opened files of its own since (`exec > file`). */
export function staysHere(redirects: readonly unknown[], routes: unknown, state: Descriptors): boolean {
  const { fileDescriptors: files } = state;
  return redirects.length === 0 && routes === ROUTES && files?.has(1) !== true && files?.has(2) !== true;
}

interface Output extends BuiltinResult {
  readonly stdoutKind?: string;
  readonly stdoutEncoding?: string;
  readonly internalPipeStatusOverride?: readonly number[];
}

/** What a redirect leaves of a result. */
export function plainResult(result: Output): Output {
  const { stdout, stderr, exitCode, stdoutKind, stdoutEncoding } = result;
  const { internalPipeStatusOverride, internalOutputAccounting } = result;
  return {
    stdout,
    stderr,
    exitCode,
    ...(stdoutKind ? { stdoutKind } : {}),
    ...(stdoutEncoding === "binary" ? { stdoutEncoding } : {}),
    ...(internalPipeStatusOverride ? { internalPipeStatusOverride } : {}),
    ...(internalOutputAccounting ? { internalOutputAccounting } : {}),
  };
}
