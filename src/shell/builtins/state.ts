/** What the builtins of this folder see of just-bash's interpreter; the patch in bundling.ts calls them. */

export interface BuiltinState {
  readonly env: Map<string, string>;
  lastExitCode: number;
  groupStdin?: string | undefined;
  inCondition?: boolean;
  callDepth: number;
  /** `$$` */
  readonly virtualPid?: number;
  /** Actions by signal (`EXIT`, `INT`, …); "" ignores the signal. */
  traps?: Map<string, string> | undefined;
  /** Permission bits that new files do not get; 0o022 where unset. */
  umask?: number | undefined;
}

export interface BuiltinResult {
  readonly stdout: string;
  readonly stderr: string;
  readonly exitCode: number;
  readonly internalOutputAccounting?: { readonly stdout: number; readonly stderr: number };
}

export function said(stdout: string, stderr = "", exitCode = 0): BuiltinResult {
  return { stdout, stderr, exitCode };
}

export function setStatus(state: BuiltinState, exitCode: number): void {
  state.lastExitCode = exitCode;
  state.env.set("?", String(exitCode));
}
