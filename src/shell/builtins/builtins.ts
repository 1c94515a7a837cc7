/** What the patched interpreter imports. */
export { basedWord } from "./arithmetic.ts";
export { guardedFs } from "./guard.ts";
export { jobBuiltins } from "./jobs.ts";
export { bytesOfCharacters, isContinuation } from "./readCharacters.ts";
export { choices } from "./select.ts";
export { testResult } from "./test.ts";
export { onError, trap, withExitTrap } from "./trap.ts";
export { maskedFs, umask } from "./umask.ts";
